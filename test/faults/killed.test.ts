/** The bot is killed where it stands, at every point of every change, and started again. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { VERBS, type Verb } from '../../src/domain/operation.ts';
import { createBotFleet } from '../harness/bot-fleet.ts';
import { expectAccounted, expectAllAnswered, expectNoDoubt, untilSettled } from './fixtures/accounted.ts';
import { beginHeld, deedsIn, type Round } from './fixtures/begin.ts';
import { APPROVAL, DEEDS, DELETION, STEPS } from './fixtures/deeds.ts';
import { panelsOfEveryProof } from './fixtures/panels.ts';

// Processes that start take their time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const every = panelsOfEveryProof();
const panels = Object.values(every);
const fleet = await createBotFleet({ panels, timing: { callTimeoutMs: 60_000, leaseMs: 90_000 } });
const { discord, served, store } = fleet;
const prepare = deedsIn(discord);

/** Nobody works on anything any more, and it need not be waited for until that shows. */
const endLeases = () => store.sql`update operations set lease_until = now() where lease_until is not null`;

const owedCount = () => store.sql`select from owed_answers`.then(({ length }) => length);

test('no verb is left out', () => {
  expect(new Set(STEPS.keys())).toEqual(new Set(VERBS));
});

test('killed at every point of every change, it settles each rightly or asks, and answers everybody', async () => {
  /** Where the panel has not been asked yet, or has been heard, it is no matter which one it is. */
  const one = [every.reference];
  const all = [...DEEDS, APPROVAL];
  const steps = ['account', 'servers', 'credits'].flatMap((step): Round[] => {
    const deeds = DEEDS.filter((deed) => deed.steps.includes(step));
    return ['before', 'after'].map((when) => ({ point: `step:${step}:${when}`, deeds, panels }));
  });
  const password = DEEDS.filter(({ verb }) => verb === 'account.password');
  const first = await fleet.start();
  onTestFinished(first.kill);
  const answers = await beginHeld(first, prepare, [
    { point: 'intent:before', deeds: DEEDS, panels: one },
    { point: 'approval:before', deeds: [APPROVAL], panels: one },
    { point: 'intent:after', deeds: all, panels },
    ...steps,
    { point: 'step:password:before', deeds: password, panels },
    { point: 'step:password:after', deeds: password, panels },
    { point: 'effect:after', deeds: all, panels },
    { point: 'outcome:after', deeds: all, panels: one },
  ]);
  await expect.poll(owedCount, { timeout: 10_000 }).toBe(answers.length);
  await first.kill();
  await endLeases();

  onTestFinished((await fleet.start()).kill);
  await untilSettled(store);
  await expectAccounted(store, panels);
  await expectNoDoubt(store, [every.reference, every.annulling]);
  await expectAllAnswered(store, answers);
});

test('killed again and again while it settles, and refused when it goes on, it settles rightly all the same', async () => {
  await store.sql`insert into settings (name, value, changed_by) values ('graceHours', '0', 'test')`;
  const graceful: readonly Verb[] = ['account.schedule_deletion', 'account.keep'];
  const deeds = [...DEEDS.filter(({ verb }) => !graceful.includes(verb)), DELETION];
  const stepping = deeds.filter(({ steps }) => steps.includes('account'));
  const first = await fleet.start();
  onTestFinished(first.kill);
  const answers = await beginHeld(first, prepare, [
    { point: 'intent:after', deeds: [DELETION], panels },
    { point: 'step:account:after', deeds: stepping, panels },
    { point: 'effect:after', deeds, panels: [every.annulling, every.state] },
  ]);
  await first.kill();

  for (const { panel } of panels) {
    for (const { call } of stepping) served.failNext(panel.id, call, { kind: 'too many requests', acts: false });
  }
  for (const point of ['settle:before', 'settle:after', 'step:servers:after']) {
    const next = await fleet.start();
    onTestFinished(next.kill);
    await next.hold(point);
    await endLeases();
    await next.untilHeld();
    await next.kill();
  }
  await endLeases();
  onTestFinished((await fleet.start()).kill);
  await untilSettled(store);
  await expectAccounted(store, panels);
  await expectNoDoubt(store, [every.reference, every.annulling]);
  await expectAllAnswered(store, answers);
});
