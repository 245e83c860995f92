import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type LocalDiscord, startLocalDiscord } from '../../sandbox/discord/server.ts';
import { harbourHosting, USER_IDS } from '../../sandbox/world.ts';

let discord: LocalDiscord;
let port: string;

beforeAll(async () => {
  discord = await startLocalDiscord({ world: harbourHosting({ withHistory: false }) });
  port = new URL(discord.origin).port;
});
afterAll(() => discord.stop());

async function statusOf(headers: Record<string, string>, path = '/api/v10/gateway'): Promise<number | undefined> {
  const sent = request({ host: '127.0.0.1', port, path, headers }).end();
  const [response] = await once(sent, 'response');
  response.resume();
  return response.statusCode;
}

const refusedSocket = async (path: string, headers: Record<string, string>): Promise<number> => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
  socket.on('error', () => {});
  const [, response] = await once(socket, 'unexpected-response');
  return response.statusCode;
};

test('this machine reaches it by each of its own names', async () => {
  for (const host of ['127.0.0.1', 'localhost', '[::1]']) expect(await statusOf({ host: `${host}:${port}` })).toBe(200);
  expect(await statusOf({ host: `127.0.0.1:${port}`, origin: discord.origin })).toBe(200);
});

test.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1', 'localhost.evil.example'])(
  'a name rebound to loopback is refused: %s',
  async (host) => {
    expect(await statusOf({ host })).toBe(403);
  },
);

test.each(['https://evil.example', 'null', 'http://127.0.0.1:1', 'file://'])(
  'a page of another origin is refused: %s',
  async (origin) => {
    expect(await statusOf({ host: `127.0.0.1:${port}`, origin })).toBe(403);
    expect(await refusedSocket('/gateway', { origin })).toBe(403);
    expect(await refusedSocket(`/client?person=${USER_IDS.mira}`, { origin })).toBe(403);
  },
);

test('an uploaded page is never served as one', async () => {
  expect(await statusOf({ host: `127.0.0.1:${port}` }, '/attachments/1/2/page.html')).toBe(404);
});
