/** The bot is killed where it stands, at every point of every change, and started again. */
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Answer } from '../../sandbox/discord/person/answer.ts';
import type { Verb } from '../../src/domain/operation.ts';
import { createBotFleet } from '../harness/bot-fleet.ts';
import { expectAccounted, expectAllAnswered, untilSettled } from './fixtures/accounted.ts';
import { APPROVAL, beginAll, DEEDS, DELETION, type Deed, deedsIn } from './fixtures/deeds.ts';
import { panelsOfEveryProof } from './fixtures/panels.ts';

// Processes that start and leases that end take their time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const panels = Object.values(panelsOfEveryProof());
const fleet = await createBotFleet({ panels, timing: { callTimeoutMs: 60_000, leaseMs: 90_000 } });
const { discord, served, store } = fleet;
const prepare = deedsIn(discord);

const stepping = (step: string) => DEEDS.filter(({ steps }) => steps.includes(step));

/** Every point, with the changes that pass it. */
const POINTS: readonly (readonly [string, readonly Deed[]])[] = [
  ['intent:before', DEEDS],
  ['approval:before', [APPROVAL]],
  ['intent:after', [...DEEDS, APPROVAL]],
  ...['account', 'servers', 'credits'].flatMap((step): [string, readonly Deed[]][] => [
    [`step:${step}:before`, stepping(step)],
    [`step:${step}:after`, stepping(step)],
  ]),
  ['effect:after', [...DEEDS, APPROVAL]],
  ['outcome:after', [...DEEDS, APPROVAL]],
];

/** What there is only where a deletion has a time of grace. */
const GRACEFUL: ReadonlySet<Verb> = new Set(['account.schedule_deletion', 'account.keep']);

/** Nobody works on anything any more, and it need not be waited for until that shows. */
const endLeases = () => store.sql`update operations set lease_until = now() where lease_until is not null`;

test('killed at every point of every change, it settles each rightly or asks, and answers everybody', async () => {
  const first = await fleet.start();
  onTestFinished(first.kill);
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
  await store.sql`insert into settings (name, value, changed_by) values ('graceHours', '0', 'test')`;
  const first = await fleet.start();
  onTestFinished(first.kill);
  const deeds = [...DEEDS.filter(({ verb }) => !GRACEFUL.has(verb)), DELETION];
  const rounds = [
    ['intent:after', [DELETION]],
    ['step:account:after', deeds.filter(({ steps }) => steps.includes('account'))],
    ['effect:after', deeds],
  ] as const;
  const ready = await Promise.all(rounds.map((round) => prepare(panels, round[1])));
  const answers: Answer[] = [];
  for (const [index, [point]] of rounds.entries()) {
    await first.hold(point);
    answers.push(...(await beginAll(ready[index] ?? [])));
    await first.untilHeld(ready[index]?.length);
  }
  await first.kill();

  for (const { panel } of panels) {
    for (const call of ['suspension.suspend', 'suspension.unsuspend', 'create.create'])
      served.failNext(panel.id, call, { kind: 'too many requests', acts: false });
  }
  for (const point of ['settle:before', 'settle:after', 'step:servers:after']) {
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
