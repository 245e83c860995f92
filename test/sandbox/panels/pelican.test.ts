import { afterEach, beforeEach, expect, test } from 'vitest';
import { type PterodactylDouble, startPterodactyl } from '../../../sandbox/panels/pterodactyl/start.ts';
import { ask } from './ask.ts';

let panel: PterodactylDouble;

beforeEach(async () => {
  panel = await startPterodactyl({ product: 'pelican' });
});
afterEach(() => panel.stop());

const USERS = '/api/application/users';

test('a user has no first and last name, and other keys', async () => {
  const { id } = panel.addUser();
  const { attributes } = (await ask(panel, 'GET', `${USERS}/${id}`)).body;
  expect(Object.keys(attributes)).toEqual([
    'id',
    'external_id',
    'is_managed_externally',
    'uuid',
    'username',
    'email',
    'language',
    'root_admin',
    '2fa_enabled',
    '2fa',
    'created_at',
    'updated_at',
  ]);
  expect(panel.token).toMatch(/^papp_.{43}$/);
});

test('creating asks for e-mail and any user name, keeps both in lower case, and makes no root administrator', async () => {
  const sent = { email: 'Marla@Example.com', username: 'M', root_admin: true };
  const { status, body } = await ask(panel, 'POST', USERS, sent);
  expect(status).toBe(201);
  expect(body.attributes).toMatchObject({ email: 'marla@example.com', username: 'm', root_admin: false });
  const nothing = await ask(panel, 'PATCH', `${USERS}/${body.attributes.id}`, {});
  expect(nothing.body.errors.map(({ meta }: { meta: { source_field: string } }) => meta.source_field)).toEqual([
    'email',
    'username',
  ]);
});

test('roles are given and taken, but for root administrators, without a word', async () => {
  const role = panel.addRole('Support');
  const { id } = panel.addUser();
  const assign = (userId: number, roles: unknown) =>
    ask(panel, 'PATCH', `${USERS}/${userId}/roles/assign?include=roles`, { roles });
  const ids = (body: { attributes: { relationships: { roles: { data: { attributes: { id: number } }[] } } } }) =>
    body.attributes.relationships.roles.data.map((one) => one.attributes.id);
  expect(ids((await assign(id, [1, role])).body)).toEqual([role]);
  const admin = await assign(panel.adminId, [role]);
  expect({ status: admin.status, ids: ids(admin.body) }).toEqual({ status: 200, ids: [1] });
  expect((await assign(id, [99])).status).toBe(422);
  await ask(panel, 'PATCH', `${USERS}/${id}/roles/remove`, { roles: [role] });
  expect(panel.user(id)?.roleIds).toEqual([]);
});

test('roles are listed ten to a page, for keys that may read them', async () => {
  for (let count = 0; count < 12; count += 1) panel.addRole(`Role ${count}`);
  const { body } = await ask(panel, 'GET', '/api/application/roles');
  expect(body.data).toHaveLength(10);
  expect(body.data[0]).toMatchObject({ object: 'role', attributes: { id: 1, name: 'Root Admin' } });
  const blind = panel.addKey({ roles: 0 });
  expect((await ask(panel, 'GET', '/api/application/roles', undefined, { token: blind })).status).toBe(403);
  const user = await ask(panel, 'GET', `${USERS}/1?include=roles`, undefined, { token: blind });
  expect(user.body.attributes.relationships.roles.object).toBe('null_resource');
});

test('a root administrator is not deleted, and is told so by an empty list', async () => {
  const other = panel.addUser({ rootAdmin: true });
  expect(await ask(panel, 'DELETE', `${USERS}/${other.id}`)).toMatchObject({ status: 403, body: [] });
});

test('a failing Wings leaves the panel saying suspended though the node was not told', async () => {
  const { id } = panel.addServer({ userId: panel.addUser().id });
  panel.wingsDown(id, 504);
  expect((await ask(panel, 'POST', `/api/application/servers/${id}/suspend`)).status).toBe(500);
  expect(panel.server(id)).toMatchObject({ status: 'suspended', isHeldByNode: false });
  panel.wingsDown(id, null);
  expect((await ask(panel, 'POST', `/api/application/servers/${id}/suspend`)).status).toBe(204);
  expect(panel.server(id)?.isHeldByNode).toBe(false);
});

test('servers are filtered by uuid_short, not by uuidShort', async () => {
  const { uuid } = panel.addServer({ userId: panel.addUser().id });
  const filtered = (name: string) => ask(panel, 'GET', `/api/application/servers?filter[${name}]=${uuid.slice(0, 8)}`);
  expect((await filtered('uuid_short')).body.data).toHaveLength(1);
  expect((await filtered('uuidShort')).status).toBe(400);
});
