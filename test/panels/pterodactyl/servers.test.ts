import { describe, expect, it } from 'vitest';
import { requireAbility } from '../../../src/panels/panel.ts';
import { call, change, failureOf } from '../../contract/panel/subject.ts';
import { type Product, panelOn, sceneOf } from './subject.ts';

async function suspendable(product: Product = 'pterodactyl') {
  const scene = await sceneOf({ product, basePath: '/panel' });
  const servers = requireAbility(scene.panel, 'servers');
  const { suspension } = servers;
  if (!suspension) throw new Error('servers are suspended here');
  const user = scene.double.addUser();
  return { ...scene, servers, suspension, user, accountId: String(user.id) };
}

describe.each(['pterodactyl', 'pelican'] as const)('the servers of an account of %s', (product) => {
  it('are listed with where they are opened and how they are', async () => {
    const { double, servers, user, accountId } = await suspendable(product);
    const states = [null, 'installing', 'install_failed', 'reinstall_failed', 'suspended', 'restoring_backup'] as const;
    const added = states.map((status) => double.addServer({ userId: user.id, name: 'smp', status }));
    const listed = await servers.list(accountId, call());
    expect(listed.map(({ status }) => status)).toEqual([
      'active',
      'installing',
      'failed',
      'failed',
      'suspended',
      'installing',
    ]);
    expect(listed[0]).toEqual({
      id: String(added[0]?.id),
      name: 'smp',
      status: 'active',
      url: `${double.url}/server/${added[0]?.uuid.slice(0, 8)}`,
      product: null,
      createdAt: expect.any(Date),
      expiresAt: null,
    });
  });

  it('are not none where the key may not read them', async () => {
    const { double, user, accountId } = await suspendable(product);
    double.addServer({ userId: user.id });
    const panel = panelOn(double, { token: double.addKey({ servers: 0 }) });
    expect(await failureOf(requireAbility(panel, 'servers').list(accountId, call()))).toMatchObject({
      kind: 'forbidden',
      effect: 'none',
      detail: 'Steward’s key may not read servers.',
    });
    expect(await panel.diagnosis?.diagnose(accountId, call())).toEqual([]);
  });

  it('are not suspended on their way to another node', async () => {
    const { double, suspension, user } = await suspendable(product);
    const server = double.addServer({ userId: user.id });
    double.transfer(server.id, true);
    const failure = await failureOf(suspension.suspend(String(server.id), change()));
    expect(failure).toMatchObject({
      kind: 'conflict',
      effect: 'none',
      detail: expect.stringContaining('another node'),
    });
    expect(double.server(server.id)?.status).toBeNull();
  });

  it('are suspended and lifted as often as it is asked, while their node is told once', async () => {
    const { double, suspension, user } = await suspendable(product);
    const { id } = double.addServer({ userId: user.id });
    expect(suspension.traits.idempotent).toBe(true);
    for (let time = 0; time < 2; time++) await suspension.suspend(String(id), change());
    for (let time = 0; time < 2; time++) await suspension.unsuspend(String(id), change());
    expect(double.journal.map(({ action }) => action)).toEqual(['server.add', 'server.suspend', 'server.unsuspend']);
  });

  it('tell what keeps their owner from them', async () => {
    const { double, panel, user, accountId } = await suspendable(product);
    const diagnose = () => panel.diagnosis?.diagnose(accountId, call());
    expect(await diagnose()).toEqual([{ code: 'no_servers', detail: null }]);
    double.addServer({ userId: user.id });
    expect(await diagnose()).toEqual([]);
    double.addServer({ userId: user.id, status: 'suspended' });
    user.twoFactor = true;
    expect(await diagnose()).toEqual([
      { code: 'two_factor', detail: null },
      { code: 'servers_suspended', detail: 'Suspended servers: 1 of 2.' },
    ]);
  });
});

describe('a node that does not answer', () => {
  it.each([404, 500, 504])(
    'lets Pterodactyl take a suspension back, whichever status comes of it (%i)',
    async (status) => {
      const { double, suspension, user } = await suspendable('pterodactyl');
      const { id } = double.addServer({ userId: user.id });
      double.wingsDown(id, status);
      const failure = await failureOf(suspension.suspend(String(id), change()));
      expect(failure).toMatchObject({ kind: 'rejected', effect: 'none', detail: expect.stringContaining('node') });
      expect(double.server(id)?.status).toBeNull();
      double.wingsDown(id, null);
      await suspension.suspend(String(id), change());
      expect(double.server(id)).toMatchObject({ status: 'suspended', isHeldByNode: true });
    },
  );

  it.each([404, 500, 504])('leaves Pelican with what it noted down, which is said (%i)', async (status) => {
    const { double, suspension, user } = await suspendable('pelican');
    const { id } = double.addServer({ userId: user.id });
    double.wingsDown(id, status);
    const failure = await failureOf(suspension.suspend(String(id), change()));
    expect(failure).toMatchObject({
      kind: 'rejected',
      effect: 'partial',
      detail: expect.stringContaining('noted it down'),
    });
    expect(double.server(id)).toMatchObject({ status: 'suspended', isHeldByNode: false });
    expect(suspension.traits.effects.join()).toContain('While its node is down');
  });
});
