import { describe, expect, it } from 'vitest';
import { deleteAccount } from '../../../src/services/accounts/delete.ts';
import { restoreAccount } from '../../../src/services/accounts/restore.ts';
import { scheduledDeletion } from '../../../src/services/accounts/scheduled-deletion.ts';
import { suspendAccount } from '../../../src/services/accounts/suspend.ts';
import { unsuspendAccount } from '../../../src/services/accounts/unsuspend.ts';
import { approveOperation } from '../../../src/services/approvals/approve.ts';
import { undoOperation } from '../../../src/services/operations/undo.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/services/settings/schema.ts';
import { fireTimer } from '../../../src/services/timers/fire.ts';
import { testStore } from '../../harness/database.ts';
import { createScenes, refusal, type Scene } from '../../harness/scene.ts';
import { contextOf, giveGrant, OWNER } from '../../harness/services.ts';

const store = await testStore();
const scene = createScenes(store);

/** The services of a team that has set something else. */
function setTo({ services }: Scene, settings: Partial<Settings>): Scene['services'] {
  return { ...services, settings: { current: () => ({ ...DEFAULT_SETTINGS, ...settings }) } };
}

/** Decides on the deletion of the account. @returns the number of the operation */
async function decide({ services, target }: Scene, { by = OWNER } = {}): Promise<number> {
  const outcome = await deleteAccount(contextOf(services, by), { target, reason: 'Asked', typedUsername: 'alex' });
  if (outcome.kind !== 'done' && outcome.kind !== 'waiting') throw new Error(`it is ${outcome.kind}`);
  return outcome.operation.number;
}

describe('while the grace runs', () => {
  it('an account is not deleted at once, where the team wants no grace any more', async () => {
    const here = await scene();
    await decide(here);
    const run = decide({ ...here, services: setTo(here, { graceHours: 0 }) });
    expect(await refusal(run)).toBe('deletion.scheduled');
    expect(here.panel.read(here.target.accountId).status).toBe('suspended');
  });

  it('an account that was deleted in the panel can be restored, and is not deleted again', async () => {
    const here = await scene();
    const { services, panel, target } = here;
    const number = await decide(here);
    await panel.panel.deletion?.delete(target.accountId, {
      signal: AbortSignal.timeout(1_000),
      reference: 'by hand',
      step: async (_, run) => run(),
    });
    const restored = await restoreAccount(contextOf(services, OWNER), { target });
    expect(restored.kind).toBe('done');
    expect(await scheduledDeletion(services, target)).toBeNull();
    await fireTimer(services, { kind: 'deletion.due', operation: number });
    expect(panel.read(target.accountId).status).toBe('active');
  });

  it('an account that its panel holds for an owner by now is not deleted by what somebody else has decided', async () => {
    const here = await scene();
    const admin = `3${here.mira}`;
    await giveGrant(here.services, { userId: admin, preset: 'administrator' });
    const number = await decide(here, { by: admin });
    here.panel.prove(here.target.accountId, OWNER);
    await fireTimer(here.services, { kind: 'deletion.due', operation: number });
    expect(here.panel.read(here.target.accountId).status).toBe('suspended');
    expect(await refusal(decide(here, { by: admin }))).toBe('policy.owner_only');
  });

  it('a deletion that the panel refuses for good when its time comes is told to the team', async () => {
    const here = await scene();
    const number = await decide(here);
    here.panel.failNext('delete', { kind: 'refuse', failure: 'rejected' });
    await refusal(fireTimer(here.services, { kind: 'deletion.due', operation: number }));
    const [failed] = await store.sql<{ told: boolean }[]>`
      select exists (select from notices where operation = operations.number and kind = 'operation') as told
      from operations where linked_number = ${number} and state = 'failed'`;
    expect(failed).toEqual({ told: true });
  });

  it('calling it off leaves an account suspended that was suspended for something else since', async () => {
    const here = await scene();
    const { services, panel, mira, target } = here;
    await decide(here);
    await unsuspendAccount(contextOf(services, mira), { target, reason: null });
    await suspendAccount(contextOf(services, mira), { target, reason: 'Abuse' });
    await restoreAccount(contextOf(services, OWNER), { target });
    expect(await scheduledDeletion(services, target)).toBeNull();
    expect(panel.read(target.accountId).status).toBe('suspended');
  });
});

describe('what was asked for before, and approved after, something else', () => {
  /** A deletion that was asked for first, approved last; between the two another one was decided and called off. */
  async function approvedLast() {
    const here = await scene();
    const services = setTo(here, { approvalsChannelId: '500', approvalVerbs: ['account.delete'] });
    const made = { ...here, services: { ...services, members: { ...services.members, rolesOf: async () => [] } } };
    await giveGrant(services, { userId: here.mira, preset: 'administrator' });
    const asked = await decide(made, { by: here.mira });
    await decide(made);
    await restoreAccount(contextOf(made.services, OWNER), { target: made.target });
    return { ...made, asked };
  }

  it('is carried out when its grace ends', async () => {
    const { services, panel, target, asked } = await approvedLast();
    await approveOperation(contextOf(services, OWNER), asked);
    await fireTimer(services, { kind: 'deletion.due', operation: asked });
    expect(panel.read(target.accountId).status).toBe('deleted');
  });

  it('keeps what was done between the two from being taken back', async () => {
    const { services, panel, mira, target, asked } = await approvedLast();
    const suspended = await suspendAccount(contextOf(services, mira), { target, reason: 'Abuse' });
    const { number } = suspended.kind === 'done' ? suspended.operation : { number: 0 };
    await approveOperation(contextOf(services, OWNER), asked);
    expect(await refusal(undoOperation(contextOf(services, mira), number))).toBe('undo.moved_on');
    expect(panel.read(target.accountId).status).toBe('suspended');
  });
});
