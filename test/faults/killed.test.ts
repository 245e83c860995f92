/** The bot is killed where it stands, at every point of every change, and started again. */
import { expect, onTestFinished, test } from 'vitest';
import type { Answer } from '../../sandbox/discord/person/answer.ts';
import { USER_IDS } from '../../sandbox/world.ts';
import { createBotFleet } from '../harness/bot-fleet.ts';
import { expectAccounted, expectAllAnswered, untilSettled } from './fixtures/accounted.ts';
import { beginAll, DEEDS, type Deed, deedsOf } from './fixtures/deeds.ts';
import { panelsOfEveryProof } from './fixtures/panels.ts';

const panels = Object.values(panelsOfEveryProof());
const fleet = await createBotFleet({ panels, timing: { callTimeoutMs: 60_000, leaseMs: 90_000 } });
const { discord, served, store } = fleet;
const prepare = deedsOf(discord.as(USER_IDS.ada ?? ''));

const stepping = (step: string) => DEEDS.filter(({ steps }) => steps.includes(step));

/** Every point, with the changes that pass it. */
const POINTS: readonly (readonly [string, readonly Deed[]])[] = [
  ['intent:before', DEEDS],
  ['intent:after', DEEDS],
  ...['account', 'servers', 'credits'].flatMap((step): [string, readonly Deed[]][] => [
    [`step:${step}:before`, stepping(step)],
    [`step:${step}:after`, stepping(step)],
  ]),
  ['effect:after', DEEDS],
  ['outcome:after', DEEDS],
];

/** Nobody works on anything any more, and it need not be waited for until that shows. */
const endLeases = () => store.sql`update operations set lease_until = now() where lease_until is not null`;

test('killed at every point of every change, it settles each rightly or asks, and answers everybody', async () => {
  const first = await fleet.start();
  const ready = await Promise.all(POINTS.map(([, deeds]) => prepare(panels, deeds)));
  const answers: Answer[] = [];
  for (const [index, [point]] of POINTS.entries()) {
    await first.hold(point);
    const begun = await beginAll(ready[index] ?? []);
    answers.push(...begun);
    await first.untilHeld(begun.length);
  }
  await expect.poll(() => store.sql`select from owed_answers`.then(({ length }) => length)).toBe(answers.length);
  await first.kill();
  await endLeases();

  onTestFinished((await fleet.start()).kill);
  await untilSettled(store);
  await expectAccounted(store, panels);
  await expectAllAnswered(store, answers);
});

test('killed again and again while it settles, and refused when it goes on, it settles rightly all the same', async () => {
  const first = await fleet.start();
  const deeds = DEEDS.filter(({ steps }) => steps.length > 1);
  const ready = await Promise.all([prepare(panels, deeds), prepare(panels, DEEDS)]);
  const answers: Answer[] = [];
  for (const [index, point] of ['step:account:after', 'effect:after'].entries()) {
    await first.hold(point);
    const begun = await beginAll(ready[index] ?? []);
    answers.push(...begun);
    await first.untilHeld(begun.length);
  }
  await first.kill();

  for (const { panel } of panels) {
    for (const call of ['suspension.suspend', 'suspension.unsuspend', 'create.create'])
      served.failNext(panel.id, call, { kind: 'too many requests', acts: false });
  }
  for (const point of ['settle:before', 'settle:after', 'step:servers:before', 'step:servers:after', 'effect:after']) {
    const next = await fleet.start();
    await next.hold(point);
    await endLeases();
    await next.untilHeld();
    await next.kill();
  }
  await endLeases();
  onTestFinished((await fleet.start()).kill);
  await untilSettled(store);
  await expectAccounted(store, panels);
  await expectAllAnswered(store, answers);
});
