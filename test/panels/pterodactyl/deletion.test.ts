import { describe, expect, it } from 'vitest';
import { requireAbility } from '../../../src/panels/panel.ts';
import { call, change, failureOf } from '../../contract/panel/subject.ts';
import { panelOn, type Scene, sceneOf } from './subject.ts';

const remove = ({ panel }: Pick<Scene, 'panel'>, id: number) =>
  requireAbility(panel, 'deletion').delete(String(id), change());
const preview = ({ panel }: Pick<Scene, 'panel'>, id: number) =>
  requireAbility(panel, 'deletion').preview(String(id), call());
const deletesAsked = ({ double }: Scene) => double.requests.filter(({ method }) => method === 'DELETE').length;

describe.each(['pterodactyl', 'pelican'] as const)('deleting an account of %s', (product) => {
  it('names the servers that keep it, before it is tried and when it is', async () => {
    const scene = await sceneOf({ product });
    const { id } = scene.double.addUser();
    for (let n = 1; n <= 12; n++) scene.double.addServer({ userId: id, name: `smp${n}` });
    const said = (await preview(scene, id)).join(' ');
    expect(said).toContain('smp1, smp2, ');
    expect(said).toContain('smp10 and 2 more');
    expect(await failureOf(remove(scene, id))).toMatchObject({
      kind: 'rejected',
      effect: 'none',
      detail: expect.stringContaining('smp1, '),
    });
    expect(deletesAsked(scene)).toBe(0);
  });

  it('is refused by the panel itself where the key may not read servers', async () => {
    const { double } = await sceneOf({ product });
    const { id } = double.addUser();
    double.addServer({ userId: id });
    const panel = panelOn(double, { token: double.addKey({ servers: 0 }) });
    expect((await preview({ panel }, id)).join(' ')).toContain('may not read servers');
    expect(await failureOf(remove({ panel }, id))).toMatchObject({
      kind: 'rejected',
      effect: 'none',
      detail: expect.stringContaining('delete their servers'),
    });
    expect(double.user(id)).not.toBeNull();
  });

  it('does not shut Steward out', async () => {
    const scene = await sceneOf({ product });
    expect(await failureOf(remove(scene, scene.double.adminId))).toMatchObject({ kind: 'rejected', effect: 'none' });
    const panel = panelOn(scene.double, { keyOwnerId: null });
    expect(await failureOf(remove({ panel }, scene.double.adminId))).toMatchObject({
      kind: 'rejected',
      effect: 'none',
    });
    expect(deletesAsked(scene)).toBe(0);
    expect((await panel.probe(call())).product.toLowerCase()).toBe(product);
  });

  it('finds nothing the second time', async () => {
    const scene = await sceneOf({ product });
    const { id } = scene.double.addUser();
    await remove(scene, id);
    expect(await scene.panel.get(String(id), call())).toBeNull();
    expect(await failureOf(remove(scene, id))).toMatchObject({ kind: 'not_found', effect: 'none' });
  });
});

describe('deleting an administrator', () => {
  it('is done by Pterodactyl once it is known that the key is another’s, and said beforehand', async () => {
    const scene = await sceneOf();
    const { id } = scene.double.addUser({ rootAdmin: true });
    expect((await preview(scene, id)).join(' ')).toContain('administers the panel');
    await remove(scene, id);
    expect(scene.double.user(id)).toBeNull();
  });

  it('is refused by Pelican with an answer that names no error', async () => {
    const scene = await sceneOf({ product: 'pelican' });
    const { id } = scene.double.addUser({ rootAdmin: true });
    expect(await failureOf(remove(scene, id))).toMatchObject({
      kind: 'rejected',
      effect: 'none',
      detail: expect.stringContaining('root administrator'),
    });
    expect(deletesAsked(scene)).toBe(1);
  });
});
