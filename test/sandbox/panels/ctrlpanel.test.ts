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
const remove = (path: string) => ask(panel, 'DELETE', `/api/${path}`);
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

describe('creating', () => {
  const MARLA = { name: 'marla77', email: 'marla@example.com', password: 'a long password', role_id: 4 };

  test('the answer is made from memory, and knows little', async () => {
    const { status, body } = await post('users', { ...MARLA, credits: 12.5 });
    expect(status).toBe(201);
    expect(body.data).toMatchObject({ credits: 12.5, server_limit: 1, pterodactyl_id: 2 });
    for (const field of ['avatar', 'ip', 'suspended', 'email_verified_reward', 'last_seen', 'email_verified_at'])
      expect(body.data[field]).toBeNull();
    expect(panel.mails).toEqual([{ to: 'marla@example.com', about: 'verification' }]);
    expect(panel.pterodactyl.mails).toEqual(['marla@example.com']);
    expect(panel.journal).toMatchObject([{ action: 'user.create', deltaMinor: 12_500n }]);
    expect((await get('users/1')).body.data).toMatchObject({ pterodactyl_id: '2', suspended: 0 });
  });

  test('only the first account can be made: Pterodactyl gets the same external id each time', async () => {
    await post('users', MARLA);
    expect(panel.pterodactyl.user(2)?.externalId).toBe('0');
    const second = await post('users', { ...MARLA, name: 'bobby', email: 'bob@example.com' });
    expect(second.status).toBe(422);
    const [message] = second.body.errors.pterodactyl_error_message;
    expect(message).toMatch(
      /^HTTP request returned status code 422:\n\{.{119} \(truncated\.\.\.\)\n \(and 1 more error\)$/,
    );
    expect(second.body.message).toBe(`${message} (and 1 more error)`);
    expect(second.body.errors.pterodactyl_error_status).toEqual([0]);
    expect(panel.users()).toHaveLength(1);
    panel.pterodactyl.removeUser(2);
    expect((await post('users', { ...MARLA, name: 'bobby', email: 'bob@example.com' })).status).toBe(201);
  });

  test('nobody can log in with the password that was given, until it is changed', async () => {
    const { id } = (await post('users', MARLA)).body.data;
    expect(panel.canLogIn(id, MARLA.password)).toBe(false);
    await patch(`users/${id}`, { name: MARLA.name, email: MARLA.email, password: MARLA.password });
    expect(panel.canLogIn(id, MARLA.password)).toBe(true);
  });

  test('invalid fields are told each, and what is taken by their names', async () => {
    const nothing = await post('users', { password: 'a long password', role_id: 4 });
    expect(nothing).toMatchObject({
      status: 422,
      body: {
        message: 'The name field is required. (and 1 more error)',
        errors: { name: ['The name field is required.'], email: ['The email field is required.'] },
      },
    });
    panel.addUser({ name: 'Marla77', email: 'MARLA@example.com' });
    const taken = await post('users', MARLA);
    expect(taken.body.errors).toEqual({
      name: ['The name has already been taken.'],
      email: ['The email has already been taken.'],
    });
  });

  test.each([
    [{ name: 'abc' }, 'name'],
    [{ name: 'mar-la' }, 'name'],
    [{ password: 'short' }, 'password'],
    [{ role_id: undefined }, 'role_id'],
    [{ role_id: 99 }, 'role_id'],
    [{ credits: -1 }, 'credits'],
    [{ credits: null }, 'credits'],
  ])('%o is refused', async (wrong, field) => {
    const answer = await post('users', { ...MARLA, ...wrong });
    expect(answer.status).toBe(422);
    expect(Object.keys(answer.body.errors)).toEqual([field]);
  });

  test('letters beyond ASCII pass here, and Pterodactyl refuses them', async () => {
    const answer = await post('users', { ...MARLA, name: 'Zoëa' });
    expect(answer.body.errors.pterodactyl_error_message[0]).toContain('status code 422');
  });

  test('a role must be a number, though a text of one passes', async () => {
    const answer = await post('users', { ...MARLA, role_id: '4' });
    expect(answer.body.errors).toEqual({
      pterodactyl_error_message: ['There is no role named `4` for guard `web`.'],
      pterodactyl_error_status: [0],
    });
  });

  test('where it is turned off, that is said before anything is checked', async () => {
    panel.setCreationEnabled(false);
    expect(await post('users', {})).toMatchObject({
      status: 403,
      body: { message: 'The creation of new users has been temporarily disabled. Please try again later.' },
    });
  });

  test('an outage of Pterodactyl is a 422 too', async () => {
    await panel.pterodactyl.goDown();
    const answer = await post('users', MARLA);
    expect(answer.status).toBe(422);
    expect(answer.body.message).toMatch(/^cURL error 7/);
    expect(panel.users()).toEqual([]);
  });

  test('an account that Pterodactyl made is left there when its answer is lost', async () => {
    panel.pterodactyl.failNext({ method: 'POST' }, { kind: 'reset', acts: true });
    expect((await post('users', MARLA)).status).toBe(422);
    expect(panel.users()).toEqual([]);
    expect(panel.pterodactyl.users()).toHaveLength(2);
  });
});

describe('balances', () => {
  test('an amount is cut off where its binary fraction ends', async () => {
    const { id } = panel.addUser({ creditsMilli: 0n });
    expect((await patch(`users/${id}/increment`, { credits: 8.03 })).body.data.credits).toBe(8.029);
    expect((await patch(`users/${id}/decrement`, { credits: 2.01 })).body.data.credits).toBe(6.02);
    await patch(`users/${id}/increment`, { credits: 0.0009 });
    expect(panel.user(id)?.creditsMilli).toBe(6_020n);
    expect(panel.journal.map(({ deltaMinor }) => deltaMinor)).toEqual([8_029n, -2_009n, 0n]);
  });

  test('no less than 1 is taken, and no more than there is', async () => {
    const { id } = panel.addUser({ creditsMilli: 3_900n });
    expect((await patch(`users/${id}/decrement`, { credits: 0.5 })).body.errors.credits).toEqual([
      'The credits field must be at least 1.',
    ]);
    const more = await patch(`users/${id}/decrement`, { credits: 10, server_limit: 5 });
    expect(more.status).toBe(422);
    expect(more.body.errors).toEqual({
      credits: ['Cannot remove 10 credits. User has 3 credits available.'],
      server_limit: ['Cannot remove 5. User has 1 server limit available.'],
    });
    expect(panel.journal).toEqual([]);
  });

  test('an empty body does nothing, null is invalid, and words break it', async () => {
    const { id } = panel.addUser();
    expect((await patch(`users/${id}/increment`, {})).status).toBe(200);
    expect((await patch(`users/${id}/increment`, { credits: null })).body.errors.credits).toEqual([
      'The credits field must be a number.',
    ]);
    for (const credits of ['five', [5]]) expect((await patch(`users/${id}/increment`, { credits })).status).toBe(500);
    expect((await patch(`users/${id}/increment`, { credits: '5' })).body.data.credits).toBe(255);
  });

  test('no balance grows beyond the largest, and no limit', async () => {
    const { id } = panel.addUser({ creditsMilli: 9_223_372_036_854_000n, serverLimit: 999_999 });
    expect((await patch(`users/${id}/increment`, { credits: 1 })).status).toBe(422);
    expect((await patch(`users/${id}/increment`, { server_limit: 2 })).status).toBe(422);
    expect((await patch(`users/${id}/increment`, { credits: 0.5 })).status).toBe(200);
  });

  test('a limit is rounded', async () => {
    const { id } = panel.addUser({ serverLimit: 5 });
    expect((await patch(`users/${id}/increment`, { server_limit: 1.5 })).body.data.server_limit).toBe(7);
  });

  test('of two that take everything at once, both pass, and the balance is below zero', async () => {
    const { id } = panel.addUser({ creditsMilli: 10_000n });
    const { promise, resolve } = Promise.withResolvers<void>();
    panel.holdWrites(promise);
    const both = [1, 2].map(() => patch(`users/${id}/decrement`, { credits: 10 }));
    await expect.poll(() => panel.requests.length).toBe(2);
    resolve();
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await get(`users/${id}`)).body.data.credits).toBe(-10);
  });

  test('increments with credits, even none, and every update charge for suspended servers and turn them on', async () => {
    const { id } = panel.addUser({ creditsMilli: 5_000n, suspended: true });
    const dear = panel.addServer({ userId: id, priceMilli: 100_000n, isSuspended: true });
    const cheap = panel.addServer({ userId: id, priceMilli: 10_000n, isSuspended: true });
    const isOn = (server: { id: string }) => panel.servers(id).find((one) => one.id === server.id)?.suspended === null;
    await patch(`users/${id}/decrement`, { credits: 1 });
    await panel.runQueue();
    expect(isOn(cheap)).toBe(false);
    expect((await patch(`users/${id}/increment`, { credits: 20 })).body.data.credits).toBe(24);
    await panel.runQueue();
    expect([isOn(cheap), isOn(dear)]).toEqual([true, false]);
    expect(panel.user(id)).toMatchObject({ creditsMilli: 14_000n, suspended: true });
    expect(panel.pterodactyl.server(Number(cheap.pterodactylId))?.status).toBeNull();
    expect(panel.mails.at(-1)?.about).toBe('servers unsuspended');
  });

  test('what is charged for a server that stays off is given back', async () => {
    const { id } = panel.addUser({ creditsMilli: 50_000n });
    const server = panel.addServer({ userId: id, isSuspended: true });
    panel.pterodactyl.wingsDown(Number(server.pterodactylId), 504);
    await patch(`users/${id}/increment`, { credits: 0 });
    await panel.runQueue();
    expect(panel.user(id)?.creditsMilli).toBe(50_000n);
    expect(panel.journal.map(({ action }) => action).slice(-2)).toEqual(['server.charge', 'server.refund']);
  });
});

describe('updating', () => {
  test('zero is as good as nothing', async () => {
    const { id, name, email } = panel.addUser({ serverLimit: 3 });
    const { body } = await patch(`users/${id}`, { name, email, credits: 0, server_limit: 0 });
    expect(body.data).toMatchObject({ credits: 250, server_limit: 3 });
    expect((await patch(`users/${id}`, { name, email, credits: 0.001 })).body.data.credits).toBe(0.001);
  });

  test('name and e-mail are required, and go to Pterodactyl', async () => {
    const { id, pterodactylId } = panel.addUser();
    expect(Object.keys((await patch(`users/${id}`, { credits: 5 })).body.errors)).toEqual(['name', 'email']);
    await patch(`users/${id}`, { name: 'Renamed', email: 'new@example.com', role_id: 2 });
    expect(panel.pterodactyl.user(Number(pterodactylId))).toMatchObject({
      username: 'renamed',
      firstName: 'Renamed',
      lastName: 'Renamed',
      email: 'new@example.com',
    });
    expect(panel.user(id)?.roleIds).toEqual([2]);
  });

  test('what fails after Pterodactyl was changed leaves it changed', async () => {
    const other = panel.addUserWithoutBackend({ name: 'other', email: 'taken@example.com' });
    const { id, pterodactylId, name } = panel.addUser();
    const answer = await patch(`users/${id}`, { name, email: other.email });
    expect(answer.body.errors.pterodactyl_error_status).toEqual(['23000']);
    expect(answer.body.message).toContain('SQLSTATE[23000]');
    expect(panel.pterodactyl.user(Number(pterodactylId))?.email).toBe('taken@example.com');
    expect(panel.user(id)?.email).not.toBe('taken@example.com');
  });

  test('whoever is not in Pterodactyl cannot be updated', async () => {
    const { id, name, email } = panel.addUserWithoutBackend();
    expect((await patch(`users/${id}`, { name, email })).status).toBe(422);
    const gone = panel.addUser();
    panel.pterodactyl.removeUser(Number(gone.pterodactylId));
    const answer = await patch(`users/${gone.id}`, { name: gone.name, email: gone.email });
    expect(answer.body.message).toContain('status code 404');
  });
});

describe('suspending', () => {
  test('each server is suspended, then the user; a second time is 400', async () => {
    const { id } = panel.addUser();
    const server = panel.addServer({ userId: id });
    const { status, body } = await patch(`users/${id}/suspend`, { reason: 'chargeback' });
    expect(status).toBe(200);
    expect(body.data.suspended).toBe(true);
    expect(body.data.servers[0].suspended).toMatch(/T.*\.000000Z$/);
    expect(panel.pterodactyl.server(Number(server.pterodactylId))?.status).toBe('suspended');
    expect(await patch(`users/${id}/suspend`)).toMatchObject({
      status: 400,
      body: { error: 'The user is already suspended' },
    });
    expect((await patch(`users/${id}/suspend`, { reason: 7 })).status).toBe(422);
    expect((await patch(`users/${id}/suspend`, { reason: null })).status).toBe(422);
  });

  test('the first server that fails ends it half way, and again is safe', async () => {
    const { id } = panel.addUser();
    const [first, second] = [panel.addServer({ userId: id }), panel.addServer({ userId: id })];
    panel.pterodactyl.wingsDown(Number(second.pterodactylId), 504);
    expect(await patch(`users/${id}/suspend`)).toMatchObject({
      status: 504,
      body: { message: 'Pterodactyl node error (HTTP 504) - Failed to suspend server from pterodactyl - ' },
    });
    const suspended = () => panel.servers(id).map((server) => server.suspended !== null);
    expect(suspended()).toEqual([true, false]);
    expect(panel.user(id)?.suspended).toBe(false);
    panel.pterodactyl.wingsDown(Number(second.pterodactylId), null);
    expect((await patch(`users/${id}/suspend`)).status).toBe(200);
    expect(suspended()).toEqual([true, true]);
    expect(panel.pterodactyl.server(Number(first.pterodactylId))?.status).toBe('suspended');
  });

  test.each([
    [404, undefined],
    [403, undefined],
    [500, undefined],
    [401, { message: 'No pterodactyl token set - Failed to suspend server from pterodactyl - ' }],
    [502, { message: 'Pterodactyl node error (HTTP 502) - Failed to suspend server from pterodactyl - ' }],
  ])('a %i of Pterodactyl is passed on, some as pages', async (status, body) => {
    const { id } = panel.addUser();
    panel.addServer({ userId: id });
    panel.pterodactyl.failNext({ path: /suspend$/ }, { kind: 'status', status, acts: false });
    expect(await patch(`users/${id}/suspend`)).toMatchObject({ status, body });
  });

  test.each([409, 422, 429])('a %i of Pterodactyl is an error without words', async (status) => {
    const { id } = panel.addUser();
    panel.addServer({ userId: id });
    panel.pterodactyl.failNext({ path: /suspend$/ }, { kind: 'status', status, acts: false });
    expect(await patch(`users/${id}/suspend`)).toMatchObject({ status: 500, body: { message: 'Server Error' } });
  });

  test('an unreachable Pterodactyl is a page, and a server it does not have keeps its owner from ever being suspended', async () => {
    const { id } = panel.addUser();
    panel.addServer({ userId: id, isInBackend: false });
    for (const _ of [1, 2]) expect(await patch(`users/${id}/suspend`)).toMatchObject({ status: 404, body: undefined });
    await panel.pterodactyl.goDown();
    expect(await patch(`users/${id}/suspend`)).toMatchObject({ status: 500, body: undefined });
  });

  test('unsuspending leaves the servers suspended, and each is turned on by itself', async () => {
    const { id } = panel.addUser();
    const server = panel.addServer({ userId: id });
    await patch(`users/${id}/suspend`);
    const { body } = await patch(`users/${id}/unsuspend`);
    expect(body.data.suspended).toBe(false);
    expect(body.data).not.toHaveProperty('servers');
    expect(panel.servers(id)[0]?.suspended).not.toBeNull();
    expect(await patch(`users/${id}/unsuspend`)).toMatchObject({
      status: 400,
      body: { error: 'The user is not suspended' },
    });
    for (const _ of [1, 2]) expect((await patch(`servers/${server.id}/unsuspend`)).status).toBe(200);
    expect(panel.servers(id)[0]?.suspended).toBeNull();
  });
});

describe('deleting', () => {
  test('everything goes, in Pterodactyl too', async () => {
    const { id, pterodactylId } = panel.addUser();
    panel.addServer({ userId: id });
    panel.linkDiscord(id, '123456789012345678');
    expect(await remove(`users/${id}`)).toMatchObject({ status: 204, text: '' });
    expect(panel.servers(id)).toEqual([]);
    expect(panel.pterodactyl.user(Number(pterodactylId))).toBeNull();
    expect((await remove(`users/${id}`)).status).toBe(404);
  });

  test('a server that cannot be deleted ends it: the user stays, without roles and the servers before it', async () => {
    const { id } = panel.addUser();
    panel.addServer({ userId: id });
    const second = panel.addServer({ userId: id });
    panel.pterodactyl.wingsDown(Number(second.pterodactylId), 500);
    expect(await remove(`users/${id}`)).toMatchObject({ status: 500, body: { message: 'Server Error' } });
    expect(panel.user(id)?.roleIds).toEqual([]);
    expect(panel.servers(id).map((server) => server.id)).toEqual([second.id]);
  });

  test('a refusal of Pterodactyl leaves an orphan there, a failing connection ends it', async () => {
    const orphan = panel.addUser();
    panel.pterodactyl.addServer({ userId: Number(orphan.pterodactylId) });
    expect((await remove(`users/${orphan.id}`)).status).toBe(204);
    expect(panel.pterodactyl.user(Number(orphan.pterodactylId))).not.toBeNull();
    const { id } = panel.addUser();
    await panel.pterodactyl.goDown();
    expect((await remove(`users/${id}`)).status).toBe(500);
    expect(panel.user(id)).not.toBeNull();
  });
});
