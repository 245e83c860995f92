import { expect, it } from 'vitest';
import { grantCredits } from '../../../src/services/credits/grant.ts';
import { viewCredits } from '../../../src/services/credits/view.ts';
import { testStore } from '../../harness/database.ts';
import { createScenes, expectBooksToBalance, type Scene, untilCalled } from '../../harness/scene.ts';
import { contextOf } from '../../harness/services.ts';

const store = await testStore();
const scene = createScenes(store);

const look = ({ services, mira, target }: Scene) => viewCredits(contextOf(services, mira), target);

const entries = async ({ target }: Scene) =>
  (await store.sql`select kind, delta_minor from ledger where panel = ${target.panel} order by id`).map((row) => [
    row.kind,
    row.delta_minor,
  ]);

it('what others moved is an entry of its own once it is seen, however many look at once', async () => {
  const here = await scene();
  await look(here);
  here.panel.moveBalance(here.target.accountId, -20_000n);
  await Promise.all([look(here), look(here), look(here)]);
  expect(await entries(here)).toEqual([
    ['outside', 120_000n],
    ['outside', -20_000n],
  ]);
  await expectBooksToBalance(store, here.panel, here.target.accountId);
});

it('a look while a grant is under way leaves the telling to the grant', async () => {
  const here = await scene();
  await look(here);
  const { promise: hold, resolve: release } = Promise.withResolvers<void>();
  here.panel.failNext('credits.add', { kind: 'wait', for: hold });
  const granting = grantCredits(contextOf(here.services, here.mira), {
    target: here.target,
    amount: '50',
    reason: 'Power cut',
  });
  await untilCalled(here.panel, 'credits.add');
  here.panel.moveBalance(here.target.accountId, 5_000n);
  await look(here);
  expect(await entries(here)).toEqual([['outside', 120_000n]]);
  release();
  expect((await granting).kind).toBe('done');
  await look(here);
  await expectBooksToBalance(store, here.panel, here.target.accountId);
});

it('a balance read before a grant and looked at after it changes nothing in the books', async () => {
  const here = await scene();
  await look(here);
  const { promise: hold, resolve: release } = Promise.withResolvers<void>();
  here.panel.moveBalance(here.target.accountId, 5_000n);
  here.panel.failNext('get', { kind: 'wait', for: hold });
  const looking = look(here);
  await expect.poll(() => here.panel.calls.filter(({ name }) => name === 'get').length).toBe(2);
  await grantCredits(contextOf(here.services, here.mira), { target: here.target, amount: '50', reason: 'Power cut' });
  release();
  await looking;
  await expectBooksToBalance(store, here.panel, here.target.accountId);
});
