/** The whole bot on a panel that suspends servers only, keeps no credits, and wants names: Pterodactyl, as its double. */
import { afterAll, describe, expect, test } from 'vitest';
import * as catalogue from '../../commands/index.ts';
import { startPterodactyl } from '../../sandbox/panels/pterodactyl/start.ts';
import { USER_IDS } from '../../sandbox/world.ts';
import { settleDue } from '../../src/services/operations/settle.ts';
import { startBot } from '../harness/bot.ts';
import { panelOn } from '../panels/pterodactyl/subject.ts';
import { someone } from './fixtures/people.ts';

const double = await startPterodactyl();
afterAll(() => double.stop());
const bot = await startBot({ catalogue, panels: [panelOn(double)] });
const [tomasz, jo] = ['tomasz', 'jo'].map((name) => someone(bot.discord, USER_IDS[name] ?? ''));
if (!tomasz || !jo) throw new Error('they are of the world');
await bot.give({ user: tomasz.id, preset: 'administrator' });

/** As if the time had passed after which the panel cannot act late any more. */
async function settle(): Promise<void> {
  await bot.store.sql`update operations set settle_at = now() - interval '1 second' where state = 'unknown'`;
  while ((await settleDue(bot.services)) > 0);
}

describe('on Pterodactyl', () => {
  test('an account is made with the names that it wants, in the lower case that it keeps', async () => {
    const made = await tomasz.types('user create', {
      email: 'Marla@Example.com',
      username: 'Marla',
      first_name: 'Marla',
      last_name: 'Singer',
    });
    expect(made.text).toMatch(/^Created · #\d+\nmarla/);
    expect(double.users().at(-1)).toMatchObject({ username: 'marla', email: 'marla@example.com', lastName: 'Singer' });
    const taken = await tomasz.types('user create', {
      email: 'other@example.com',
      username: 'MARLA',
      first_name: 'Marla',
      last_name: 'Singer',
    });
    expect(taken.text).toMatch(/^Another account uses this username\./);
  });

  test('an account is suspended by its servers, and lifting brings back those that were taken', async () => {
    const user = double.addUser({ username: 'tyler' });
    const unpaid = double.addServer({ userId: user.id, status: 'suspended' });
    const [smp, lobby] = [double.addServer({ userId: user.id }), double.addServer({ userId: user.id })];
    const states = () => [unpaid, smp, lobby].map(({ status }) => status);
    const done = await tomasz.types('user suspend', { account: 'tyler', reason: 'Spam' });
    expect(done.text).toMatch(/^Suspended/);
    expect(states()).toEqual(['suspended', 'suspended', 'suspended']);
    expect((await tomasz.types('user unsuspend', { account: 'tyler' })).text).toMatch(/lifted/i);
    expect(states()).toEqual(['suspended', null, null]);
  });

  test('a node that is down leaves an account suspended by halves; that is settled when the node is back', async () => {
    const user = double.addUser({ username: 'robert' });
    const [smp, lobby] = [double.addServer({ userId: user.id }), double.addServer({ userId: user.id })];
    double.wingsDown(lobby.id, 504);
    const asked = await tomasz.types('user suspend', { account: 'robert', reason: 'Spam' });
    expect(asked.text).toMatch(/^It is not known whether this happened: to suspend the account/);
    const states = () => [smp, lobby].map(({ status }) => status);
    expect(states()).toEqual(['suspended', null]);

    double.wingsDown(lobby.id, null);
    await settle();
    expect(states()).toEqual(['suspended', 'suspended']);
    expect((await tomasz.types('user view', { account: 'robert' })).text).toMatch(/^Suspended/);
  });

  test('an account whose making was not answered is recognised, though it was typed in capitals', async () => {
    double.failNext({ method: 'POST' }, { kind: 'status', status: 502, html: true, acts: true });
    const names = { first_name: 'Lou', last_name: 'Ash' };
    const asked = await tomasz.types('user create', { email: 'Lou@Example.com', username: 'Lou.Ash', ...names });
    expect(asked.text).toMatch(/^It is not known whether this happened/);
    await settle();
    expect(await bot.store.sql`select account_id, state from operations order by number desc limit 1`).toEqual([
      { account_id: String(double.users().at(-1)?.id), state: 'succeeded' },
    ]);
    expect(double.users().filter(({ username }) => username === 'lou.ash')).toHaveLength(1);
  });

  test('credits are Steward’s own', async () => {
    double.addUser({ username: 'angel' });
    const given = await tomasz.types('credits add', { account: 'angel', amount: '5', reason: 'Power cut' });
    expect(given.text).toMatch(/^\+5 · 0 → 5/);
  });

  test('a link is written down as the account’s external id', async () => {
    const user = double.addUser({ username: 'chloe' });
    await tomasz.types('link set', { member: jo.id, account: 'chloe' });
    await expect.poll(() => double.user(user.id)?.externalId).toBe(jo.id);
  });
});
