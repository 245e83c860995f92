/** What people get who waited for an answer when the bot was killed. Real processes, killed for real. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { pino } from 'pino';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commands, groups, menus } from '../../commands/index.ts';
import { type LocalDiscord, startLocalDiscord } from '../../sandbox/discord/server.ts';
import { CHANNEL_IDS, harbourHosting, USER_IDS } from '../../sandbox/world.ts';
import { createBuiltinPanel } from '../../src/panels/builtin/panel.ts';
import { lapseLeases } from '../../src/services/operations/lapse.ts';
import { open, type Store } from '../../src/store/connect.ts';
import { testDatabase } from '../harness/database.ts';
import { type RunningBot, runBot } from '../harness/run-bot.ts';
import type { BotProcessOptions } from './fixtures/bot-process.ts';
import { probeCatalogue } from './fixtures/catalogue.ts';
import { textOf } from './fixtures/text.ts';

const QUICK = { keepAfterMs: 50, lookMs: 100, abandonedAfterMs: 300 };
const LEASE_MS = 1_000;

const database = await testDatabase();
const store: Store = open(database.url, pino({ level: 'fatal' }));
const builtin = createBuiltinPanel({ id: 'main', label: 'Main', sql: store.sql });
afterAll(async () => {
  await store.close();
  await database.drop();
});

let discord: LocalDiscord;
let account: string;
const ending: (() => unknown)[] = [];

beforeEach(async () => {
  discord = await startLocalDiscord({ world: harbourHosting({ withHistory: false }), limitRates: false });
  ending.push(() => discord.stop());
  const name = `user${Date.now()}`;
  const created = await builtin.create?.create(
    { email: `${name}@example.com`, username: name },
    { signal: AbortSignal.timeout(5_000), reference: name, step: (_, run) => run() },
  );
  account = `main/${created?.id}`;
});

afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

const shared = () => ({
  discord: { apiUrl: discord.apiUrl, token: discord.token },
  guildIds: [discord.guildId],
  ownerIds: [USER_IDS.ada],
});

/** Starts a bot that can be killed, and tells what it prints. */
async function startProcess(more: { probe: boolean; holdAt?: string }) {
  const options: BotProcessOptions = { ...shared(), ...more, databaseUrl: database.url, leaseMs: LEASE_MS };
  const script = new URL('fixtures/bot-process.ts', import.meta.url).pathname;
  const child: ChildProcess = spawn(process.execPath, [script, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  ending.push(kill);
  if (!child.stdout) throw new Error('the process has no output');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const printed = async (line: string) => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error(`the process ended before “${line}”`);
      if (value === line) return;
    }
  };
  await printed('ready');
  return { kill, printed };
}

async function restart(probe: boolean): Promise<RunningBot> {
  const bot = await runBot({
    ...shared(),
    store,
    panels: [builtin],
    owedTiming: QUICK,
    catalogue: probe ? probeCatalogue().catalogue : { commands, groups, menus },
  });
  ending.push(() => bot.stop());
  return bot;
}

const add = (target: Record<string, string> = { account }) =>
  discord
    .as(USER_IDS.ada)
    .command(
      'credits add',
      { ...target, amount: '50', reason: 'Power cut' },
      { channelId: CHANNEL_IDS.general, timeoutMs: 15_000, until: 'acknowledged' },
    );

const operations = () => store.sql<{ number: bigint; state: string }[]>`
  select number, state from operations where account_id = ${account.slice('main/'.length)}`;

describe('killed', () => {
  test('after an operation, before its answer: the next start gives the answer, and does nothing twice', async () => {
    const first = await startProcess({ probe: false, holdAt: 'outcome:after' });
    const answer = await add();
    await first.printed('outcome:after');
    await first.kill();
    await restart(false);
    await answer.settled;
    expect(textOf(answer.message)).toContain('+50');
    expect(await operations()).toMatchObject([{ state: 'succeeded' }]);
    await expect.poll(() => store.sql`select from owed_answers`.then(({ length }) => length)).toBe(0);
  });

  test.each([
    ['within the hour: the person reads directly what came of it', 20, true],
    ['for longer: nobody waits for the answer any more', 61, false],
  ])('after an operation, and started again %s', async (_when, minutes, isTold) => {
    const first = await startProcess({ probe: false, holdAt: 'outcome:after' });
    await add();
    await first.printed('outcome:after');
    await first.kill();
    discord.clock.advance(minutes * 60_000);
    await store.sql`update owed_answers set created_at = created_at - make_interval(mins => ${minutes})`;
    await restart(false);
    await expect.poll(() => store.sql`select from owed_answers`.then(({ length }) => length)).toBe(0);
    const { id } = discord.state.directChannelOf(USER_IDS.ada, discord.state.botId);
    const told = discord.messagesIn(id).map(({ message }) => textOf(message));
    expect(told.some((words) => words.includes('+50'))).toBe(isTold);
    expect(await operations()).toMatchObject([{ state: 'succeeded' }]);
  });

  test('after an operation on a member who is unlinked meanwhile: the answer still tells of that operation', async () => {
    await store.sql`
      insert into links (panel, account_id, user_id, proof, created_by)
      values ('main', ${account.slice('main/'.length)}, ${USER_IDS.jo}, 'email', 'test')`;
    const first = await startProcess({ probe: false, holdAt: 'outcome:after' });
    const answer = await add({ member: USER_IDS.jo });
    await first.printed('outcome:after');
    await first.kill();
    await store.sql`update links set removed_at = now() where user_id = ${USER_IDS.jo}`;
    await restart(false);
    await answer.until(({ message }) => message !== null && textOf(message).includes('+50'));
    expect(await operations()).toMatchObject([{ state: 'succeeded' }]);
  });

  test('in the middle of an operation: the answer says that it is unknown, and its number', async () => {
    const first = await startProcess({ probe: false, holdAt: 'effect:after' });
    const answer = await add();
    await first.printed('effect:after');
    await first.kill();
    const { services } = await restart(false);
    await expect.poll(() => lapseLeases(services), { timeout: 5_000 }).toBe(1);
    await answer.settled;
    const [operation] = await operations();
    expect(operation?.state).toBe('unknown');
    expect(textOf(answer.message)).toContain(`#${operation?.number}`);
  });

  test('before anything was stated: the answer asks to try again', async () => {
    const first = await startProcess({ probe: true });
    const answer = await discord
      .as(USER_IDS.ada)
      .command('probe slow', {}, { channelId: CHANNEL_IDS.general, timeoutMs: 15_000, until: 'acknowledged' });
    await expect.poll(() => store.sql`select from owed_answers`.then(({ length }) => length)).toBe(1);
    await first.kill();
    await restart(true);
    await answer.settled;
    expect(textOf(answer.message)).toContain('ask again');
  });
});

test('a kept answer shows nothing of its token', async () => {
  const first = await startProcess({ probe: true });
  await discord.as(USER_IDS.ada).command('probe slow', {}, { channelId: CHANNEL_IDS.general, until: 'acknowledged' });
  await expect.poll(() => store.sql`select from owed_answers`.then(({ length }) => length)).toBe(1);
  const [row] = await store.sql<{ sealed: Buffer }[]>`select sealed from owed_answers`;
  const token = discord.journal.find(({ route }) => route.endsWith('/callback'))?.path.split('/')[3] ?? 'none';
  expect(token.length).toBeGreaterThan(20);
  expect(Buffer.from(row?.sealed ?? []).toString('latin1')).not.toContain(token.slice(0, 12));
  await first.kill();
  await store.sql`delete from owed_answers`;
});
