import { expect, it } from 'vitest';
import type { Account } from '../../../src/domain/account.ts';
import type { Panel } from '../../../src/panels/panel.ts';
import { call, failureOf } from '../../contract/panel/subject.ts';
import { sceneOf, shown, someone } from './subject.ts';

const idsOf = (accounts: readonly Account[]) => accounts.map(({ id }) => id);

it('finds the one among many that the panel takes for hits, on whichever page', async () => {
  const { panel, double } = await sceneOf();
  for (let n = 0; n < 120; n += 1) someone(double, { name: `marla${n}x`, email: `x${n}carol@example.com` });
  const { id } = someone(double, { name: 'marla', email: 'Carol@example.com' });
  expect(idsOf(await panel.find({ by: 'username', username: 'marla' }, call()))).toEqual([String(id)]);
  expect(idsOf(await panel.find({ by: 'email', email: 'carol@example.com' }, call()))).toEqual([String(id)]);
  const pages = double.requests.filter(({ path }) => path.includes('filter%5Bname%5D'));
  expect(pages).toHaveLength(2);
  expect(pages.every(({ path }) => path.includes('marla') && path.includes('discordUser'))).toBe(true);
});

it('finds who has a name that the panel takes for yes or no', async () => {
  const { panel, double } = await sceneOf();
  const { id } = someone(double, { name: 'true' });
  expect(idsOf(await panel.find({ by: 'username', username: 'true' }, call()))).toEqual([String(id)]);
});

it('asks for nothing that the panel would take for everybody', async () => {
  const { panel, double } = await sceneOf();
  someone(double);
  await panel.probe(call());
  const sent = double.requests.length;
  for (const username of ['', ' ', ',', 'a,b', '\u0000'])
    expect(await panel.find({ by: 'username', username }, call())).toEqual([]);
  expect(double.requests).toHaveLength(sent);
});

it('sends no id that the panel would read as another', async () => {
  const { panel, double } = await sceneOf();
  const { id } = someone(double);
  await panel.probe(call());
  const sent = double.requests.length;
  for (const odd of [`${id}abc`, `0${id}`, ` ${id}`, `${id}.0`, '9223372036854775808', '-1', 'abc'])
    expect(await panel.get(odd, call()), odd).toBeNull();
  expect(double.requests).toHaveLength(sent);
});

it('passes over nobody when accounts before them are deleted while it lists', async () => {
  const { panel, double } = await sceneOf();
  const users = Array.from({ length: 7 }, () => someone(double));
  const first = await panel.list({ after: null, limit: 3 }, call());
  await panel.deletion?.delete(String(users[0]?.id), {
    ...call(),
    reference: 'r',
    step: (_name, run) => run(),
  });
  const rest = await listFrom(panel, first.next);
  expect(idsOf([...first.accounts, ...rest])).toEqual(users.map(({ id }) => String(id)));
  expect(first.total).toBe(7);
});

it('passes over nobody when more are deleted than stand on a page', async () => {
  const { panel, double } = await sceneOf();
  const users = Array.from({ length: 9 }, () => someone(double));
  let after: string | null = null;
  for (let n = 0; n < 3; n += 1) after = (await panel.list({ after, limit: 2 }, call())).next;
  for (const { id } of users.slice(0, 6))
    await panel.deletion?.delete(String(id), { ...call(), reference: 'r', step: (_name, run) => run() });
  expect(idsOf(await listFrom(panel, after))).toEqual(users.slice(6).map(({ id }) => String(id)));
});

it('does not use up the panel’s rate to look for one among too many', async () => {
  const { panel, double } = await sceneOf();
  for (let n = 0; n < 1_001; n += 1) double.addUserWithoutBackend({ name: `marla${n}x` });
  await panel.probe(call());
  const sent = double.requests.length;
  expect(await failureOf(panel.find({ by: 'username', username: 'marla' }, call()))).toMatchObject({
    ...{ kind: 'rejected', effect: 'none' },
    detail: expect.stringContaining('Too many'),
  });
  expect(double.requests.length - sent).toBeLessThanOrEqual(10);
});

async function listFrom(panel: Panel, from: string | null): Promise<Account[]> {
  const accounts: Account[] = [];
  for (let after = from; after !== null; ) {
    const page = await panel.list({ after, limit: 3 }, call());
    accounts.push(...page.accounts);
    after = page.next;
  }
  return accounts;
}

it('asks once for a page, not once for each account on it', async () => {
  const { panel, double } = await sceneOf();
  for (let n = 0; n < 20; n += 1) someone(double);
  await panel.list({ after: null, limit: 10 }, call());
  const sent = double.requests.length;
  await panel.list({ after: null, limit: 10 }, call());
  expect(double.requests.length - sent).toBe(1);
});

it('shows what the panel knows of an account, in the panel’s own time zone', async () => {
  const { panel, double } = await sceneOf({ timeZone: 'Europe/Berlin' }, { timeZone: 'Europe/Berlin' });
  const createdAt = new Date('2026-05-01T08:59:30Z');
  const user = someone(double, {
    ...{ name: 'marla77', email: 'marla@example.com', creditsMilli: -250_500n, serverLimit: 3, createdAt },
    ...{ lastSeen: new Date('2026-05-03T07:15:00Z'), emailVerifiedAt: new Date('2026-05-01T09:00:00Z') },
  });
  double.linkDiscord(user.id, '823456789012345678');
  double.addServer({ userId: user.id });
  double.addPayment({ userId: user.id });
  expect(await shown(panel, user)).toEqual({
    ...{ panel: 'main', id: String(user.id), email: 'marla@example.com', username: 'marla77', name: null },
    ...{ status: 'active', roles: ['User'], administrator: false, verified: true, discordId: '823456789012345678' },
    balance: { minor: -250_500n, unit: { code: 'credits', scale: 3 } },
    createdAt,
    details: { serverLimit: 3, servers: 1, payments: 1, lastSeenAt: '2026-05-03T07:15:00.000Z' },
  });
});

it('takes for an administrator whoever’s role opens the administration, and tells two roles of one name apart', async () => {
  const { panel, double } = await sceneOf();
  const at = '2026-05-01 08:59:30';
  const role = (id: number, name: string, power: number, ...permissions: string[]) => ({
    ...{ id, name, power, color: '#000000', created_at: at, updated_at: at },
    permissions: permissions.map((one, index) => ({
      id: index,
      name: one,
      readable_name: one,
      created_at: at,
      updated_at: at,
    })),
  });
  const data = [
    role(1, 'Admin', 100, '*'),
    role(2, 'Helper', 50, 'user.shop.buy'),
    role(3, 'Helper', 50, 'admin.users.read'),
    role(4, 'User', 10, 'user.server.create'),
  ];
  const body = { data, meta: { current_page: 1, last_page: 1, total: 4 } };
  double.failNext({ path: /roles/ }, { kind: 'status', status: 200, body, acts: false });
  expect(await panel.roles?.choices(call())).toEqual([
    { name: 'User', administrator: false },
    { name: 'Helper (2)', administrator: false },
    { name: 'Helper (3)', administrator: true },
    { name: 'Admin', administrator: true },
  ]);
  const helper = someone(double, { roleIds: [3] });
  expect(await shown(panel, helper)).toMatchObject({ roles: ['Helper (3)'], administrator: true });
});

it('takes for an administrator whose role it cannot tell, and asks for the roles once for all of them', async () => {
  const { panel, double } = await sceneOf();
  const at = '2026-05-01 08:59:30';
  const data = [
    { id: 4, name: 'User', power: 10, permissions: [{ name: 'user.server.create' }], created_at: at },
    { id: 5, name: 'Future', power: 10, permissions: [{ name: 'plugins.write' }], created_at: at },
    { id: 6, name: 'Silent', power: 10, created_at: at },
    { id: 7, name: null, power: 10, permissions: [], created_at: at },
  ];
  const body = { data, meta: { current_page: 1, last_page: 1, total: 3 } };
  for (let n = 0; n < 5; n += 1)
    double.failNext({ path: /roles\?/ }, { kind: 'status', status: 200, body, acts: false });
  for (let n = 0; n < 3; n += 1) someone(double, { roleIds: [2] });
  const { accounts } = await panel.list({ after: null, limit: 10 }, call());
  expect(accounts.map(({ roles, administrator }) => [roles, administrator])).toEqual(
    accounts.map(() => [['Support-Team'], true]),
  );
  expect(double.requests.filter(({ path }) => path.startsWith('/api/roles'))).toHaveLength(1);
  const choices = await panel.roles?.choices(call());
  expect(choices?.filter(({ administrator }) => administrator).map(({ name }) => name)).toEqual(['Future', 'Silent']);
});

it('lists the others where one account is unlike anything known', async () => {
  const { panel, double } = await sceneOf();
  await panel.probe(call());
  const one = { id: 1, name: 'name1', email: 'a@example.com', credits: 1, server_limit: 1, suspended: 0, roles: [] };
  const well = { ...one, pterodactyl_id: '1' };
  const odd = [
    { ...well, id: 2, credits: 'many' },
    { ...well, id: 3, email: null },
    { ...well, id: 4, server_limit: {} },
  ];
  const meta = { current_page: 1, last_page: 1, total: 4 };
  const says = (data: object[]) =>
    double.failNext({ path: /users\?/ }, { kind: 'status', status: 200, body: { data, meta }, acts: false });
  says([...odd, well]);
  expect(idsOf((await panel.list({ after: null, limit: 10 }, call())).accounts)).toEqual(['1']);
  says(odd);
  expect(await failureOf(panel.list({ after: null, limit: 10 }, call()))).toMatchObject({ kind: 'malformed' });
});

it('takes nobody for harmless whose roles are not told, and guesses no Discord user', async () => {
  const { panel, double } = await sceneOf();
  await panel.probe(call());
  const well = {
    id: 1,
    name: 'name1',
    email: 'a@example.com',
    credits: 1,
    server_limit: 1,
    suspended: 0,
    pterodactyl_id: '1',
  };
  for (const odd of [{}, { roles: [], discord_user: { id: Number('823456789012345678') } }]) {
    const body = { data: { ...well, ...odd } };
    double.failNext({ path: /users\/1/ }, { kind: 'status', status: 200, body, acts: false });
    expect(await failureOf(panel.get('1', call()))).toMatchObject({ kind: 'malformed', effect: 'none' });
  }
});

it('shows an account without a role', async () => {
  const { panel, double } = await sceneOf();
  expect(await shown(panel, someone(double, { roleIds: [] }))).toMatchObject({ roles: [], administrator: false });
});

it('shows payments, the latest first', async () => {
  const { panel, double } = await sceneOf();
  const { id } = someone(double);
  for (const day of [1, 3, 2]) {
    double.addPayment({
      userId: id,
      priceMilli: BigInt(day) * 1_000n,
      createdAt: new Date(`2026-05-0${day}T00:00:00Z`),
    });
  }
  const payments = (await panel.payments?.list(String(id), 2, call())) ?? [];
  expect(payments.map(({ at }) => at?.toISOString().slice(0, 10))).toEqual(['2026-05-03', '2026-05-02']);
  expect(payments[0]).toMatchObject({ currency: 'EUR', status: 'paid', product: 'Credits' });
  expect(payments[0]?.amount).toMatch(/^\d+(\.\d+)?$/);
  expect(await failureOf(panel.payments?.list('999999', 2, call()) ?? Promise.resolve())).toMatchObject({
    kind: 'not_found',
  });
});
