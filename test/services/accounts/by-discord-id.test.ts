import { describe, expect, it } from 'vitest';
import type { Account } from '../../../src/domain/account.ts';
import type { Panel } from '../../../src/panels/panel.ts';
import { resolveTarget, type TargetInput } from '../../../src/services/accounts/resolve.ts';
import { verifyAccount } from '../../../src/services/accounts/verify.ts';
import { grantCredits } from '../../../src/services/credits/grant.ts';
import { recordAccounts, recordVanished } from '../../../src/services/directory/record.ts';
import { testStore } from '../../harness/database.ts';
import { refusal } from '../../harness/scene.ts';
import { contextOf, giveGrant, testServices } from '../../harness/services.ts';
import { createTestPanel } from '../../harness/test-panel.ts';

const MIRA = '900000000000000021';
const EUROPEAN = '900000000000000022';

const store = await testStore();
const main = createTestPanel({ id: 'main', label: 'Main' });
const europe = createTestPanel({ id: 'eu', label: 'Europe' });
/** This one can be asked who somebody is. */
const asked: string[] = [];
const asking: Panel = {
  ...main.panel,
  discordLinks: {
    proves: true,
    async find(userId) {
      asked.push(userId);
      const { accounts } = await main.panel.list({ after: null, limit: 1_000 }, { signal: AbortSignal.timeout(5_000) });
      return accounts.filter(({ discordId }) => discordId === userId);
    },
  },
};
const services = await testServices(store, { panels: [asking, europe.panel], timing: { readTimeoutMs: 2_000 } });
await giveGrant(services, { userId: MIRA, preset: 'administrator' });
await giveGrant(services, { userId: EUROPEAN, preset: 'administrator', panel: 'eu' });

let people = 0;
/** A Discord user whom a panel holds beside an account of theirs. */
function held(panel = main, ofUser?: string) {
  people += 1;
  const discordId = ofUser ?? `8000000000000001${String(people).padStart(2, '0')}`;
  const account = panel.add({
    email: `held${discordId}@${panel.panel.id}.example`,
    username: `held${discordId.slice(-3)}`,
    discordId,
  });
  return { account, discordId };
}

const link = ({ panel, id }: Account, userId: string) =>
  store.sql`insert into links (panel, account_id, user_id, proof, created_by) values (${panel}, ${id}, ${userId}, 'staff', 'test')`;
const resolve = (input: TargetInput, userId = MIRA) => resolveTarget(contextOf(services, userId), input);
const reference = ({ panel, id }: Account) => ({ panel, accountId: id });
const one = (account: Account) => ({ kind: 'one', target: reference(account) });

describe('an account that a panel itself holds for a Discord user', () => {
  it.each(['member', 'mention', 'id'] as const)('is found by their %s, from the directory alone', async (by) => {
    const { account, discordId } = held();
    await recordAccounts(services, [account]);
    const input = {
      member: { member: discordId },
      mention: { account: `<@${discordId}>` },
      id: { account: discordId },
    }[by];
    expect(await resolve({ ...input, directoryOnly: true })).toEqual(one(account));
  });

  it('is asked of the panel where the directory does not know it, but for forms, and known from then on', async () => {
    const { account, discordId } = held();
    expect(await refusal(resolve({ member: discordId, directoryOnly: true }))).toBe('target.unlinked');
    expect(asked).not.toContain(discordId);
    expect(await resolve({ member: discordId })).toEqual(one(account));
    expect(await resolve({ member: discordId, directoryOnly: true })).toEqual(one(account));
  });

  it('is not found, and nothing fails, where the panel does not answer', async () => {
    const { discordId } = held();
    main.failNext('list', { kind: 'refuse', failure: 'unreachable' });
    expect(await refusal(resolve({ member: discordId }))).toBe('target.unlinked');
  });

  it('agrees with its name', async () => {
    const { account, discordId } = held();
    await recordAccounts(services, [account]);
    expect(await resolve({ member: discordId, account: account.username })).toEqual(one(account));
  });

  it('is not theirs where somebody else is linked to it, nor beside the one that they are linked to', async () => {
    const { account, discordId } = held();
    await recordAccounts(services, [account]);
    const other = held();
    await recordAccounts(services, [other.account]);
    await link(account, other.discordId);
    expect(await refusal(resolve({ member: discordId }))).toBe('target.unlinked');
    expect(await resolve({ member: other.discordId })).toEqual(one(account));
  });

  it('is not found once it has vanished, nor on a panel where the actor may do nothing', async () => {
    const { account, discordId } = held(europe);
    await recordAccounts(services, [account]);
    expect(await resolve({ member: discordId }, EUROPEAN)).toEqual(one(account));
    const elsewhere = held();
    await recordAccounts(services, [elsewhere.account]);
    expect(await refusal(resolve({ member: elsewhere.discordId }, EUROPEAN))).toBe('target.unlinked');
    await recordVanished(services, reference(account));
    expect(await refusal(resolve({ member: discordId }))).toBe('target.unlinked');
  });

  it('is theirs only as long as the panel says so, whatever the directory remembers', async () => {
    const { account, discordId } = held(europe);
    await recordAccounts(services, [account]);
    const { account: theirs } = held(europe, held().discordId);
    europe.prove(account.id, theirs.discordId ?? '');
    expect(await refusal(resolve({ member: discordId }))).toBe('target.unlinked');
    europe.failNext('get', { kind: 'refuse', failure: 'unreachable' });
    await recordAccounts(services, [theirs]);
    expect(await resolve({ member: theirs.discordId ?? '', panel: 'eu' })).toMatchObject({ kind: 'candidates' });
  });

  it('goes after an account whose own id the digits are', async () => {
    const { account } = held();
    const { account: named, discordId } = held();
    await recordAccounts(services, [named, { ...account, id: discordId }]);
    expect(await resolve({ account: discordId })).toEqual(one({ ...account, id: discordId }));
  });
});

it('of a member’s accounts on several panels, the one that the actor did something to last comes first', async () => {
  const { account, discordId } = held(main);
  const { account: european } = held(europe, discordId);
  await recordAccounts(services, [account, european]);
  await link(account, discordId);
  const order = async (userId = MIRA) => {
    const found = await resolve({ member: discordId }, userId);
    return found.kind === 'candidates' ? found.accounts.map(({ panel }) => panel) : found;
  };
  expect(await order()).toEqual(['eu', 'main']);
  const verify = (target: Account) => verifyAccount(contextOf(services, MIRA), { target: reference(target) });
  await verify(account);
  expect(await order()).toEqual(['main', 'eu']);
  await verify(european);
  expect(await order()).toEqual(['eu', 'main']);
});

it('nobody credits an account that its panel holds for them', async () => {
  const { account } = held(main, MIRA);
  const credit = grantCredits(contextOf(services, MIRA), { target: reference(account), amount: '1', reason: 'Test' });
  expect(await refusal(credit)).toBe('policy.oneself');
});
