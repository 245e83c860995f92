/** Every request by which a real panel is changed, and every way in which one can go wrong. */
import { expect, test, vi } from 'vitest';
import type { Answer } from '../../../sandbox/discord/person/answer.ts';
import type { Verb } from '../../../src/domain/operation.ts';
import { createBotFleet } from '../../harness/bot-fleet.ts';
import { beginAll } from '../fixtures/begin.ts';
import { expectAccounted, expectTold, statesOf, untilSettled } from './fixtures/accounted.ts';
import { type PanelDeed, type Prepared, preparing } from './fixtures/deed.ts';
import { type RealPanel, realPanels } from './fixtures/panels.ts';
import { ctrlPanelFaults, LATE, pterodactylFaults, type WireFault } from './fixtures/wire-faults.ts';

// Processes that start, and answers that are waited for in vain, take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

/** Five silences in a row and a panel is spared, so that no more than four are ever under way, each after an answer. */
const AT_ONCE = 4;

const real = await realPanels({ timeoutSeconds: 0.75 });
const fleet = await createBotFleet({
  connected: Object.values(real).map(({ settings }) => settings),
  timing: { callTimeoutMs: 20_000, leaseMs: 30_000 },
  settings: { graceHours: 0 },
});
const { discord, store } = fleet;
const prepare = preparing(discord);
await fleet.start();

const late = Promise.withResolvers<void>();
const FAULTS = { ctrl: ctrlPanelFaults(late.promise), ptero: pterodactylFaults(late.promise) };

/** One of the requests of a deed goes wrong. */
interface Case {
  readonly panel: RealPanel;
  readonly deed: PanelDeed;
  readonly request: number;
  readonly wire: WireFault;
}

interface Ended extends Case {
  readonly prepared: Prepared;
  readonly answer: Answer;
  /** Whether its request went wrong as it was to. */
  readonly hasMet: boolean;
}

/** What would be lost or doubled: these are tried both with what was done and with what was not. */
const PRECIOUS: ReadonlySet<Verb> = new Set([
  'credits.grant',
  'credits.deduct',
  'credits.set',
  'account.create',
  'voucher.create',
]);

/** Others take turns: of each two faults that look alike from outside, a deed meets one. */
function casesOn(panel: RealPanel, faults: readonly WireFault[], turn: number): readonly Case[] {
  const pairs = [...new Set(faults.map(({ pair }) => pair))];
  return faults.flatMap((wire) =>
    panel.deeds.flatMap((deed, index) => {
      const half = (pairs.indexOf(wire.pair) + index + turn) % 2 === 0 ? 'done' : 'not done';
      if (wire.half !== null && wire.half !== half && !PRECIOUS.has(deed.verb)) return [];
      return Array.from({ length: deed.requests }, (_, request) => ({ panel, deed, request, wire }));
    }),
  );
}

/** Does them in their order, so many at once. */
async function run(cases: readonly Case[]): Promise<readonly Ended[]> {
  const waiting = [...cases];
  const ended: Ended[] = [];
  async function work(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) ended.push(...(await tryOut(next)));
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return ended;
}

/** A machine that is too busy may spoil a deed before its request is made: then it is tried once more, with somebody else. */
async function tryOut(one: Case, tries = 5): Promise<readonly Ended[]> {
  const { panel, deed, request, wire } = one;
  const [prepared] = await prepare(panel, [deed]);
  const meant = prepared && deed.writes(prepared.scene)[request];
  if (!meant) throw new Error('a deed has the requests that it says it has');
  const wasMet = panel.double.failNext(meant, wire.fault);
  const answer = await prepared.begin();
  await answer.until(({ messages }) => messages.length > 0, 20_000);
  const ended = { ...one, prepared, answer, hasMet: wasMet() };
  if (ended.hasMet) return [ended];
  if (tries === 1) throw new Error(`${panel.id}: ${deed.verb} has never met ${wire.name}`);
  return [ended, ...(await tryOut(one, tries - 1))];
}

/** Whether the panel has yet to do what it does late. CtrlPanel.gg may refuse an account while another one is half made. */
function isStillToCome({ panel, deed, request, wire, prepared, hasMet }: Ended): boolean {
  if (!hasMet || wire.name !== LATE) return false;
  if (panel === real.ctrl && deed.verb === 'account.create' && request === 0) return false;
  const written = panel.double.journal.slice(prepared.from).filter((entry) => deed.isOf(entry, prepared.scene));
  return written.length < (deed.requests === 1 ? deed.effects.length : request + 1);
}

/** Commands that are typed whole, and so can be typed again. */
const TYPED: ReadonlySet<Verb> = new Set([...PRECIOUS, 'limit.add', 'account.suspend', 'account.role']);

test('whatever becomes of a request, each change is settled rightly or laid before a person', async () => {
  const { ctrl, ptero, pelican } = real;
  const cases = [casesOn(ctrl, FAULTS.ctrl, 0), casesOn(ptero, FAULTS.ptero, 0), casesOn(pelican, FAULTS.ptero, 1)];
  const ended = (await Promise.all(cases.map(run))).flat();
  const prepared = ended.map((one) => one.prepared);
  late.resolve();
  await expect.poll(() => ended.filter(isStillToCome).length).toBe(0);
  await untilSettled(store);
  const answers = ended.map(({ answer }) => answer);
  await expectAccounted(store, prepared, answers);
  await expectTold(store, prepared);

  const refused = ended.filter(({ wire, deed, hasMet }) => hasMet && wire.isRefusal && deed.steps.length < 2);
  expect(await statesOfAll(refused)).toEqual(['failed']);
  const again = refused.filter(({ deed }) => TYPED.has(deed.verb));
  answers.push(...(await beginAll(again.map((one) => one.prepared.begin))));
  await untilSettled(store);
  await expectAccounted(store, prepared, answers);
  expect(await statesOfAll(again)).toEqual(['failed, then succeeded']);
});

async function statesOfAll(ended: readonly Ended[]): Promise<readonly string[]> {
  const states = await Promise.all(ended.map(({ prepared }) => statesOf(store, prepared)));
  return [...new Set(states.map((each) => each.join(', then ')))];
}
