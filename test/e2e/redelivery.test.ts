/**
 * Discord may deliver an interaction again, and a second process of the bot gets each one as well. Every change is made once in calm, by one
 * process, and then once more on another account with each interaction delivered again at once to two processes: what becomes of
 * the world, and what the person reads, must be the same.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as catalogue from '../../commands/index.ts';
import type { Answer } from '../../sandbox/discord/person/answer.ts';
import { USER_IDS } from '../../sandbox/world.ts';
import type { Account } from '../../src/domain/account.ts';
import { textOf } from '../discord/fixtures/text.ts';
import { startBot } from '../harness/bot.ts';
import { fingerprint, grown } from '../harness/records.ts';
import type { RunBotOptions, RunningBot } from '../harness/run-bot.ts';
import { CHANGES, type Change, type Deed } from './fixtures/changes.ts';

const bot = await startBot({ catalogue });
const { discord, store, panel } = bot;
await bot.give({ role: 'helper', preset: 'helper' });
await bot.set('reasons', ['Power cut', 'Chargeback']);
const processes: RunningBot[] = [bot];

const ada = discord.as(USER_IDS.ada);

/** Who is linked to nothing yet. */
const members = Object.values(USER_IDS).filter((id) => id !== USER_IDS.ada);

interface Done {
  readonly grown: Readonly<Record<string, number>>;
  readonly effects: readonly string[];
  readonly says: string;
}

/** Every interaction there was, and what was read in answer to those that changed something. */
const delivered: string[] = [];
const answered: { readonly name: string; readonly answer: Answer; readonly says: string }[] = [];
let deeds = 0;

const withoutMoments = (said: string) => said.replace(/<t:[^>]+>/g, '·');
/** What an answer says first: below it may stand how things are by now. */
const opening = (said: string) => said.split('\n').slice(0, 2);
const read = ({ messages }: Answer) => withoutMoments(messages.map(textOf).join('\n---\n'));

/** What is stored, apart from what was merely seen. */
async function records() {
  const { directory: _, ...kept } = await fingerprint(store);
  return kept;
}

function deedOn(account: Account, by: Deed['by']): Deed {
  let member: string | undefined;
  return {
    account,
    by,
    person: ada,
    get member() {
      member ??= members.pop();
      if (!member) throw new Error('everybody is linked already');
      return member;
    },
    async link() {
      await store.sql`
        insert into links (panel, account_id, user_id, proof, created_by)
        values ('test', ${account.id}, ${this.member}, 'code', 'test')`;
    },
  };
}

/** Waits until every process has taken so many interactions more. */
async function taken(more: number, before: readonly number[]): Promise<void> {
  const counts = () => processes.map(({ observations }) => observations.length);
  const expected = before.map((count) => count + more);
  await vi.waitFor(() => expect(counts()).toEqual(expected), { interval: 2, timeout: 10_000 });
}

/** Makes a change; `again`: each interaction is delivered once more before it is answered, and once after. */
async function run({ name, before, make }: Change, { again }: { again: boolean }): Promise<Done> {
  deeds += 1;
  const username = `customer-${deeds}`;
  const account = panel.add({ email: `${username}@example.com`, username, balanceMinor: 120_000n });
  const by = async (start: Promise<Answer>) => {
    const counts = processes.map(({ observations }) => observations.length);
    const answer = await start;
    if (again) discord.redeliver(answer.interactionId);
    await answer.settled;
    await taken(1, counts);
    if (again) discord.redeliver(answer.interactionId);
    delivered.push(answer.interactionId);
    return answer;
  };
  const deed = deedOn(account, by);
  await before?.(deed);
  const world = await records();
  const effects = panel.journal.length;
  const answer = await make(deed);
  const says = read(answer);
  const changed = grown(world, await records());
  if ('audit' in changed) answered.push({ name, answer, says });
  return {
    grown: changed,
    effects: panel.journal.slice(effects).map(({ action, step, deltaMinor }) => `${action} ${step} ${deltaMinor}`),
    says: says
      .replaceAll(username, 'NAME')
      .replaceAll(/<@\d+>/g, '@')
      .replace(/#\d+/g, '#'),
  };
}

async function startAnother(options: Partial<RunBotOptions> = {}): Promise<void> {
  processes.push(await bot.another(options));
}

async function stopLast(): Promise<void> {
  await processes.pop()?.stop();
}

const calm = new Map<string, Done>();

describe('in calm', () => {
  test.each(CHANGES)('$name is done and recorded', async (change) => {
    const done = await run(change, { again: false });
    expect(done.grown).not.toEqual({});
    calm.set(change.name, done);
  });
});

describe('delivered again, to two processes', () => {
  beforeAll(() => startAnother());
  afterAll(stopLast);

  test.each(CHANGES)('$name acts once', async (change) => {
    expect(await run(change, { again: true })).toEqual(calm.get(change.name));
  });
});

describe('delivered again, to a second process that is behind', () => {
  beforeAll(() => startAnother({ at: async (point) => void (point === 'intent:before' && (await delay(25))) }));
  afterAll(stopLast);

  test.each(CHANGES)('$name acts once', async (change) => {
    expect(await run(change, { again: true })).toEqual(calm.get(change.name));
  });
});

test('all of it, delivered again after a restart, changes nothing and reads as it did', async () => {
  await bot.stop();
  processes.length = 0;
  await startAnother();
  const before = await records();
  const effects = panel.journal.length;
  // A few at a time: how much a machine can take at once is not what is proven here.
  for (const [index, id] of delivered.entries()) {
    discord.redeliver(id);
    if (index % 8 === 7) await taken(index + 1, [0]);
  }
  await taken(delivered.length, [0]);
  expect(await records()).toEqual(before);
  expect(panel.journal).toHaveLength(effects);
  const nowSaid = answered.map(({ name, answer }) => [name, opening(read(answer))]);
  expect(nowSaid).toEqual(answered.map(({ name, says }) => [name, opening(says)]));
  expect(discord.violations).toEqual([]);
});
