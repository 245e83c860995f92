import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type PterodactylDouble, startPterodactyl } from '../../../sandbox/panels/pterodactyl/start.ts';
import { ask } from './ask.ts';

let panel: PterodactylDouble;

beforeEach(async () => {
  panel = await startPterodactyl();
});
afterEach(() => panel.stop());

const USERS = '/api/application/users';
const SERVERS = '/api/application/servers';
const MARLA = { email: 'Marla@example.com', username: 'Marla77', first_name: 'Marla', last_name: 'S' };
const get = (path: string, token?: string) => ask(panel, 'GET', path, undefined, token === undefined ? {} : { token });
const post = (path: string, body?: unknown) => ask(panel, 'POST', path, body);
const patch = (path: string, body?: unknown) => ask(panel, 'PATCH', path, body);
const remove = (path: string) => ask(panel, 'DELETE', path);
const names = (body: { data: { attributes: { username: string } }[] }) =>
  body.data.map((one) => one.attributes.username);
const rules = (body: { errors: { meta: { source_field: string; rule: string } }[] }) =>
  body.errors.map(({ meta }) => `${meta.source_field} ${meta.rule}`);

describe('who may ask', () => {
  test('whoever has no key, or an unknown one, hears 401 before the id is looked at', async () => {
    const answer = await ask(panel, 'GET', `${USERS}/999`, undefined, { token: 'ptla_nope' });
    expect(answer).toMatchObject({
      status: 401,
      body: { errors: [{ code: 'AuthenticationException', status: '401', detail: 'Unauthenticated.' }] },
    });
    expect((await ask(panel, 'GET', USERS, undefined, { token: null })).status).toBe(401);
  });

  test('without accepting JSON, whoever has no key is sent to the login page', async () => {
    const answer = await ask(panel, 'GET', USERS, undefined, { token: null, accept: null });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toMatch(/\/auth\/login$/);
    const vendor = { token: null, accept: 'Application/vnd.pterodactyl.v1+json' };
    expect((await ask(panel, 'GET', USERS, undefined, vendor)).status).toBe(401);
  });

  test('a key has 48 characters and may only what it was made for', async () => {
    const reader = panel.addKey({ users: 1, servers: 0 });
    expect(reader).toMatch(/^ptla_.{43}$/);
    expect((await get(USERS, reader)).status).toBe(200);
    const refused = await ask(panel, 'POST', USERS, MARLA, { token: reader });
    expect(refused).toMatchObject({ status: 403, body: { errors: [{ detail: 'This action is unauthorized.' }] } });
    expect((await get(SERVERS, reader)).status).toBe(403);
    const writer = panel.addKey({ users: 2 });
    expect((await get(USERS, writer)).status).toBe(403);
  });

  test('an account key has the rights of its owner: all of a root administrator, none of anybody else', async () => {
    const admin = panel.addKey({ kind: 'account', users: 0 });
    expect(admin).toMatch(/^ptlc_/);
    expect((await get(USERS, admin)).status).toBe(200);
    const { id } = panel.addUser();
    const answer = await get(USERS, panel.addKey({ kind: 'account', ownerId: id }));
    expect(answer.status).toBe(403);
    expect(answer.body.errors[0].detail).toBe('This account does not have permission to access the API.');
  });

  test('a key that is kept to other addresses is refused', async () => {
    const answer = await get(USERS, panel.addKey({ allowedIps: ['192.0.2.7'] }));
    expect(answer.status).toBe(403);
    expect(answer.body.errors[0].detail).toContain('127.0.0.1');
  });

  test('an unknown address and a wrong method say so, without limits in their headers', async () => {
    const limited = await startPterodactyl({ requestsPerMinute: 240 });
    const nope = await ask(limited, 'GET', '/api/application/nope');
    expect(nope.status).toBe(404);
    expect(nope.body.errors[0].detail).toBe('The route api/application/nope could not be found.');
    const put = await ask(limited, 'PUT', `${USERS}/1`, MARLA);
    expect(put).toMatchObject({ status: 405, body: { errors: [{ code: 'MethodNotAllowedHttpException' }] } });
    expect(put.headers.has('x-ratelimit-limit')).toBe(false);
    const known = await ask(limited, 'GET', `${USERS}/1`);
    expect(known.headers.get('x-ratelimit-limit')).toBe('240');
    expect(known.headers.get('x-ratelimit-remaining')).toBe('239');
    await limited.stop();
  });

  test('malformed JSON is refused', async () => {
    const answer = await ask(panel, 'POST', USERS, undefined, { raw: '{"email":' });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ code: 'BadRequestHttpException' }] } });
  });
});

test('all keys of one owner share what may be asked in a minute', async () => {
  let nowMs = Date.parse('2026-05-01T08:00:00Z');
  const limited = await startPterodactyl({ requestsPerMinute: 2, now: () => new Date(nowMs) });
  const other = limited.addKey();
  await ask(limited, 'GET', USERS);
  await ask(limited, 'GET', USERS, undefined, { token: other });
  nowMs += 20_000;
  const over = await ask(limited, 'GET', USERS);
  expect(over).toMatchObject({
    status: 429,
    body: { errors: [{ code: 'ThrottleRequestsException', status: '429', detail: 'Too Many Attempts.' }] },
  });
  expect(over.headers.get('retry-after')).toBe('40');
  expect(over.headers.get('x-ratelimit-reset')).toBe(String(Date.parse('2026-05-01T08:01:00Z') / 1_000));
  nowMs += 40_000;
  expect((await ask(limited, 'GET', USERS)).status).toBe(200);
  await limited.stop();
});

describe('lists', () => {
  beforeEach(() => {
    panel.addUser({ username: 'marla', email: 'marla@example.com', externalId: '123' });
    panel.addUser({ username: 'marla77', email: 'm@example.com', externalId: '41234' });
    panel.addUser({ username: 'bo_b', email: 'bob@example.com' });
  });

  test('a filter finds whatever contains it, in any letter case, and commas mean or', async () => {
    expect(names((await get(`${USERS}?filter[username]=MARLA`)).body)).toEqual(['marla', 'marla77']);
    expect(names((await get(`${USERS}?filter[external_id]=123`)).body)).toEqual(['marla', 'marla77']);
    expect(names((await get(`${USERS}?filter[username]=marla77,bo_b`)).body)).toEqual(['marla77', 'bo_b']);
    expect(names((await get(`${USERS}?filter[username]=%25`)).body)).toEqual([]);
  });

  test('true and false are no words to a filter', async () => {
    panel.addUser({ username: 'true.believer' });
    expect(names((await get(`${USERS}?filter[username]=true`)).body)).toEqual([]);
    expect(names((await get(`${USERS}?filter[username]=false`)).body)).toHaveLength(5);
  });

  test('an unknown filter or sort is refused, an unknown include is not', async () => {
    const filter = await get(`${USERS}?filter[owner_id]=1`);
    expect(filter).toMatchObject({ status: 400, body: { errors: [{ code: 'InvalidFilterQuery' }] } });
    expect(filter.body.errors[0].detail).toContain('email, uuid, username, external_id');
    expect((await get(`${USERS}?sort=email`)).body.errors[0].code).toBe('InvalidSortQuery');
    expect((await get(`${USERS}?include=nonsense`)).status).toBe(200);
    expect((await get(`${SERVERS}?filter[owner_id]=1`)).status).toBe(400);
  });

  test('links drop everything but the page', async () => {
    const { body } = await get(`${USERS}?filter[email]=example.com&per_page=2&page=2&include=servers`);
    expect(body.meta.pagination).toEqual({
      total: 3,
      count: 1,
      per_page: 2,
      current_page: 2,
      total_pages: 2,
      links: { previous: `${panel.url}${USERS}?page=1` },
    });
  });

  test('a page past the end is empty and links to the page before it', async () => {
    const { status, body } = await get(`${USERS}?page=9`);
    expect({ status, data: body.data }).toEqual({ status: 200, data: [] });
    expect(body.meta.pagination.links).toEqual({ previous: `${panel.url}${USERS}?page=8` });
  });

  test('per_page is 50 unless asked otherwise, 15 for 0, and stumbles over words', async () => {
    expect((await get(USERS)).body.meta.pagination.per_page).toBe(50);
    expect((await get(`${USERS}?per_page=0`)).body.meta.pagination.per_page).toBe(15);
    expect((await get(`${USERS}?per_page=5000`)).body.meta.pagination.per_page).toBe(5_000);
    const words = await get(`${USERS}?per_page=many`);
    expect(words.status).toBe(500);
    expect(words.body.errors[0].detail).toMatch(/^An unexpected error/);
  });

  test('sorted by -id, the newest comes first', async () => {
    expect(names((await get(`${USERS}?sort=-id`)).body)[0]).toBe('bo_b');
  });
});

describe('users', () => {
  test('a user is shown with these keys, its times in UTC', async () => {
    const createdAt = new Date('2026-05-01T10:59:30.500+02:00');
    const { id } = panel.addUser({ username: 'marla77', externalId: 'crm-42', createdAt });
    const { body } = await get(`${USERS}/${id}`);
    expect(body).toEqual({
      object: 'user',
      attributes: {
        id,
        external_id: 'crm-42',
        uuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
        username: 'marla77',
        email: 'marla77@example.com',
        first_name: 'marla77',
        last_name: 'marla77',
        language: 'en',
        root_admin: false,
        '2fa': false,
        created_at: '2026-05-01T08:59:30+00:00',
        updated_at: '2026-05-01T08:59:30+00:00',
      },
    });
  });

  test('creating keeps the e-mail as it is, the user name in lower case, and mails', async () => {
    const answer = await post(USERS, { ...MARLA, external_id: '123456789012345678' });
    expect(answer.status).toBe(201);
    expect(answer.body.attributes).toMatchObject({ username: 'marla77', email: 'Marla@example.com' });
    expect(answer.body.meta.resource).toBe(`${panel.url}${USERS}/${answer.body.attributes.id}`);
    expect(panel.mails).toEqual(['Marla@example.com']);
    expect(panel.journal.at(-1)).toMatchObject({
      action: 'user.create',
      accountId: String(answer.body.attributes.id),
      deltaMinor: null,
    });
  });

  test('what is taken is refused in any letter case, one entry per rule', async () => {
    await post(USERS, { ...MARLA, external_id: 'A1' });
    const again = await post(USERS, { ...MARLA, email: 'MARLA@EXAMPLE.COM', username: 'MARLA77', external_id: 'a1' });
    expect(again.status).toBe(422);
    expect(rules(again.body)).toEqual(['email unique', 'external_id unique', 'username unique']);
    expect(again.body.errors[1]).toEqual({
      code: 'ValidationException',
      status: '422',
      detail: 'The Third Party Identifier has already been taken.',
      meta: { source_field: 'external_id', rule: 'unique' },
    });
  });

  test.each([
    [{ username: 'ab' }, 'username p_username'],
    [{ username: '-abc' }, 'username p_username'],
    [{ username: 'mar la' }, 'username p_username'],
    [{ email: 'nobody' }, 'email email'],
    [{ email: `${'a'.repeat(190)}@example.com` }, 'email between'],
    [{ first_name: '  ' }, 'first_name required'],
    [{ language: 'de' }, 'language in'],
    [{ root_admin: 'yes' }, 'root_admin boolean'],
    [{ external_id: 42 }, 'external_id string'],
    [{ external_id: 'x'.repeat(192) }, 'external_id max'],
  ])('creating refuses %o', async (wrong, rule) => {
    const answer = await post(USERS, { ...MARLA, ...wrong });
    expect(answer.status).toBe(422);
    expect(rules(answer.body)).toContain(rule);
  });

  test('the refusal of a user name has a line break in its words', async () => {
    const { body } = await post(USERS, { ...MARLA, username: 'ab' });
    expect(body.errors[0].detail).toContain('\n');
  });

  test('creating takes any password and makes root administrators', async () => {
    const { body } = await post(USERS, { ...MARLA, password: '1', root_admin: true });
    expect(body.attributes.root_admin).toBe(true);
    expect(panel.user(body.attributes.id)?.password).toBe('1');
  });

  test('changing asks for the four required fields each time, and leaves out what is left out', async () => {
    const { id } = panel.addUser({ externalId: 'A1', rootAdmin: true, password: 'old' });
    const nothing = await patch(`${USERS}/${id}`, { language: 'en' });
    expect(rules(nothing.body)).toEqual([
      'email required',
      'username required',
      'first_name required',
      'last_name required',
    ]);
    const changed = await patch(`${USERS}/${id}`, { ...MARLA, password: '' });
    expect(changed.body.attributes).toMatchObject({ external_id: 'A1', root_admin: true, username: 'marla77' });
    expect(panel.user(id)?.password).toBe('old');
    const cleared = await patch(`${USERS}/${id}`, { ...MARLA, external_id: null });
    expect(cleared.body.attributes.external_id).toBeNull();
    expect(panel.mails).toEqual([]);
  });

  test('the look-up by external id is exact, in any letter case', async () => {
    const { id } = panel.addUser({ externalId: 'Crm-42' });
    expect((await get(`${USERS}/external/crm-42`)).body.attributes.id).toBe(id);
    expect((await get(`${USERS}/external/crm-4`)).status).toBe(404);
  });

  test('an id is read as MySQL reads it: deleting 3abc deletes 3', async () => {
    const { id } = panel.addUser();
    expect((await get(`${USERS}/${id}abc`)).body.attributes.id).toBe(id);
    const text = await get(`${USERS}/abc`);
    expect(text.body.errors[0]).toMatchObject({ code: 'NotFoundHttpException', status: '404' });
    expect((await remove(`${USERS}/${id}abc`)).status).toBe(204);
    expect(panel.user(id)).toBeNull();
  });

  test('deleting is refused while there are servers, and the second time there is nobody', async () => {
    const { id } = panel.addUser();
    const server = panel.addServer({ userId: id });
    const refused = await remove(`${USERS}/${id}`);
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ code: 'DisplayException' }] } });
    expect(refused.body.errors[0].detail).toMatch(/^Cannot delete a user with active servers/);
    await remove(`${SERVERS}/${server.id}`);
    const deleted = await remove(`${USERS}/${id}`);
    expect(deleted).toMatchObject({ status: 204, text: '' });
    expect((await remove(`${USERS}/${id}`)).status).toBe(404);
  });

  test('the owner of the key can be deleted with it, and the key is no longer known', async () => {
    expect((await remove(`${USERS}/${panel.adminId}`)).status).toBe(204);
    expect((await get(USERS)).status).toBe(401);
  });

  test('the servers of a user come along in one piece, or as nothing where the key may not read them', async () => {
    const { id } = panel.addUser();
    for (let count = 0; count < 60; count += 1) panel.addServer({ userId: id });
    const path = `${USERS}/${id}?include=servers`;
    const { servers } = (await get(path)).body.attributes.relationships;
    expect(servers.object).toBe('list');
    expect(servers.data).toHaveLength(60);
    expect(servers.data[0].attributes).toMatchObject({ status: null, suspended: false, user: id });
    const blind = await get(path, panel.addKey({ servers: 0 }));
    expect(blind.status).toBe(200);
    expect(blind.body.attributes.relationships.servers).toEqual({ object: 'null_resource', attributes: null });
  });
});

describe('servers', () => {
  const make = () => panel.addServer({ userId: panel.addUser().id });

  test('suspending and unsuspending may be repeated, and Wings is not asked again', async () => {
    const { id, userId } = make();
    expect((await post(`${SERVERS}/${id}/suspend`)).status).toBe(204);
    expect((await get(`${SERVERS}/${id}`)).body.attributes).toMatchObject({ status: 'suspended', suspended: true });
    panel.wingsDown(id, 504);
    expect((await post(`${SERVERS}/${id}/suspend`)).status).toBe(204);
    panel.wingsDown(id, null);
    expect((await post(`${SERVERS}/${id}/unsuspend`)).status).toBe(204);
    expect(panel.journal.map(({ action, accountId }) => [action, accountId]).slice(-2)).toEqual([
      ['server.suspend', String(userId)],
      ['server.unsuspend', String(userId)],
    ]);
  });

  test.each([404, 500, 504])('what Wings answers (%i) is passed on, and nothing is suspended', async (status) => {
    const { id } = make();
    panel.wingsDown(id, status);
    const answer = await post(`${SERVERS}/${id}/suspend`);
    expect(answer).toMatchObject({
      status,
      body: { errors: [{ code: 'DaemonConnectionException', status: String(status) }] },
    });
    expect(panel.server(id)).toMatchObject({ status: null, isHeldByNode: false });
  });

  test('a server on its way to another node is neither suspended nor unsuspended', async () => {
    const { id } = make();
    panel.transfer(id, true);
    const answer = await post(`${SERVERS}/${id}/suspend`);
    expect(answer).toMatchObject({ status: 409, body: { errors: [{ code: 'ConflictHttpException' }] } });
  });

  test('unsuspending loses any other status', async () => {
    const { id } = panel.addServer({ userId: panel.addUser().id, status: 'installing' });
    expect((await post(`${SERVERS}/${id}/suspend`)).status).toBe(204);
    await post(`${SERVERS}/${id}/unsuspend`);
    expect(panel.server(id)?.status).toBeNull();
  });

  test('deleting needs Wings, unless Wings does not know the server or it is forced', async () => {
    const [failing, unknown] = [make(), make()];
    panel.wingsDown(failing.id, 500);
    panel.wingsDown(unknown.id, 404);
    expect((await remove(`${SERVERS}/${failing.id}`)).body.errors[0].code).toBe('DaemonConnectionException');
    expect(panel.server(failing.id)).not.toBeNull();
    expect((await remove(`${SERVERS}/${unknown.id}`)).status).toBe(204);
    expect((await remove(`${SERVERS}/${failing.id}/force`)).status).toBe(204);
  });
});
