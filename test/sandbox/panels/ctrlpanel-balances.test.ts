import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CtrlPanelDouble, startCtrlPanel } from '../../../sandbox/panels/ctrlpanel/start.ts';
import { type Asking, ask } from './ask.ts';

let panel: CtrlPanelDouble;

beforeEach(async () => {
  panel = await startCtrlPanel();
});
afterEach(() => panel.stop());

const get = (path: string, asking?: Asking) => ask(panel, 'GET', `/api/${path}`, undefined, asking);
const patch = (path: string, body?: unknown, asking?: Asking) => ask(panel, 'PATCH', `/api/${path}`, body, asking);

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
