import { describe, expect, it } from 'vitest';
import { createAccount } from '../../../src/services/accounts/create.ts';
import { approveOperation } from '../../../src/services/approvals/approve.ts';
import { declineOperation } from '../../../src/services/approvals/decline.ts';
import { deductCredits } from '../../../src/services/credits/deduct.ts';
import { grantCredits } from '../../../src/services/credits/grant.ts';
import { setCredits } from '../../../src/services/credits/set.ts';
import { settleDue } from '../../../src/services/operations/settle.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../src/services/settings/schema.ts';
import { testStore } from '../../harness/database.ts';
import { refusal } from '../../harness/scene.ts';
import { contextOf, giveGrant, type TestServices, testServices } from '../../harness/services.ts';
import { createTestPanel } from '../../harness/test-panel.ts';

const store = await testStore();

const ASKER = '3001';
const APPROVER = '3002';

let scenes = 0;

/** Somebody who may give 10 at once and 100 a day, and an approver who may give 100 a day. */
async function scene(settings: Partial<Settings> = {}) {
  scenes += 1;
  const id = `a${scenes}`;
  const panel = createTestPanel({ id });
  const made = await testServices(store, { panels: [panel.panel], roles: { [ASKER]: [], [APPROVER]: [] } });
  const services: TestServices = {
    ...made,
    settings: { current: () => ({ ...DEFAULT_SETTINGS, approvalsChannelId: '500', ...settings }) },
  };
  await giveGrant(services, { userId: ASKER, preset: 'accountant', panel: id, perAct: '10', perDay: '100' });
  await giveGrant(services, { userId: APPROVER, preset: 'accountant', panel: id, perDay: '100' });
  const add = (username: string) => {
    const account = panel.add({ email: `${username}@example.com`, username, balanceMinor: 120_000n });
    return { panel: id, accountId: account.id };
  };
  return { panel, services, add };
}

type Made = Awaited<ReturnType<typeof scene>>;

/** Asks for a grant that waits; `hoursAgo` is when. */
async function ask({ services }: Made, target: ReturnType<Made['add']>, amount: string, hoursAgo = 0): Promise<number> {
  const outcome = await grantCredits(contextOf(services, ASKER), { target, amount, reason: 'Prize' });
  if (outcome.kind !== 'waiting') throw new Error(`it is ${outcome.kind}`);
  const { number } = outcome.operation;
  await store.sql`
    update operations set created_at = now() - make_interval(hours => ${hoursAgo}) where number = ${number}`;
  return number;
}

const approve = ({ services }: Made, number: number) =>
  refusal(approveOperation(contextOf(services, APPROVER), number));

describe('limits, where what was asked for days ago is approved today,', () => {
  it('of the approver hold over all that they approve in a day', async () => {
    const made = await scene();
    const numbers: number[] = [];
    for (const name of ['alex', 'bo', 'cy']) numbers.push(await ask(made, made.add(name), '60', 30));
    const ended: string[] = [];
    for (const number of numbers) ended.push(await approve(made, number));
    expect(ended).toEqual(['none', 'policy.over_day', 'policy.over_day']);
  });

  it('of the account hold over what it was given since', async () => {
    const made = await scene();
    const target = made.add('alex');
    const number = await ask(made, target, '60', 30);
    await giveGrant(made.services, { userId: '3003', preset: 'accountant' });
    await grantCredits(contextOf(made.services, '3003'), { target, amount: '80', reason: 'Prize' });
    expect(await approve(made, number)).toBe('policy.over_target');
  });

  it('of the account hold over what was approved for it', async () => {
    const made = await scene();
    const target = made.add('alex');
    expect(await approve(made, await ask(made, target, '60', 30))).toBe('none');
    await giveGrant(made.services, { userId: '3004', preset: 'accountant', perDay: '100' });
    const run = grantCredits(contextOf(made.services, '3004'), { target, amount: '50', reason: 'Prize' });
    expect((await run).kind).toBe('waiting');
  });

  it('of who asked hold over what was approved for them', async () => {
    const made = await scene();
    expect(await approve(made, await ask(made, made.add('alex'), '95', 30))).toBe('none');
    const run = grantCredits(contextOf(made.services, ASKER), { target: made.add('bo'), amount: '6', reason: 'Prize' });
    expect((await run).kind).toBe('waiting');
  });
});

describe('declining', () => {
  it('is not for whose account it is', async () => {
    const made = await scene({ approvalVerbs: ['credits.deduct'] });
    const target = made.add('alex');
    await store.sql`
      insert into links (panel, account_id, user_id, proof, created_by)
      values (${target.panel}, ${target.accountId}, ${APPROVER}, 'staff', 'test')`;
    await giveGrant(made.services, { userId: ASKER, preset: 'administrator', panel: target.panel });
    const outcome = await deductCredits(contextOf(made.services, ASKER), {
      target,
      amount: '50',
      reason: 'Chargeback',
    });
    if (outcome.kind !== 'waiting') throw new Error(`it is ${outcome.kind}`);
    const declined = declineOperation(contextOf(made.services, APPROVER), {
      number: outcome.operation.number,
      reason: 'I want to keep them',
    });
    expect(await refusal(declined)).toBe('approval.own');
  });

  it('asks for the right again in the moment in which it happens', async () => {
    const made = await scene();
    const number = await ask(made, made.add('alex'), '60');
    // This process has not heard of it yet.
    await store.sql`update grants set revoked_at = now() where subject_id = ${APPROVER}`;
    const declined = declineOperation(contextOf(made.services, APPROVER), { number, reason: 'No' });
    expect(await refusal(declined)).toBe('policy.denied');
    await store.sql`update grants set revoked_at = null where subject_id = ${APPROVER}`;
    await made.services.policy.refresh();
  });
});

describe('approving', () => {
  it('is of the movement that was asked for, and not of what a balance to set has become since', async () => {
    const made = await scene({ approvalVerbs: ['credits.set'] });
    const target = made.add('alex');
    const outcome = await setCredits(contextOf(made.services, ASKER), { target, amount: '125', reason: 'Prize' });
    if (outcome.kind !== 'waiting') throw new Error(`it is ${outcome.kind}`);
    made.panel.moveBalance(target.accountId, -50_000n);
    expect(await approve(made, outcome.operation.number)).toBe('approval.moved');
    expect(made.panel.read(target.accountId).balance?.minor).toBe(70_000n);
    made.panel.moveBalance(target.accountId, 50_000n);
    expect(await approve(made, outcome.operation.number)).toBe('none');
    expect(made.panel.read(target.accountId).balance?.minor).toBe(125_000n);
  });

  it('hours later is no reason not to go on with what stops half way', async () => {
    const made = await scene();
    const values = { email: 'new@example.com', username: 'new', credits: '60' };
    const panel = made.panel.panel.id;
    const outcome = await createAccount(contextOf(made.services, ASKER), { panel, values, memberId: null });
    if (outcome.kind !== 'waiting') throw new Error(`it is ${outcome.kind}`);
    const { number } = outcome.operation;
    await store.sql`update operations set created_at = now() - interval '2 hours' where number = ${number}`;
    made.panel.failNext('create', { kind: 'stop', afterSteps: 1 });
    expect(await approve(made, number)).toBe('none');
    await settleDue(made.services);
    const [row] = await store.sql`select state from operations where number = ${number}`;
    expect(row).toEqual({ state: 'succeeded' });
  });

  it('is too late once its time is over, whether or not its end was noticed', async () => {
    const made = await scene();
    const number = await ask(made, made.add('alex'), '60', 25);
    await store.sql`update operations set due_at = now() - interval '1 second' where number = ${number}`;
    expect(await approve(made, number)).toBe('approval.over');
  });

  it('tells nothing of the account to who may not approve', async () => {
    const made = await scene();
    const target = made.add('alex');
    await giveGrant(made.services, { userId: ASKER, permission: 'credits.deduct', panel: target.panel });
    const waiting = await ask(made, target, '60');
    const curious = '3005';
    await giveGrant(made.services, { userId: curious, permission: 'accounts.view', panel: target.panel });
    const calls = made.panel.calls.length;
    expect(await refusal(approveOperation(contextOf(made.services, curious), waiting))).toBe('policy.denied');
    expect(made.panel.calls).toHaveLength(calls);
  });
});
