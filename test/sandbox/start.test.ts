import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { ClientRequest, ServerEvent } from '../../sandbox/protocol.ts';
import { CHANNEL_IDS, USER_IDS } from '../../sandbox/world.ts';
import { type Sandbox, startSandbox } from '../harness/sandbox.ts';

/** Starting takes a database, a bundle and a bot; a machine with other things to do may need a while. */
const LONG_MS = 60_000;

let folder: string;
let sandbox: Sandbox | null = null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
});
afterEach(async () => {
  await sandbox?.stop('SIGINT');
  await rm(folder, { recursive: true, force: true });
}, LONG_MS);

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
    sandbox = await startSandbox(folder);
    expect(await (await fetch(sandbox.address)).text()).toContain('<!doctype html>');
    const channelId = CHANNEL_IDS.general;
    await asAlex(sandbox.address, 'message_create', { type: 'send_message', channelId, content: 'remember me' });
    const saved = () => readFile(join(folder, '.sandbox', 'discord.json'), 'utf8');
    await vi.waitFor(async () => expect(await saved()).toContain('remember me'), { timeout: LONG_MS });

    const pid = await botPid();
    await sandbox.stop('SIGKILL');
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: LONG_MS, interval: 100 });

    sandbox = await startSandbox(folder);
    const ready = await asAlex(sandbox.address, 'ready');
    expect(ready.messages[channelId]?.map(({ content }) => content)).toContain('remember me');
    expect(ready.botOnline).toBe(true);
    expect(await sandbox.stop('SIGINT')).toBe(0);
  },
  3 * LONG_MS,
);
