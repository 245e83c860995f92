import type { Account } from '../../domain/account.ts';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import { recordAudit } from '../audit/record.ts';
import type { Services } from '../context.ts';
import { operate } from '../operation.ts';
import type { StoredOperation } from '../operations/stored.ts';
import { targetFacts } from '../policy/facts.ts';
import { type Begun, readBegun } from '../timers/begun.ts';
import { DELETE } from './delete.ts';
import { look } from './load.ts';

const TIMER = { name: 'deletions', endedBy: ['account.keep', 'account.delete', 'account.restore'] } as const;

/**
 * Deletes an account whose grace has ended, unless it was kept or restored since. What guards accounts is asked once more: whoever became
 * an administrator or an owner meanwhile is not deleted by what was decided before.
 *
 * @throws Error, Refusal to be tried again
 */
export async function carryOutDeletion(services: Services, number: number): Promise<void> {
  const begun = await readBegun(services, number, TIMER);
  if (!begun) return;
  const { ctx, target, link, stored } = begun;
  const panel = services.panels.get(target.panel);
  const account = await look(services, panel, (call) => panel.get(target.accountId, call));
  if (!account || account.status === 'deleted') return;
  const guard = await guardOf(begun, account);
  if (guard) return recordGuarded(services, stored, guard);
  const outcome = await operate(
    ctx,
    DELETE,
    target,
    { reason: stored.operation.reason ?? '', typedUsername: null },
    { link },
  );
  if (outcome.kind !== 'done') throw new Error(`#${number}: it is not known whether its account was deleted`);
}

/** What keeps an account from being deleted now that did not when it was decided. */
async function guardOf({ ctx, stored }: Begun, account: Account): Promise<Refusal | null> {
  if (account.administrator && !stored.before?.administrator) return refuse('policy.protected', {});
  const { member, held } = await targetFacts(ctx, account);
  const isOwners = [member, held].some((person) => person?.standing.owner);
  return isOwners && !ctx.ownerIds.includes(stored.operation.actorId) ? refuse('policy.owner_only', {}) : null;
}

async function recordGuarded(
  services: Services,
  { operation, panel, accountId }: StoredOperation,
  guard: Refusal,
): Promise<void> {
  await services.store.sql.begin(async (transaction) => {
    await recordAudit(transaction, {
      actorId: 'system:deletions',
      action: 'account.delete',
      outcome: 'failed',
      ...{ panel, accountId, memberId: operation.memberId, operation: operation.number },
      facts: { guard: guard.code },
    });
  });
}
