/** Answers that change while the work goes on: as often as Discord likes it, in the right place, and to a good end. */
import { MessageFlags } from 'discord-api-types/v10';
import { beforeEach, describe, expect, test } from 'vitest';
import { CHANNEL_IDS, USER_IDS } from '../../sandbox/world.ts';
import { command } from '../../src/discord/command.ts';
import type { ProgressTiming } from '../../src/discord/progress.ts';
import { refuse } from '../../src/domain/refusal.ts';
import { untrusted } from '../../src/locales/text.ts';
import { noticeView, paragraph } from '../../src/views/parts.ts';
import type { View } from '../../src/views/view.ts';
import { startBot } from '../harness/bot.ts';
import { textOf } from './fixtures/text.ts';

/** What the work does next, each when the test says so. */
interface Work {
  shows(what: string): void;
  ends(what: string): void;
  isRefused(): void;
  /** Whether the command has been left, or has ended. */
  readonly over: boolean;
  /** How many of its views were taken. */
  readonly taken: number;
}

function work(visibility: View['visibility']) {
  const orders: (() => View)[] = [];
  let wake = Promise.withResolvers<void>();
  const state = { over: false, taken: 0 };
  const view = (what: string): View =>
    visibility === 'private'
      ? noticeView('neutral', untrusted(what))
      : { visibility, tone: 'neutral', blocks: [paragraph(untrusted(what))] };
  const order = (next: () => View) => {
    orders.push(next);
    wake.resolve();
  };
  class End extends Error {
    readonly view: View;
    constructor(last: View) {
      super();
      this.view = last;
    }
  }
  const self: Work = {
    get over() {
      return state.over;
    },
    get taken() {
      return state.taken;
    },
    shows: (what) => order(() => view(what)),
    ends: (what) =>
      order(() => {
        throw new End(view(what));
      }),
    isRefused: () =>
      order(() => {
        throw refuse('target.missing', {});
      }),
  };
  async function* run(): AsyncGenerator<View, View, undefined> {
    try {
      for (;;) {
        while (orders.length === 0) await wake.promise;
        wake = Promise.withResolvers();
        for (const next of orders.splice(0)) {
          state.taken += 1;
          yield next();
        }
      }
    } catch (error) {
      if (error instanceof End) return error.view;
      throw error;
    } finally {
      state.over = true;
    }
  }
  return { work: self, run };
}

async function scene(progressTiming: ProgressTiming) {
  const inPrivate = work('private');
  const masked = work('masked');
  const declared = {
    scope: 'staff',
    ability: null,
    permission: 'accounts.view',
    options: {},
    answer: 'outcome',
  } as const;
  const commands = [
    command({ ...declared, name: 'work alone', description: 'Work for one reader', run: inPrivate.run }),
    command({ ...declared, name: 'work aloud', description: 'Work for everybody', run: masked.run }),
  ];
  const bot = await startBot({ catalogue: { commands, menus: [], groups: { work: 'Work' } }, progressTiming });
  await bot.give({ role: 'moderator', preset: 'moderator' });
  await bot.set('staffChannelIds', [CHANNEL_IDS.staff]);
  const mira = bot.discord.as(USER_IDS.mira);
  const ask = (name: string, channelId: string = CHANNEL_IDS.general) =>
    mira.command(name, {}, { channelId, until: 'acknowledged' });
  const edits = () => bot.discord.journal.filter(({ method }) => method === 'PATCH').length;
  beforeEach(() => bot.discord.clearJournal());
  return { ...bot, ask, edits, alone: inPrivate.work, aloud: masked.work };
}

const PATIENT = 60_000;
const LEFT = 'This message is not kept up to date any more; the work goes on.';

describe('work that takes long', async () => {
  const { ask, alone, aloud, edits, discord, observations } = await scene({ everyMs: 0, patienceMs: PATIENT });

  test('shows how far it has come, in one message, until it is done', async () => {
    const answer = await ask('work alone');
    for (const how of ['a third', 'two thirds']) {
      alone.shows(how);
      await expect.poll(() => textOf(answer.message)).toBe(how);
    }
    alone.ends('all of it');
    await expect.poll(() => textOf(answer.message)).toBe('all of it');
    expect(answer.messages).toHaveLength(1);
    expect(answer.ephemeral).toBe(true);
    await expect.poll(() => observations.at(-1)?.status).toBe('done');
  });

  test('shows nothing twice', async () => {
    const answer = await ask('work alone');
    const taken = alone.taken;
    for (let time = 0; time < 5; time++) alone.shows('the same');
    await expect.poll(() => alone.taken).toBe(taken + 5);
    alone.ends('done');
    await expect.poll(() => textOf(answer.message)).toBe('done');
    expect(edits()).toBe(2);
  });

  test('is seen by everybody where that was promised, and by its reader alone where it is theirs', async () => {
    const shared = await ask('work aloud', CHANNEL_IDS.staff);
    aloud.shows('half');
    await expect.poll(() => textOf(shared.message)).toBe('half');
    expect(shared.ephemeral).toBe(false);
    aloud.ends('whole');
    await expect.poll(() => textOf(shared.message)).toBe('whole');

    const own = await ask('work alone', CHANNEL_IDS.staff);
    alone.shows('half a secret');
    const message = await own.followUp(1);
    expect(textOf(message)).toBe(`half a secret\n-# ${LEFT}`);
    expect(message.flags).toBe(MessageFlags.Ephemeral | MessageFlags.IsComponentsV2);
    // Both of the other one.
    expect(edits()).toBe(2);
  });

  test('says in the same place why it went no further', async () => {
    const answer = await ask('work alone');
    alone.shows('half');
    await expect.poll(() => textOf(answer.message)).toBe('half');
    alone.isRefused();
    await expect.poll(() => textOf(answer.message)).not.toBe('half');
    await expect.poll(() => observations.at(-1)?.status).toBe('refused');
    expect(answer.messages).toHaveLength(1);
  });

  test('goes on where Discord fails to take what it shows', async () => {
    const answer = await ask('work alone');
    discord.faults.order('PATCH', '*', { kind: 'server-error', status: 500 }, { times: 4 });
    alone.shows('half');
    alone.ends('whole');
    await expect.poll(() => textOf(answer.message)).toBe('whole');
  });
});

test('a message is not changed more often than it may be, and ends with the last word', async () => {
  const { ask, alone, edits } = await scene({ everyMs: 60_000, patienceMs: PATIENT });
  const answer = await ask('work alone');
  alone.shows('one');
  await expect.poll(() => textOf(answer.message)).toBe('one');
  for (const how of ['two', 'three', 'four']) alone.shows(how);
  await expect.poll(() => alone.taken).toBe(4);
  expect(textOf(answer.message)).toBe('one');
  alone.ends('five');
  await expect.poll(() => textOf(answer.message)).toBe('five');
  expect(edits()).toBe(2);
});

test('before Discord takes no more changes, the message says that it is left as it is', async () => {
  const { ask, alone, observations } = await scene({ everyMs: 0, patienceMs: 1_000 });
  const answer = await ask('work alone');
  alone.shows('half');
  await expect.poll(() => textOf(answer.message)).toBe('half');
  await expect.poll(() => textOf(answer.message)).toContain(LEFT);
  expect(textOf(answer.message)).toContain('half');
  expect(observations.at(-1)?.status).toBe('done');
  alone.shows('more');
  await expect.poll(() => alone.over).toBe(true);
});

test('a stop waits for no work that goes on by itself', async () => {
  const { ask, alone, stop } = await scene({ everyMs: 0, patienceMs: PATIENT });
  const answer = await ask('work alone');
  alone.shows('half');
  await expect.poll(() => textOf(answer.message)).toBe('half');
  const beganAt = performance.now();
  await stop();
  expect(performance.now() - beganAt).toBeLessThan(4_000);
  expect(textOf(answer.message)).toContain(LEFT);
});
