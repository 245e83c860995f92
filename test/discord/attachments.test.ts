import { createServer } from 'node:http';
import { pino } from 'pino';
import { afterAll, describe, expect, it } from 'vitest';
import { createAttachments } from '../../src/discord/attachments.ts';
import { refusal } from '../harness/scene.ts';

const LIMIT = 1_000;
const asked: string[] = [];

/** Serves a file of as many bytes as its path says, and some that go wrong. */
const server = createServer(({ url = '' }, response) => {
  asked.push(url);
  if (url === '/gone') response.writeHead(404).end('nothing');
  else if (url === '/moved') response.writeHead(302, { location: '/10' }).end();
  else if (url === '/cut')
    response.writeHead(200, { 'content-length': 100 }).write('only so much', () => response.destroy());
  else response.end(Buffer.alloc(Number(url.slice(1)), 'x'));
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
afterAll(() => server.close());
const address = server.address();
const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
const { download } = createAttachments(`${origin}/api`, pino({ level: 'silent' }));
const fetched = (url: string, sizeBytes = 10) => download({ name: 'file', sizeBytes, url }, LIMIT);

describe('a file that somebody sent', () => {
  it('comes whole', async () => {
    expect(Buffer.from(await fetched(`${origin}/${LIMIT}`)).toString()).toBe('x'.repeat(LIMIT));
  });

  it('is refused by its size, whether that was told before or not', async () => {
    asked.length = 0;
    expect(await refusal(fetched(`${origin}/10`, LIMIT + 1))).toBe('file.too_large');
    expect(asked).toEqual([]);
    expect(await refusal(fetched(`${origin}/${LIMIT + 1}`))).toBe('file.too_large');
    expect(await refusal(fetched(`${origin}/50000000`))).toBe('file.too_large');
  });

  it('is fetched from nowhere but where Discord keeps files', async () => {
    const elsewhere = createAttachments(null, pino({ level: 'silent' }));
    asked.length = 0;
    for (const url of [
      `${origin}/10`,
      'file:///etc/passwd',
      'not an address',
      `https://cdn.discordapp.com.example.org/1`,
    ]) {
      expect(await refusal(elsewhere.download({ name: 'file', sizeBytes: 10, url }, LIMIT))).toBe('file.gone');
    }
    expect(asked).toEqual([]);
  });

  it('that is gone, moved or cut off on its way is told to be sent once more', async () => {
    for (const path of ['gone', 'moved', 'cut']) expect(await refusal(fetched(`${origin}/${path}`))).toBe('file.gone');
  });
});
