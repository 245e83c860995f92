import type { Account, AccountReference } from '../../domain/account.ts';
import type { Permission } from '../../domain/permission.ts';
import { type PanelFailure, Refusal, type RefusalParameters, refuse } from '../../domain/refusal.ts';
import { type Call, type Panel, PanelError } from '../../panels/panel.ts';
import type { Context, Services } from '../context.ts';
import { lastSeenAccount } from '../directory/find.ts';
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
  const facts = await permit(ctx, permissions, account);
  await recordAccounts(ctx, [account]);
  return { panel, account, facts };
}

async function permit(ctx: Context, permissions: readonly Permission[], account: Account): Promise<TargetFacts> {
  let facts: TargetFacts | null = null;
  for (const permission of permissions) facts = await authorize(ctx, permission, { account, facts });
  if (!facts) throw new Error('an account is loaded with at least one permission');
  return facts;
}

/** What is known of when an account was so. */
export interface Seen {
  readonly seenAt: Date;
  /** Why its panel could not be asked, where it could not: the account is as it was then. Null where it was asked just now. */
  readonly unread: PanelFailure | null;
}

/** As {@link loadAccount}, only to be looked at: an account whose panel cannot be asked is as it was last seen. */
export async function loadToSee(
  ctx: Context,
  permissions: readonly Permission[],
  reference: AccountReference,
): Promise<Loaded & Seen> {
  const live = async () => ({ ...(await loadAccount(ctx, permissions, reference)), ...seenNow(ctx) });
  return orAsLastSeen(ctx, reference, live, async (account, seen) => {
    const facts = await permit(ctx, permissions, account);
    return { panel: ctx.panels.get(reference.panel), account, facts, ...seen };
  });
}

export function seenNow(ctx: Services): Seen {
  return { seenAt: ctx.clock.now(), unread: null };
}

/** Reads it live, or as it was last seen where the panel cannot be asked. @throws Refusal `panel.failed` for one that was never seen */
export async function orAsLastSeen<Result>(
  ctx: Services,
  reference: AccountReference,
  live: () => Promise<Result>,
  fromDirectory: (account: Account, seen: Seen) => Promise<Result>,
): Promise<Result> {
  try {
    return await live();
  } catch (error) {
    const unread = panelFailureOf(error);
    const known = unread === null ? null : await lastSeenAccount(ctx, reference);
    if (!known) throw error;
    return fromDirectory(known.account, { seenAt: known.seenAt, unread });
  }
}

/** How the panel failed, of an error that says so. */
export function panelFailureOf(error: unknown): PanelFailure | null {
  if (!(error instanceof Refusal) || error.code !== 'panel.failed') return null;
  return (error.parameters as RefusalParameters['panel.failed']).kind;
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
