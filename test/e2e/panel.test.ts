/** How the panels are, and reading their accounts now: for whoever looks after them, in words, and while it goes on. */
import { beforeAll, expect, test, vi } from 'vitest';
import * as catalogue from '../../commands/index.ts';
import { USER_IDS } from '../../sandbox/world.ts';
import { type Panel, PanelError } from '../../src/panels/panel.ts';
import { startBot } from '../harness/bot.ts';
import { createOffsetPanel } from '../services/directory/fixtures/offset-panel.ts';
import { IN_STAFF, someone } from './fixtures/people.ts';
import type { Screen } from './fixtures/screen.ts';

const harbour = createOffsetPanel('main', 250);
const island = createOffsetPanel('eu', 3);
island.setAbility('verification', false);

/** Whether the second panel answers at all. */
let answers = true;
const ifItAnswers = <Result>(answer: Result): Result => {
  if (answers) return answer;
  throw new PanelError('unreachable', 'none', 'no connection');
};
/** What it answers a probe with, where that is an error. */
let objection: PanelError | null = null;
const main: Panel = {
  ...harbour.panel,
  label: 'Harbour Panel',
  rate: { perMinute: 240, left: () => 212 },
  probe: async () => ({ product: 'Pelican', version: '1.0.0', warnings: ['The key may not read roles.'] }),
};
const { verification: _, serverLimit: __, ...withoutSome } = island.panel;
const eu: Panel = {
  ...withoutSome,
  label: 'Island',
  missing: { serverLimit: 'It sells no servers.' },
  probe: async () => {
    if (objection) throw objection;
    return ifItAnswers({ product: 'Test', version: '1.0.0', warnings: [] });
  },
  list: async (page, call) => ifItAnswers(await island.panel.list(page, call)),
};

const progressTiming = { everyMs: 100, patienceMs: 60_000 };
const bot = await startBot({ catalogue, panels: [main, eu], jobs: true, progressTiming });
const { discord, store } = bot;
const ada = someone(discord, USER_IDS.ada);
const tomasz = someone(discord, USER_IDS.tomasz ?? '');

const finished = async () => (await store.sql`select from crawls where finished_at is not null`).length;
beforeAll(() => vi.waitFor(async () => expect(await finished()).toBe(2), { timeout: 15_000 }));

const reads = (screen: Screen) => expect.poll(() => screen.text);

test('a panel’s card says how it is, what is known of its accounts, and what it can and cannot', async () => {
  const card = await ada.types('panel status', { panel: 'main' });
  expect(card.isPrivate).toBe(true);
  const [state, read, abilities] = [
    card.text.split('\nAccounts\n')[0],
    /`Last read` .*/.exec(card.text)?.[0],
    card.text,
  ];
  expect(state?.replaceAll('\u00a0', ' ')).toBe(
    [
      'Harbour Panel',
      '🟢 Answering since ‹when›',
      '⚠️ The key may not read roles.',
      '`Product ` Pelican 1.0.0',
      '`Asked   ` ‹when›',
      '`Requests` 212 of 240 left in this minute',
    ].join('\n'),
  );
  expect(read).toMatch(/^`Last read` ‹when› · 250 accounts · took \d+ seconds?$/);
  expect(abilities).toMatch(/\nCan create accounts, edit accounts, keep credits, /);
  const other = await ada.types('panel status', { panel: 'eu' });
  expect(other.text).toContain('\nCannot mark e-mail addresses as verified');
  expect(other.text).toContain('\nCannot limit how many servers an account may have: It sells no servers.');
});

test('of several panels each has its lines, with the way to its card and back', async () => {
  const all = await ada.types('panel status');
  expect(all.text).toMatch(/^Panels\nHarbour Panel\n🟢 Answering since ‹when›\nAccounts read ‹when› · 250 accounts/);
  expect(all.text).toMatch(/Island\n🟢 Answering since ‹when›\nAccounts read ‹when› · 3 accounts/);
  expect(all.actions).toEqual(['Details', 'Details']);
  const card = await ada.presses(all, 'Details');
  expect(card.text).toMatch(/^Harbour Panel/);
  expect(card.actions).toEqual(['Sync now', 'Look again', 'All panels']);
  expect((await ada.presses(card, 'All panels')).text).toMatch(/^Panels/);
});

test('reading the accounts shows how far it has come, and then what came of it', async () => {
  harbour.remove(harbour.read('u-250'));
  const gates = new Map(['100', '200'].map((after) => [after, Promise.withResolvers<void>()]));
  harbour.beforePage = (after) => gates.get(after ?? '')?.promise;
  const screen = await ada.presses(await ada.types('panel status', { panel: 'main' }), 'Sync now');
  await reads(screen).toBe(
    'Reading the accounts of Harbour Panel\n▰▰▰▰▰▰▱▱▱▱▱▱▱▱▱▱ 100 of 249\nIt goes on without this message: `/panel status` shows it, too.',
  );
  expect(screen.isPrivate).toBe(true);
  gates.get('100')?.resolve();
  await reads(screen).toContain('200 of 249');
  const card = await ada.types('panel status', { panel: 'main' });
  expect(card.text).toContain('▰▰▰▰▰▰▰▰▰▰▰▰▱▱▱▱ 200 of 249 · being read since ‹when›');
  gates.get('200')?.resolve();
  await reads(screen).toMatch(
    /^All accounts of Harbour Panel are read\n249 accounts, 1 gone since before · took \d+ seconds?$/,
  );
  expect((await ada.presses(screen, 'Show the panel')).text).toMatch(/^Harbour Panel/);
});

test('a panel that does not answer is said to be so, and read when it does again', async () => {
  answers = false;
  expect((await ada.types('panel status', { panel: 'eu' })).text).toMatch(
    /^Island\n🔴 Not answering since ‹when›\nIsland cannot be reached right now\./,
  );
  const screen = await ada.types('panel sync', { panel: 'eu' });
  await reads(screen).toContain('Island cannot be reached right now. That was ‹when›; it is tried again by itself.');
  answers = true;
  await store.sql`update crawls set lease_until = now() where panel = 'eu'`;
  await reads(screen).toMatch(/^All accounts of Island are read\n3 accounts/);
});

test('what a panel has against us is said as the panel’s adapter explains it', async () => {
  objection = new PanelError('unauthorized', 'none', 'no key', { detail: 'The key does not arrive.' });
  expect((await ada.types('panel status', { panel: 'eu' })).text).toMatch(
    /^Island\n🟡 Answering since ‹when›, but not as it should\nIsland does not accept Steward’s key\. It says: “The key does not arrive\.”/,
  );
  objection = null;
  expect((await ada.types('panel status', { panel: 'eu' })).text).toMatch(/^Island\n🟢 Answering since ‹when›\n/);
});

test('which panel is asked where it is not said; whoever looks after one sees that one alone', async () => {
  const asked = await ada.types('panel sync');
  expect(asked.text).toBe('In which panel?');
  await reads(await ada.presses(asked, 'Island')).toMatch(/^All accounts of Island are read/);

  await store.sql`
    insert into grants (subject_kind, subject_id, permission, panel, created_by, origin)
    values ('user', ${tomasz.id}, 'panels.manage', 'eu', 'test', 'test')`;
  await bot.services.policy.refresh();
  const where = { ...IN_STAFF, evenIfHidden: true };
  expect((await tomasz.types('panel status', {}, where)).text).toMatch(/^Island/);
  await reads(await tomasz.types('panel sync', {}, where)).toMatch(/^All accounts of Island are read/);
  for (const command of ['panel status', 'panel sync']) {
    expect((await tomasz.types(command, { panel: 'main' }, where)).text).toMatch(/^You may not/);
  }
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
