import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { ClientRequest, ServerEvent } from '../../sandbox/protocol.ts';
import { CHANNEL_IDS, USER_IDS } from '../../sandbox/world.ts';

/** Starting takes a database, a bundle and a bot; a machine with other things to do may need a while. */
const LONG_MS = 60_000;
const MAIN = fileURLToPath(new URL('../../sandbox/main.ts', import.meta.url));

let folder: string;
let sandbox: ChildProcess | null = null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
});
afterEach(async () => {
  await stop('SIGINT');
  await rm(folder, { recursive: true, force: true });
}, LONG_MS);

/** Starts the sandbox and returns the address that it prints. */
async function start(): Promise<string> {
  const child = spawn(process.execPath, [MAIN, '--no-open'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  sandbox = child;
  for await (const line of createInterface(child.stdout)) {
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (address !== undefined) return address;
  }
  throw new Error('The sandbox ended without printing an address.');
}

async function stop(signal: NodeJS.Signals): Promise<number | null> {
  if (sandbox === null) return null;
  const ended = once(sandbox, 'exit');
  sandbox.kill(signal);
  sandbox = null;
  return (await ended)[0];
}

async function botPid(): Promise<number> {
  const log = await readFile(join(folder, '.sandbox', 'steward.log'), 'utf8');
  return Number(JSON.parse(log.trim().split('\n').at(-1) ?? '').pid);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Opens the page's connection as Alex, does one thing, and returns the first event of a kind. */
async function asAlex<Type extends ServerEvent['type']>(address: string, awaited: Type, request?: ClientRequest) {
  const socket = new WebSocket(`${address.replace('http', 'ws')}/client?person=${USER_IDS.alex}`);
  const found = new Promise<Extract<ServerEvent, { type: Type }>>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (raw) => {
      const event = JSON.parse(raw.toString()) as ServerEvent;
      if (event.type === awaited) resolve(event as Extract<ServerEvent, { type: Type }>);
    });
  });
  await once(socket, 'open');
  if (request !== undefined) socket.send(JSON.stringify(request));
  const event = await found;
  socket.close();
  return event;
}

test(
  'it comes up with page, bot and a card; a kill takes the bot with it; a new start has everything again',
  async () => {
    const first = await start();
    expect(await (await fetch(first)).text()).toContain('<!doctype html>');
    const channelId = CHANNEL_IDS.general;
    await asAlex(first, 'message_create', { type: 'send_message', channelId, content: 'remember me' });
    const saved = () => readFile(join(folder, '.sandbox', 'discord.json'), 'utf8');
    await vi.waitFor(async () => expect(await saved()).toContain('remember me'), { timeout: LONG_MS });

    const pid = await botPid();
    await stop('SIGKILL');
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: LONG_MS, interval: 100 });

    const ready = await asAlex(await start(), 'ready');
    expect(ready.messages[channelId]?.map(({ content }) => content)).toContain('remember me');
    expect(ready.botOnline).toBe(true);
    expect(await stop('SIGINT')).toBe(0);
  },
  3 * LONG_MS,
);
