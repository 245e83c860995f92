import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pino } from 'pino';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { startLocalDiscord } from '../sandbox/discord/server.ts';
import { harbourHosting, USER_IDS } from '../sandbox/world.ts';
import { exists } from '../src/store/embedded/programs.ts';
import { joinServer } from '../src/store/embedded/server.ts';

const discord = await startLocalDiscord({ world: harbourHosting({ withHistory: false }) });
afterAll(() => discord.stop());

let folder: string;
let started: ChildProcess[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'steward-main-'));
  started = [];
});

afterEach(async () => {
  for (const child of started) child.kill('SIGKILL');
  const dataDir = path.join(folder, 'data');
  if (await isDatabaseRunning()) await (await joinServer(dataDir, pino({ level: 'silent' }))).leave();
  await rm(folder, { recursive: true, force: true });
});

const isDatabaseRunning = () => exists(path.join(folder, 'data', 'postgres', 'cluster', 'postmaster.pid'));

interface Steward {
  readonly child: ChildProcess;
  /** Resolves with the exit code. */
  readonly exited: Promise<unknown>;
  readonly complaint: () => string;
  /** Resolves with the address of health when it is ready. */
  readonly ready: Promise<string>;
  readonly log: () => string;
}

/** Steward as people start it, in a process of its own. */
function startSteward(environment: Record<string, string> = {}): Steward {
  const child = spawn(process.execPath, [path.resolve('src/main.ts')], {
    cwd: folder,
    env: {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      GUILD_IDS: discord.guildId,
      OWNER_IDS: USER_IDS.ada,
      HTTP_PORT: '0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let complaint = '';
  child.stderr.on('data', (text) => {
    complaint += text;
  });
  const { promise: ready, resolve } = Promise.withResolvers<string>();
  const lines: string[] = [];
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line);
    const entry: { msg: string; health?: string } = JSON.parse(line);
    if (entry.msg === 'Steward is ready') resolve(entry.health ?? '');
  });
  const exited = once(child, 'exit').then(([code]) => code);
  return { child, exited, ready, complaint: () => complaint, log: () => lines.join('\n') };
}

test('it starts on nothing, says that it is ready, and stops on a signal with everything it started', async () => {
  const steward = startSteward();
  const health = await steward.ready;
  expect(await (await fetch(`${health}/healthz`)).json()).toEqual({ alive: true });
  const ready = await fetch(`${health}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([
    200,
    { ready: true, store: true, discord: true, 'panel:main': true },
  ]);

  const answer = await discord
    .as(USER_IDS.ada ?? '')
    .command('user create', { email: 'jo@example.com', username: 'joharbour' });
  expect(answer.kind).toBe('message');
  const readMetrics = async () => (await fetch(`${health}/metrics`)).text();
  // The run ends a moment after the person has the answer.
  await expect.poll(readMetrics).toContain('steward_runs_total{command="user create",kind="command",status="done"} 1');
  const metrics = await readMetrics();
  expect(metrics).toContain('steward_operations_total{verb="account.create",state="succeeded"} 1');
  expect(metrics).toMatch(
    /steward_panel_call_seconds_count\{panel="main",action="create.create",outcome="answered"\} 1/,
  );
  expect(metrics).toContain('nodejs_eventloop_lag_p99_seconds');

  expect((await stat(path.join(folder, 'data', 'secret-key'))).mode & 0o777).toBe(0o600);
  steward.child.kill('SIGTERM');
  expect(await steward.exited).toBe(0);
  expect(await isDatabaseRunning()).toBe(false);
  for (const secret of [discord.token, 'jo@example.com']) {
    expect(steward.log() + metrics).not.toContain(secret);
  }
});

test('killed without warning, it finds everything again at the next start', async () => {
  const first = startSteward();
  await first.ready;
  await discord.as(USER_IDS.ada ?? '').command('user create', { email: 'kept@example.com', username: 'keptharbour' });
  first.child.kill('SIGKILL');
  await first.exited;

  const second = startSteward();
  await second.ready;
  const answer = await discord.as(USER_IDS.ada ?? '').command('user view', { account: 'keptharbour' });
  expect(JSON.stringify(answer.message)).toContain('keptharbour');
  second.child.kill('SIGINT');
  expect(await second.exited).toBe(0);
});

test('what Discord refuses is told as the setting that is wrong, and nothing is left running', async () => {
  const token = startSteward({ DISCORD_TOKEN: 'wrong' });
  expect(await token.exited).toBe(78);
  expect(token.complaint()).toMatch(/DISCORD_TOKEN is refused by Discord\. Make a new one/);

  const guild = startSteward({ GUILD_IDS: '100000000000000009' });
  expect(await guild.exited).toBe(78);
  expect(guild.complaint()).toMatch(/GUILD_IDS names a server that the bot is not in\. Invite/);
  expect(await isDatabaseRunning()).toBe(false);
});

test('a port that is taken is said before anything else is started', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' ? address?.port : null;
  const steward = startSteward({ HTTP_PORT: `${port}` });
  expect(await steward.exited).toBe(78);
  expect(steward.complaint()).toBe(
    `Steward cannot start: 1 setting is to be mended.\n  HTTP_PORT is taken by another program (${port}). Write another one, or 0 for any.\n`,
  );
  expect(await exists(path.join(folder, 'data'))).toBe(false);
  other.close();
});

test('a database out of reach is told in a sentence', async () => {
  const steward = startSteward({ DATABASE_URL: 'postgres://a:b@127.0.0.1:1/x', SECRET_KEY: 'k'.repeat(32) });
  expect(await steward.exited).toBe(1);
  expect(steward.complaint()).toMatch(
    /^Steward cannot start: The database cannot be reached \(.*ECONNREFUSED.*\)\. Check DATABASE_URL/,
  );
});
