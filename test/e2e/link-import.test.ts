/** Links that a panel holds are taken over; links that staff set are written down where the panel takes them. */
import { beforeAll, describe, expect, test } from 'vitest';
import { recordAccounts } from '../../src/services/directory/record.ts';
import { createTestPanel } from '../harness/test-panel.ts';
import { startHouse } from './fixtures/house.ts';
import { IN_STAFF } from './fixtures/people.ts';

const panel = createTestPanel({ id: 'test', keepsDiscordIds: true });
const house = await startHouse({ beside: panel });
const { store, services, mira, sam, alex, jo, robin } = house;

const STRANGER = '700000000000000001';
const held = async (username: string, discordId: string | null) => {
  const account = panel.add({ email: `${username}@example.com`, username, discordId });
  await recordAccounts(services, [account]);
  return account;
};
const links = () =>
  store.sql`select account_id, user_id from links where panel = 'test' and removed_at is null order by id`;

beforeAll(async () => {
  await held('alexpanel', alex.id);
  await held('strangerpanel', STRANGER);
  await held('mirapanel', mira.id);
  await held('twin-a', robin.id);
  await held('twin-b', robin.id);
});

describe('an import of links', () => {
  test('is shown first, and changes nothing until it is confirmed', async () => {
    const changed = await house.changedBy(async () => {
      const preview = await mira.types('link import');
      expect(preview.isPrivate).toBe(true);
      expect(preview.text).toBe(
        [
          'Links that Test panel holds',
          '2 accounts would be linked',
          '1 account left out: your own, which somebody else has to link',
          '2 accounts left out: the panel holds the same member for several',
          'such as twin-a (@robin), twin-b (@robin)',
          'Somebody has written them down at the panel: the links count as set by staff, unproven.',
          'Whoever is not in this server is left out.',
          'The panel was not read through yet, so there may be more.',
        ].join('\n'),
      );
    });
    expect(changed).toEqual({});
  });

  test('links who is in the server, once, and says who is not', async () => {
    const preview = await mira.types('link import');
    const done = await mira.presses(preview, 'Import');
    expect(done.text).toContain('1 account linked');
    expect(done.text).toContain('1 account left out: their member is not in this server\nsuch as strangerpanel');
    expect(await links()).toEqual([{ account_id: 'u-1', user_id: alex.id }]);
    const card = await mira.types('user view', { member: alex.id });
    expect(card.text).toContain('linked by staff, unproven');
    expect((await mira.types('link import')).text).toContain('1 account linked already');
  });

  test('is for who manages links', async () => {
    expect((await sam.types('link import', {}, { ...IN_STAFF, evenIfHidden: true })).text).toMatch(/^You may not/);
  });
});

describe('a link set by staff', () => {
  test('is written down at the panel, and cleared there when it is removed', async () => {
    const account = await held('jopanel', null);
    const options = { account: `test/${account.id}` };
    const set = await mira.types('link set', { ...options, member: jo.id });
    expect(set.text).toMatch(
      /^@jo is now linked to jopanel in Test panel\..*\nThe panel has it written down, too \(#\d+\)\.$/s,
    );
    expect(panel.read(account.id).discordId).toBe(jo.id);
    const removed = await mira.types('link remove', options);
    expect(removed.text).toMatch(
      /^The link of jopanel in Test panel is removed\.\nThe panel has it written down no more \(#\d+\)\.$/,
    );
    expect(panel.read(account.id).discordId).toBeNull();
  });

  test('stands, though the panel refuses to write it down; the answer says so', async () => {
    const account = await held('refusedpanel', null);
    panel.failNext('discord.keep', { kind: 'refuse', failure: 'forbidden' });
    const set = await mira.types('link set', { account: `test/${account.id}`, member: jo.id });
    expect(set.text).toContain(
      'It could not be written down in the panel, and holds all the same. Test panel does not let Steward do this.',
    );
    expect((await links()).map(({ user_id: userId }) => userId)).toContain(jo.id);
  });
});
