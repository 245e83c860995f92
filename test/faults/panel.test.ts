/** Panels behind a bad line, in every way in which one can fail, for every kind of change. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { createBotFleet } from '../harness/bot-fleet.ts';
import type { WireFault } from '../harness/remote-panel.ts';
import { expectAccounted, expectAllAnswered, expectNoDoubt, untilSettled } from './fixtures/accounted.ts';
import { beginAll, deedsIn } from './fixtures/begin.ts';
import { DEEDS } from './fixtures/deeds.ts';
import { panelsOfEveryProof } from './fixtures/panels.ts';

// Processes that start and leases that end take their time on a busy machine.
vi.setConfig({ testTimeout: 90_000 });

const CALL_TIMEOUT_MS = 1_000;
const every = panelsOfEveryProof({ settleAfterMs: 1_000 });
const panels = Object.values(every);
const fleet = await createBotFleet({ panels, timing: { callTimeoutMs: CALL_TIMEOUT_MS, leaseMs: 20_000 } });
const { discord, store, served } = fleet;
const prepare = deedsIn(discord);
await fleet.start();

const KINDS = [
  'credits.grant',
  'credits.set',
  'account.suspend',
  'account.role',
  'account.create',
  'account.notify',
  'server.suspend',
  'limit.add',
  'voucher.create',
];
const SOME = DEEDS.filter(({ verb }) => KINDS.includes(verb));

const spoilt = (['cut', 'nonsense', 'server error'] as const).flatMap((kind): WireFault[] => [
  { kind, acts: true },
  { kind, acts: false },
]);

test('whatever becomes of a request, each change is settled rightly or laid before a person', async () => {
  const never = new Promise<never>(() => undefined);
  const late = Promise.withResolvers<void>();
  const faults: readonly WireFault[] = [
    ...spoilt,
    { kind: 'too many requests', acts: false },
    { kind: 'slow', until: never },
    { kind: 'slow', until: late.promise },
  ];
  const ready = await Promise.all(faults.map(() => prepare(panels, SOME)));
  for (const fault of faults) {
    for (const { panel } of panels) for (const { call } of SOME) served.failNext(panel.id, call, fault);
  }
  const answers = await beginAll(ready.flat());
  // When nobody waits for it any more, but has not been looked for yet.
  await delay(CALL_TIMEOUT_MS + 500);
  late.resolve();
  await untilSettled(store, answers);
  await expectAccounted(store, panels);
  await expectNoDoubt(store, [every.reference, every.annulling]);
  await expectAllAnswered(store, answers);
});

test('what others move between the look and the change is theirs', async () => {
  const written = Promise.withResolvers<void>();
  const { reference, annulling, state } = every;
  const moving = [reference, annulling, state];
  const credits = DEEDS.filter(({ verb }) => verb.startsWith('credits.'));
  const ready = await prepare(moving, credits);
  for (const { panel } of moving) {
    for (const { call } of credits) served.failNext(panel.id, call, { kind: 'slow', until: written.promise });
  }
  const answers = await beginAll(ready);
  const stated = () => store.sql<{ panel: string; id: string }[]>`
    select panel, account_id as id from operations where state = 'pending'`;
  await expect.poll(() => stated().then(({ length }) => length)).toBe(ready.length);
  for (const { panel, id } of await stated()) moving.find((one) => one.panel.id === panel)?.moveBalance(id, 1_000n);
  written.resolve();
  await untilSettled(store, answers);
  await expectAccounted(store, panels);
  await expectAllAnswered(store, answers);
});

test('half of its steps done, a change is finished or laid before a person', async () => {
  const stepping = DEEDS.filter(({ steps }) => steps.length > 1);
  const ready = await prepare(panels, stepping);
  for (const { failNext } of panels) {
    for (const call of ['suspend', 'suspend', 'unsuspend', 'unsuspend', 'create'] as const)
      failNext(call, { kind: 'stop', afterSteps: 1 });
  }
  const answers = await beginAll(ready);
  await untilSettled(store, answers);
  await expectAccounted(store, panels);
  await expectAllAnswered(store, answers);
});
