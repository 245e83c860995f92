import { describe, expect, it } from 'vitest';
import type { Account } from '../../../src/domain/account.ts';
import { resolveTarget } from '../../../src/services/accounts/resolve.ts';
import { completeAccounts } from '../../../src/services/directory/complete.ts';
import { type AccountList, type ListQuery, listAccounts } from '../../../src/services/directory/list.ts';
import { recordAccounts, recordVanished } from '../../../src/services/directory/record.ts';
import { testStore } from '../../harness/database.ts';
import { refusal } from '../../harness/scene.ts';
import { contextOf, giveGrant, OWNER, testServices } from '../../harness/services.ts';
import { createTestPanel } from '../../harness/test-panel.ts';

const MIRA = '900000000000000021';
const HELPER = '900000000000000022';
const EUROPEAN = '900000000000000023';
const STRANGER = '900000000000000024';

const store = await testStore();
const unit = { code: 'coins', scale: 3 };
const services = await testServices(store, { panels: [createTestPanel().panel, createTestPanel({ id: 'eu' }).panel] });
await giveGrant(services, { userId: MIRA, preset: 'moderator' });
await giveGrant(services, { userId: HELPER, preset: 'helper' });
await giveGrant(services, { userId: EUROPEAN, preset: 'moderator', panel: 'eu' });

function account(username: string, changed: Partial<Account> = {}): Account {
  return {
    panel: 'test',
    id: `u-${username}`,
    email: `${username}@example.com`,
    username,
    name: null,
    status: 'active',
    roles: ['client'],
    administrator: false,
    verified: false,
    balance: { minor: 1_000n, unit },
    discordId: null,
    createdAt: new Date('2026-01-01T00:00:00Z'),
    details: {},
    ...changed,
  };
}

await recordAccounts(services, [
  account('ada', {
    name: 'Ada Lovelace',
    balance: { minor: 5_000n, unit },
    createdAt: new Date('2026-05-01T00:00:00Z'),
  }),
  account('adam', { name: 'Adam Adamson', verified: true }),
  account('adamant', { status: 'deleted' }),
  account('lady', { name: 'Grace Ada Hopper', status: 'suspended', roles: ['client', 'partner'] }),
  account('100%_sure', { name: 'Zoë \u{1f980}', balance: null, createdAt: null }),
  account('al', { name: 'Al Khwarizmi' }),
  account('gone', { name: 'Gone Ada' }),
  account('ada', { panel: 'eu', id: 'e-1', email: 'ada@example.org' }),
]);
await recordVanished(services, { panel: 'test', accountId: 'u-gone' });
await store.sql`
  insert into links (panel, account_id, user_id, proof, created_by) values ('test', 'u-adam', '800000000000000001', 'staff', 'test')`;

const lookups = async () => (await store.sql`select from audit where action = 'account.lookup'`).length;

describe('completion', () => {
  const complete = (typed: string, userId = MIRA) => completeAccounts(contextOf(services, userId), typed);
  const idsOf = async (typed: string, userId = MIRA) =>
    (await complete(typed, userId)).map(({ reference }) => reference.accountId);

  it('ranks what is whole before what begins so, and that before a part; deleted accounts last', async () => {
    expect(await idsOf('ada')).toEqual(['e-1', 'u-ada', 'u-adam', 'u-lady', 'u-adamant']);
  });

  it('completes one and two characters from the beginning of username and name', async () => {
    expect((await idsOf('al')).sort()).toEqual(['u-al']);
    expect((await idsOf('A')).sort()).toEqual(['e-1', 'u-ada', 'u-adam', 'u-adamant', 'u-al']);
  });

  it('offers something before anything is typed', async () => {
    expect((await idsOf('')).length).toBeGreaterThan(0);
  });

  it('finds a part of a name in any script, and the id', async () => {
    expect(await idsOf('zoë \u{1f980}')).toEqual(['u-100%_sure']);
    expect(await idsOf('u-lady')).toEqual(['u-lady']);
  });

  it('takes wildcards for what they are', async () => {
    expect(await idsOf('%')).toEqual([]);
    expect(await idsOf('___')).toEqual([]);
    expect(await idsOf('100%')).toEqual(['u-100%_sure']);
    expect(await idsOf('\\')).toEqual([]);
  });

  it('survives what no database can hold', async () => {
    expect(await idsOf('ada\u0000')).toContain('u-ada');
    expect(await idsOf(`ada\ud800`)).toEqual([]);
    expect(await idsOf('x'.repeat(6_000))).toEqual([]);
  });

  it('masks the e-mail in what it shows', async () => {
    const labels = (await complete('adam')).map(({ label }) => label);
    expect(labels).toContain('adam · Adam Adamson · a•••@example.com · Test panel');
    expect(labels.join()).not.toContain('adam@');
  });

  it('matches no part of an e-mail', async () => {
    expect(await idsOf('example.com')).toEqual([]);
    expect(await idsOf('adam@example')).toEqual([]);
  });

  it('completes a whole e-mail for those who may reveal one, and for nobody else', async () => {
    expect(await idsOf('ADAM@example.com')).toEqual(['u-adam']);
    expect(await idsOf('adam@example.com', HELPER)).toEqual([]);
  });

  it('shows accounts of those panels only that one may see', async () => {
    expect(await idsOf('ada', EUROPEAN)).toEqual(['e-1']);
    expect(await idsOf('ada', STRANGER)).toEqual([]);
    expect(await idsOf('adam@example.com', EUROPEAN)).toEqual([]);
  });

  it('gives at most 25', async () => {
    await recordAccounts(
      services,
      Array.from({ length: 60 }, (_, n) => account(`many${n}`, { panel: 'eu', id: `m-${n}` })),
    );
    expect(await complete('many')).toHaveLength(25);
    expect(await complete('ma')).toHaveLength(25);
  });
});

describe('a list', () => {
  const list = (query: ListQuery = {}, userId = MIRA) =>
    listAccounts(contextOf(services, userId), { panel: 'test', ...query });
  const ids = ({ rows }: AccountList) => rows.map(({ accountId }) => accountId);

  it('is by name, of accounts that have not vanished', async () => {
    const listed = await list();
    expect(listed).toMatchObject({ total: 6, next: null, previous: null });
    expect(ids(listed).sort()).toEqual(['u-100%_sure', 'u-ada', 'u-adam', 'u-adamant', 'u-al', 'u-lady']);
    expect(listed.rows.find(({ accountId }) => accountId === 'u-adam')).toMatchObject({
      linkedTo: '800000000000000001',
    });
  });

  it.each([
    [{ status: 'suspended' }, ['u-lady']],
    [{ status: 'deleted' }, ['u-adamant']],
    [{ role: 'partner' }, ['u-lady']],
    [{ verified: true }, ['u-adam']],
    [{ linked: true }, ['u-adam']],
    [{ linked: false, status: 'active' }, ['u-100%_sure', 'u-ada', 'u-al']],
    [{ query: 'grace' }, ['u-lady']],
    [{ query: 'ADA@example.com' }, ['u-ada']],
    [{ query: 'ada@example' }, []],
    [{ query: 'ada', verified: false, status: 'active' }, ['u-ada']],
  ] as const)('is narrowed by %j', async (query, expected) => {
    const listed = await list(query);
    expect(ids(listed).sort()).toEqual(expected);
    expect(listed.total).toBe(expected.length);
  });

  it('is by date, newest first, and by balance, largest first; what has none comes last', async () => {
    const byDate = ids(await list({ sort: 'newest' }));
    expect([byDate[0], byDate.at(-1)]).toEqual(['u-ada', 'u-100%_sure']);
    const byBalance = ids(await list({ sort: 'balance' }));
    expect([byBalance[0], byBalance.at(-1)]).toEqual(['u-ada', 'u-100%_sure']);
  });

  it('shows accounts of those panels only that one may see', async () => {
    const listed = await listAccounts(contextOf(services, EUROPEAN), { query: 'ada' });
    expect(ids(listed)).toEqual(['e-1']);
    await expect(list({}, EUROPEAN)).rejects.toMatchObject({ code: 'policy.denied' });
    await expect(list({}, STRANGER)).rejects.toMatchObject({ code: 'policy.denied' });
    await expect(listAccounts(contextOf(services, STRANGER), {})).rejects.toMatchObject({ code: 'policy.denied' });
    await expect(list({ panel: 'nowhere' }, OWNER)).rejects.toMatchObject({ code: 'panel.unknown' });
  });

  it('tells balances, and sorts by them, on those panels only on which one may look at credits', async () => {
    const partial = '900000000000000025';
    await giveGrant(services, { userId: partial, permission: 'accounts.view' });
    const listed = (query: ListQuery) => listAccounts(contextOf(services, partial), query);
    expect(await refusal(listed({ sort: 'balance' }))).toBe('policy.denied');
    await giveGrant(services, { userId: partial, permission: 'credits.view', panel: 'eu' });
    const balances = (await listed({ query: 'ada' })).rows.map(({ panel, balance }) => [panel, balance?.minor ?? null]);
    expect(balances).toContainEqual(['eu', 1_000n]);
    expect(balances.filter(([panel]) => panel === 'test')).toEqual([
      ['test', null],
      ['test', null],
      ['test', null],
      ['test', null],
    ]);
    const { rows } = await listed({ sort: 'balance', query: 'ada' });
    expect(rows.map(({ panel }) => panel)).toEqual(['eu']);
    expect(await refusal(listed({ sort: 'balance', panel: 'test' }))).toBe('policy.denied');
  });

  it('audits a look-up by e-mail also of those who may reveal them on another panel only', async () => {
    const elsewhere = '900000000000000026';
    await giveGrant(services, { userId: elsewhere, permission: 'accounts.view' });
    await giveGrant(services, { userId: elsewhere, permission: 'accounts.reveal', panel: 'eu' });
    const before = await lookups();
    await list({ query: 'adam@example.com' }, elsewhere);
    await resolveTarget(contextOf(services, elsewhere), { account: 'adam@example.com' });
    expect((await lookups()) - before).toBe(2);
    await list({ query: 'ada@example.org', panel: 'eu' }, elsewhere);
    expect((await lookups()) - before).toBe(2);
  });

  it('audits a look-up by e-mail of those who may not reveal one, and of nobody else', async () => {
    const before = await lookups();
    await list({ query: 'adam@example.com' }, MIRA);
    expect(await lookups()).toBe(before);
    await list({ query: 'adam@example.com' }, HELPER);
    await list({ query: 'nobody@example.com' }, HELPER);
    expect(await lookups()).toBe(before + 2);
  });

  it.each(['name', 'newest', 'balance'] as const)(
    'turns pages by %s to the end and back, with no gap and no double',
    async (sort) => {
      const turn = (cursor?: string) =>
        listAccounts(contextOf(services, OWNER), { sort, query: 'many', ...(cursor === undefined ? {} : { cursor }) });
      const pages: string[][] = [];
      let page = await turn();
      pages.push(ids(page));
      while (page.next !== null) {
        page = await turn(page.next);
        pages.push(ids(page));
      }
      expect(pages.map(({ length }) => length)).toEqual([10, 10, 10, 10, 10, 10]);
      expect(new Set(pages.flat()).size).toBe(60);
      expect(page.total).toBe(60);
      for (const expected of pages.slice(0, -1).toReversed()) {
        page = await turn(page.previous ?? '');
        expect(ids(page)).toEqual(expected);
      }
      expect(page.previous).toBeNull();
      expect(page.next).not.toBeNull();
    },
  );

  it('keeps its place when accounts come before it meanwhile', async () => {
    const turn = (cursor?: string) =>
      listAccounts(contextOf(services, OWNER), { query: 'place', ...(cursor === undefined ? {} : { cursor }) });
    await recordAccounts(
      services,
      Array.from({ length: 12 }, (_, n) => account(`place-m${String(n).padStart(2, '0')}`)),
    );
    const first = await turn();
    await recordAccounts(services, [account('place-a')]);
    expect(ids(await turn(first.next ?? ''))).toEqual(['u-place-m10', 'u-place-m11']);
  });

  it.each(['x', 'W10', Buffer.from('["name","next","a","b"]').toString('base64url')])(
    'refuses %j, which is no page of it',
    async (cursor) => {
      await expect(list({ cursor })).rejects.toMatchObject({ code: 'input.invalid', parameters: { field: 'page' } });
    },
  );

  it('begins with the first page where no other is named', async () => {
    const { rows } = await list({});
    expect((await list({ cursor: '' })).rows).toEqual(rows);
  });

  it('refuses the page of another order', async () => {
    const { next } = await listAccounts(contextOf(services, OWNER), { query: 'many' });
    await expect(list({ sort: 'balance', cursor: next ?? '' })).rejects.toMatchObject({ code: 'input.invalid' });
  });
});
