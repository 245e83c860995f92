import type { Account, AccountReference } from '../../domain/account.ts';
import type { Permission } from '../../domain/permission.ts';
import { refuse } from '../../domain/refusal.ts';
import { type Call, type Panel, PanelError } from '../../panels/panel.ts';
import type { Context, Services } from '../context.ts';
import { recordAccounts, recordVanished } from '../directory/record.ts';
import { panelRefusal } from '../operations/call.ts';
import { authorize } from '../policy/authorize.ts';
import type { TargetFacts } from '../policy/decide.ts';

export interface Loaded {
  readonly panel: Panel;
  readonly account: Account;
  readonly facts: TargetFacts;
}

/** A look into a panel, bounded in time whatever the panel does. @throws Refusal `panel.failed` in place of the panel's error. */
export async function look<Result>(
  ctx: Services,
  panel: Panel,
  read: (call: Call) => Promise<Result>,
): Promise<Result> {
  const abort = new AbortController();
  const { promise: givenUp, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const error = new PanelError('timeout', 'none', `no answer within ${ctx.timing.readTimeoutMs} ms`);
    abort.abort(error);
    reject(error);
  }, ctx.timing.readTimeoutMs);
  try {
    return await Promise.race([read({ signal: abort.signal }), givenUp]);
  } catch (error) {
    if (!(error instanceof PanelError)) throw error;
    ctx.log.warn({ error, panel: panel.id }, 'a panel could not be read');
    throw panelRefusal(panel, error);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Authorises, reads the account from its panel, and authorises again with what is now known of it: without the right nothing is
 * asked of any panel.
 *
 * @throws Refusal the policy's, `panel.failed`, or `target.unknown`
 */
export async function loadAccount(
  ctx: Context,
  permissions: readonly Permission[],
  { panel: panelId, accountId }: AccountReference,
): Promise<Loaded> {
  for (const permission of permissions) await authorize(ctx, permission, { panel: panelId });
  const panel = ctx.panels.get(panelId);
  const account = await look(ctx, panel, (call) => panel.get(accountId, call));
  if (!account) {
    await recordVanished(ctx, { panel: panelId, accountId });
    throw refuse('target.unknown', { text: '' });
  }
  let facts: TargetFacts | null = null;
  for (const permission of permissions) facts = await authorize(ctx, permission, { account, facts });
  await recordAccounts(ctx, [account]);
  if (!facts) throw new Error('an account is loaded with at least one permission');
  return { panel, account, facts };
}

/** As {@link loadAccount}, for a change: a deleted account is refused with `target.deleted`. */
export async function loadForChange(
  ctx: Context,
  permissions: readonly Permission[],
  reference: AccountReference,
): Promise<Loaded> {
  const loaded = await loadAccount(ctx, permissions, reference);
  if (loaded.account.status === 'deleted') throw refuse('target.deleted', {});
  return loaded;
}
