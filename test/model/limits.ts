/** That nobody raised balances by more than they may in a day, whichever way they took. */
import { expect } from 'vitest';
import { PEOPLE, type Person } from './people.ts';
import type { OperationRow } from './truth.ts';
import type { World } from './world.ts';

const DAY_MS = 24 * 3_600_000;

interface ApprovalRow {
  readonly operation: bigint;
  readonly user_id: string;
  readonly at: Date;
}

/** What raised a balance, and who answers for it from when on: who did it, or who approved it. */
interface Raise {
  readonly operation: OperationRow;
  readonly minor: bigint;
  readonly userId: string;
  readonly at: Date;
}

export async function expectLimitsToHold(
  { database: { own }, panel }: World,
  operations: readonly OperationRow[],
): Promise<void> {
  const approvals = await own<ApprovalRow[]>`select operation, user_id, at from approvals where decision = 'approved'`;
  const scale = BigInt(10 ** (panel.panel.credits?.traits.unit.scale ?? 0));
  const raises = operations.filter(raised).flatMap((operation) => answeredFor(operation, approvals));
  for (const person of PEOPLE) {
    if (person.perDay === null) continue;
    const limit = BigInt(person.perDay) * scale;
    for (const raise of raises) {
      if (raise.userId !== person.userId) continue;
      const what = `raised by ${person.userId} in the day before #${raise.operation.number}`;
      expect(raisedUntil(raise, operations, approvals, person), what).toBeLessThanOrEqual(limit);
    }
  }
}

/** A correction is found, not done. */
function raised({ delta_minor, state, link_kind }: OperationRow): boolean {
  return delta_minor !== null && delta_minor > 0n && state === 'succeeded' && link_kind !== 'correction';
}

function answeredFor(operation: OperationRow, approvals: readonly ApprovalRow[]): readonly Raise[] {
  const minor = operation.delta_minor ?? 0n;
  const approved = approvals.filter((approval) => approval.operation === operation.number);
  if (approved.length === 0) return [{ operation, minor, userId: operation.actor_id, at: operation.created_at }];
  return approved.map(({ user_id, at }) => ({ operation, minor, userId: user_id, at }));
}

/** What somebody had raised within a day when they raised this, themselves or by approving it, with this. */
function raisedUntil(
  { operation, at }: Raise,
  operations: readonly OperationRow[],
  approvals: readonly ApprovalRow[],
  { userId }: Person,
): bigint {
  const theirs = operations.filter(raised).filter((other) => {
    if (other.number === operation.number) return true;
    const own = other.actor_id === userId && other.created_at <= at && other.number < operation.number;
    const approved = approvals.some((approval) => {
      return approval.operation === other.number && approval.user_id === userId && approval.at < at;
    });
    return (own || approved) && other.created_at.getTime() > at.getTime() - DAY_MS;
  });
  return theirs.reduce((sum, { delta_minor }) => sum + (delta_minor ?? 0n), 0n);
}
