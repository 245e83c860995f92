import { describe, expect, it } from 'vitest';
import { setPassword } from '../../../src/services/accounts/password.ts';
import { findLink } from '../../../src/services/links/find.ts';
import { ownAccounts } from '../../../src/services/links/own.ts';
import { removeLink } from '../../../src/services/links/remove.ts';
import { refuseTakenLink, setLink } from '../../../src/services/links/set.ts';
import { testStore } from '../../harness/database.ts';
import { contextOf, giveGrant, OWNER, testServices } from '../../harness/services.ts';
import { createTestPanel } from '../../harness/test-panel.ts';

const MIRA = '900000000000000021';
const HELPER = '900000000000000022';

const store = await testStore();
const test = createTestPanel();
const europe = createTestPanel({ id: 'eu', label: 'Europe' });
const services = await testServices(store, { panels: [test.panel, europe.panel] });
await giveGrant(services, { userId: MIRA, preset: 'moderator' });
await giveGrant(services, { userId: HELPER, preset: 'helper' });

const mira = (origin?: string) => contextOf(services, MIRA, origin ? { origin } : {});

let made = 0;
function someone(panel = test) {
  made += 1;
  const account = panel.add({ email: `l${made}@example.com`, username: `linked${made}` });
  return {
    target: { panel: account.panel, accountId: account.id },
    username: account.username,
    memberId: `8000000000000${1000 + made}`,
  };
}
const linksOf = async (accountId: string) =>
  store.sql<
    { user_id: string; removed_at: Date | null }[]
  >`select user_id, removed_at from links where account_id = ${accountId} order by id`;
const auditCount = async (action: string, accountId: string) =>
  (await store.sql`select from audit where action = ${action} and account_id = ${accountId}`).length;

describe('links', () => {
  it('are set by staff, found from both sides, and marked as a decision of staff', async () => {
    const { target, username, memberId } = someone();
    expect(await setLink(mira(), { target, memberId })).toEqual({ target, username, userId: memberId, kept: null });
    const link = { target, username, userId: memberId, proof: 'staff', by: MIRA, at: expect.any(Date) };
    expect(await findLink(mira(), { member: memberId })).toEqual({ rows: [link] });
    expect(await findLink(mira(), { account: target })).toEqual({ rows: [link] });
    expect(await findLink(mira(), { member: MIRA, account: target })).toEqual({ rows: [] });
    expect(await ownAccounts(contextOf(services, memberId))).toEqual([target]);
  });

  it('are set once by a request that is delivered again, also at the same time', async () => {
    const { target, memberId } = someone();
    await Promise.all([1, 2, 3].map(() => setLink(mira('again'), { target, memberId })));
    expect(await linksOf(target.accountId)).toHaveLength(1);
    expect(await auditCount('link.set', target.accountId)).toBe(1);
  });

  it('are set to nobody but the person who has proven to the panel that the account is theirs, and are proven then', async () => {
    const { memberId } = someone();
    const account = test.add({ email: 'held@example.com', username: 'held', discordId: memberId });
    const target = { panel: account.panel, accountId: account.id };
    const other = setLink(mira(), { target, memberId: '800000000000009999' });
    await expect(other).rejects.toMatchObject({ code: 'account.held', parameters: { userId: memberId } });
    await expect(setPassword(contextOf(services, OWNER), { target, reason: 'Asked' })).rejects.toMatchObject({
      code: 'account.held',
    });
    expect(await linksOf(account.id)).toEqual([]);
    await setLink(mira(), { target, memberId });
    expect(await findLink(mira(), { account: target })).toMatchObject({ rows: [{ userId: memberId, proof: 'panel' }] });
    expect(await setPassword(contextOf(services, OWNER), { target, reason: 'Asked' })).toMatchObject({ kind: 'done' });
  });

  it('give one account of a panel to a member, and one member to an account', async () => {
    const [first, second] = [someone(), someone()];
    await setLink(mira(), first);
    await expect(setLink(mira(), { target: second.target, memberId: first.memberId })).rejects.toMatchObject({
      code: 'link.member_taken',
    });
    await expect(setLink(mira(), { target: first.target, memberId: second.memberId })).rejects.toMatchObject({
      code: 'link.account_taken',
    });
    await expect(refuseTakenLink(mira(), 'test', first.memberId)).rejects.toMatchObject({ code: 'link.member_taken' });
    expect(await linksOf(second.target.accountId)).toEqual([]);
  });

  it('give one member an account on each of two panels', async () => {
    const [here, there] = [someone(), someone(europe)];
    await setLink(mira(), here);
    await setLink(mira(), { target: there.target, memberId: here.memberId });
    expect(await ownAccounts(contextOf(services, here.memberId))).toEqual([here.target, there.target]);
  });

  it('go to one of several members who are linked to an account at once', async () => {
    const { target } = someone();
    const attempts = await Promise.allSettled(
      ['71', '72', '73'].map((memberId) => setLink(mira(), { target, memberId: `8000000000000000${memberId}` })),
    );
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await linksOf(target.accountId)).toHaveLength(1);
  });

  it('are removed, and stay as removed', async () => {
    const { target, username, memberId } = someone();
    await setLink(mira(), { target, memberId });
    expect(await removeLink(mira(), { target })).toEqual({ target, username, userId: memberId, kept: null });
    expect(await linksOf(target.accountId)).toEqual([{ user_id: memberId, removed_at: expect.any(Date) }]);
    expect(await ownAccounts(contextOf(services, memberId))).toEqual([]);
    await expect(removeLink(mira(), { target })).rejects.toMatchObject({ code: 'link.none' });
  });

  it('are removed once by a request that is delivered again, with the same answer', async () => {
    const { target, memberId } = someone();
    await setLink(mira(), { target, memberId });
    const removals = [removeLink(mira('removal'), { target }), removeLink(mira('removal'), { target })];
    const [first, second] = await Promise.all(removals);
    expect(second).toEqual(first);
    expect(await auditCount('link.remove', target.accountId)).toBe(1);
  });

  it('are neither set nor removed by whom they are about, owners included', async () => {
    const { target } = someone();
    await expect(setLink(mira(), { target, memberId: MIRA })).rejects.toMatchObject({ code: 'link.own' });
    await expect(setLink(contextOf(services, OWNER), { target, memberId: OWNER })).rejects.toMatchObject({
      code: 'link.own',
    });
    await expect(refuseTakenLink(mira(), 'test', MIRA)).rejects.toMatchObject({ code: 'link.own' });
    await setLink(contextOf(services, OWNER), { target, memberId: MIRA });
    await expect(removeLink(mira(), { target })).rejects.toMatchObject({ code: 'link.own' });
    expect(await linksOf(target.accountId)).toEqual([{ user_id: MIRA, removed_at: null }]);
  });

  it('are not set for an account that is deleted or not there', async () => {
    const { target, memberId } = someone();
    await expect(setLink(mira(), { target: { panel: 'test', accountId: 'u-999' }, memberId })).rejects.toMatchObject({
      code: 'target.unknown',
    });
    const { reference, step } = { reference: 'deletion', step: <R>(_: string, run: () => Promise<R>) => run() };
    await test.panel.deletion?.delete(target.accountId, { reference, step, signal: new AbortController().signal });
    await expect(setLink(mira(), { target, memberId })).rejects.toMatchObject({ code: 'target.deleted' });
  });

  it('are nobody’s without the permission, and no panel is asked', async () => {
    const { target, memberId } = someone();
    const asked = test.calls.length;
    await expect(setLink(contextOf(services, HELPER), { target, memberId })).rejects.toMatchObject({
      code: 'policy.denied',
    });
    await expect(removeLink(contextOf(services, HELPER), { target })).rejects.toMatchObject({ code: 'policy.denied' });
    await expect(findLink(contextOf(services, memberId), { member: memberId })).rejects.toMatchObject({
      code: 'policy.denied',
    });
    expect(test.calls).toHaveLength(asked);
    expect(await linksOf(target.accountId)).toEqual([]);
  });
});
