/** A right that was taken is gone, whatever was shown, opened or begun while it was there; and rights that cannot be checked are none. */
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as catalogue from '../../commands/index.ts';
import { componentsOf, eachComponent } from '../../sandbox/discord/components.ts';
import { CHANNEL_IDS, USER_IDS } from '../../sandbox/world.ts';
import { open } from '../../src/store/connect.ts';
import { startBot } from '../harness/bot.ts';
import { testDatabase } from '../harness/database.ts';
import { fingerprint, grown } from '../harness/records.ts';
import { createTestPanel } from '../harness/test-panel.ts';
import { sentence, words } from '../harness/words.ts';

const database = await testDatabase();
const log = pino({ level: 'fatal' });
const store = open(database.url, log);
afterAll(async () => {
  await store.close();
  await database.drop();
});

/** Called at every step of an operation. */
let atStep: (point: string) => void | Promise<void> = () => undefined;
const panel = createTestPanel();
const other = createTestPanel({ id: 'other' });
const bot = await startBot({ catalogue, store, panels: [panel.panel, other.panel], at: (point) => atStep(point) });
const { discord } = bot;

const mira = discord.as(USER_IDS.mira);
const sam = discord.as(USER_IDS.sam);
const here = { channelId: CHANNEL_IDS.staff };
const account = panel.add({ username: 'harbour-jo', email: 'jo@example.com', balanceMinor: 120_000n });
const about = { account: `test/${account.id}` };
const credits = { amount: '10', reason: 'Event prize' };

/** In one statement, as another process would: this one hears of it when the database tells. */
const revokeAll = () => store.sql`update grants set revoked_at = now(), revoked_by = 'test' where revoked_at is null`;

async function done(before: { records: Awaited<ReturnType<typeof fingerprint>>; effects: number }) {
  const { directory: _, ...changed } = grown(before.records, await fingerprint(store));
  return { changed, effects: panel.journal.length - before.effects };
}

const now = async () => ({ records: await fingerprint(store), effects: panel.journal.length });
const NOTHING = { changed: {}, effects: 0 };

beforeEach(async () => {
  atStep = () => undefined;
  await revokeAll();
  await bot.give({ role: 'moderator', preset: 'administrator' });
});

describe('a right that was taken', () => {
  test('is gone from every button and entry of a card that is still there', async () => {
    const { message } = await mira.command('user view', about, here);
    if (!message) throw new Error('there is no card');
    await revokeAll();
    await bot.services.policy.refresh();
    const before = await now();
    const labels: string[] = [];
    const entries: { readonly select: string; readonly value: string }[] = [];
    eachComponent(componentsOf(message), (component) => {
      const {
        label,
        custom_id: id,
        options,
      } = component as { label?: string; custom_id?: string; options?: { value: string }[] };
      if (label && id) labels.push(label);
      for (const { value } of options ?? []) entries.push({ select: id ?? '', value });
    });
    expect(labels).toContain('Give credits');
    expect(entries.length).toBeGreaterThan(3);
    for (const label of labels) expect(await words(await mira.press(message, label))).toMatch(/^You may not/);
    for (const { select, value } of entries) {
      expect(await words(await mira.select(message, select, [value]))).toMatch(/^You may not/);
    }
    expect(await done(before)).toEqual(NOTHING);
  });

  test('is gone from a form that is still open', async () => {
    const { form } = await mira.command('credits add', about, here);
    await revokeAll();
    await bot.services.policy.refresh();
    const before = await now();
    expect(await words(await mira.submit(form, { amount: '10', reason: 'Event prize' }))).toMatch(/^You may not/);
    expect(await done(before)).toEqual(NOTHING);
  });

  test('is gone from a question that was not answered yet', async () => {
    await words(await mira.command('credits add', { ...about, ...credits }, here));
    const { message } = await mira.command('credits add', { ...about, ...credits }, here);
    if (!message) throw new Error('nothing was asked');
    await revokeAll();
    await bot.services.policy.refresh();
    const before = await now();
    expect(await words(await mira.press(message, 'Do it anyway'))).toMatch(/^You may not/);
    expect(await done(before)).toEqual(NOTHING);
  });

  test('is gone at the last moment before the panel is asked', async () => {
    const before = await now();
    atStep = async (point) => {
      if (point === 'intent:before') await revokeAll();
    };
    expect(await words(await mira.command('credits add', { ...about, amount: '11', reason: 'In time' }, here))).toMatch(
      /^You may not/,
    );
    const { changed, effects } = await done(before);
    expect(Object.keys(changed)).toEqual(['grants']);
    expect(effects).toBe(0);
  });
});

describe('a right on one panel', () => {
  beforeAll(async () => {
    other.add({ username: 'over-there', email: 'over-there@example.com' });
  });

  test('says nothing of an account on another, and asks that panel nothing', async () => {
    await store.sql`
      insert into grants (subject_kind, subject_id, preset, panel, created_by, origin)
      values ('user', ${sam.id}, 'administrator', 'other', 'test', ${crypto.randomUUID()})`;
    await bot.services.policy.refresh();
    const before = await now();
    const calls = panel.calls.length;
    for (const command of ['user view', 'credits view', 'user suspend', 'credits add', 'user note', 'user history']) {
      const more = command === 'credits add' ? credits : command === 'user suspend' ? { reason: 'A quarrel' } : {};
      const known = await words(await sam.command(command, { account: 'harbour-jo', ...more }, here));
      const unknown = await words(await sam.command(command, { account: 'harbour-no', ...more }, here));
      expect(known.replace('harbour-jo', '')).toBe(unknown.replace('harbour-no', ''));
      const reference = await words(await sam.command(command, { ...about, ...more }, here));
      const nowhere = await words(await sam.command(command, { account: 'test/u-404', ...more }, here));
      expect(reference.replace(account.id, '')).toBe(nowhere.replace('u-404', ''));
    }
    expect(await sam.autocomplete('user view', { account: 'harbour' }, 'account', here)).toEqual([]);
    expect(panel.calls).toHaveLength(calls);
    expect(await done(before)).toEqual(NOTHING);
  });
});

test('rights that the database has not confirmed for two seconds are none, not even an owner’s', async () => {
  await bot.stop();
  const own = open(database.url, log);
  const alone = await bot.another({ store: own });
  const ada = discord.as(USER_IDS.ada);
  await own.close();
  await vi.waitFor(() => expect(() => alone.services.policy.current()).toThrow(), { timeout: 5_000 });
  const before = await now();
  const calls = panel.calls.length;
  for (const person of [mira, ada]) {
    for (const options of [about, { ...about, ...credits }]) {
      expect(await words(await person.command('credits add', options, here))).toBe(sentence('policy.stale', {}));
    }
    expect(await person.autocomplete('credits add', { account: 'har' }, 'account', here)).toEqual([]);
  }
  expect(panel.calls).toHaveLength(calls);
  expect(await done(before)).toEqual(NOTHING);
});
