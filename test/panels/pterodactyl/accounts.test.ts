import { describe, expect, it } from 'vitest';
import { requireAbility } from '../../../src/panels/panel.ts';
import { call, change, failureOf } from '../../contract/panel/subject.ts';
import { panelOn, type Scene, sceneOf } from './subject.ts';

const marla = { email: 'marla@example.com', username: 'marla', firstName: 'Marla', lastName: 'Singer' };

const edit = ({ panel }: Scene, id: number, values: object) =>
  requireAbility(panel, 'edit').edit(String(id), values, change());
const create = ({ panel }: Scene, values: object) => requireAbility(panel, 'create').create(values, change());
const requestsOf = ({ double }: Scene, method: string) =>
  double.requests.filter((request) => request.method === method);

describe('an account of Pterodactyl', () => {
  it('shows all that the panel says of it, and no secret of its servers', async () => {
    const { double, panel } = await sceneOf();
    const user = double.addUser({ ...marla, externalId: 'crm-42', twoFactor: true });
    double.addServer({ userId: user.id });
    double.addServer({ userId: user.id, status: 'suspended' });
    const account = await panel.get(String(user.id), call());
    expect(account).toEqual({
      panel: 'main',
      id: String(user.id),
      email: 'marla@example.com',
      username: 'marla',
      name: 'Marla Singer',
      status: 'active',
      roles: [],
      administrator: false,
      verified: null,
      balance: null,
      discordId: null,
      createdAt: expect.any(Date),
      details: {
        firstName: 'Marla',
        lastName: 'Singer',
        language: 'en',
        externalId: 'crm-42',
        servers: 2,
        suspendedServers: 1,
        twoFactor: true,
      },
    });
  });

  it('is made with a name, and mailed to by the panel, as its effects say', async () => {
    const scene = await sceneOf();
    const ability = requireAbility(scene.panel, 'create');
    const required = ability.traits.fields.filter((field) => field.required).map(({ name }) => name);
    expect(required).toEqual(['email', 'username', 'firstName', 'lastName']);
    expect(ability.traits.effects.join()).toContain('mails');
    const created = await create(scene, { ...marla, username: 'Marla', language: 'en' });
    expect(created).toMatchObject({ username: 'marla', name: 'Marla Singer' });
    expect(scene.double.mails).toEqual(['marla@example.com']);
    const { firstName: _, ...nameless } = marla;
    expect(await failureOf(create(scene, nameless))).toMatchObject({ kind: 'rejected', effect: 'none' });
    expect(requestsOf(scene, 'POST')).toHaveLength(1);
  });

  it('keeps whatever a change does not mean, though the panel wants all of it again', async () => {
    const scene = await sceneOf();
    const { id } = scene.double.addUser({ ...marla, externalId: 'crm-42', rootAdmin: true });
    await edit(scene, id, { username: 'tyler' });
    expect(scene.double.user(id)).toMatchObject({ ...marla, username: 'tyler', externalId: 'crm-42', rootAdmin: true });
    await requireAbility(scene.panel, 'password').set(String(id), 'a good password', change());
    expect(scene.double.user(id)).toMatchObject({ ...marla, username: 'tyler', password: 'a good password' });
  });

  it('does not undo what others change meanwhile of what need not be sent', async () => {
    const scene = await sceneOf();
    const { id } = scene.double.addUser(marla);
    scene.double.failNext({ method: 'PATCH' }, { kind: 'slow', ms: 100 });
    const editing = edit(scene, id, { lastName: 'Durden' });
    await expect.poll(() => requestsOf(scene, 'PATCH').length).toBe(1);
    const user = scene.double.user(id);
    if (user) Object.assign(user, { externalId: 'crm-43', rootAdmin: true });
    expect(await editing).toMatchObject({ administrator: true, details: { externalId: 'crm-43', lastName: 'Durden' } });
    expect(scene.double.user(id)).toMatchObject({ externalId: 'crm-43', rootAdmin: true });
  });

  it('is not taken for changed where the panel answers with something else than was written', async () => {
    const scene = await sceneOf();
    const { id } = scene.double.addUser(marla);
    const other = await fetch(`${scene.double.url}/api/application/users/${id}`, {
      headers: { authorization: `Bearer ${scene.double.token}`, accept: 'application/json' },
    });
    const body = await other.json();
    scene.double.failNext({ method: 'PATCH' }, { kind: 'status', status: 200, body, acts: false });
    expect(await failureOf(edit(scene, id, { username: 'tyler' }))).toMatchObject({
      kind: 'malformed',
      effect: 'unknown',
    });
  });

  it('without a name is given one before anything else of it can be changed', async () => {
    const scene = await sceneOf();
    const { id } = scene.double.addUser({ ...marla, lastName: '' });
    const failure = await failureOf(edit(scene, id, { username: 'tyler' }));
    expect(failure).toMatchObject({ kind: 'rejected', effect: 'none', detail: expect.stringContaining('last name') });
    expect(requestsOf(scene, 'PATCH')).toEqual([]);
    expect(await edit(scene, id, { lastName: 'Durden' })).toMatchObject({ name: 'Marla Durden' });
  });

  it('keeps an e-mail that nobody could type today', async () => {
    const scene = await sceneOf();
    const { id } = scene.double.addUser({ ...marla, email: 'Märla@localhost' });
    expect(await edit(scene, id, { username: 'tyler' })).toMatchObject({ email: 'Märla@localhost', username: 'tyler' });
  });

  it.each([
    { language: '' },
    { language: 'de' },
    { language: '../en' },
    { firstName: '' },
    { lastName: 'x'.repeat(192) },
    { username: 'ab' },
    { username: '-ab' },
    { username: 'ab-' },
  ])('is not changed to what no account may have: %j', async (values) => {
    const scene = await sceneOf();
    const { id } = scene.double.addUser(marla);
    expect(await failureOf(edit(scene, id, values))).toMatchObject({ kind: 'rejected', effect: 'none' });
    expect(scene.double.user(id)).toMatchObject({ ...marla, language: 'en' });
  });

  it('is asked for by its number alone, which the database would read into other texts too', async () => {
    const scene = await sceneOf();
    const { id } = scene.double.addUser(marla);
    for (const odd of [`${id}abc`, ` ${id}`, `0${id}`, `${id}.0`, '1'.repeat(20)]) {
      expect(await scene.panel.get(odd, call())).toBeNull();
      await failureOf(requireAbility(scene.panel, 'deletion').delete(odd, change()));
      await failureOf(requireAbility(scene.panel, 'password').set(odd, 'a good password', change()));
    }
    expect(scene.double.requests).toEqual([]);
    expect(scene.double.user(id)).not.toBeNull();
  });
});

describe('an account of Pelican', () => {
  it('has no first and last name, and is kept in lower case', async () => {
    const scene = await sceneOf({ product: 'pelican' });
    const { fields } = requireAbility(scene.panel, 'create').traits;
    expect(fields.map(({ name }) => name)).toEqual(['email', 'username', 'language']);
    const created = await create(scene, { ...marla, email: 'Marla@Example.com', username: 'Marla' });
    expect(created).toMatchObject({ email: 'marla@example.com', username: 'marla', name: null });
    expect(created.details).toEqual({ language: 'en', servers: 0, suspendedServers: 0, twoFactor: false });
    expect(await edit(scene, Number(created.id), { username: 'tyler' })).toEqual({ ...created, username: 'tyler' });
  });
});

describe('looking for accounts', () => {
  it('finds the one of that name among those that contain it', async () => {
    const { double, panel } = await sceneOf();
    for (let n = 0; n < 120; n++) double.addUser({ username: `marla${n}` });
    const { id } = double.addUser(marla);
    const found = await panel.find({ by: 'username', username: 'marla' }, call());
    expect(found.map((account) => account.id)).toEqual([String(id)]);
    expect(await panel.find({ by: 'username', username: 'marla7' }, call())).toHaveLength(1);
    expect(await panel.find({ by: 'username', username: 'arla' }, call())).toEqual([]);
  });

  it('counts the pages itself, for the panel’s links forget what was asked', async () => {
    const { double, panel } = await sceneOf();
    for (let n = 0; n < 5; n++) double.addUser();
    const first = await panel.list({ after: null, limit: 4 }, call());
    const second = await panel.list({ after: first.next, limit: 4 }, call());
    expect([first, second].map(({ accounts, total }) => [accounts.length, total])).toEqual([
      [4, 6],
      [2, 6],
    ]);
    expect(second.next).toBeNull();
    expect(second.accounts[0]?.details.servers).toBe(0);
  });

  it('reads no more accounts at once than the panel can look up the servers of', async () => {
    const { double, panel } = await sceneOf();
    for (let n = 0; n < 60; n++) double.addUser();
    const page = await panel.list({ after: null, limit: 500 }, call());
    expect(page.accounts).toHaveLength(50);
    expect((await panel.list({ after: page.next, limit: 500 }, call())).accounts).toHaveLength(11);
  });

  it('does not let a comma, or a word that is no text to the panel, lead elsewhere', async () => {
    const { double, panel } = await sceneOf();
    const truth = double.addUser({ username: 'true' });
    const odd = double.addUser({ email: '"a,marla"@example.com' });
    double.addUser(marla);
    const idsOf = async (query: Parameters<typeof panel.find>[0]) =>
      (await panel.find(query, call())).map(({ id }) => id);
    expect(await idsOf({ by: 'username', username: 'true' })).toEqual([String(truth.id)]);
    expect(await idsOf({ by: 'email', email: odd.email })).toEqual([String(odd.id)]);
    expect(await idsOf({ by: 'email', email: 'nobody,marla@example.com' })).toEqual([]);
    expect(await idsOf({ by: 'email', email: ',' })).toEqual([]);
  });

  it('finds an e-mail that was stored in capitals', async () => {
    const { double, panel } = await sceneOf();
    const { id } = double.addUser({ ...marla, email: 'Marla@Example.com' });
    const found = await panel.find({ by: 'email', email: 'marla@example.com' }, call());
    expect(found).toMatchObject([{ id: String(id), email: 'Marla@Example.com' }]);
  });

  it('says so where it would have to go through too many', async () => {
    const { double, panel } = await sceneOf();
    for (let n = 0; n < 1_001; n++) double.addUser({ username: `marla${n}` });
    double.addUser(marla);
    const failure = await failureOf(panel.find({ by: 'username', username: 'marla' }, call()));
    expect(failure).toMatchObject({ kind: 'rejected', detail: expect.stringContaining('Too many') });
    expect(double.requests).toHaveLength(10);
  });

  it('asks for no id that no account can have, such as one of Discord’s, at which some databases fail', async () => {
    const { panel, double } = await sceneOf();
    for (const odd of ['823456789012345678', '4294967296']) expect(await panel.get(odd, call())).toBeNull();
    expect(double.requests).toEqual([]);
    expect(await panel.get('4294967295', call())).toBeNull();
    expect(double.requests).toHaveLength(1);
  });

  it('knows that the panel cuts off signs that nobody sees, too', async () => {
    const { panel, double } = await sceneOf();
    const { id } = double.addUser(marla);
    const names = { firstName: ' Marla\u200e', lastName: '\ufeff\u200bS' };
    const edited = await requireAbility(panel, 'edit').edit(String(id), names, change());
    expect(edited.details).toMatchObject({ firstName: 'Marla', lastName: 'S' });
  });

  it('lists the others where one account is unlike anything known, and takes no date for one that is not known', async () => {
    const { panel, double } = await sceneOf();
    const attributes = {
      ...{ id: 7, external_id: null, username: 'marla', email: 'marla@example.com', first_name: 'M', last_name: 'S' },
      ...{ language: 'en', root_admin: false, '2fa': false, created_at: '2026-05-01T08:59:30+00:00' },
    };
    const pagination = { total: 4, total_pages: 1 };
    const says = (...users: object[]) => {
      const data = users.map((changed) => ({ object: 'user', attributes: { ...attributes, ...changed } }));
      const body = { object: 'list', data, meta: { pagination } };
      double.failNext({ path: /users\?/ }, { kind: 'status', status: 200, body, acts: false });
    };
    says(
      { id: 6, username: 7 },
      { created_at: '-0001-11-30T00:00:00+00:00' },
      { id: 8, created_at: null },
      { id: null },
    );
    const { accounts } = await panel.list({ after: null, limit: 10 }, call());
    expect(accounts.map(({ id, createdAt }) => [id, createdAt])).toEqual([
      ['7', null],
      ['8', null],
    ]);
    says({ id: 6, username: 7 });
    expect(await failureOf(panel.list({ after: null, limit: 10 }, call()))).toMatchObject({ kind: 'malformed' });
  });

  it('shows no account of a key that may not read servers as one without', async () => {
    const { double } = await sceneOf();
    const panel = panelOn(double, { token: double.addKey({ servers: 0 }) });
    const { id } = double.addUser(marla);
    double.addServer({ userId: id });
    const account = await panel.get(String(id), call());
    expect(account?.details).not.toHaveProperty('servers');
    expect(account?.details).not.toHaveProperty('suspendedServers');
  });
});
