import { type Money, money, parseAmount, type Unit } from '../../domain/money.ts';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import type { Transaction } from '../../store/connect.ts';
import type { Grant } from './grants.ts';

/** Of several grants the largest limit wins, never the sum; a grant without a limit sets none. Null: no limit. */
function largestLimit(grants: readonly Grant[], which: 'perAct' | 'perDay', unit: Unit): bigint | null {
  let largest = 0n;
  for (const grant of grants) {
    const limit = grant[which];
    if (limit === null) return null;
    const { minor } = parseLimit(limit, unit);
    if (minor > largest) largest = minor;
  }
  return largest;
}

/** A limit is stored as typed; one finer than the panel's unit is rounded down. */
function parseLimit(text: string, unit: Unit): Money {
  const [whole = '0', decimals = ''] = text.split('.');
  return parseAmount(`${whole}.${decimals.slice(0, unit.scale) || '0'}`, unit);
}

/** Takes the locks under which limits are counted, always in the same order, for the rest of the transaction. */
export function lockForCounting(
  transaction: Transaction,
  subject: { actorIds: readonly string[]; panel: string; accountId: string | null },
) {
  const actors = subject.actorIds.map((actorId) => `actor:${subject.panel}:${actorId}`);
  const target = `account:${subject.panel}/${subject.accountId ?? ''}`;
  return transaction`
    select pg_advisory_xact_lock(hashtextextended(subject, 0))
    from (select unnest(${[...actors, target].sort()}::text[]) as subject order by 1) as subjects`;
}

/** What was raised in the last 24 hours, in minor units: by the actor on this panel, and on this account by anyone. */
export interface Raised {
  readonly byActor: bigint;
  readonly onTarget: bigint;
}

/** The limit that an amount passes, of the grants that allow it: `policy.over_act`, `policy.over_day`, `policy.over_target`, or none. */
export function passedLimit(grants: readonly Grant[], delta: Money, raised: Raised): Refusal | null {
  const { unit } = delta;
  const size = delta.minor < 0n ? -delta.minor : delta.minor;
  const perAct = largestLimit(grants, 'perAct', unit);
  if (perAct !== null && size > perAct) return refuse('policy.over_act', { limit: money(perAct, unit) });
  if (delta.minor <= 0n) return null;
  const perDay = largestLimit(grants, 'perDay', unit);
  if (perDay === null) return null;
  const limit = money(perDay, unit);
  if (raised.byActor + delta.minor > perDay) {
    return refuse('policy.over_day', { limit, left: money(atLeastZero(perDay - raised.byActor), unit) });
  }
  if (raised.onTarget + delta.minor > perDay) {
    return refuse('policy.over_target', { limit, left: money(atLeastZero(perDay - raised.onTarget), unit) });
  }
  return null;
}

function atLeastZero(value: bigint): bigint {
  return value < 0n ? 0n : value;
}
