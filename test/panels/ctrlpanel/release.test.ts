import { expect, it } from 'vitest';
import { requireAbility } from '../../../src/panels/panel.ts';
import { KINDS } from '../../../src/panels/registry.ts';
import { call, change, failureOf } from '../../contract/panel/subject.ts';
import { panelOn, sceneOf, shown, someone } from './subject.ts';

const DISCORD_USER = '823456789012345678';

it.each([
  ['1.2.0', '1.2'],
  ['development', 'newer than 1.2'],
  ['1.1.1', '1.1 or older'],
] as const)('tells %s by what it does, for it does not say', async (release, version) => {
  const { panel } = await sceneOf({ release });
  expect(await panel.probe(call())).toMatchObject({ product: 'CtrlPanel.gg', version });
});

it('takes something else at the address for what it is not', async () => {
  const { panel, double } = await sceneOf();
  double.failNext({}, { kind: 'status', status: 200, body: { hello: 'world' }, acts: false });
  expect(await failureOf(panel.probe(call()))).toMatchObject({ kind: 'malformed', effect: 'none' });
});

it('only reads 1.1, whose credits it cannot know, and says why', async () => {
  const { panel, double } = await sceneOf({ release: '1.1.1' });
  const before = { credits: requireAbility(panel, 'credits'), suspension: requireAbility(panel, 'suspension') };
  const user = someone(double);
  expect(await shown(panel, user)).toMatchObject({ username: user.name, balance: null, roles: ['User'] });
  const one = { minor: 1_000n, unit: before.credits.traits.unit };
  for (const attempt of [
    before.credits.add(String(user.id), one, change()),
    before.suspension.suspend(String(user.id), 'spam', change()),
  ]) {
    expect(await failureOf(attempt)).toMatchObject({ kind: 'unsupported_version', effect: 'none' });
  }
  expect(double.requests.every(({ method }) => method === 'GET')).toBe(true);
  expect([panel.credits, panel.create, panel.suspension]).toEqual([undefined, undefined, undefined]);
  expect(panel.missing.credits).toContain('1.1 or older');
  expect((await panel.probe(call())).warnings.join(' ')).toContain('only reads');
});

it('writes once the panel is updated, without being started anew', async () => {
  const { panel, double } = await sceneOf();
  const flat = { current_page: 1, data: [], last_page: 1, total: 0 };
  double.failNext({}, { kind: 'status', status: 200, body: flat, acts: false });
  await panel.probe(call());
  expect(panel.credits).toBeUndefined();
  await panel.probe(call());
  const one = { minor: 1_000n, unit: requireAbility(panel, 'credits').traits.unit };
  expect(await panel.credits?.add(String(someone(double).id), one, change())).toMatchObject({
    before: { minor: 10_000n },
  });
});

it('takes no balance from a panel that became an older one since it was probed, and writes to it no more', async () => {
  const { panel, double } = await sceneOf();
  await panel.probe(call());
  const { id, name, email } = someone(double);
  const bare = { id, name, email, credits: 250_000, server_limit: 1, pterodactyl_id: '7', suspended: 0, roles: [] };
  const flat = { current_page: 1, data: [bare], last_page: 1, total: 1 };
  const says = (body: object) =>
    double.failNext({ method: 'GET', path: /\/users/ }, { kind: 'status', status: 200, body, acts: false });
  const credits = requireAbility(panel, 'credits');
  const amount = (minor: bigint) => ({ minor, unit: credits.traits.unit });

  says(bare);
  expect((await panel.get(String(id), call()))?.balance).toBeNull();
  expect(panel.credits).toBeUndefined();
  await panel.probe(call());
  says(flat);
  expect((await panel.list({ after: null, limit: 1 }, call())).accounts[0]?.balance).toBeNull();
  await panel.probe(call());
  says({ ...bare, credits: 10 });
  const setting = credits.set(String(id), amount(20_000n), amount(10_000n), change());
  expect(await failureOf(setting)).toMatchObject({ kind: 'unsupported_version', effect: 'none' });
  expect(double.requests.every(({ method }) => method === 'GET')).toBe(true);

  await panel.probe(call());
  double.failNext(
    { method: 'PATCH' },
    { kind: 'status', status: 200, body: { ...bare, credits: 250_100_000 }, acts: false },
  );
  expect(await failureOf(credits.add(String(id), amount(1_000n), change()))).toMatchObject({ effect: 'unknown' });
});

it('finds by a Discord user where the panel can, and leaves it to the directory where not', async () => {
  for (const release of ['development', '1.1.1', '1.2.0'] as const) {
    const { panel, double } = await sceneOf({ release });
    await panel.probe(call());
    const user = someone(double);
    const other = someone(double);
    double.linkDiscord(user.id, DISCORD_USER);
    double.linkDiscord(other.id, `${DISCORD_USER}9`);
    const found = await panel.discordLinks?.find?.(DISCORD_USER, call());
    expect(
      found?.map(({ id }) => id),
      release,
    ).toEqual(release === '1.2.0' ? undefined : [String(user.id)]);
    expect(panel.discordLinks).toMatchObject({ proves: true });
    expect(panel.discordLinks?.keeping).toBeUndefined();
    expect(await shown(panel, user)).toMatchObject({ discordId: DISCORD_USER });
  }
});

it('does not take a Discord user’s id for an account’s, as 1.1 does', async () => {
  const { panel, double } = await sceneOf({ release: '1.1.1' });
  double.linkDiscord(someone(double).id, DISCORD_USER);
  expect(await panel.get(DISCORD_USER, call())).toBeNull();
});

it('tells its operator what the key of Pterodactyl lacks', async () => {
  const { panel, double } = await sceneOf();
  expect((await panel.probe(call())).warnings).toEqual([]);
  const without = panelOn(double, { pterodactyl: null });
  expect((await without.probe(call())).warnings.join(' ')).toContain('one account only');
  const refused = panelOn(double, { pterodactyl: { url: double.pterodactyl.url, token: 'ptla_wrong' } });
  expect((await refused.probe(call())).warnings.join(' ')).toContain('refuses Steward’s key');
  for (const url of [`${double.pterodactyl.url}/elsewhere`, double.url]) {
    const elsewhere = panelOn(double, { pterodactyl: { url, token: double.pterodactyl.token } });
    expect((await elsewhere.probe(call())).warnings.join(' '), url).toContain('does not answer Steward as it should');
    const { id } = someone(double, { emailVerifiedAt: new Date() });
    expect(await elsewhere.diagnosis?.diagnose(String(id), call()), url).toEqual([]);
  }
});

const { variables, fault } = KINDS.ctrlpanel;
const values = { URL: 'https://panel.example.com', TOKEN: 'key' };
const read = (more: Record<string, string>) => variables.parse({ ...values, ...more });

it('is told two things at least, and takes the panel’s own defaults for the rest', () => {
  expect(variables.parse(values)).toMatchObject({ REQUESTS_PER_MINUTE: 60, TIME_ZONE: 'UTC', TIMEOUT_SECONDS: 15 });
  expect(fault(read({}))).toBeNull();
  expect(variables.safeParse({ ...values, TIME_ZONE: 'Mars/Base' }).success).toBe(false);
});

it('wants the address and the key of Pterodactyl together, and both over TLS', () => {
  const PTERODACTYL_URL = 'https://games.example.com';
  const PTERODACTYL_TOKEN = 'ptla_key';
  expect(fault(read({ PTERODACTYL_URL }))).toMatchObject({ variable: 'PTERODACTYL_TOKEN' });
  expect(fault(read({ PTERODACTYL_TOKEN }))).toMatchObject({ variable: 'PTERODACTYL_URL' });
  expect(fault(read({ PTERODACTYL_URL, PTERODACTYL_TOKEN }))).toBeNull();
  expect(fault(read({ PTERODACTYL_URL: 'http://games.example.com', PTERODACTYL_TOKEN }))).toMatchObject({
    variable: 'PTERODACTYL_URL',
  });
  expect(fault(read({ URL: 'http://panel.example.com' }))).toMatchObject({ variable: 'URL' });
});
