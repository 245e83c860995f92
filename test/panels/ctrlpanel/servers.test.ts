import { expect, it } from 'vitest';
import { requireAbility } from '../../../src/panels/panel.ts';
import { call, change, failureOf } from '../../contract/panel/subject.ts';
import { sceneOf, shown, someone } from './subject.ts';

async function scene() {
  const { panel, double } = await sceneOf();
  const user = someone(double);
  const id = String(user.id);
  const suspension = requireAbility(panel, 'suspension');
  const servers = requireAbility(panel, 'servers');
  const down = (server: { readonly pterodactylId: number | null }) =>
    double.pterodactyl.wingsDown(Number(server.pterodactylId), 504);
  const suspended = () => double.servers(user.id).filter((server) => server.suspended !== null).length;
  return { panel, double, user, id, suspension, servers, down, suspended };
}

it('suspends a user with all their servers', async () => {
  const { double, user, id, suspension, suspended } = await scene();
  for (const name of ['one', 'two']) double.addServer({ userId: user.id, name });
  expect(await suspension.suspend(id, 'chargeback', change())).toMatchObject({ status: 'suspended' });
  expect(suspended()).toBe(2);
});

it('takes who is suspended already for suspended, and who is not for unsuspended, without asking for it', async () => {
  const { double, user, id, suspension } = await scene();
  user.suspended = true;
  expect(await suspension.suspend(id, 'again', change())).toMatchObject({ status: 'suspended' });
  user.suspended = false;
  expect(await suspension.unsuspend(id, change())).toMatchObject({ status: 'active' });
  expect(double.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
});

it('takes the panel’s “already suspended” for success where somebody was quicker', async () => {
  const { double, id, suspension, user } = await scene();
  const body = { error: 'The user is already suspended' };
  double.failNext({ method: 'PATCH', path: /suspend$/ }, { kind: 'status', status: 400, body, acts: true });
  expect(await suspension.suspend(id, 'chargeback', change())).toMatchObject({ status: 'suspended' });
  expect(user.suspended).toBe(true);
});

it('says how far a suspension got that stopped half way, and can be asked again', async () => {
  const { double, user, id, suspension, down, suspended, panel } = await scene();
  const [, second] = ['one', 'two', 'three'].map((name) => double.addServer({ userId: user.id, name }));
  if (second) down(second);
  const error = await failureOf(suspension.suspend(id, 'chargeback', change()));
  expect(error).toMatchObject({ effect: 'partial', detail: expect.stringContaining('1 of 3 servers are suspended') });
  expect(await shown(panel, user)).toMatchObject({ status: 'active' });
  double.pterodactyl.wingsDown(Number(second?.pterodactylId), null);
  await suspension.suspend(id, 'chargeback', change());
  expect(suspended()).toBe(3);
});

it('says that nothing was suspended where the first server failed', async () => {
  const { double, user, id, suspension, down } = await scene();
  down(double.addServer({ userId: user.id }));
  const error = await failureOf(suspension.suspend(id, 'chargeback', change()));
  expect(error).toMatchObject({ effect: 'none', detail: expect.stringContaining('Nothing is suspended') });
});

it('cannot say that nothing was suspended where Pterodactyl gave no answer about the first server', async () => {
  const { double, user, id, suspension } = await scene();
  const server = double.addServer({ userId: user.id });
  double.pterodactyl.failNext({ method: 'POST', path: /suspend$/ }, { kind: 'reset', acts: true });
  const error = await failureOf(suspension.suspend(id, 'chargeback', change()));
  expect(double.pterodactyl.server(Number(server.pterodactylId))?.status).toBe('suspended');
  expect(error).toMatchObject({ effect: 'unknown' });
});

it('takes nothing for done that the panel did not say it did', async () => {
  const { double, panel, user, id, servers } = await scene();
  const server = double.addServer({ userId: user.id });
  const vouchers = requireAbility(panel, 'vouchers');
  const credits = { minor: 1_000n, unit: vouchers.traits.unit };
  const voucher = await vouchers.create({ code: 'CODE-1', credits, uses: 1, memo: null, expiresAt: null }, change());
  const changes = [
    () => requireAbility(panel, 'deletion').delete(id, change()),
    () => vouchers.revoke(voucher.id, change()),
    () => servers.suspension?.suspend(server.id, change()),
  ];
  for (const make of changes) {
    for (const method of ['DELETE', 'PATCH'])
      double.failNext({ method }, { kind: 'status', status: 200, html: true, acts: false });
    expect(await failureOf(Promise.resolve(make()))).toMatchObject({ kind: 'malformed', effect: 'unknown' });
  }
  expect([double.user(user.id)?.id, double.servers(user.id).length]).toEqual([user.id, 1]);
});

it('says why a user can never be suspended who has a server that Pterodactyl has not', async () => {
  const { double, user, id, suspension } = await scene();
  double.addServer({ userId: user.id, isInBackend: false });
  const error = await failureOf(suspension.suspend(id, 'chargeback', change()));
  expect(error).toMatchObject({
    kind: 'rejected',
    effect: 'none',
    detail: expect.stringContaining('until that one is deleted'),
  });
});

it('believes what is to be seen where the panel fails only to show what it did', async () => {
  const { double, user, id, suspension } = await scene();
  double.addServer({ userId: user.id, isEverBilled: false });
  expect(await suspension.suspend(id, 'chargeback', change())).toMatchObject({ status: 'suspended' });
  expect(double.requests.find(({ path }) => path.endsWith('/suspend'))?.status).toBe(500);
});

it('says that Pterodactyl refuses the panel’s own key', async () => {
  const { double, user, id, suspension } = await scene();
  double.addServer({ userId: user.id });
  const body = { message: 'No pterodactyl token set - Failed to suspend server from pterodactyl - ' };
  double.failNext({ method: 'PATCH', path: /suspend$/ }, { kind: 'status', status: 401, body, acts: false });
  const error = await failureOf(suspension.suspend(id, 'chargeback', change()));
  expect(error).toMatchObject({ kind: 'forbidden', effect: 'none', detail: expect.stringContaining('own key') });
});

it('cannot say how far a suspension got that never answered', async () => {
  const { double, id, suspension, panel } = await scene();
  await panel.probe(call());
  double.failNext({ method: 'PATCH', path: /suspend$/ }, { kind: 'reset', acts: true });
  expect((await failureOf(suspension.suspend(id, 'chargeback', change()))).effect).toBe('unknown');
  expect(suspension.traits.settleAfterMs).toBeGreaterThanOrEqual(300_000);
});

it('leaves servers suspended when their owner is unsuspended, says so beforehand, and starts them one by one', async () => {
  const { double, user, id, suspension, servers, suspended } = await scene();
  for (const name of ['one', 'two']) double.addServer({ userId: user.id, name });
  await suspension.suspend(id, 'chargeback', change());
  expect(suspension.traits).toMatchObject({ reversible: false });
  expect(suspension.traits.effects.join(' ')).toContain('leaves the servers suspended');
  expect(await suspension.unsuspend(id, change())).toMatchObject({ status: 'active' });
  expect(suspended()).toBe(2);
  const before = user.creditsMilli;
  for (const server of await servers.list(id, call())) await servers.suspension?.unsuspend(server.id, change());
  await double.runQueue();
  expect([suspended(), user.creditsMilli]).toEqual([0, before]);
});

it('takes a reason of any length and content', async () => {
  const { id, suspension } = await scene();
  for (const reason of ['', ' ', '\u0000\n', 'x'.repeat(1_000), '🦀'.repeat(400)]) {
    expect(await suspension.suspend(id, reason, change())).toMatchObject({ status: 'suspended' });
    await suspension.unsuspend(id, change());
  }
});

it('shows servers with what was bought, how they are, and where their owner sees them', async () => {
  const { double, user, id, servers } = await scene();
  double.addServer({ userId: user.id, name: 'smp' });
  double.addServer({ userId: user.id, name: 'off', isSuspended: true });
  double.addServer({ userId: user.id, name: 'broken', isInBackend: false });
  const listed = await servers.list(id, call());
  expect(listed.map(({ name, status }) => [name, status])).toEqual([
    ['smp', 'active'],
    ['off', 'suspended'],
    [expect.any(String), 'failed'],
  ]);
  expect(listed[0]).toMatchObject({ product: expect.any(String), url: `${double.url}/servers/${listed[0]?.id}` });
});

it('says what is wrong where the panel fails to show servers, which is not to have none', async () => {
  const { double, user, id, servers } = await scene();
  double.addServer({ userId: user.id, isEverBilled: false });
  const error = await failureOf(servers.list(id, call()));
  expect(error).toMatchObject({
    kind: 'malformed',
    effect: 'none',
    detail: expect.stringContaining('never been billed'),
  });
});

it('tells what goes with an account by what it has now', async () => {
  const { double, user, id, panel } = await scene();
  const deletion = requireAbility(panel, 'deletion');
  for (const name of ['one', 'two']) double.addServer({ userId: user.id, name });
  double.addPayment({ userId: user.id });
  double.linkDiscord(user.id, '823456789012345678');
  const sentences = (await deletion.preview(id, call())).join('\n');
  expect(sentences).toMatch(/2 servers are deleted/);
  expect(sentences).toMatch(/1 payment goes/);
  expect(sentences).toMatch(/Discord link goes/);
  expect(sentences).not.toMatch(/voucher/);
});

it('is half done where a server cannot be deleted, and shows what is left', async () => {
  const { double, user, id, panel } = await scene();
  const deletion = requireAbility(panel, 'deletion');
  double.addServer({ userId: user.id });
  double.pterodactyl.failNext({ method: 'DELETE' }, { kind: 'status', status: 500, body: {}, acts: false });
  const error = await failureOf(deletion.delete(id, change()));
  expect(error).toMatchObject({ effect: 'partial', detail: expect.stringContaining('half way') });
  expect(await shown(panel, user)).toMatchObject({ roles: [] });
  expect((await panel.diagnosis?.diagnose(id, call()))?.map(({ code }) => code)).toContain('no_role');
  await deletion.delete(id, change());
  expect(await panel.get(id, call())).toBeNull();
  expect(await failureOf(deletion.delete(id, change()))).toMatchObject({ kind: 'not_found', effect: 'none' });
});
