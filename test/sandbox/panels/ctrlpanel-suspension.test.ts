import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CtrlPanelDouble, startCtrlPanel } from '../../../sandbox/panels/ctrlpanel/start.ts';
import { type Asking, ask } from './ask.ts';

let panel: CtrlPanelDouble;

beforeEach(async () => {
  panel = await startCtrlPanel();
});
afterEach(() => panel.stop());

const patch = (path: string, body?: unknown, asking?: Asking) => ask(panel, 'PATCH', `/api/${path}`, body, asking);

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
