import type { AccountReference } from '../../domain/account.ts';
import { actorId } from '../../domain/actor.ts';
import { isBlank } from '../../domain/blank.ts';
import { refuse } from '../../domain/refusal.ts';
import { recordAudit } from '../audit/record.ts';
import { consumePress } from '../components/press.ts';
import type { Context } from '../context.ts';
import { directoryRow } from '../directory/find.ts';
import { authorize, authorizeNow } from '../policy/authorize.ts';

/** In characters, as people count them. */
const LONGEST = 1_000;

/**
 * Notes something on an account that the directory knows. The same request delivered again adds nothing.
 *
 * @throws Refusal the policy's, `input.invalid`, `target.unknown`
 */
export async function addNote(
  ctx: Context,
  { target, text }: { target: AccountReference; text: string },
): Promise<void> {
  await authorize(ctx, 'accounts.notes', { panel: target.panel });
  const written = text.replaceAll('\0', '').trim();
  if (isBlank(written)) throw refuse('input.invalid', { field: 'text', problem: 'missing' });
  if ([...written].length > LONGEST)
    throw refuse('input.invalid', { field: 'text', problem: 'too_long', detail: String(LONGEST) });
  if (!(await directoryRow(ctx, target))) throw refuse('target.unknown', { text: '' });
  const authorId = actorId(ctx.actor);
  await ctx.store.sql.begin(async (transaction) => {
    await authorizeNow(ctx, transaction, 'accounts.notes', target.panel);
    await consumePress(ctx, transaction);
    const [note] = await transaction<{ id: bigint }[]>`
      insert into notes (panel, account_id, text, author_id, origin)
      values (${target.panel}, ${target.accountId}, ${written}, ${authorId}, ${ctx.origin})
      on conflict (origin) do nothing returning id`;
    if (!note) return;
    await recordAudit(transaction, {
      actorId: authorId,
      action: 'note.add',
      outcome: 'succeeded',
      ...target,
      facts: { note: Number(note.id) },
      personal: { text: written },
    });
  });
}
