import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import type { DoubleFault } from '../../../sandbox/panels/double.ts';
import { type Panel, type PanelError, requireAbility } from '../../../src/panels/panel.ts';
import { call, change, failureOf } from '../../contract/panel/subject.ts';
import { panelOn, sceneOf, someone } from './subject.ts';

const said = (status: number, message: string): DoubleFault => ({
  ...{ kind: 'status', status, acts: false },
  body: { message },
});
const page = (status: number): DoubleFault => ({ kind: 'status', status, html: true, acts: false });

/** What each answer means where it is given to a change of a balance, and what it proves. */
const ANSWERS: readonly (readonly [string, DoubleFault, Partial<PanelError>])[] = [
  ['a refused key', said(401, 'Invalid Authorization token'), { kind: 'unauthorized', effect: 'none' }],
  ['a header that was taken away', said(403, 'Missing Authorization header'), { kind: 'unauthorized', effect: 'none' }],
  ['a page of something before the panel', page(403), { kind: 'forbidden', effect: 'none' }],
  [
    'no such user',
    said(404, 'No query results for model [App\\Models\\User] 9'),
    { kind: 'not_found', effect: 'none' },
  ],
  [
    'no such user, with an empty list of errors',
    {
      ...{ kind: 'status', status: 404, acts: false },
      body: { message: 'No query results for model [App\\Models\\User] 9', errors: [], error: null },
    },
    { kind: 'not_found', effect: 'none' },
  ],
  ['a page for an address that there is not', page(404), { kind: 'unsupported_version', effect: 'none' }],
  ['another method', said(405, 'The PATCH method is not supported'), { kind: 'unsupported_version', effect: 'none' }],
  ['a redirect', page(302), { kind: 'malformed', effect: 'none' }],
  ['maintenance', said(503, 'Service Unavailable'), { kind: 'unreachable', effect: 'none' }],
  ['an error inside', said(500, 'Server Error'), { kind: 'malformed', effect: 'unknown' }],
  ['a page of an error inside', page(500), { kind: 'malformed', effect: 'unknown' }],
  ['a gateway’s page', page(502), { kind: 'unreachable', effect: 'unknown' }],
  ['a gateway that waited', page(504), { kind: 'unreachable', effect: 'unknown' }],
  ['an unknown status', said(418, 'I am a teapot'), { kind: 'malformed', effect: 'unknown' }],
  ['something that is no user', { kind: 'nonsense', acts: false }, { kind: 'malformed', effect: 'unknown' }],
  [
    'a whole answer of another form',
    { kind: 'status', status: 200, body: { data: { id: 'x' } }, acts: false },
    { kind: 'malformed', effect: 'unknown' },
  ],
  ['too many requests, on a page that says no time', page(429), { kind: 'rate_limited', effect: 'none' }],
];

async function scene() {
  const { panel, double } = await sceneOf();
  const id = String(someone(double).id);
  await panel.probe(call());
  const credits = requireAbility(panel, 'credits');
  const one = { minor: 1_000n, unit: credits.traits.unit };
  return { panel, double, id, add: () => credits.add(id, one, change()) };
}

it.each(ANSWERS)('tells %s for what it is', async (_, fault, expected) => {
  const { double, add } = await scene();
  double.failNext({ method: 'PATCH', path: /increment/ }, fault);
  expect(await failureOf(add())).toMatchObject(expected);
});

it.each(ANSWERS)('takes %s for no effect where it only reads', async (_, fault) => {
  const { double, panel, id } = await scene();
  for (let n = 0; n < 2; n += 1) double.failNext({ method: 'GET', path: /users\/\d+/ }, fault);
  if (fault.kind === 'status' && fault.status === 404 && !fault.html) expect(await panel.get(id, call())).toBeNull();
  else expect((await failureOf(panel.get(id, call()))).effect).toBe('none');
});

it('keeps still for a minute after the panel had enough, which does not say for how long', async () => {
  const { double, add, panel } = await scene();
  double.failNext({ method: 'PATCH', path: /increment/ }, page(429));
  await failureOf(add());
  const sent = double.requests.length;
  expect(panel.rate?.left()).toBe(0);
  const gone = AbortSignal.timeout(50);
  expect(await failureOf(panel.list({ after: null, limit: 1 }, call(gone)))).toMatchObject({ effect: 'none' });
  expect(double.requests).toHaveLength(sent);
});

it('asks for JSON each time, without which the panel sends elsewhere', async () => {
  const { panel, double } = await sceneOf();
  const vouchers = requireAbility(panel, 'vouchers');
  const credits = { minor: 1_000n, unit: vouchers.traits.unit };
  const past = new Date(Date.now() - 86_400_000);
  const asked = { code: 'CODE-1', credits, uses: 1, memo: null, expiresAt: past };
  expect(await failureOf(vouchers.create(asked, change()))).toMatchObject({ kind: 'rejected', effect: 'none' });
  expect(double.requests.at(-1)?.status).toBe(422);
});

it('never shows a key, in whatever goes wrong', async () => {
  const shown: string[] = [];
  const secrets: string[] = [];
  const note = async (panel: Panel, id: string, times = 4) => {
    const credits = requireAbility(panel, 'credits');
    const amount = { minor: 1_000n, unit: credits.traits.unit };
    const attempts = [
      () => panel.probe(call()),
      () => panel.get(id, call()),
      () => credits.add(id, amount, change()),
      () => requireAbility(panel, 'create').create({ email: 'a@example.com', username: 'someone' }, change()),
    ];
    for (const attempt of attempts.slice(0, times)) {
      const error = await attempt().then(
        () => null,
        (reason: unknown) => reason,
      );
      shown.push(inspect(error, { depth: 20, showHidden: true }), JSON.stringify(error) ?? '');
      for (let cause = error; cause instanceof Error; cause = cause.cause) {
        shown.push(cause.message, cause.stack ?? '', JSON.stringify(cause, Object.getOwnPropertyNames(cause)));
      }
    }
  };
  for (const [, fault] of ANSWERS) {
    const { panel, double } = await sceneOf();
    secrets.push(double.token, double.pterodactyl.token);
    const { id } = someone(double);
    for (let n = 0; n < 12; n += 1) double.failNext({}, fault);
    // Nothing is sent for a minute after an answer that the panel had enough.
    const isEnough = fault.kind === 'status' && fault.status === 429;
    await note(panelOn(double), String(id), isEnough ? 1 : 4);
    await panel.probe(call()).catch(() => null);
  }
  const { double } = await sceneOf();
  secrets.push(double.token);
  await double.stop();
  await note(panelOn(double), '1');
  expect(shown.length).toBeGreaterThan(100);
  for (const secret of secrets) expect(shown.some((text) => text.includes(secret))).toBe(false);
});
