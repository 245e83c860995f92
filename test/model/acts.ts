/** What can happen in a sequence, one act at a time. After each, more or less of what it set off happens before the next. */
import fc from 'fast-check';
import type { Fault } from '../harness/test-panel.ts';
import { anyChoices, type Choices, DEED_NAMES } from './deeds.ts';
import { PEOPLE } from './people.ts';
import type { Cast } from './world.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Which of several, by its position among those that there are then. */
type Which = number;

export type Act =
  /** Somebody does something to an account, and the panel may not take it well. */
  | {
      readonly kind: 'do';
      readonly deed: Which;
      readonly choices: Choices;
      readonly who: Which;
      readonly account: Which;
      readonly fault: Fault | null;
      readonly pressed: boolean;
      readonly goesOn: boolean;
    }
  /** What was asked for is delivered again, or its button is pressed again. */
  | { readonly kind: 'repeat'; readonly request: Which; readonly how: 'delivered' | 'pressed' }
  | { readonly kind: 'undo' | 'approve' | 'decline'; readonly operation: Which; readonly who: Which }
  /** Somebody answers a card as it really is. */
  | { readonly kind: 'settle'; readonly operation: Which; readonly who: Which; readonly hesitant: boolean }
  | { readonly kind: 'look'; readonly account: Which }
  /** The next look into the panel fails. */
  | { readonly kind: 'blind'; readonly call: 'get' | 'receipt' | 'annul' | 'find' }
  /** The panel moves a balance by itself. */
  | { readonly kind: 'outside'; readonly account: Which; readonly deltaMinor: bigint }
  /** What the panel had not answered it does now. */
  | { readonly kind: 'land' }
  | { readonly kind: 'crash' }
  /** The process stands still, as one that was stopped or that lost its processor, until it is woken. */
  | { readonly kind: 'freeze' | 'wake' }
  /** It stands still for so long that another takes over what it was doing, and settles it. */
  | { readonly kind: 'stall' }
  /** Time passes, over everything that stands still meanwhile; then the loops of the process go round. */
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'jobs' | 'timers' };

/** An act, in one of the two processes. */
export interface Move {
  readonly act: Act;
  readonly worker: 0 | 1;
  /** How many turns are taken before the next; null: all that there are. */
  readonly turns: number | null;
  /** Whether the other process stands still meanwhile. */
  readonly alone: boolean;
}

const which = fc.nat({ max: 11 });

const anyFault: fc.Arbitrary<Fault> = fc.constantFrom<Fault[]>(
  { kind: 'timeout', acts: 'never' },
  { kind: 'timeout', acts: 'before' },
  { kind: 'timeout', acts: 'late' },
  { kind: 'timeout', acts: 'late' },
  { kind: 'malformed', acts: true },
  { kind: 'malformed', acts: false },
  { kind: 'refuse', failure: 'rate_limited' },
  { kind: 'refuse', failure: 'rejected' },
  { kind: 'stop', afterSteps: 0 },
  { kind: 'stop', afterSteps: 1 },
  { kind: 'stop', afterSteps: 1 },
);

const anyAct: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 28,
    arbitrary: fc.record({
      kind: fc.constant('do'),
      deed: which,
      choices: anyChoices,
      who: which,
      account: which,
      fault: fc.option(anyFault, { freq: 2 }),
      pressed: fc.boolean(),
      goesOn: fc.boolean(),
    } as const),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('repeat'),
      request: which,
      how: fc.constantFrom('delivered', 'pressed'),
    } as const),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('undo', 'undo', 'approve', 'approve', 'approve', 'decline'),
      operation: which,
      who: which,
    } as const),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('settle'),
      operation: which,
      who: which,
      hesitant: fc.boolean(),
    } as const),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('look'), account: which } as const) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('blind'),
      call: fc.constantFrom('get', 'receipt', 'annul', 'find'),
    } as const),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('outside'),
      account: which,
      deltaMinor: fc.constantFrom(1_000n, 6_000n, -1_000n, -6_000n),
    } as const),
  },
  { weight: 1, arbitrary: fc.constant<Act>({ kind: 'land' }) },
  { weight: 3, arbitrary: fc.constant<Act>({ kind: 'crash' }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('freeze', 'wake') } as const),
  },
  {
    weight: 4,
    arbitrary: fc.constant<Act>({ kind: 'stall' }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('pass'),
      ms: fc.constantFrom(2 * SECOND_MS, 31 * SECOND_MS, 31 * SECOND_MS, 61 * SECOND_MS, 11 * MINUTE_MS, 25 * HOUR_MS),
    } as const),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('jobs', 'jobs', 'timers') } as const) },
);

const anyMove: fc.Arbitrary<Move> = fc.record({
  act: anyAct,
  worker: fc.constantFrom(0, 1),
  turns: fc.option(fc.nat({ max: 14 }), { freq: 3 }),
  alone: fc.boolean(),
});

/** A sequence: what happens, in the order in which it begins. */
export const anyMoves: fc.Arbitrary<readonly Move[]> = fc.array(anyMove, { minLength: 6, maxLength: 14, size: 'max' });

export const anyCast: fc.Arbitrary<Cast> = fc.record({
  deeds: fc.array(fc.constantFrom(...DEED_NAMES), { minLength: 1, maxLength: 5, size: 'max' }),
  people: fc.array(fc.constantFrom(...PEOPLE.keys()), { minLength: 1, maxLength: 4, size: 'max' }),
  accounts: fc.subarray([0, 1, 2], { minLength: 1 }),
});
