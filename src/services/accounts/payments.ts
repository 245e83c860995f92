import type { AccountReference } from '../../domain/account.ts';
import { refuse } from '../../domain/refusal.ts';
import { type Payment, requireAbility } from '../../panels/panel.ts';
import type { Context } from '../context.ts';
import { type DirectoryRow, directoryRow } from '../directory/find.ts';
import { authorize } from '../policy/authorize.ts';
import { look } from './load.ts';

const LATEST = 10;

/** The last payments of an account, the latest first. @throws Refusal the policy's, `ability.missing`, `target.unknown`, `panel.failed` */
export async function listPayments(
  ctx: Context,
  target: AccountReference,
): Promise<{ readonly account: DirectoryRow; readonly payments: readonly Payment[] }> {
  await authorize(ctx, 'accounts.view', { panel: target.panel });
  const panel = ctx.panels.get(target.panel);
  const ability = requireAbility(panel, 'payments');
  const [account, payments] = await Promise.all([
    directoryRow(ctx, target),
    look(ctx, panel, (call) => ability.list(target.accountId, LATEST, call)),
  ]);
  if (!account) throw refuse('target.unknown', { text: '' });
  return { account, payments };
}
