import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type DoubleFault, type DoubleServer, type Handle, startDouble } from '../../../sandbox/panels/double.ts';
import { json, redirect } from '../../../sandbox/panels/wire/answer.ts';
import { createHttpClient, type HttpRequest, path } from '../../../src/panels/http/client.ts';
import { type Call, PanelError } from '../../../src/panels/panel.ts';
import { failureOf } from '../../contract/panel/subject.ts';

const TOKEN = 'ptla_very-secret-token';
const PASSWORD = 'very-secret-password';
const READ: HttpRequest = { method: 'GET', path: '/users' };
const WRITE: HttpRequest = { method: 'PATCH', path: '/users/7', body: { password: PASSWORD } };

const call = (background = false): Call => ({ signal: new AbortController().signal, background });

async function served(handle: Handle, options: { basePath?: string; timeoutMs?: number; perMinute?: number } = {}) {
  const { basePath = '', timeoutMs = 10_000, perMinute = 10_000 } = options;
  const server = await startDouble(handle, { basePath });
  onTestFinished(() => server.stop());
  const client = createHttpClient({
    baseUrl: `${server.url}/api/`,
    headers: () => ({ authorization: `Bearer ${TOKEN}`, accept: 'application/json' }),
    timeoutMs,
    requestsPerMinute: perMinute,
  });
  return { server, client };
}

const fine: Handle = ({ method }) => json(200, { method });
const methodsOf = (server: DoubleServer) => server.requests.map(({ method }) => method);

describe('the client of panels with an HTTP API', () => {
  it.each(['', '/panel/of/ours'])(
    'keeps the path of the address (%j), and escapes what stands in a path',
    async (basePath) => {
      const { server, client } = await served(
        ({ path: at, search, headers, body }) => json(200, { at, search, headers, body }),
        {
          basePath,
        },
      );
      const answer = await client.send(call(), {
        method: 'POST',
        path: path`/users/${'7/../../x?y#z'}`,
        query: { 'filter[email]': 'a+b&c@example.com' },
        body: { some: 'body' },
      });
      expect(answer).toMatchObject({ status: 200, json: { at: '/api/users/7/../../x?y#z', body: '{"some":"body"}' } });
      expect(answer.json).toMatchObject({ headers: { authorization: `Bearer ${TOKEN}`, accept: 'application/json' } });
      const [request] = server.requests;
      expect(new URLSearchParams(request?.path.split('?').at(-1)).get('filter[email]')).toBe('a+b&c@example.com');
    },
  );

  it.each(['', '.', '..', '\ud800'])('puts nothing into a path that would lead elsewhere (%j)', (value) => {
    expect(() => path`/users/${value}/suspend`).toThrow(PanelError);
    expect(path`/users/${'...'}/suspend`).toBe('/users/.../suspend');
  });

  it.each([200, 204, 302, 404, 422, 500, 503])('gives back an answer of status %i as it is', async (status) => {
    const { client } = await served(() => ({ status, headers: {}, body: status === 204 ? '' : '<p>No JSON</p>' }));
    expect(await client.send(call(), WRITE)).toMatchObject({ status, json: undefined });
  });

  it('does not follow a redirect, and takes its token nowhere', async () => {
    const { server, client } = await served(({ origin }) => redirect(`${origin}/elsewhere`));
    expect((await client.send(call(), READ)).status).toBe(302);
    expect(server.requests.map(({ path: at }) => at)).toEqual(['/api/users']);
  });

  it.each<[string, DoubleFault]>([
    ['a reset connection', { kind: 'reset', acts: true }],
    ['half an answer', { kind: 'half', acts: true }],
  ])('reads once more after %s, and writes no second time', async (_, fault) => {
    const { server, client } = await served(fine);
    server.failNext({ method: 'GET' }, fault);
    expect(await client.send(call(), READ)).toMatchObject({ json: { method: 'GET' } });
    server.failNext({ method: 'PATCH' }, fault);
    expect(await failureOf(client.send(call(), WRITE))).toMatchObject({ kind: 'unreachable', effect: 'unknown' });
    expect(methodsOf(server)).toEqual(['GET', 'GET', 'PATCH']);
  });

  it('gives up reading after the second time', async () => {
    const { server, client } = await served(fine);
    for (let time = 0; time < 2; time++) server.failNext({}, { kind: 'reset', acts: false });
    expect(await failureOf(client.send(call(), READ))).toMatchObject({ kind: 'unreachable', effect: 'none' });
    expect(methodsOf(server)).toEqual(['GET', 'GET']);
  });

  it('knows that nothing was sent where nobody listens', async () => {
    const { server, client } = await served(fine);
    await server.goDown();
    for (const request of [READ, WRITE])
      expect(await failureOf(client.send(call(), request))).toMatchObject({ kind: 'unreachable', effect: 'none' });
    await server.comeBack();
    expect(await client.send(call(), WRITE)).toMatchObject({ status: 200 });
  });

  it.each([
    [READ, 'none'],
    [WRITE, 'unknown'],
  ])('waits no longer than it was told for $method, and does not ask again', async (request, effect) => {
    const { server, client } = await served(fine, { timeoutMs: 150 });
    server.failNext({}, { kind: 'timeout', acts: 'never' });
    expect(await failureOf(client.send(call(), request as HttpRequest))).toMatchObject({ kind: 'timeout', effect });
    expect(server.requests).toHaveLength(1);
  });

  it('stops when its caller does', async () => {
    const { server, client } = await served(fine);
    const patience = new AbortController();
    server.failNext({}, { kind: 'timeout', acts: 'never' });
    const sending = failureOf(client.send({ signal: patience.signal }, WRITE));
    await expect.poll(() => server.requests.length).toBe(1);
    patience.abort();
    expect(await sending).toMatchObject({ kind: 'timeout', effect: 'unknown' });
    expect(await failureOf(client.send({ signal: patience.signal }, WRITE))).toMatchObject({
      kind: 'timeout',
      effect: 'none',
    });
    expect(server.requests).toHaveLength(1);
  });

  it('reads no answer that is larger than any could be', async () => {
    const { server, client } = await served(() => ({ status: 200, headers: {}, body: ' '.repeat(33 * 1024 * 1024) }));
    expect(await failureOf(client.send(call(), READ))).toMatchObject({ kind: 'malformed', effect: 'none' });
    expect(await failureOf(client.send(call(), WRITE))).toMatchObject({ kind: 'malformed', effect: 'unknown' });
    expect(methodsOf(server)).toEqual(['GET', 'PATCH']);
  });

  it.each([
    ['3', 3_000],
    [undefined, 60_000],
    ['soon', 60_000],
    ['-1', 60_000],
  ])('rests when it is told that it asks too often (Retry-After: %s)', async (after, restMs) => {
    const { server, client } = await served(() => ({
      status: 429,
      headers: after === undefined ? {} : { 'retry-after': after },
      body: 'Too many',
    }));
    expect((await client.send(call(), WRITE)).status).toBe(429);
    expect(client.rate.left()).toBe(0);
    const from = performance.now();
    const patience = AbortSignal.timeout(restMs === 3_000 ? 20_000 : 200);
    const next = await client.send({ signal: patience, background: true }, READ).catch((error: unknown) => error);
    if (restMs === 3_000) expect(performance.now() - from).toBeGreaterThan(2_900);
    // Whoever waits for a turn has not been kept waiting by the panel.
    else expect(next).toMatchObject({ kind: 'rate_limited', effect: 'none' });
    expect(server.requests).toHaveLength(restMs === 3_000 ? 2 : 1);
  });

  it('lets nobody wait for a turn for longer than a person would', async () => {
    const { server, client } = await served(fine, { perMinute: 1 });
    await client.send(call(), READ);
    expect(await failureOf(client.send(call(), WRITE))).toMatchObject({ kind: 'rate_limited', effect: 'none' });
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, DoubleFault]>([
    ['reset', { kind: 'reset', acts: false }],
    ['half', { kind: 'half', acts: false }],
    ['timeout', { kind: 'timeout', acts: 'never' }],
  ])('tells neither its token nor what it wrote when it fails by %s', async (_, fault) => {
    const { server, client } = await served(fine, { timeoutMs: 150 });
    server.failNext({}, fault);
    const told = inspect(await failureOf(client.send(call(), WRITE)), { depth: 20, showHidden: true });
    expect(told).toContain('PATCH /users/7');
    expect(told).not.toContain(TOKEN);
    expect(told).not.toContain(PASSWORD);
  });
});
