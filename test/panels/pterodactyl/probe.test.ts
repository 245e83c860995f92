import { describe, expect, it, onTestFinished } from 'vitest';
import { startDouble } from '../../../sandbox/panels/double.ts';
import { json } from '../../../sandbox/panels/wire/answer.ts';
import { requireAbility } from '../../../src/panels/panel.ts';
import { KINDS } from '../../../src/panels/registry.ts';
import { call, failureOf } from '../../contract/panel/subject.ts';
import { panelOn, sceneOf } from './subject.ts';

describe('probing a panel', () => {
  it.each([
    ['pterodactyl', 'Pterodactyl'],
    ['pelican', 'Pelican'],
  ] as const)('tells %s by its users, and has nothing against a key with all rights', async (product, name) => {
    const { panel, double } = await sceneOf({ product });
    expect(await panel.probe(call())).toEqual({ product: name, version: expect.any(String), warnings: [] });
    expect(double.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  it.each([
    ['pelican', 'ptla_key', 5, 'Pelican', 3],
    ['pterodactyl', 'papp_key', 3, 'Pterodactyl', 5],
  ] as const)(
    'believes the users of %s more than a key that came with a database',
    async (product, token, before, name, after) => {
      const { double } = await sceneOf({ product });
      const migrated = await startDouble(async ({ path, search }) => {
        const headers = { authorization: `Bearer ${double.token}`, accept: 'application/json' };
        return json(200, await (await fetch(double.url + path + search, { headers })).json());
      });
      onTestFinished(() => migrated.stop());
      const panel = panelOn(double, { url: migrated.url, token });
      const fieldsOf = () => requireAbility(panel, 'create').traits.fields.length;
      expect(fieldsOf()).toBe(before);
      expect((await panel.probe(call())).product).toBe(name);
      expect(fieldsOf()).toBe(after);
    },
  );

  it.each([
    ['pterodactyl', { servers: 0 }, 'may not read servers'],
    ['pelican', { servers: 0 }, 'may not read servers'],
    ['pelican', { roles: 0 }, 'may not read roles'],
    ['pterodactyl', { kind: 'account' }, 'is one of an account'],
    ['pelican', { kind: 'account' }, 'is one of an account'],
  ] as const)('warns of a key of %s with %j', async (product, key, warning) => {
    const { double } = await sceneOf({ product });
    const { warnings } = await panelOn(double, { token: double.addKey(key) }).probe(call());
    expect(warnings).toEqual([expect.stringContaining(warning)]);
  });

  it('fails for a key that may not read users', async () => {
    const { double } = await sceneOf();
    const panel = panelOn(double, { token: double.addKey({ users: 0 }) });
    expect(await failureOf(panel.probe(call()))).toMatchObject({ kind: 'forbidden' });
  });

  it('warns where the owner of the key is not known, or cannot be it', async () => {
    const { double } = await sceneOf();
    const warningsOf = async (keyOwnerId: string | null) =>
      (await panelOn(double, { keyOwnerId }).probe(call())).warnings;
    expect(await warningsOf(null)).toEqual([expect.stringContaining('not known who made the key')]);
    const unlike = [expect.stringContaining('names no administrator')];
    expect(await warningsOf(String(double.addUser().id))).toEqual(unlike);
    expect(await warningsOf('999999')).toEqual(unlike);
  });
});

describe('the settings of a panel of this kind', () => {
  const kind = KINDS.pterodactyl;
  const read = (values: object) =>
    kind.variables.safeParse({ URL: 'https://panel.example.com/', TOKEN: 'ptla_key', ...values });

  it('are little more than its address and a key', () => {
    const parsed = read({});
    expect(parsed.success).toBe(true);
    expect(kind.fault(parsed.data)).toBeNull();
    const panel = kind.create({ id: 'main', label: 'Main' }, parsed.data, { sql: undefined as never });
    expect(panel).toMatchObject({
      kind: 'pterodactyl',
      address: 'https://panel.example.com',
      rate: { perMinute: 240 },
    });
    expect(panel.discordLinks).toBeUndefined();
  });

  it('say where Discord ids are kept, and whose the key is', () => {
    const panel = kind.create(
      { id: 'main', label: 'Main' },
      read({ DISCORD_ID: 'external_id', KEY_OWNER_ID: '1' }).data,
      { sql: undefined as never },
    );
    expect(panel.discordLinks?.proves).toBe(false);
    for (const wrong of [{ DISCORD_ID: 'username' }, { KEY_OWNER_ID: 'me' }, { KEY_OWNER_ID: '1abc' }])
      expect(read(wrong).success).toBe(false);
  });

  it('send no key in plain text unless that is allowed', () => {
    const fault = { variable: 'URL', problem: 'would send the key in plain text' };
    expect(kind.fault(read({ URL: 'http://panel.example.com' }).data)).toEqual(fault);
    expect(kind.fault(read({ URL: 'http://panel.example.com', ALLOW_HTTP: 'true' }).data)).toBeNull();
  });

  it('make a panel that knows its product by the key before it was asked anything', () => {
    const fieldsOf = (TOKEN: string) =>
      kind.create({ id: 'main', label: 'Main' }, read({ TOKEN }).data, { sql: undefined as never }).create?.traits
        .fields.length;
    expect([fieldsOf('ptla_key'), fieldsOf('papp_key'), fieldsOf('pacc_key')]).toEqual([5, 3, 3]);
  });
});
