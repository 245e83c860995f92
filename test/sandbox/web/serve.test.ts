import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { webClient } from '../../../sandbox/web/serve.ts';

let server: Server;
let address: string;

beforeAll(async () => {
  const serve = await webClient();
  server = createServer((request, response) => {
    if (!serve(request, response)) response.writeHead(404).end('not the client');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  address = typeof bound === 'object' && bound ? `http://127.0.0.1:${bound.port}` : '';
});

afterAll(() => server.close());

it.each([
  ['/', 'text/html'],
  ['/?person=1', 'text/html'],
  ['/app.js', 'text/javascript'],
  ['/app.css', 'text/css'],
  ['/icon.svg', 'image/svg+xml'],
])('serves %s', async (path, contentType) => {
  const response = await fetch(address + path);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain(contentType);
});

it('lets the page reach nothing but its own origin', async () => {
  const policy = (await fetch(address)).headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
});

it('names no address elsewhere that the page could load', async () => {
  const page = await (await fetch(address)).text();
  const style = await (await fetch(`${address}/app.css`)).text();
  expect(page).not.toMatch(/(?:src|href)="(?!\/)/);
  expect(style).not.toMatch(/url\(|@import/);
});

it.each(['/api/v10/gateway', '/client', '/attachments/1', '/main.tsx', '/../serve.ts'])(
  'leaves %s to others',
  async (path) => {
    expect((await fetch(address + path)).status).toBe(404);
  },
);

it('answers no request but GET and HEAD', async () => {
  expect((await fetch(address, { method: 'POST' })).status).toBe(404);
  expect((await fetch(address, { method: 'HEAD' })).status).toBe(200);
});
