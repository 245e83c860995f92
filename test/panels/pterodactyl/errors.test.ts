import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { guardPanels } from '../../../src/panels/guard/guard.ts';
import { requireAbility } from '../../../src/panels/panel.ts';
import { call, change, failureOf } from '../../contract/panel/subject.ts';
import { panelOn, sceneOf } from './subject.ts';

const error = (code: string, detail = 'Words.', meta?: object) => ({
  errors: [{ code, status: '404', detail, ...(meta ? { meta } : {}) }],
});

describe.each(['pterodactyl', 'pelican'] as const)('the errors of %s', (product) => {
  it.each([
    [401, 'AuthenticationException', 'unauthorized', 'none'],
    [403, 'AccessDeniedHttpException', 'forbidden', 'none'],
    [400, 'TwoFactorAuthRequiredException', 'forbidden', 'none'],
    [400, 'DisplayException', 'rejected', 'none'],
    [400, 'BadRequestHttpException', 'unsupported_version', 'none'],
    [400, 'InvalidFilterQuery', 'unsupported_version', 'none'],
    [405, 'MethodNotAllowedHttpException', 'unsupported_version', 'none'],
    [404, 'NotFoundHttpException', 'not_found', 'none'],
    [409, 'ConflictHttpException', 'conflict', 'none'],
    [429, 'ThrottleRequestsException', 'rate_limited', 'none'],
    [500, 'QueryException', 'malformed', 'unknown'],
    [503, 'HttpException', 'unreachable', 'unknown'],
    [418, 'TeapotException', 'malformed', 'unknown'],
  ])(
    'are read by their code, never by the status that stands in them as a text: %i %s',
    async (status, code, kind, effect) => {
      const { double, panel } = await sceneOf({ product });
      const { id } = double.addUser();
      double.failNext({ method: 'PATCH' }, { kind: 'status', status, body: error(code), acts: false });
      const editing = requireAbility(panel, 'edit').edit(String(id), { username: 'other.name' }, change());
      expect(await failureOf(editing)).toMatchObject({ kind, effect });
    },
  );

  it('know of three 404s: no such account, no such address, and a node that has none', async () => {
    const { double, panel } = await sceneOf({ product });
    expect(await panel.get('4711', call())).toBeNull();

    const { id } = double.addUser();
    const wrong = error('NotFoundHttpException', `The route api/application/users/${id} could not be found.`);
    double.failNext({ method: 'GET' }, { kind: 'status', status: 404, body: wrong, acts: false });
    expect(await failureOf(panel.get(String(id), call()))).toMatchObject({
      kind: 'unsupported_version',
      effect: 'none',
    });

    const server = double.addServer({ userId: id });
    double.wingsDown(server.id, 404);
    const suspending = requireAbility(panel, 'servers').suspension?.suspend(String(server.id), change());
    expect(await failureOf(Promise.resolve(suspending))).toMatchObject({ kind: 'rejected' });
  });

  it('take nothing for done that the panel did not say it did', async () => {
    const { double, panel } = await sceneOf({ product });
    const { id } = double.addUser();
    const server = double.addServer({ userId: double.addUser().id });
    const changes = [
      () => requireAbility(panel, 'deletion').delete(String(id), change()),
      () => requireAbility(panel, 'servers').suspension?.suspend(String(server.id), change()),
    ];
    for (const make of changes) {
      double.failNext({ method: 'POST' }, { kind: 'status', status: 200, html: true, acts: false });
      double.failNext({ method: 'DELETE' }, { kind: 'status', status: 200, html: true, acts: false });
      expect(await failureOf(Promise.resolve(make()))).toMatchObject({ kind: 'malformed', effect: 'unknown' });
    }
  });

  it('say that nothing was done where something before the panel refused it', async () => {
    const { double, panel } = await sceneOf({ product });
    const { id } = double.addUser();
    for (const status of [401, 403, 404, 413]) {
      double.failNext({ method: 'PATCH' }, { kind: 'status', status, html: true, acts: false });
      const editing = requireAbility(panel, 'edit').edit(String(id), { username: 'other.name' }, change());
      expect(await failureOf(editing), String(status)).toMatchObject({ kind: 'malformed', effect: 'none' });
    }
  });

  it('of a node do not make the panel one that does not answer', async () => {
    const { double, panel } = await sceneOf({ product });
    const { panels, health } = guardPanels([panel]);
    const guarded = panels[0] ?? panel;
    for (let n = 0; n < 6; n++) {
      const server = double.addServer({ userId: double.adminId });
      double.wingsDown(server.id, 504);
      await failureOf(Promise.resolve(guarded.servers?.suspension?.suspend(String(server.id), change())));
    }
    expect(await guarded.get(String(double.adminId), call())).not.toBeNull();
    expect(health('main').state).not.toBe('down');
  });

  it('take an account for absent on no other ground than that the panel says so', async () => {
    const { double, panel } = await sceneOf({ product });
    const { id } = double.addUser();
    double.failNext({}, { kind: 'status', status: 404, html: true, acts: false });
    expect(await failureOf(panel.get(String(id), call()))).toMatchObject({ kind: 'malformed', effect: 'none' });
    const elsewhere = panelOn(double, { url: `${double.url}/elsewhere` });
    expect((await failureOf(elsewhere.get(String(id), call()))).kind).toBe('unsupported_version');
  });

  it('say that the owner of the key is gone, or administers no more', async () => {
    const { double, panel } = await sceneOf({ product });
    const owner = double.user(double.adminId);
    if (!owner) throw new Error('the double has an administrator');
    owner.rootAdmin = false;
    owner.roleIds = [];
    expect(await failureOf(panel.probe(call()))).toMatchObject({ kind: 'forbidden', effect: 'none' });
    double.removeUser(double.adminId);
    expect(await failureOf(panel.get('1', call()))).toMatchObject({ kind: 'unauthorized', effect: 'none' });
  });

  it('tell staff neither the key nor from where it was used', async () => {
    const { double } = await sceneOf({ product });
    const panel = panelOn(double, { token: double.addKey({ allowedIps: ['10.1.2.3'] }) });
    const failure = await failureOf(panel.probe(call()));
    expect(failure.kind).toBe('forbidden');
    expect(failure.detail).not.toContain('127.0.0.1');
    expect(inspect(failure, { depth: 10 })).not.toMatch(/p(tla|app)_/);
  });

  it('tell a key without the right to write from a broken panel', async () => {
    const { double } = await sceneOf({ product });
    const panel = panelOn(double, { token: double.addKey({ users: 1 }) });
    const { id } = double.addUser();
    expect(await panel.get(String(id), call())).not.toBeNull();
    const editing = requireAbility(panel, 'edit').edit(String(id), { username: 'other.name' }, change());
    expect(await failureOf(editing)).toMatchObject({ kind: 'forbidden', effect: 'none' });
  });

  it.each([
    [{ kind: 'status', status: 502, html: true, acts: true }, 'unreachable'],
    [{ kind: 'nonsense', acts: true }, 'malformed'],
    [{ kind: 'half', acts: true }, 'unreachable'],
    [{ kind: 'reset', acts: true }, 'unreachable'],
  ] as const)(
    'leave open whether a change was made where no answer of the panel’s says so: %j',
    async (fault, kind) => {
      const { double, panel } = await sceneOf({ product });
      const { id } = double.addUser();
      double.failNext({ method: 'PATCH' }, fault);
      const editing = requireAbility(panel, 'edit').edit(String(id), { username: 'other.name' }, change());
      expect(await failureOf(editing)).toMatchObject({ kind, effect: 'unknown' });
      expect(double.user(id)?.username).toBe('other.name');
      expect(double.requests.filter(({ method }) => method === 'PATCH')).toHaveLength(1);
    },
  );

  it.each([301, 302, 308])(
    'take a redirect (%i) for an address that has to be mended, and follow none',
    async (status) => {
      const { double, panel } = await sceneOf({ product });
      double.failNext({}, { kind: 'status', status, html: true, acts: false });
      expect(await failureOf(panel.probe(call()))).toMatchObject({ kind: 'malformed', effect: 'none' });
      expect(double.requests).toHaveLength(1);
    },
  );

  it('believe the panel that it is asked too often, and ask nothing until it may be', async () => {
    const { double } = await sceneOf({ product, requestsPerMinute: 1 });
    const panel = panelOn(double);
    await panel.get('1', call());
    expect(await failureOf(panel.get('1', call()))).toMatchObject({ kind: 'rate_limited', effect: 'none' });
    expect(panel.rate?.left()).toBe(0);
  });

  it('hide nothing of what a rule says, but its layout', async () => {
    const { double, panel } = await sceneOf({ product });
    const { id } = double.addUser();
    const body = error('ValidationException', 'The username must start\n                and end well.', {
      source_field: 'username',
      rule: 'p_username',
    });
    double.failNext({ method: 'PATCH' }, { kind: 'status', status: 422, body, acts: false });
    const editing = requireAbility(panel, 'edit').edit(String(id), { username: 'other.name' }, change());
    expect(await failureOf(editing)).toMatchObject({
      kind: 'rejected',
      effect: 'none',
      detail: 'The username must start and end well.',
    });
  });
});
