import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CtrlPanelDouble, startCtrlPanel } from '../../../sandbox/panels/ctrlpanel/start.ts';
import { ask } from './ask.ts';

let panel: CtrlPanelDouble;

beforeEach(async () => {
  panel = await startCtrlPanel({ now: () => new Date('2026-05-03T07:15:00Z') });
});
afterEach(() => panel.stop());

const get = (path: string) => ask(panel, 'GET', `/api/${path}`);
const post = (path: string, body?: unknown) => ask(panel, 'POST', `/api/${path}`, body);
const patch = (path: string, body?: unknown) => ask(panel, 'PATCH', `/api/${path}`, body);
const remove = (path: string) => ask(panel, 'DELETE', `/api/${path}`);

describe('vouchers', () => {
  const GIFT = { code: 'GIFT-2026', uses: 1, credits: 8.03 };

  test('a voucher is made, redeemed once by each, and used up', async () => {
    const made = await post('vouchers', { ...GIFT, memo: 'for Marla', expires_at: '04-05-2026' });
    expect(made.status).toBe(201);
    expect(made.body.data).toEqual({
      id: 1,
      code: 'GIFT-2026',
      memo: 'for Marla',
      credits: 8.029,
      uses: 1,
      expires_at: '2026-05-04 00:00:00',
      created_at: '2026-05-03 07:15:00',
      updated_at: '2026-05-03 07:15:00',
    });
    const { id } = panel.addUser({ creditsMilli: 0n });
    panel.redeem('gift-2026', id);
    expect(() => panel.redeem('GIFT-2026', panel.addUser().id)).toThrow('used up');
    expect((await get('vouchers/1?include=users,usersCount')).body.data).toMatchObject({
      users_count: 1,
      users: [{ id, credits: 8.029 }],
    });
  });

  test('a code is taken only once, in any letter case', async () => {
    await post('vouchers', GIFT);
    const again = await post('vouchers', { ...GIFT, code: 'gift-2026' });
    expect(again).toMatchObject({ status: 422, body: { errors: { code: ['The code has already been taken.'] } } });
  });

  test.each([
    [{ code: 'abc' }, 'code'],
    [{ code: 'no spaces' }, 'code'],
    [{ uses: 0 }, 'uses'],
    [{ credits: -1 }, 'credits'],
    [{ expires_at: '2026-12-24' }, 'expires_at'],
    [{ expires_at: '03-05-2026 07:15:00' }, 'expires_at'],
    [{ expires_at: '03-05-2046' }, 'expires_at'],
  ])('%o is refused', async (wrong, field) => {
    expect(Object.keys((await post('vouchers', { ...GIFT, ...wrong })).body.errors)).toEqual([field]);
  });

  test('it is found by a part of its code, and deleted', async () => {
    await post('vouchers', GIFT);
    expect((await get('vouchers?filter[code]=gift')).body.meta.total).toBe(1);
    expect((await remove('vouchers/1')).status).toBe(204);
    expect((await remove('vouchers/1')).status).toBe(404);
  });
});

describe('notifications', () => {
  test('they reach who is named, by mail, in the panel, or both', async () => {
    const [marla, bob] = [panel.addUser(), panel.addUser()];
    const sent = await post('notifications/send-to-users', {
      via: 'both',
      users: [marla.id],
      title: 'Move',
      content: '<p>Tonight</p>',
    });
    expect(sent).toMatchObject({
      status: 200,
      body: { message: 'Notification sent successfully.', meta: { user_count: 1, channels: ['mail', 'database'] } },
    });
    expect(panel.mails).toEqual([{ to: marla.email, about: 'Move' }]);
    const [notification] = (await get(`notifications/${marla.id}`)).body.data;
    expect(notification).toMatchObject({ details: { title: 'Move', content: '<p>Tonight</p>' }, read_at: null });
    expect((await get(`notifications/${bob.id}/${notification.id}`)).status).toBe(404);
    expect((await remove(`notifications/${marla.id}/${notification.id}`)).status).toBe(204);
    expect((await remove(`notifications/${marla.id}`)).body.meta.deleted_count).toBe(0);
  });

  test('whoever is not there is refused, and everybody can be told', async () => {
    panel.addUser();
    const words = { title: 'Move', content: 'Tonight' };
    const nobody = await post('notifications/send-to-users', { ...words, via: 'mail', users: [99] });
    expect(nobody.status).toBe(422);
    expect((await post('notifications/send-to-all', { ...words, via: 'pigeon' })).status).toBe(422);
    expect((await post('notifications/send-to-all', { ...words, via: 'mail' })).body.meta.user_count).toBe(1);
  });
});

describe('servers', () => {
  test('an owner is a substring to the filter too, and an empty one of suspended means: running', async () => {
    for (let count = 0; count < 10; count += 1) panel.addServer({ userId: panel.addUser().id });
    panel.addServer({ userId: 1, isSuspended: true });
    const owners = (await get('servers?filter[user_id]=1')).body.data.map((one: { user_id: number }) => one.user_id);
    expect(owners).toEqual([1, 10, 1]);
    expect((await get('servers?filter[suspended]=')).body.meta.total).toBe(10);
    expect((await get('servers?include=user,product&per_page=1')).body.data[0]).toMatchObject({
      user: { id: 1 },
      product: { price: 10 },
    });
  });

  test('one is suspended again and again without an error, and what Pterodactyl refuses is 500 in JSON', async () => {
    const { id, pterodactylId } = panel.addServer({ userId: panel.addUser().id });
    for (const _ of [1, 2]) expect((await patch(`servers/${id}/suspend`)).body.data.id).toBe(id);
    panel.pterodactyl.wingsDown(Number(pterodactylId), 404);
    const failed = await patch(`servers/${id}/unsuspend`);
    expect(failed.status).toBe(500);
    expect(failed.body.message).toMatch(/^Resource does not exist on pterodactyl/);
    expect((await remove(`servers/${id}`)).status).toBe(204);
  });
});

describe('roles and products', () => {
  test('the stock roles are listed, with how many have them', async () => {
    panel.addUser();
    const { data } = (await get('roles?include=usersCount')).body;
    expect(data.map((role: { name: string }) => role.name)).toEqual(['Admin', 'Support-Team', 'Client', 'User']);
    expect(data[3]).toMatchObject({ id: 4, power: 10, users_count: 1 });
  });

  test('the first three roles are kept; the fourth is not, and its users have none', async () => {
    const { id } = panel.addUser();
    expect(await remove('roles/3')).toMatchObject({ status: 403, body: { error: 'This role cannot be deleted.' } });
    expect((await remove('roles/4')).status).toBe(204);
    expect((await get(`users/${id}?include=roles`)).body.data.roles).toEqual([]);
  });

  test('products have a price in credits', async () => {
    const { id } = panel.addProduct('Harbour 2', 4_500n);
    expect((await get(`products/${id}`)).body.data).toMatchObject({ name: 'Harbour 2', price: 4.5 });
  });
});
