import { describe, expect, it } from 'vitest';
import { requireAbility } from '../../../src/panels/panel.ts';
import { call, change, failureOf } from '../../contract/panel/subject.ts';
import { panelOn, sceneOf } from './subject.ts';

describe('the role of Pterodactyl', () => {
  it('is to administer the panel or not', async () => {
    const { double, panel } = await sceneOf();
    const roles = requireAbility(panel, 'roles');
    const { id } = double.addUser();
    expect(await roles.choices(call())).toEqual([{ name: 'administrator', administrator: true }]);
    expect(await roles.set(String(id), ['administrator'], change())).toMatchObject({
      roles: ['administrator'],
      administrator: true,
    });
    expect(await roles.set(String(id), [], change())).toMatchObject({ roles: [], administrator: false });
  });

  it('stays with the owner of the key, who would shut Steward out', async () => {
    const { double, panel } = await sceneOf();
    const demoting = requireAbility(panel, 'roles').set(String(double.adminId), [], change());
    expect(await failureOf(demoting)).toMatchObject({ kind: 'rejected', effect: 'none' });
    expect(double.user(double.adminId)?.rootAdmin).toBe(true);
  });

  it('is taken from nobody while it is not known who owns the key', async () => {
    const { double } = await sceneOf();
    const panel = panelOn(double, { keyOwnerId: null });
    const other = double.addUser({ rootAdmin: true });
    for (const id of [other.id, double.adminId]) {
      const demoting = requireAbility(panel, 'roles').set(String(id), [], change());
      expect(await failureOf(demoting)).toMatchObject({
        kind: 'rejected',
        effect: 'none',
        detail: expect.stringContaining('may belong to this administrator'),
      });
    }
    expect(double.requests.every(({ method }) => method === 'GET')).toBe(true);
  });
});

describe('the roles of Pelican', () => {
  async function withRoles() {
    const scene = await sceneOf({ product: 'pelican' });
    for (let n = 1; n <= 12; n++) scene.double.addRole(`Role ${n}`);
    const user = scene.double.addUser();
    return { ...scene, user, id: String(user.id), roles: requireAbility(scene.panel, 'roles') };
  }

  it('are all that there are, on however many pages, but the one that nobody can give', async () => {
    const { roles } = await withRoles();
    const choices = await roles.choices(call());
    expect(choices.map(({ name }) => name)).toEqual(Array.from({ length: 12 }, (_, n) => `Role ${n + 1}`));
    expect(choices.every(({ administrator }) => administrator)).toBe(true);
  });

  it('let an account administer a part of the panel, so that it counts as an administrator', async () => {
    const { panel, roles, id } = await withRoles();
    expect(await roles.set(id, ['Role 3'], change())).toMatchObject({ roles: ['Role 3'], administrator: true });
    expect((await panel.get(id, call()))?.administrator).toBe(true);
    expect(await roles.set(id, [], change())).toMatchObject({ roles: [], administrator: false });
  });

  it('are taken before others are given, each in a step that may be repeated', async () => {
    const { double, roles, id } = await withRoles();
    await roles.set(id, ['Role 1', 'Role 2'], change());
    const steps: [string, boolean | undefined][] = [];
    await roles.set(id, ['Role 2', 'Role 3'], {
      ...change(),
      step: (name, run, options) => {
        steps.push([name, options?.repeatable]);
        return run();
      },
    });
    expect(steps).toEqual([
      ['roles remove', true],
      ['roles assign', true],
    ]);
    expect(double.journal.slice(-2).map(({ action, detail }) => [action, detail])).toEqual([
      ['user.roles.remove', { roles: [2] }],
      ['user.roles.assign', { roles: [4] }],
    ]);
  });

  it('are not changed of a root administrator, whose the panel would pass over without a word', async () => {
    const { double, roles, id } = await withRoles();
    const root = double.addUser({ rootAdmin: true });
    for (const attempt of [
      roles.set(String(root.id), ['Role 1'], change()),
      roles.set(String(root.id), [], change()),
      roles.set(id, ['Root Admin'], change()),
    ])
      expect(await failureOf(attempt)).toMatchObject({ kind: 'rejected', effect: 'none' });
    expect(double.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  it('are not taken for changed where the panel passed over them', async () => {
    const { double, roles, id, user } = await withRoles();
    const body = { object: 'user', attributes: {} };
    double.failNext({ method: 'PATCH' }, { kind: 'status', status: 200, body, acts: false });
    expect(await failureOf(roles.set(id, ['Role 1'], change()))).toMatchObject({
      kind: 'malformed',
      effect: 'unknown',
    });
    expect(user.roleIds).toEqual([]);
  });

  it('are not taken for changed by any step that was answered with something else', async () => {
    const { double, roles, id, user } = await withRoles();
    user.roleIds = [2];
    double.failNext({ method: 'PATCH', path: /remove$/ }, { kind: 'nonsense', acts: false });
    const done: string[] = [];
    const step = async <Result>(name: string, run: () => Promise<Result>): Promise<Result> => {
      const result = await run();
      done.push(name);
      return result;
    };
    const failure = await failureOf(roles.set(id, ['Role 2'], { ...change(), step }));
    expect(failure).toMatchObject({ kind: 'malformed', effect: 'unknown' });
    expect(done).toEqual([]);
  });

  it('are not said to be unchanged where they were changed and only cannot be read again', async () => {
    const { double, roles, id, user } = await withRoles();
    const reads = { method: 'GET', path: /\/users\/\d+/ } as const;
    const setting = roles.set(id, ['Role 1'], {
      ...change(),
      step: async (_name, run) => {
        const result = await run();
        double.failNext(reads, { kind: 'status', status: 502, html: true, acts: false });
        return result;
      },
    });
    expect(await failureOf(setting)).toMatchObject({ kind: 'unreachable', effect: 'unknown' });
    expect(user.roleIds).toEqual([2]);
  });

  it('are taken from nobody while it is not known who owns the key, which whoever has a role may', async () => {
    const { double, id, user } = await withRoles();
    user.roleIds = [2];
    const panel = panelOn(double, { keyOwnerId: null });
    const roles = requireAbility(panel, 'roles');
    expect(await failureOf(roles.set(id, [], change()))).toMatchObject({ kind: 'rejected', effect: 'none' });
    expect(user.roleIds).toEqual([2]);
    expect(await roles.set(id, ['Role 1', 'Role 2'], change())).toMatchObject({ roles: ['Role 1', 'Role 2'] });
    expect((await panel.probe(call())).warnings.join()).toContain('KEY_OWNER_ID');
  });

  it('stay with the owner of the key', async () => {
    const { double, id, user } = await withRoles();
    user.roleIds = [2];
    const panel = panelOn(double, { keyOwnerId: id });
    expect(await failureOf(requireAbility(panel, 'roles').set(id, [], change()))).toMatchObject({ kind: 'rejected' });
    expect(user.roleIds).toEqual([2]);
  });

  it('are not replaced by a key that cannot see them', async () => {
    const { double, id, user } = await withRoles();
    user.roleIds = [2];
    const panel = panelOn(double, { token: double.addKey({ roles: 0 }) });
    const roles = requireAbility(panel, 'roles');
    expect(await failureOf(roles.set(id, ['Role 5'], change()))).toMatchObject({ kind: 'forbidden', effect: 'none' });
    expect(await failureOf(roles.choices(call()))).toMatchObject({ kind: 'forbidden', effect: 'none' });
    expect(user.roleIds).toEqual([2]);
  });
});
