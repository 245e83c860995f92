/** Two processes that are both given everything, while Discord has a bad day. */
import { expect, test, vi } from 'vitest';
import type { Fault } from '../../sandbox/discord/faults.ts';
import { CHANNEL_IDS } from '../../sandbox/world.ts';
import { textOf } from '../discord/fixtures/text.ts';
import { createBotFleet } from '../harness/bot-fleet.ts';
import { expectAccounted, expectAllAnswered, untilSettled } from './fixtures/accounted.ts';
import { beginAll, deedsIn } from './fixtures/begin.ts';
import { panelsOfEveryProof } from './fixtures/panels.ts';

// Processes that start and leases that end take their time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const { reference, house } = panelsOfEveryProof();
const panels = [reference, house];
const fleet = await createBotFleet({ panels });
const { discord, store } = fleet;
const prepare = deedsIn(discord);
await Promise.all([fleet.start(), fleet.start()]);

const CALLBACK = ['POST', '/interactions/:id/:token/callback'] as const;
const EDIT = ['PATCH', '/webhooks/:applicationId/:token/messages/:messageId'] as const;
const BUSY: Fault = { kind: 'rate-limit', retryAfterSeconds: 0.1 };
const ERROR: Fault = { kind: 'server-error', status: 502 };
const LOST: Fault = { kind: 'reset', afterActing: true };

test.each<[string, () => void]>([
  ['nothing at all goes wrong', () => undefined],
  ['acknowledgements fail', () => discord.faults.order(...CALLBACK, ERROR, { times: 4 })],
  ['answers of acknowledgements are lost', () => discord.faults.order(...CALLBACK, LOST, { times: 4 })],
  ['answers fail', () => discord.faults.order(...EDIT, ERROR, { times: 4 })],
  ['answers are asked to wait', () => discord.faults.order(...EDIT, BUSY, { times: 4 })],
  ['the connections break', () => discord.faults.dropSockets()],
  ['Discord asks to connect anew', () => discord.faults.askToReconnect()],
  ['answers’ own answers are lost', () => discord.faults.order(...EDIT, LOST, { times: 4 })],
])('though %s, all is done once, and told once', async (_what, goWrong) => {
  discord.deliverTo = 'one';
  const ready = await prepare(panels);
  discord.deliverTo = 'all';
  goWrong();
  const answers = await beginAll(ready);
  for (const { interactionId } of answers) discord.redeliver(interactionId);
  await Promise.all(answers.map(({ settled }) => settled));
  for (const { interactionId } of answers) discord.redeliver(interactionId);
  await untilSettled(store);
  await expectAccounted(store, panels);
  await expectAllAnswered(store, answers);
  const told = answers.map(({ messages }) => messages.map(textOf));
  expect(told.filter((texts) => texts.length !== 1 || !/#\d+/.test(texts.join()))).toEqual([]);
});

test('the audit channel has one line for each change', async () => {
  const owed = () => store.sql`select from notices where posted_at is null and abandoned is null`;
  await expect.poll(() => owed().then(({ length }) => length), { timeout: 15_000 }).toBe(0);
  const rows = await store.sql<{ number: bigint }[]>`select number from operations order by number`;
  const lines = discord.messagesIn(CHANNEL_IDS.staffAudit).map(({ message }) => textOf(message));
  const told = lines.flatMap((line) => line.match(/^#(\d+)/)?.[1] ?? []);
  expect(told.map(BigInt).toSorted()).toEqual(rows.map(({ number }) => number));
});
