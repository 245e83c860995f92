import { afterEach, beforeEach, expect, test } from 'vitest';
import { startCtrlPanel } from '../../../sandbox/panels/ctrlpanel/start.ts';
import { type PterodactylDouble, startPterodactyl } from '../../../sandbox/panels/pterodactyl/start.ts';
import { ask } from './ask.ts';

let panel: PterodactylDouble;

beforeEach(async () => {
  panel = await startPterodactyl();
});
afterEach(() => panel.stop());

const USERS = '/api/application/users';
const created = () => panel.users().some(({ username }) => username === 'marla');
const create = (signal?: AbortSignal) =>
  ask(
    panel,
    'POST',
    USERS,
    { email: 'marla@example.com', username: 'marla', first_name: 'Marla', last_name: 'S' },
    signal ? { signal } : {},
  );

test('a status is answered once, whether or not the panel has acted', async () => {
  panel.failNext({ method: 'POST', path: /users$/ }, { kind: 'status', status: 502, html: true, acts: false });
  panel.failNext({ method: 'POST' }, { kind: 'status', status: 500, body: { errors: [] }, acts: true });
  const first = await create();
  expect(first).toMatchObject({ status: 502, body: undefined });
  expect(first.text).toContain('<html');
  expect(created()).toBe(false);
  expect(await create()).toMatchObject({ status: 500, body: { errors: [] } });
  expect(created()).toBe(true);
  expect((await create()).status).toBe(422);
});

test('other requests go on while a fault waits for its own, which may be known by what it says', async () => {
  const wasOther = panel.failNext({ method: 'POST', body: /tyler/ }, { kind: 'reset', acts: false });
  const headers = { 'retry-after': '0' };
  const wasOwn = panel.failNext({ body: /marla/ }, { kind: 'status', status: 429, headers, acts: false });
  expect((await create()).status).toBe(429);
  expect((await create()).status).toBe(201);
  expect([wasOther(), wasOwn()]).toEqual([false, true]);
});

test.each([
  { kind: 'reset', acts: false },
  { kind: 'reset', acts: true },
  { kind: 'half', acts: false },
  { kind: 'half', acts: true },
] as const)('a connection breaks: $kind, the panel acts: $acts', async (fault) => {
  panel.failNext({}, fault);
  await expect(create()).rejects.toThrow();
  expect(created()).toBe(fault.acts);
  expect(panel.requests.at(-1)).toMatchObject({ method: 'POST', path: USERS, status: 0 });
});

test('nonsense is an answer that means nothing', async () => {
  panel.failNext({}, { kind: 'nonsense', acts: true });
  const answer = await create();
  expect(answer.status).toBe(200);
  expect(answer.body).not.toHaveProperty('attributes');
  expect(created()).toBe(true);
});

test.each(['never', 'before'] as const)('no answer comes, and the panel acts: %s', async (acts) => {
  panel.failNext({}, { kind: 'timeout', acts });
  const hangUp = new AbortController();
  const answer = create(hangUp.signal);
  await expect.poll(() => panel.requests.length).toBe(1);
  await expect.poll(created).toBe(acts === 'before');
  hangUp.abort();
  await expect(answer).rejects.toThrow();
  expect((await ask(panel, 'GET', USERS)).status).toBe(200);
  expect(created()).toBe(acts === 'before');
});

test('the panel acts late: when it is told to, though nobody waits any more', async () => {
  const { promise: until, resolve: now } = Promise.withResolvers<void>();
  panel.failNext({}, { kind: 'timeout', acts: 'late', until });
  const hangUp = new AbortController();
  const answer = create(hangUp.signal);
  await expect.poll(() => panel.requests.length).toBe(1);
  hangUp.abort();
  await expect(answer).rejects.toThrow();
  expect(created()).toBe(false);
  now();
  await expect.poll(created).toBe(true);
});

test('without being told to, the panel acts late when whoever asked has hung up', async () => {
  panel.failNext({}, { kind: 'timeout', acts: 'late' });
  const hangUp = new AbortController();
  const answer = create(hangUp.signal);
  await expect.poll(() => panel.requests.length).toBe(1);
  expect(created()).toBe(false);
  hangUp.abort();
  await expect(answer).rejects.toThrow();
  await expect.poll(created).toBe(true);
});

test('it begins late, and then does what it always does', async () => {
  panel.failNext({}, { kind: 'slow', ms: 1 });
  expect((await create()).status).toBe(201);
});

test('a double that is down refuses connections, and comes back with what it had', async () => {
  await create();
  await panel.goDown();
  await expect(create()).rejects.toThrow();
  await panel.comeBack();
  expect(created()).toBe(true);
  expect((await create()).status).toBe(422);
});

test('another double goes on from what one has saved', async () => {
  await create();
  const other = await startPterodactyl({ saved: panel.save() });
  expect(other.users()).toEqual(panel.users());
  expect((await ask(other, 'GET', USERS, undefined, { token: panel.token })).status).toBe(200);
  await other.stop();
  const front = await startCtrlPanel({ pterodactyl: panel });
  front.addUser({ name: 'bobby', creditsMilli: 7_001n });
  const again = await startCtrlPanel({ pterodactyl: panel, saved: front.save() });
  expect(again.users()).toEqual(front.users());
  expect(again.token).toBe(front.token);
  await Promise.all([front.stop(), again.stop()]);
});

test('it is served under a path, and nowhere else', async () => {
  const below = await startPterodactyl({ basePath: '/panel' });
  expect(below.url).toMatch(/\/panel$/);
  expect((await ask(below, 'GET', USERS)).status).toBe(200);
  const root = { url: new URL(below.url).origin, token: below.token };
  expect((await ask(root, 'GET', USERS)).status).toBe(404);
  const page = await ask(below, 'GET', `${USERS}?per_page=1`);
  expect(page.body.meta.pagination.links).toEqual({});
  await below.stop();
});
