/** Two processes of the bot on one Discord and one store, and one intent that reaches both. */
import { expect, test, vi } from 'vitest';
import { commands, groups, menus } from '../../commands/index.ts';
import { CHANNEL_IDS, USER_IDS } from '../../sandbox/world.ts';
import { startBot } from '../harness/bot.ts';
import { textOf } from './fixtures/text.ts';

const catalogue = { commands, groups, menus };
const owedTiming = { keepAfterMs: 100, lookMs: 100, abandonedAfterMs: 60_000 };
let gate = Promise.withResolvers<void>();
const reached: string[] = [];

const first = await startBot({
  catalogue,
  owedTiming,
  at(point) {
    reached.push(point);
    return point === 'effect:after' ? gate.promise : undefined;
  },
});
await first.give({ role: 'moderator', preset: 'moderator' });
const second = await first.another({ at: () => undefined });
const { discord, panel, store } = first;
const account = panel.add({ email: 'alex@example.com', username: 'alex', balanceMinor: 0n });
const mira = discord.as(USER_IDS.mira);
const inStaff = { channelId: CHANNEL_IDS.staff };
const given = { account: `test/${account.id}`, amount: '5', reason: 'Event prize' };

test('an interaction that both are given is done once, and answered', async () => {
  gate.resolve();
  const answer = await mira.command('credits add', given, inStaff);
  await vi.waitFor(() => expect(textOf(answer.message)).toContain('+5'));
  expect(panel.read(account.id).balance?.minor).toBe(5_000n);
  expect(await store.sql`select from operations`).toHaveLength(1);
});

test('a form that is sent twice, once to each, is done once, and both are answered', async () => {
  gate = Promise.withResolvers();
  reached.length = 0;
  const { form } = await mira.command('credits add', { account: given.account }, inStaff);
  discord.deliverTo = 'one';
  const one = await mira.submit(form, { amount: '7', reason: 'Once' }, { until: 'acknowledged' });
  await vi.waitFor(() => expect(reached).toContain('effect:after'));
  discord.deliverTo = 'all';
  const other = await mira.submit(form, { amount: '7', reason: 'Once' }, { until: 'acknowledged' });
  await vi.waitFor(() => expect(second.observations.at(-1)).toMatchObject({ status: 'waiting' }));
  gate.resolve();
  for (const answer of [one, other]) await vi.waitFor(() => expect(textOf(answer.message)).toContain('+7'));
  expect(panel.read(account.id).balance?.minor).toBe(12_000n);
  expect(await store.sql`select from operations`).toHaveLength(2);
  await expect.poll(() => store.sql`select from owed_answers`.then(({ length }) => length)).toBe(0);
});
