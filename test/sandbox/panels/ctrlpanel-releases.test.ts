import { afterEach, expect, test } from 'vitest';
import { type CtrlPanelDouble, startCtrlPanel } from '../../../sandbox/panels/ctrlpanel/start.ts';
import { ask } from './ask.ts';

let panel: CtrlPanelDouble;

afterEach(() => panel.stop());

const DISCORD_ID = '123456789012345678';
const get = (path: string) => ask(panel, 'GET', `/api/${path}`);
const patch = (path: string, body?: unknown) => ask(panel, 'PATCH', `/api/${path}`, body);

test('1.1.1 shows bare bodies with raw thousandths, Discord unasked for, and is asked by Discord id', async () => {
  panel = await startCtrlPanel({ release: '1.1.1' });
  const { id } = panel.addUser({ createdAt: new Date('2026-05-01T08:59:30Z') });
  panel.linkDiscord(id, DISCORD_ID);
  const { body } = await get(`users/${DISCORD_ID}`);
  expect(body).toMatchObject({ id, credits: 250_000, created_at: '2026-05-01T08:59:30.000000Z' });
  expect(body.discord_user.id).toBe(DISCORD_ID);
  expect(body).not.toHaveProperty('data');
});

test('1.1.1 lists in a flat envelope', async () => {
  panel = await startCtrlPanel({ release: '1.1.1' });
  panel.addUser();
  panel.addUser();
  const { body } = await get('users?per_page=1');
  expect(body).toMatchObject({
    current_page: 1,
    last_page: 2,
    total: 2,
    prev_page_url: null,
    next_page_url: `${panel.url}/api/users?page=2`,
  });
  expect(body).not.toHaveProperty('meta');
});

test('1.1.1 adds a thousandth of what was asked, and shows a thousand times what it has', async () => {
  panel = await startCtrlPanel({ release: '1.1.1' });
  const { id, name, email } = panel.addUser();
  expect((await patch(`users/${id}/increment`, { credits: 100 })).body.credits).toBe(250_100_000);
  expect(panel.user(id)?.creditsMilli).toBe(250_100n);
  await patch(`users/${id}`, { name, email, credits: 100 });
  expect(panel.user(id)?.creditsMilli).toBe(100_000n);
});

test('1.1.1 refuses a second suspension as invalid, and answers a deletion with who was deleted', async () => {
  panel = await startCtrlPanel({ release: '1.1.1' });
  const { id } = panel.addUser();
  expect((await patch(`users/${id}/suspend`)).body.suspended).toBe(true);
  expect(await patch(`users/${id}/suspend`)).toMatchObject({
    status: 422,
    body: { message: 'The user is already suspended', errors: { error: ['The user is already suspended'] } },
  });
  expect(await ask(panel, 'DELETE', `/api/users/${id}`)).toMatchObject({ status: 200, body: { id } });
});

test('1.1.1 sends its own id to Pterodactyl, and without name and e-mail an update is refused there', async () => {
  panel = await startCtrlPanel({ release: '1.1.1' });
  for (const name of ['marla77', 'bobby']) {
    const user = { name, email: `${name}@example.com`, password: 'a long password' };
    expect((await ask(panel, 'POST', '/api/users', user)).body.credits).toBe(150);
  }
  expect(panel.pterodactyl.user(3)?.externalId).toBe('2');
  expect(panel.canLogIn(1, 'a long password')).toBe(true);
  expect((await patch('users/1', { credits: 5 })).body.errors.pterodactyl_error_status).toEqual([422]);
});

test('development finds by a part of the Discord id, and updates the id in Pterodactyl', async () => {
  panel = await startCtrlPanel({ release: 'development' });
  const { id, name, email } = panel.addUser();
  panel.addUser();
  panel.linkDiscord(id, DISCORD_ID);
  const found = await get(`users?filter[discordUser.id]=${DISCORD_ID.slice(3, 9)}`);
  expect(found.body.data.map((user: { id: number }) => user.id)).toEqual([id]);
  const other = panel.pterodactyl.addUser();
  const { body } = await patch(`users/${id}`, { name, email, pterodactyl_id: other.id });
  expect(body.data.pterodactyl_id).toBe(String(other.id));
});
