import type { AccountReference } from '../../src/domain/account.ts';
import { actorId } from '../../src/domain/actor.ts';
import type { Context } from '../../src/services/context.ts';
import { listNotes } from '../../src/services/notes/list.ts';
import { notesView } from '../../src/views/notes.ts';
import type { View } from '../../src/views/view.ts';

/** The notes on an account. A note is withdrawn by who wrote it, or by an owner: others are not offered to. */
export async function showNotes(ctx: Context, target: AccountReference, page: number): Promise<View> {
  const reader = actorId(ctx.actor);
  const { account, notes } = await listNotes(ctx, target);
  const mayWithdraw = ({ authorId }: { authorId: string }) => authorId === reader || ctx.ownerIds.includes(reader);
  return notesView(account, notes, { page, mayWithdraw });
}
