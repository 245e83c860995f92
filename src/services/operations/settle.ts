/**
 * Finding out what came of operations that are `unknown`: by what their panels prove, once they cannot act late any more; by going on
 * where that does no harm; and where reading does not tell, by asking a person.
 */
import { randomUUID } from 'node:crypto';
import { Refusal } from '../../domain/refusal.ts';
import type { Transaction } from '../../store/connect.ts';
import { brokenConstraint } from '../../store/constraint.ts';
import type { Services } from '../context.ts';
import { jsonParameter, toStored } from '../json.ts';
import { oweQuestion } from '../notices/owe.ts';
import type { Lease } from './call.ts';
import { carryOut } from './carry-out.ts';
import { conclude, lookAgain } from './conclude.ts';
import { judge, type Verdict } from './judge.ts';
import { backoff } from './outcome.ts';
import type { Doubt } from './record.ts';
import { readStored, type StoredOperation } from './stored.ts';
import { verbOf } from './verbs.ts';

/** How many are looked at at once: one panel that takes its time does not keep the others waiting for long. */
const BATCH = 10;

/** Looks for the outcomes of operations whose time has come. @returns how many it looked at. */
export async function settleDue(services: Services): Promise<number> {
  const rows = await services.store.sql<{ number: bigint }[]>`
    select number from operations where state = 'unknown' and settle_at <= now() and lease_until is null
    order by settle_at limit ${BATCH}`;
  await Promise.all(rows.map(({ number }) => settleOne(services, Number(number))));
  return rows.length;
}

async function settleOne(services: Services, number: number): Promise<void> {
  const lease = await takeLease(services, number);
  if (!lease) return;
  await services.at('settle:before');
  const stored = await readStored(services.store.sql, number);
  if (!stored) return;
  const verdict = await judge(services, stored).catch((error: unknown): Verdict => {
    const expected = error instanceof Refusal;
    services.log[expected ? 'info' : 'error'](
      { error, operation: number },
      'the outcome of an operation could not be looked for',
    );
    return { kind: 'later' };
  });
  await services.at('settle:after');
  await follow(services, stored, lease, verdict);
}

async function follow(services: Services, stored: StoredOperation, lease: Lease, verdict: Verdict): Promise<void> {
  switch (verdict.kind) {
    case 'happened':
    case 'not':
      return conclude(services, stored, lease, verdict);
    case 'resume':
      return goOn(services, stored, lease, 'steward');
    case 'ask':
      return askPerson(services, lease, verdict.doubt);
    case 'later':
      return stored.doubted || !hasLookedForLong(services, stored)
        ? release(services, lease)
        : askPerson(services, lease, unreadable(stored), { looking: true });
  }
}

/** A panel that is away for so long may never come back, and people look at it by other ways. */
const LONG_MS = 3_600_000;

function hasLookedForLong({ clock }: Services, { endedAt, operation }: StoredOperation): boolean {
  return clock.now().getTime() - (endedAt ?? operation.at).getTime() > LONG_MS;
}

function unreadable({ before, input, operation: { verb, delta } }: StoredOperation): Doubt {
  const beforeMinor = before?.balance?.minor;
  if (!delta || beforeMinor === undefined) return verbOf(verb).hint?.({ before, input }, null) ?? { why: 'unclear' };
  return { why: 'balance', beforeMinor, expectedMinor: beforeMinor + delta.minor, seenMinor: null };
}

/** Carries out what is left of an operation, or all of it once more. */
export async function goOn(
  services: Services,
  stored: StoredOperation,
  lease: Lease,
  resumedBy: 'steward' | 'person',
): Promise<void> {
  const { operation, panel, accountId, before, input } = stored;
  const { memberId, actorId, reason, dueAt } = operation;
  const attempt = await beginAttempt(services, lease);
  if (!attempt) return lookAgain(services, lease);
  await carryOut(services, verbOf(operation.verb), { panel: services.panels.get(panel), before, input }, attempt, {
    ...{ accountId, memberId, actorId, reason, dueAt },
    facts: {},
    personal: null,
    resumedBy,
  });
}

/**
 * From here on, that an earlier attempt surely changed nothing tells nothing of the operation any more. Null where one of them has come back
 * and said that it succeeded.
 */
async function beginAttempt({ store: { sql } }: Services, lease: Lease): Promise<Lease | null> {
  const [row] = await sql<{ attempts: number }[]>`
    update operations set attempts = attempts + 1, late_outcome = null
    where number = ${lease.number} and attempt_token = ${lease.token} and state = 'unknown'
      and (late_outcome is null or late_outcome ->> 'state' = 'failed')
    returning attempts`;
  return row ? { ...lease, attempt: row.attempts } : null;
}

/**
 * Takes an operation that is `unknown` to work on it. Nobody else can, nor on its account, until the lease ends.
 *
 * @param within What else belongs to the same transaction.
 * @returns null when somebody else works on it or on its account, or it is not `unknown` any more.
 */
export async function takeLease(
  services: Services,
  number: number,
  within: (transaction: Transaction) => Promise<void> = async () => undefined,
): Promise<Lease | null> {
  const token = randomUUID();
  const takenAt = performance.now();
  try {
    return await services.store.sql.begin(async (transaction) => {
      const [row] = await transaction<{ key: string; attempts: number }[]>`
        update operations set attempt_token = ${token}, lease_until = now() + make_interval(secs => ${services.timing.leaseMs / 1000})
        where number = ${number} and state = 'unknown' and lease_until is null returning key, attempts`;
      if (!row) return null;
      await within(transaction);
      return { number, token, reference: row.key, attempt: row.attempts, takenAt };
    });
  } catch (error) {
    if (brokenConstraint(error) === 'operations_leased') return null;
    throw error;
  }
}

/** @param looking Steward goes on looking, and whoever finds out first says so. */
async function askPerson(
  services: Services,
  lease: Lease,
  doubt: Doubt,
  { looking = false }: { readonly looking?: boolean } = {},
): Promise<void> {
  const { number, token } = lease;
  const { sql } = services.store;
  const settleAt = looking ? sql`now() + ${backoff(sql)}` : sql`null`;
  const asked = await services.store.sql.begin(async (transaction) => {
    const rows = await transaction`
      update operations set lease_until = null, settle_at = ${settleAt}, doubt = ${jsonParameter(transaction, toStored(doubt))}
      where number = ${number} and attempt_token = ${token} and state = 'unknown' and late_outcome is null returning number`;
    if (rows.length > 0) await oweQuestion(transaction, number);
    return rows.length > 0;
  });
  if (!asked) await lookAgain(services, lease);
}

async function release({ store: { sql } }: Services, { number, token }: Lease): Promise<void> {
  await sql`
    update operations set lease_until = null, settle_attempts = settle_attempts + 1, settle_at = now() + ${backoff(sql)}
    where number = ${number} and attempt_token = ${token} and state = 'unknown'`;
}
