import { actorId } from '../../domain/actor.ts';
import { refuse } from '../../domain/refusal.ts';
import { recordAudit } from '../audit/record.ts';
import { consumePress } from '../components/press.ts';
import type { Context } from '../context.ts';
import { actorStanding, authorize, authorizeNow } from '../policy/authorize.ts';

interface StoredNote {
  panel: string;
  account_id: string;
  author_id: string;
  withdrawn_by: string | null;
}

/**
 * Withdraws a note: its author may, and owners. It stays, marked. Withdrawing again what one withdrew oneself does nothing.
 *
 * @throws Refusal the policy's, `target.unknown` for a note that is not there, `note.foreign`, `note.withdrawn`
 */
export async function withdrawNote(ctx: Context, { id }: { id: number }): Promise<void> {
  await authorize(ctx, 'accounts.notes');
  const withdrawerId = actorId(ctx.actor);
  await ctx.store.sql.begin(async (transaction) => {
    const [note] = await transaction<StoredNote[]>`
      select panel, account_id, author_id, withdrawn_by from notes where id = ${id} for update`;
    if (!note) throw refuse('target.unknown', { text: '' });
    await authorizeNow(ctx, transaction, 'accounts.notes', note.panel);
    if (note.author_id !== withdrawerId && !actorStanding(ctx).owner) {
      throw refuse('note.foreign', { authorId: note.author_id });
    }
    if (note.withdrawn_by !== null && note.withdrawn_by !== withdrawerId) throw refuse('note.withdrawn', {});
    await consumePress(ctx, transaction);
    if (note.withdrawn_by !== null) return;
    await transaction`update notes set withdrawn_at = ${ctx.clock.now()}, withdrawn_by = ${withdrawerId} where id = ${id}`;
    await recordAudit(transaction, {
      actorId: withdrawerId,
      action: 'note.withdraw',
      outcome: 'succeeded',
      panel: note.panel,
      accountId: note.account_id,
      facts: { note: id, author: note.author_id },
    });
  });
}
