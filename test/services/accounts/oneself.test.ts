import { beforeAll, describe, expect, it } from 'vitest';
import { createAccount } from '../../../src/services/accounts/create.ts';
import { editAccount } from '../../../src/services/accounts/edit.ts';
import { setPassword } from '../../../src/services/accounts/password.ts';
import { suspendAccount } from '../../../src/services/accounts/suspend.ts';
import { grantCredits } from '../../../src/services/credits/grant.ts';
import { removeLink } from '../../../src/services/links/remove.ts';
import { setLink } from '../../../src/services/links/set.ts';
import { testStore } from '../../harness/database.ts';
import { refusal } from '../../harness/scene.ts';
import { contextOf, giveGrant, OWNER, testServices } from '../../harness/services.ts';
import { createTestPanel } from '../../harness/test-panel.ts';

const store = await testStore();
const panel = createTestPanel({ id: 'main' });
const services = await testServices(store, { panels: [panel.panel], roles: {} });
const MIRA = '2001';
const TOMASZ = '2002';
const ALEX = '2003';
/** Who is an administrator, too. */
const PEER = '900000000000000077';

beforeAll(async () => {
  await giveGrant(services, { userId: MIRA, preset: 'administrator' });
  await giveGrant(services, { userId: TOMASZ, preset: 'administrator' });
});

const as = (userId: string) => contextOf(services, userId, { confirmed: true });

function account(name: string) {
  const { id } = panel.add({ email: `${name}@example.com`, username: name, balanceMinor: 0n });
  return { panel: 'main', accountId: id };
}

const credit = (userId: string, target: { panel: string; accountId: string }) =>
  refusal(grantCredits(as(userId), { target, amount: '1', reason: 'Test' }));

describe('nobody credits themselves', () => {
  it('neither the account they are linked to, nor one they were ever linked to', async () => {
    const mine = account('mira');
    await setLink(as(OWNER), { target: mine, memberId: MIRA });
    expect(await credit(MIRA, mine)).toBe('policy.oneself');
    await removeLink(as(OWNER), { target: mine });
    expect(await credit(MIRA, mine)).toBe('policy.oneself');
  });

  it('nor a second one after moving their link to another', async () => {
    const first = account('mira-first');
    const second = account('mira-second');
    await setLink(as(OWNER), { target: first, memberId: MIRA });
    await removeLink(as(OWNER), { target: first });
    await setLink(as(OWNER), { target: second, memberId: MIRA });
    expect(await credit(MIRA, first)).toBe('policy.oneself');
    expect(await credit(MIRA, second)).toBe('policy.oneself');
    await removeLink(as(OWNER), { target: second });
  });

  it('nor sets or removes their own link to get round it', async () => {
    const mine = account('mira-self');
    expect(await refusal(setLink(as(MIRA), { target: mine, memberId: MIRA }))).toBe('link.own');
    await setLink(as(OWNER), { target: mine, memberId: MIRA });
    expect(await refusal(removeLink(as(MIRA), { target: mine }))).toBe('link.own');
    await removeLink(as(OWNER), { target: mine });
  });

  it('nor an account that they made, linked or re-addressed this week; somebody else may', async () => {
    const made = await createAccount(as(MIRA), {
      panel: 'main',
      values: { email: 'straw@example.com', username: 'strawman' },
      memberId: null,
    });
    if (made.kind !== 'done') throw new Error('the account was not made');
    const strawman = { panel: 'main', accountId: made.result.account.id };
    expect(await credit(MIRA, strawman)).toBe('policy.recent');
    expect(await credit(TOMASZ, strawman)).toBe('none');

    const linked = account('alex');
    await setLink(as(MIRA), { target: linked, memberId: ALEX });
    expect(await credit(MIRA, linked)).toBe('policy.recent');

    const addressed = account('jo');
    await editAccount(as(MIRA), { target: addressed, values: { email: 'new@example.com' }, expected: null });
    expect(await credit(MIRA, addressed)).toBe('policy.recent');
    expect(await credit(TOMASZ, addressed)).toBe('none');
  });
});

describe("an owner's account", () => {
  it('is not touched by an administrator', async () => {
    const theirs = account('ada');
    await store.sql`
      insert into links (panel, account_id, user_id, proof, created_by) values ('main', ${theirs.accountId}, ${OWNER}, 'email', ${OWNER})`;
    expect(await refusal(suspendAccount(as(MIRA), { target: theirs, reason: 'Coup' }))).toBe('policy.owner_only');
    expect(await credit(MIRA, theirs)).toBe('policy.owner_only');
    expect(panel.read(theirs.accountId).status).toBe('active');
  });

  it('is theirs by what its panel says as well, and so is everybody else’s of a higher rank', async () => {
    const theirs = account('olga');
    panel.prove(theirs.accountId, OWNER);
    expect(await refusal(setPassword(as(MIRA), { target: theirs, reason: 'Coup' }))).toBe('policy.owner_only');
    expect(await refusal(setLink(as(MIRA), { target: theirs, memberId: ALEX }))).toBe('policy.owner_only');
    expect(panel.read(theirs.accountId).password).toBeNull();

    const peers = account('peers');
    panel.prove(peers.accountId, PEER);
    await giveGrant(services, { userId: PEER, preset: 'administrator' });
    expect(await refusal(suspendAccount(as(MIRA), { target: peers, reason: 'Coup' }))).toBe('policy.rank');
    expect(await refusal(suspendAccount(as(OWNER), { target: peers, reason: 'Left' }))).toBe('none');
  });

  it('is not barred by what is no id of anybody', async () => {
    const scrawled = account('scrawled');
    panel.prove(scrawled.accountId, 'alex#1234');
    await giveGrant(services, { roleId: '3001', preset: 'administrator' });
    const rolesOf = async (userId: string) =>
      /^\d+$/.test(userId) ? null : Promise.reject(new Error('Discord knows no such id'));
    const asking = contextOf({ ...services, members: { ...services.members, rolesOf } }, MIRA);
    expect(await refusal(suspendAccount(asking, { target: scrawled, reason: 'Mining' }))).toBe('none');
  });
});

describe('an account that is not there', () => {
  it('is refused to staff as unknown, and to others as to anyone: without a word about it', async () => {
    const nowhere = { panel: 'main', accountId: 'nowhere' };
    const somewhere = account('somewhere');
    expect(await credit(MIRA, nowhere)).toBe('target.unknown');
    const calls = panel.calls.length;
    expect(await credit(ALEX, nowhere)).toBe('policy.denied');
    expect(await credit(ALEX, somewhere)).toBe('policy.denied');
    expect(panel.calls).toHaveLength(calls);
  });
});
