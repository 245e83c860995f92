/** A day's limit, tried by one person in all ways at once, while every process of the bot is given each of them. */
import { randomUUID } from 'node:crypto';
import type { APIMessage } from 'discord-api-types/v10';
import { expect, test, vi } from 'vitest';
import type { Answer } from '../../sandbox/discord/person/answer.ts';
import { CHANNEL_IDS, USER_IDS } from '../../sandbox/world.ts';
import type { Account } from '../../src/domain/account.ts';
import { createBotFleet } from '../harness/bot-fleet.ts';
import { oursInJournal } from '../harness/scene.ts';
import { createTestPanel } from '../harness/test-panel.ts';
import { expectAccounted, expectAllAnswered, untilSettled } from './fixtures/accounted.ts';

// Processes that start and leases that end take their time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const panel = createTestPanel();
const fleet = await createBotFleet({ panels: [panel], settings: { approvalVerbs: [] } });
const { discord, store } = fleet;
const { sam = '', priya_n: priya = '' } = USER_IDS;
await store.sql`
  insert into grants (subject_kind, subject_id, permission, preset, per_act, per_day, created_by, origin)
  values
    ('user', ${sam}, null, 'accountant', '100', '100', 'test', ${randomUUID()}),
    ('user', ${priya}, null, 'accountant', '10', '10', 'test', ${randomUUID()}),
    ('user', ${sam}, 'accounts.create', null, null, null, 'test', ${randomUUID()})`;
await Promise.all([fleet.start(), fleet.start()]);

const WHERE = { channelId: CHANNEL_IDS.staff, timeoutMs: 20_000 };
const person = discord.as(sam);
const on = ({ id }: Account) => `test/${id}`;

/** Ways to give somebody three credits. */
const WAYS: readonly ((account: Account) => Promise<Answer>)[] = [
  (account) => person.command('credits add', { account: on(account), amount: '3', reason: 'Event prize' }, WHERE),
  (account) => person.command('credits set', { account: on(account), amount: '3', reason: 'Event prize' }, WHERE),
  ({ username }) =>
    person.command(
      'user create',
      { username: `new.${username}`, email: `new.${username}@example.com`, credits: '3' },
      WHERE,
    ),
];

test('fifty at once, each given to both processes, never pass it by one unit: the others wait for an approval', async () => {
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => {
      const username = `customer${index}`;
      const account = panel.add({ email: `${username}@example.com`, username });
      const way = WAYS[index % WAYS.length];
      if (!way) throw new Error('there are ways');
      return way(account);
    }),
  );
  await expectAllAnswered(store, answers);
  await untilSettled(store);
  await expectAccounted(store, [panel]);
  expect(oursInJournal(panel)).toBe(99_000n);
  expect(await countWaiting()).toBe(17);
});

test('all of them approved at once, by somebody with a limit too, never pass that one either', async () => {
  const isCard = ({ message }: { message: APIMessage }) => JSON.stringify(message.components).includes('Approve');
  const cards = () => discord.messagesIn(CHANNEL_IDS.staff).filter(isCard);
  await expect.poll(() => cards().length, { timeout: 20_000 }).toBe(17);
  const presses = cards().map(({ message }) => discord.as(priya).press(message, 'Approve', WHERE));
  await expectAllAnswered(store, await Promise.all(presses));
  await untilSettled(store);
  await expectAccounted(store, [panel]);
  expect(oursInJournal(panel)).toBe(99_000n + 9_000n);
  expect(await countWaiting()).toBe(14);
});

function countWaiting(): Promise<number> {
  return store.sql`select from operations where state = 'awaiting_approval'`.then(({ length }) => length);
}
