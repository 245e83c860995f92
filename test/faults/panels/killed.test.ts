/** The bot is killed where it stands, at every point of every change of real panels, and started again. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { createBotFleet } from '../../harness/bot-fleet.ts';
import { beginReady } from '../fixtures/begin.ts';
import { expectAccounted, expectTold, hurry, untilSettled } from './fixtures/accounted.ts';
import { type PanelDeed, preparing } from './fixtures/deed.ts';
import { type RealPanel, realPanels } from './fixtures/panels.ts';

// Processes that start take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const { ctrl, ptero, pelican } = await realPanels({ timeoutSeconds: 60 });
const panels: readonly RealPanel[] = [ctrl, ptero, pelican];
const fleet = await createBotFleet({
  connected: panels.map(({ settings }) => settings),
  timing: { callTimeoutMs: 60_000, leaseMs: 90_000 },
  settings: { graceHours: 0 },
});
const { discord, store } = fleet;
const prepare = preparing(discord);

/** Nobody works on anything any more, and it need not be waited for until that shows. */
const endLeases = () => store.sql`update operations set lease_until = now() where lease_until is not null`;

const owedCount = () => store.sql`select from owed_answers`.then(({ length }) => length);

const steps = new Set(panels.flatMap(({ deeds }) => deeds).flatMap((one) => one.steps));

interface Round {
  readonly point: string;
  readonly of: (deed: PanelDeed) => boolean;
}

/** Before its intent is stored and after its outcome is, it is no matter whose panel it is: that is tested in `../killed.test.ts`. */
const WHOLE = ['intent:after', 'effect:after'];
const ROUNDS: readonly Round[] = [
  ...WHOLE.map((point): Round => ({ point, of: () => true })),
  ...[...steps].flatMap((step) =>
    ['before', 'after'].map(
      (when): Round => ({ point: `step:${step}:${when}`, of: (one) => one.steps.includes(step) }),
    ),
  ),
];

test('killed at every point of every change, and while it settles, it settles each rightly or asks', async () => {
  const first = await fleet.start();
  onTestFinished(first.kill);
  const rounds = await Promise.all(
    ROUNDS.map(async ({ point, of }) => {
      const prepared = await Promise.all(panels.map((panel) => prepare(panel, panel.deeds.filter(of))));
      return { point, prepared: prepared.flat(), ready: prepared.flat().map(({ begin }) => begin) };
    }),
  );
  const answers = await beginReady(first, rounds);
  await expect.poll(owedCount, { timeout: 10_000 }).toBe(answers.length);
  await first.kill();

  await endLeases();
  const second = await fleet.start();
  onTestFinished(second.kill);
  await second.hold('step:*:after');
  const held = second.untilHeld();
  await expect.poll(() => hurry(store)).toBeGreaterThan(0);
  await held;
  await second.kill();

  await endLeases();
  onTestFinished((await fleet.start()).kill);
  await untilSettled(store);
  const prepared = rounds.flatMap((round) => round.prepared);
  await expectAccounted(store, prepared, answers);
  await expectTold(store, prepared);
});
