import { expect, it } from 'vitest';
import { type Change, requireAbility } from '../../../src/panels/panel.ts';
import { change, failureOf } from '../../contract/panel/subject.ts';
import { panelOn, sceneOf, someone } from './subject.ts';

const newUser = (username: string) => ({ email: `${username}@example.com`, username });

/** As a second attempt of the same change, with what the steps of the first came to. */
function again(first: Change, results: Record<string, unknown> = {}): Change {
  return {
    ...first,
    resumed: true,
    step: (name, run) => (name in results ? Promise.resolve(results[name] as never) : run()),
  };
}

it('creates one account after another, freeing the external id that the panel gives to each', async () => {
  const { panel, double } = await sceneOf();
  const create = requireAbility(panel, 'create');
  for (const name of ['first1', 'second2', 'third3']) {
    const account = await create.create(newUser(name), change());
    const user = double.user(Number(account.id));
    expect(double.pterodactyl.user(Number(user?.pterodactylId))).toMatchObject({ username: name, externalId: null });
  }
});

it('frees it also when the account before was created by somebody else', async () => {
  const { panel, double } = await sceneOf();
  double.pterodactyl.addUser({ username: 'stranger', externalId: '0' });
  await requireAbility(panel, 'create').create(newUser('someone'), change());
  expect(double.users()).toHaveLength(1);
});

it('has surely created nothing where the external id could not be freed before', async () => {
  const { panel, double } = await sceneOf();
  double.pterodactyl.addUser({ username: 'stranger', externalId: '0' });
  double.pterodactyl.failNext({ method: 'PATCH' }, { kind: 'reset', acts: true });
  const creating = requireAbility(panel, 'create').create(newUser('someone'), change());
  expect(await failureOf(creating)).toMatchObject({
    ...{ kind: 'malformed', effect: 'none' },
    detail: expect.stringContaining('Pterodactyl does not answer'),
  });
  expect(double.users()).toEqual([]);
});

it('leaves no password in clear, which the panel does with those that it creates', async () => {
  const { panel, double } = await sceneOf();
  const account = await requireAbility(panel, 'create').create(newUser('someone'), change());
  const user = double.user(Number(account.id));
  expect(user?.isPasswordHashed).toBe(true);
  expect(double.canLogIn(Number(account.id), user?.password ?? '')).toBe(true);
});

it('creates once without a key of Pterodactyl, and then says what to do about it', async () => {
  const { panel, double } = await sceneOf({}, { pterodactyl: null });
  const create = requireAbility(panel, 'create');
  expect(create.traits.effects.join(' ')).toContain('works once');
  await create.create(newUser('first1'), change());
  const error = await failureOf(create.create(newUser('second2'), change()));
  expect(error).toMatchObject({ kind: 'rejected', effect: 'none', detail: expect.stringContaining('external id 0') });
  expect(double.users().map(({ name }) => name)).toEqual(['first1']);
});

it('gives the role of the panel’s own new members, the one that is configured, or the one that is asked for', async () => {
  const { panel } = await sceneOf();
  const configured = await sceneOf({}, { newRole: 'Client' });
  const unknown = await sceneOf({}, { newRole: 'Nobody' });
  const rolesOf = async (on: typeof panel, role?: string) =>
    (await requireAbility(on, 'create').create({ ...newUser('someone'), ...(role ? { role } : {}) }, change())).roles;
  expect(await rolesOf(panel)).toEqual(['User']);
  expect(await rolesOf(configured.panel)).toEqual(['Client']);
  expect(await rolesOf((await sceneOf()).panel, 'Support-Team')).toEqual(['Support-Team']);
  expect(await failureOf(rolesOf(unknown.panel))).toMatchObject({ kind: 'rejected', effect: 'none' });
  expect(unknown.double.users()).toEqual([]);
});

it('starts with what was asked for, nothing too, and else with what the panel gives to everybody', async () => {
  const { panel, double } = await sceneOf();
  const create = requireAbility(panel, 'create');
  const none = await create.create({ ...newUser('none'), credits: '0' }, change());
  const some = await create.create({ ...newUser('some'), credits: '8.03' }, change());
  const usual = await create.create(newUser('usual'), change());
  const kept = [none, some, usual].map(({ id }) => double.user(Number(id))?.creditsMilli);
  expect(kept).toEqual([0n, 8_030n, 250_000n]);
});

it('says that creating is switched off', async () => {
  const { panel, double } = await sceneOf();
  double.setCreationEnabled(false);
  const error = await failureOf(requireAbility(panel, 'create').create(newUser('someone'), change()));
  expect(error).toMatchObject({ kind: 'forbidden', effect: 'none', detail: expect.stringContaining('disabled') });
});

it('knows a taken e-mail whatever language the panel speaks', async () => {
  const { panel, double } = await sceneOf();
  const { email } = someone(double);
  const body = { message: 'E-Mail ist vergeben.', errors: { email: ['E-Mail ist vergeben.'] } };
  double.failNext({ method: 'POST', path: /users$/ }, { kind: 'status', status: 422, body, acts: false });
  const error = await failureOf(requireAbility(panel, 'create').create({ email, username: 'someone' }, change()));
  expect(error).toMatchObject({ kind: 'conflict', effect: 'none', detail: 'email' });
});

it('does not take an outage behind the panel for bad input', async () => {
  const { panel, double } = await sceneOf({}, { pterodactyl: null });
  const create = requireAbility(panel, 'create');
  await double.pterodactyl.goDown();
  expect(await failureOf(create.create(newUser('someone'), change()))).toMatchObject({
    kind: 'malformed',
    effect: 'none',
    detail: expect.stringContaining('cannot reach Pterodactyl'),
  });
  await double.pterodactyl.comeBack();
  double.pterodactyl.failNext({ method: 'POST' }, { kind: 'status', status: 500, body: {}, acts: true });
  expect((await failureOf(create.create(newUser('another'), change()))).effect).toBe('unknown');
});

it('takes up a creation whose answer was lost, and makes no second account', async () => {
  const { panel, double } = await sceneOf();
  const create = requireAbility(panel, 'create');
  const first = change();
  double.failNext({ method: 'POST', path: /users$/ }, { kind: 'reset', acts: true });
  expect((await failureOf(create.create(newUser('someone'), first))).effect).toBe('unknown');
  const account = await create.create(newUser('someone'), again(first));
  expect(double.users().map(({ id }) => String(id))).toEqual([account.id]);
  expect(double.user(Number(account.id))?.isPasswordHashed).toBe(true);
});

it('does not take somebody’s account for its own at the first attempt', async () => {
  const { panel, double } = await sceneOf();
  const { email, name } = someone(double);
  const error = await failureOf(requireAbility(panel, 'create').create({ email, username: name }, change()));
  expect(error).toMatchObject({ kind: 'conflict', effect: 'none' });
  expect(double.users()).toHaveLength(1);
});

it('is half done when what follows the creation fails, and finishes later', async () => {
  const { panel, double } = await sceneOf();
  const create = requireAbility(panel, 'create');
  const first = change();
  double.failNext({ method: 'PATCH', path: /users\/\d+$/ }, { kind: 'status', status: 429, html: true, acts: false });
  expect(await failureOf(create.create(newUser('someone'), first))).toMatchObject({ effect: 'partial' });
  const [user] = double.users();
  expect(user?.isPasswordHashed).toBe(false);
  // The client keeps still for a minute after such an answer; a second panel on the same double does not.
  const other = requireAbility(panelOn(double), 'create');
  await other.create(newUser('someone'), again(first, { create: { id: String(user?.id) } }));
  expect(double.users()).toHaveLength(1);
  expect(user?.isPasswordHashed).toBe(true);
});
