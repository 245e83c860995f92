/** One of two processes stands still in the middle of everything until the other has taken it over, and goes on then. */
import { expect, test, vi } from 'vitest';
import type { Doubt } from '../../src/services/operations/record.ts';
import { createBotFleet } from '../harness/bot-fleet.ts';
import { expectAccounted, expectAllAnswered, untilSettled } from './fixtures/accounted.ts';
import { beginAll, beginHeld, deedsIn } from './fixtures/begin.ts';
import { DEEDS, past } from './fixtures/deeds.ts';
import { panelsOfEveryProof } from './fixtures/panels.ts';

// Processes that start and leases that end take their time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const every = panelsOfEveryProof({ settleAfterMs: 300 });
const panels = Object.values(every);
const fleet = await createBotFleet({ panels, timing: { leaseMs: 3_000, callTimeoutMs: 2_500 } });
const { discord, store } = fleet;
const prepare = deedsIn(discord);
const sleeper = await fleet.start();
await fleet.start();

const SOME = DEEDS.filter(({ verb }) => ['credits.grant', 'account.suspend', 'account.role'].includes(verb));
const STEPPING = SOME.filter(({ steps }) => steps.length > 1);

/** What the panels are asked for by those. */
const CALLS = ['credits.add', 'suspend', 'roles.set'] as const;
const countAsked = () =>
  panels.flatMap(({ calls }) => calls.filter((made) => CALLS.some((call) => call === made.name))).length;

/** While it is true, interactions go to the one that will stand still. */
function alone(isAlone: boolean): void {
  discord.deliverTo = isAlone ? 'one' : 'all';
}

test('what it was doing is settled without it, and nothing is doubled when it wakes', async () => {
  alone(true);
  const called = await prepare(panels, SOME);
  const answers = await beginHeld(sleeper, prepare, [
    { point: 'intent:after', deeds: SOME, panels },
    { point: 'step:account:before', deeds: STEPPING, panels },
    { point: 'step:account:after', deeds: STEPPING, panels },
    { point: 'step:servers:after', deeds: STEPPING, panels },
    { point: 'effect:after', deeds: SOME, panels },
  ]);
  const gate = Promise.withResolvers<void>();
  for (const { failNext } of panels) for (const call of CALLS) failNext(call, { kind: 'wait', for: gate.promise });
  const asked = countAsked();
  answers.push(...(await beginAll(called)));
  // On a slow machine the other process has gone on with some of what is held by then, and asked for that once more.
  await expect.poll(countAsked).toBeGreaterThanOrEqual(asked + called.length);

  await sleeper.freeze();
  alone(false);
  for (const { interactionId } of answers) discord.redeliver(interactionId);
  gate.resolve();
  await untilSettled(store);
  await expectAccounted(store, panels);
  const effects = panels.map(({ journal }) => journal.length);

  await sleeper.wake();
  await sleeper.letGo('outcome:after');
  await sleeper.untilHeld(answers.length);
  await sleeper.letGo();
  await untilSettled(store);
  await expectAccounted(store, panels);
  expect(panels.map(({ journal }) => journal.length)).toEqual(effects);
  await expectAllAnswered(store, answers);
});

test('what it then says against what was settled is laid before a person', async () => {
  const { panel, journal } = every.state;
  alone(true);
  const deeds = DEEDS.filter(({ verb }) => verb === 'account.role');
  await beginHeld(sleeper, prepare, [{ point: 'effect:after', deeds, panels: [every.state] }]);
  await sleeper.freeze();
  alone(false);
  await panel.roles?.set(journal.at(-1)?.accountId ?? '', ['client'], past());
  await untilSettled(store);
  const last = () => store.sql<{ state: string; doubt: Doubt; card: boolean }[]>`
    select state, doubt, exists (select from notices where operation = number and kind = 'card') as card
    from operations order by number desc limit 1`;
  expect(await last()).toMatchObject([{ state: 'failed', doubt: null, card: false }]);

  await sleeper.wake();
  await sleeper.letGo();
  await expect
    .poll(last)
    .toMatchObject([{ state: 'failed', doubt: { why: 'contradiction', came: 'succeeded' }, card: true }]);
});
