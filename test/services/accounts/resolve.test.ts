import { describe, expect, it } from 'vitest';
import { resolveTarget, type TargetInput } from '../../../src/services/accounts/resolve.ts';
import { recordAccounts } from '../../../src/services/directory/record.ts';
import { testStore } from '../../harness/database.ts';
import { contextOf, giveGrant, OWNER, testServices } from '../../harness/services.ts';
import { createTestPanel } from '../../harness/test-panel.ts';

const MIRA = '900000000000000021';
const HELPER = '900000000000000022';
const EUROPEAN = '900000000000000023';
const GRANTER = '900000000000000024';
const ALEX = '800000000000000001';
const JO = '800000000000000002';
const UNLINKED = '800000000000000003';
const EVE = '800000000000000004';

const store = await testStore();
const main = createTestPanel({ id: 'main', label: 'Main' });
const europe = createTestPanel({ id: 'eu', label: 'Europe' });
const services = await testServices(store, { panels: [main.panel, europe.panel] });
await giveGrant(services, { userId: MIRA, preset: 'moderator' });
await giveGrant(services, { userId: HELPER, preset: 'helper' });
await giveGrant(services, { userId: EUROPEAN, preset: 'moderator', panel: 'eu' });
await giveGrant(services, { userId: GRANTER, permission: 'credits.grant' });

const alex = main.add({ email: 'alex@example.com', username: 'alex', name: 'Alex Example' });
const jo = main.add({ email: 'jo@example.com', username: 'Jo.Main' });
const joEurope = europe.add({ email: 'jo@example.com', username: 'jo.eu' });
await recordAccounts(services, [alex, jo, joEurope]);
await store.sql`
  insert into links (panel, account_id, user_id, proof, created_by) values
  ('main', ${alex.id}, ${ALEX}, 'staff', 'test'), ('main', ${jo.id}, ${JO}, 'staff', 'test'), ('eu', ${joEurope.id}, ${JO}, 'staff', 'test')`;
const [operation] = await store.sql<{ number: bigint }[]>`
  insert into operations (key, input_hash, verb, state, actor_id, panel, account_id, input, attempt_token, lease_until)
  values ('k', 'h', 'account.verify', 'succeeded', ${MIRA}, 'main', ${alex.id}, '{}', 't', now()) returning number`;

const resolve = (input: TargetInput, userId = MIRA) => resolveTarget(contextOf(services, userId), input);
const reference = ({ panel, id }: { panel: string; id: string }) => ({ panel, accountId: id });
const one = (account: { panel: string; id: string }) => ({ kind: 'one', target: reference(account) });
const refused = (input: TargetInput, code: string, userId = MIRA) =>
  expect(resolve(input, userId)).rejects.toMatchObject({ code });

describe('a target', () => {
  it.each([
    ['a member', { member: ALEX }],
    ['a mention', { account: `<@${ALEX}>` }],
    ['an old mention', { account: `<@!${ALEX}>` }],
    ['panel and id', { account: `main/${alex.id}` }],
    ['a username', { account: 'alex' }],
    ['a username in another case', { account: ' ALEX ' }],
    ['an e-mail', { account: 'Alex@Example.com' }],
    ['the number of an operation', { account: `#${operation?.number}` }],
    ['an id, on one panel', { account: alex.id, panel: 'main' }],
    ['a member and an account that agree', { member: ALEX, account: 'alex' }],
    ['a member and an ambiguous account that agree', { member: ALEX, account: alex.id }],
  ])('is the one account that %s names', async (_, input) => {
    expect(await resolve(input)).toEqual(one(alex));
  });

  it('is asked for when several are meant', async () => {
    const both = { kind: 'candidates', accounts: expect.arrayContaining([]) };
    expect(await resolve({ account: 'jo@example.com' })).toMatchObject(both);
    expect(await resolve({ account: alex.id })).toMatchObject({ kind: 'candidates' });
    const ofJo = await resolve({ member: JO });
    if (ofJo.kind !== 'candidates') throw new Error('two panels are two candidates');
    expect(ofJo.accounts.map(({ panel, accountId }) => ({ panel, accountId }))).toEqual([
      reference(joEurope),
      reference(jo),
    ]);
    expect(await resolve({ member: JO, panel: 'eu' })).toEqual(one(joEurope));
  });

  it('is asked for, never guessed, when the name is only similar', async () => {
    expect(await resolve({ account: 'exam' })).toMatchObject({ kind: 'candidates', accounts: [{ username: 'alex' }] });
    expect(await resolve({ account: 'ale' })).toMatchObject({ kind: 'candidates', accounts: [{ username: 'alex' }] });
  });

  it('is refused when nothing or nobody is named', async () => {
    await refused({}, 'target.missing');
    await refused({ account: '  ' }, 'target.missing');
    await refused({ account: 'no such account' }, 'target.unknown');
    await refused({ account: 'nobody@example.com' }, 'target.unknown');
    await refused({ account: '#1' }, 'target.unknown');
    await refused({ account: '\u0000\ud800' }, 'target.unknown');
    await refused({ account: 'x'.repeat(6_000) }, 'target.unknown');
  });

  it('is refused when member and account do not belong together', async () => {
    await refused({ member: ALEX, account: 'Jo.Main' }, 'target.disagree');
    await refused({ member: UNLINKED, account: 'alex' }, 'target.disagree');
    await refused({ member: ALEX, account: 'nobody@example.com' }, 'target.unknown');
  });

  it('says that a member is not linked, and to which panel', async () => {
    await expect(resolve({ member: UNLINKED, panel: 'eu' })).rejects.toMatchObject({
      code: 'target.unlinked',
      parameters: { userId: UNLINKED, panel: 'Europe' },
    });
    await expect(resolve({ member: UNLINKED })).rejects.toMatchObject({
      parameters: { userId: UNLINKED, panel: null },
    });
    await refused({ member: ALEX, panel: 'eu' }, 'target.unlinked');
  });

  it('does not exist on a panel where the actor may do nothing', async () => {
    await refused({ account: 'alex' }, 'target.unknown', EUROPEAN);
    await refused({ account: `main/${alex.id}` }, 'target.unknown', EUROPEAN);
    await refused({ account: 'alex@example.com' }, 'target.unknown', EUROPEAN);
    await refused({ account: `#${operation?.number}` }, 'target.unknown', EUROPEAN);
    await refused({ member: ALEX }, 'target.unlinked', EUROPEAN);
    expect(await resolve({ account: 'jo@example.com' }, EUROPEAN)).toEqual(one(joEurope));
  });

  it('is found exactly by those who may act but not look, who get no candidates', async () => {
    expect(await resolve({ account: 'alex' }, GRANTER)).toEqual(one(alex));
    await refused({ account: 'exam' }, 'target.unknown', GRANTER);
  });

  it('is asked of the panels when the directory does not know it, and known from then on', async () => {
    const fresh = main.add({ email: 'fresh@example.com', username: 'fresh.account' });
    await refused({ account: 'fresh.account', directoryOnly: true }, 'target.unknown');
    expect(await resolve({ account: 'fresh.account' })).toEqual(one(fresh));
    expect(await resolve({ account: 'fresh@example.com', directoryOnly: true })).toEqual(one(fresh));
  });

  it('is not called unknown when a panel that might know it cannot be asked', async () => {
    europe.failNext('find', { kind: 'refuse', failure: 'unreachable' });
    await refused({ account: 'nobody.knows' }, 'panel.failed');
  });

  it('is asked for when the accounts that a member is linked to were not read yet, also while one panel is down', async () => {
    const [here, there] = [main, europe].map((panel) => panel.add({ email: 'eve@example.com', username: 'eve' }));
    if (!here || !there) throw new Error('two panels have two accounts');
    const links = [here, there].map(({ panel, id }) => ({
      ...{ panel, account_id: id, user_id: EVE, proof: 'staff', created_by: 'test' },
    }));
    await store.sql`insert into links ${store.sql(links)}`;
    const unread = ({ panel, id }: typeof here) => ({ ...reference({ panel, id }), username: id, status: null });
    const candidates = (...accounts: object[]) => ({
      kind: 'candidates',
      accounts: expect.arrayContaining(accounts.map((account) => expect.objectContaining(account))),
    });
    expect(await resolve({ member: EVE, directoryOnly: true })).toMatchObject(candidates(unread(here), unread(there)));
    europe.failNext('get', { kind: 'refuse', failure: 'unreachable' });
    const read = { ...reference(here), username: 'eve', status: 'active' };
    expect(await resolve({ member: EVE })).toMatchObject(candidates(read, unread(there)));
    expect(await resolve({ member: EVE, directoryOnly: true })).toMatchObject(candidates(read, unread(there)));
    expect(await resolve({ member: EVE })).toMatchObject(candidates(read, { ...reference(there), username: 'eve' }));
  });

  it('is looked up by e-mail in sight of the audit log, where the actor may not reveal one', async () => {
    const lookups = async () => (await store.sql`select from audit where action = 'account.lookup'`).length;
    const before = await lookups();
    await resolve({ account: 'alex@example.com' }, MIRA);
    await resolve({ account: 'alex@example.com' }, OWNER);
    expect(await lookups()).toBe(before);
    await resolve({ account: 'alex@example.com' }, HELPER);
    expect(await lookups()).toBe(before + 1);
  });
});
