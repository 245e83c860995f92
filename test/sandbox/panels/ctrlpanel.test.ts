import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CtrlPanelDouble, startCtrlPanel } from '../../../sandbox/panels/ctrlpanel/start.ts';
import { type Asking, ask } from './ask.ts';

let panel: CtrlPanelDouble;

beforeEach(async () => {
  panel = await startCtrlPanel();
});
afterEach(() => panel.stop());

const get = (path: string, asking?: Asking) => ask(panel, 'GET', `/api/${path}`, undefined, asking);
const post = (path: string, body?: unknown) => ask(panel, 'POST', `/api/${path}`, body);
const patch = (path: string, body?: unknown, asking?: Asking) => ask(panel, 'PATCH', `/api/${path}`, body, asking);
const names = (body: { data: { name: string }[] }) => body.data.map(({ name }) => name);

describe('who may ask', () => {
  test('no token is 403, an unknown one 401, and any letter case will do', async () => {
    expect(await get('users', { token: null })).toMatchObject({
      status: 403,
      body: { message: 'Missing Authorization header' },
    });
    expect(await get('users', { token: 'nope' })).toMatchObject({
      status: 401,
      body: { message: 'Invalid Authorization token' },
    });
    expect((await get('users', { token: panel.token.toUpperCase() })).status).toBe(200);
    expect(panel.token).toHaveLength(48);
  });

  test('an unknown id is 404 even without a token where a user is bound, and not where one is shown', async () => {
    const bound = await patch('users/999/suspend', undefined, { token: null });
    expect(bound).toMatchObject({
      status: 404,
      body: { message: 'No query results for model [App\\Models\\User] 999' },
    });
    expect((await get('users/999', { token: null })).status).toBe(403);
    const shown = await get('users/999');
    expect(shown).toMatchObject({ status: 404, body: { message: 'No query results for model [App\\Models\\User].' } });
  });

  test('an unknown address is a page, a wrong method is JSON', async () => {
    const unknown = await get('nope');
    expect(unknown).toMatchObject({ status: 404, body: undefined });
    const { id } = panel.addUser();
    const wrong = await post(`users/${id}/suspend`);
    expect(wrong).toMatchObject({
      status: 405,
      body: {
        message: `The POST method is not supported for route api/users/${id}/suspend. Supported methods: PATCH.`,
      },
    });
  });

  test('without accepting JSON, what is invalid is sent to the root of the site, and what is not there is a page', async () => {
    const invalid = await ask(panel, 'POST', '/api/users', {}, { accept: null });
    expect(invalid.status).toBe(302);
    expect(invalid.headers.get('location')).toBe(panel.url);
    const { id } = panel.addUser();
    const missing = await patch('users/999/increment', {}, { accept: '*/*' });
    expect(missing).toMatchObject({ status: 404, body: undefined });
    expect((await get(`users/${id}`, { accept: null })).body.data.id).toBe(id);
  });

  test('malformed JSON is an empty body: nothing happens, and it is answered 200', async () => {
    const { id } = panel.addUser();
    const answer = await patch(`users/${id}/increment`, undefined, { raw: '{"credits": 5' });
    expect(answer.status).toBe(200);
    expect(panel.user(id)?.creditsMilli).toBe(250_000n);
  });

  test('the query is input too', async () => {
    const { id } = panel.addUser();
    expect((await patch(`users/${id}/increment?credits=4`)).body.data.credits).toBe(254);
  });

  test('maintenance is JSON', async () => {
    panel.setMaintenance(true);
    expect(await get('users')).toMatchObject({ status: 503, body: { message: 'Service Unavailable' } });
  });
});

test('too many requests are answered with a page that does not say how long to wait', async () => {
  const limited = await startCtrlPanel({ requestsPerMinute: 2 });
  const other = limited.addToken();
  const first = await ask(limited, 'GET', '/api/users');
  expect(first.headers.get('x-ratelimit-limit')).toBe('2');
  expect(first.headers.get('x-ratelimit-remaining')).toBe('1');
  await ask(limited, 'GET', '/api/users', undefined, { token: 'nope' });
  const over = await ask(limited, 'GET', '/api/users', undefined, { token: other });
  expect(over).toMatchObject({ status: 429, body: undefined });
  expect(over.text).toContain('<html');
  for (const header of ['retry-after', 'x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'])
    expect(over.headers.has(header)).toBe(false);
  await limited.stop();
});

describe('users', () => {
  test('a user is shown with these types, and naive times in the time zone of the panel', async () => {
    const far = await startCtrlPanel({ timeZone: 'Europe/Berlin' });
    const at = new Date('2026-05-01T08:59:30Z');
    const { id } = far.addUser({ name: 'marla77', creditsMilli: 250_500n, createdAt: at, emailVerifiedAt: at });
    far.linkDiscord(id, '123456789012345678');
    const { body } = await ask(far, 'GET', `/api/users/${id}`);
    expect(body.data).toMatchObject({
      id,
      credits: 250.5,
      server_limit: 1,
      pterodactyl_id: '2',
      suspended: 0,
      email_verified_reward: false,
      last_seen: null,
      email_verified_at: '2026-05-01T08:59:30.000000Z',
      created_at: '2026-05-01 10:59:30',
    });
    expect(body.data.discord_verified_at).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    expect(body.data).not.toHaveProperty('discord_user');
    expect(body.data).not.toHaveProperty('roles');
    await far.stop();
  });

  test('text in place of an id is 500 where a user is shown, and its number where one is bound', async () => {
    const { id } = panel.addUser();
    for (const text of ['abc', `${id}abc`])
      expect(await get(`users/${text}`)).toMatchObject({ status: 500, body: { message: 'Server Error' } });
    expect((await patch(`users/${id}abc/increment`, { credits: 1 })).body.data).toMatchObject({ id, credits: 251 });
  });

  test('slashes and what is not ASCII are escaped, and exceptions are spread over lines', async () => {
    const { id } = panel.addUser({ name: 'Zoë', avatar: 'https://example.com/a.png' });
    const { text } = await get(`users/${id}`);
    expect(text).toContain('Zo\\u00eb');
    expect(text).toContain('https:\\/\\/example.com\\/a.png');
    expect((await get('users/999')).text).toContain('{\n    "message"');
  });

  test('includes are camel case in the query and snake case in the body, and unknown ones are refused', async () => {
    const { id } = panel.addUser();
    panel.addServer({ userId: id });
    panel.addPayment({ userId: id });
    const query = 'include=discordUser,discordUserExists,serversCount,servers.product,payments,roles.permissions';
    const { data } = (await get(`users/${id}?${query}`)).body;
    expect(data).toMatchObject({ discord_user: null, discord_user_exists: false, servers_count: 1 });
    expect(data.servers[0]).toMatchObject({ user_id: id, suspended: null, product: { price: 10 } });
    expect(data.roles).toEqual([
      expect.objectContaining({ id: 4, name: 'User', power: 10, permissions: expect.any(Array) }),
    ]);
    expect(data.payments[0]).toMatchObject({ amount: 1000, price: 10, tax_value: 1.9, total_price: 11.9 });
    panel.linkDiscord(id, '123456789012345678', 'marla');
    const linked = (await get(`users/${id}?include=discordUser`)).body.data.discord_user;
    expect(linked).toMatchObject({ id: '123456789012345678', username: 'marla', verified: 1, user_id: id });
    const unknown = await get(`users/${id}?include=tickets`);
    expect(unknown.status).toBe(400);
    expect(unknown.body.message).toMatch(
      /^Requested include\(s\) `tickets` are not allowed\. Allowed include\(s\) are/,
    );
  });

  test('a server that was never billed breaks every answer that it stands in', async () => {
    const { id } = panel.addUser();
    panel.addServer({ userId: id, isEverBilled: false });
    expect((await get(`users/${id}`)).status).toBe(200);
    expect(await get(`users/${id}?include=servers`)).toMatchObject({ status: 500, body: { message: 'Server Error' } });
  });
});

describe('lists', () => {
  test('every filter is a substring', async () => {
    for (const name of ['carol', 'acarol', 'bobby']) panel.addUser({ name, serverLimit: name === 'bobby' ? 21 : 1 });
    expect(names((await get('users?filter[email]=CAROL@example.com')).body)).toEqual(['carol', 'acarol']);
    expect(names((await get('users?filter[server_limit]=1')).body)).toHaveLength(3);
    expect(names((await get('users?filter[name]=bob,acarol')).body)).toEqual(['acarol', 'bobby']);
    expect(names((await get('users?filter[name]=')).body)).toHaveLength(3);
  });

  test('filtering by suspended takes 1, 0 and true; false matches everybody', async () => {
    panel.addUser({ name: 'active' });
    panel.addUser({ name: 'blocked', suspended: true });
    const by = async (value: string) => names((await get(`users?filter[suspended]=${value}`)).body);
    expect(await by('1')).toEqual(['blocked']);
    expect(await by('true')).toEqual(['blocked']);
    expect(await by('0')).toEqual(['active']);
    expect(await by('false')).toEqual(['active', 'blocked']);
  });

  test('an unknown filter is refused, the look-up by Discord id among them', async () => {
    const answer = await get('users?filter[discordUser.id]=1');
    expect(answer).toMatchObject({
      status: 400,
      body: {
        message:
          'Requested filter(s) `discordUser.id` are not allowed. Allowed filter(s) are `name, server_limit, email, pterodactyl_id, suspended`.',
      },
    });
  });

  test('links drop filter, include and per_page', async () => {
    for (const name of ['anna', 'arno', 'bert']) panel.addUser({ name });
    const { body } = await get('users?filter[email]=example&include=roles&per_page=2');
    const url = `${panel.url}/api/users?page=`;
    expect(body.links).toEqual({ first: `${url}1`, last: `${url}2`, prev: null, next: `${url}2` });
    expect(body.meta).toMatchObject({ current_page: 1, from: 1, to: 2, last_page: 2, per_page: 2, total: 3 });
    expect(body.meta.links[0]).toEqual({ url: null, label: '&laquo; Previous', active: false });
  });

  test('a page past the end is empty, per_page 0 is 15, and words or less than nothing break it', async () => {
    panel.addUser();
    const past = (await get('users?page=7')).body;
    expect(past).toMatchObject({ data: [], meta: { from: null, to: null, current_page: 7 } });
    expect((await get('users?per_page=0')).body.meta.per_page).toBe(15);
    expect((await get('users?per_page=100000')).body.meta.per_page).toBe(100_000);
    expect((await get('users?per_page=many')).status).toBe(500);
    expect((await get('users?per_page=-1')).status).toBe(500);
  });
});
