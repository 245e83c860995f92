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
