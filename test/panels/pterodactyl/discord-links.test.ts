import { describe, expect, it } from 'vitest';
import { requireAbility } from '../../../src/panels/panel.ts';
import { call, change, failureOf } from '../../contract/panel/subject.ts';
import { panelOn, sceneOf } from './subject.ts';

const USER = '812345678901234567';
const OTHER = '812345678901234568';

async function keeping() {
  const scene = await sceneOf();
  const links = requireAbility(scene.panel, 'discordLinks');
  const keep = (id: number, userId: string | null) => links.keeping?.keep(String(id), userId, change()) ?? fail();
  const find = async (userId: string) => (await links.find?.(userId, call()))?.map(({ id }) => id);
  return { ...scene, links, keep, find };
}

function fail(): never {
  throw new Error('links are kept here');
}

describe('Discord ids kept as external ids', () => {
  it('prove nothing, for whoever has a key can write them', async () => {
    expect((await keeping()).links.proves).toBe(false);
  });

  it.each(['crm-42', '0', '17', '8123456789012345678901'])(
    'never take the place of what another program wrote there: %s',
    async (externalId) => {
      const { double, panel, keep } = await keeping();
      const { id } = double.addUser({ externalId });
      const failure = await failureOf(keep(id, USER));
      expect(failure).toMatchObject({
        kind: 'conflict',
        effect: 'none',
        detail: expect.stringContaining('another program'),
      });
      await keep(id, null);
      expect(double.user(id)?.externalId).toBe(externalId);
      expect(await panel.get(String(id), call())).toMatchObject({ discordId: null, details: { externalId } });
    },
  );

  it('are not passed on from one member to another without being cleared', async () => {
    const { double, keep } = await keeping();
    const { id } = double.addUser({ externalId: USER });
    expect(await failureOf(keep(id, OTHER))).toMatchObject({ kind: 'conflict', effect: 'none' });
    await keep(id, null);
    expect(await keep(id, OTHER)).toMatchObject({ discordId: OTHER });
  });

  it('are found by the database’s idea of equality, and compared again', async () => {
    const { double, find } = await keeping();
    const { id } = double.addUser({ externalId: USER });
    expect(await find(USER)).toEqual([String(id)]);
    expect(await find(OTHER)).toEqual([]);
    // To the database a blank at the end makes no difference.
    const { id: alike } = double.addUser({ externalId: `${OTHER} ` });
    const headers = { authorization: `Bearer ${double.token}`, accept: 'application/json' };
    const body = await (await fetch(`${double.url}/api/application/users/${alike}`, { headers })).json();
    double.failNext({ path: /external/ }, { kind: 'status', status: 200, body, acts: false });
    expect(await find(OTHER)).toEqual([]);
  });

  it('are known to be taken, though the account does not show whose', async () => {
    const { double, keep } = await keeping();
    double.addUser({ externalId: USER });
    const { id } = double.addUser();
    expect(await failureOf(keep(id, USER))).toMatchObject({
      kind: 'conflict',
      effect: 'none',
      detail: 'Another account has this external id.',
    });
  });

  it('are only external ids to an operator who keeps something else there', async () => {
    const { double } = await keeping();
    const panel = panelOn(double, { keepsDiscordIds: false });
    const { id } = double.addUser({ externalId: USER });
    expect(panel.discordLinks).toBeUndefined();
    expect(panel.missing.discordLinks).toContain('DISCORD_ID');
    expect(await panel.get(String(id), call())).toMatchObject({ discordId: null, details: { externalId: USER } });
  });
});
