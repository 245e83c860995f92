import type { Account } from '../../domain/account.ts';
import { type Money, subtract } from '../../domain/money.ts';
import type { Verb } from '../../domain/operation.ts';
import type { BalanceChange } from '../../panels/panel.ts';
import type { Services } from '../context.ts';
import { recordAccounts } from '../directory/record.ts';
import type { Lease } from './call.ts';
import { successOf } from './carry-out.ts';
import type { Verdict } from './judge.ts';
import { type Ended, type Ending, storeOutcome } from './outcome.ts';
import type { StoredOperation } from './stored.ts';
import type { Work } from './verb.ts';
import { verbOf } from './verbs.ts';

/** Stores how an operation turned out to have ended. Nothing, where somebody else has stored or learnt something since. */
export async function conclude(
  services: Services,
  stored: StoredOperation,
  lease: Lease,
  verdict: Extract<Verdict, { kind: 'happened' | 'not' }>,
): Promise<void> {
  const { operation, panel } = stored;
  const { verb, memberId, actorId, reason } = operation;
  const ended: Ended = { ...lease, verb, panel, memberId, actorId, reason, facts: {}, personal: null };
  const ending = verdict.kind === 'happened' ? await happened(services, stored, verdict) : notHappened(stored, verdict);
  if (!(await storeOutcome(services, ended, ending))) {
    await lookAgain(services, lease);
    return;
  }
  services.operationEnded(verb, ending.state);
  if (verdict.kind !== 'happened') return;
  if (verdict.now) await recordAccounts(services, [verdict.now]);
  await verbOf(verb).afterwards?.(services, { memberId, actorId }, ending.result);
}

/** What came in between is looked at next. */
export async function lookAgain({ store: { sql } }: Services, { number, token }: Lease): Promise<void> {
  await sql`
    update operations set lease_until = null, settle_at = now()
    where number = ${number} and attempt_token = ${token} and state = 'unknown'`;
}

async function happened(
  services: Services,
  stored: StoredOperation,
  { now, by, result }: Extract<Verdict, { kind: 'happened' }>,
): Promise<Ending> {
  const { operation, before, input } = stored;
  const verb = verbOf(operation.verb);
  const work: Work<object> = { panel: services.panels.get(stored.panel), before, input };
  const base = {
    settledBy: by,
    witnessed: false,
    settleAfterMs: 0,
    balance: verb.balance ? await balanceOf(services, stored, now?.balance ?? null) : null,
  };
  const account = now ?? goneOr(before, operation.verb);
  const cameTo = result ?? (account && verb.result(work, account));
  if (cameTo === null) {
    const { accountId } = stored;
    return { ...base, state: 'succeeded', result: null, accountId, timers: [], failure: null, failureDetail: null };
  }
  return { ...successOf(services, verb, operation, cameTo), ...base };
}

/** What is known of an account that could not be read, or is no more. */
function goneOr(before: Account | null, verb: Verb): Account | null {
  return before && verb === 'account.delete' ? { ...before, status: 'deleted' } : before;
}

/**
 * Our movement as the end of what is known of the balance: what others moved meanwhile came before it, so that the sum of all entries is
 * the balance that is seen. Where none can be seen it follows on the last that was.
 */
async function balanceOf(
  { store: { sql } }: Services,
  { operation: { delta }, panel, accountId }: StoredOperation,
  seen: Money | null,
): Promise<BalanceChange | null> {
  if (!delta || delta.minor === 0n) return null;
  if (seen) return { before: subtract(seen, delta), after: seen };
  const [row] = await sql<{ balance: bigint }[]>`
    select balance_minor as balance from ledger where panel = ${panel} and account_id = ${accountId} order by id desc limit 1`;
  const before = { minor: row?.balance ?? 0n, unit: delta.unit };
  return { before, after: { minor: before.minor + delta.minor, unit: delta.unit } };
}

function notHappened({ accountId }: StoredOperation, { by }: Extract<Verdict, { kind: 'not' }>): Ending {
  return {
    state: 'failed',
    result: null,
    accountId,
    balance: null,
    failure: 'did_not_happen',
    failureDetail: null,
    settledBy: by,
    witnessed: false,
    timers: [],
    settleAfterMs: 0,
  };
}
