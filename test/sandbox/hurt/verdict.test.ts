import { expect, test } from 'vitest';
import { type Comparison, type OpenOperation, verdictOn } from '../../../sandbox/hurt/verdict.ts';

const equal: Comparison = { isEqual: true, movements: 12, amount: '+340', difference: '+0', open: [] };
const open = (more: Partial<OpenOperation> = {}): OpenOperation => ({
  number: 1043,
  state: 'unknown',
  asks: false,
  ...more,
});

test.each<[string, Partial<Comparison>, string, string]>([
  ['equal books', {}, 'equal', 'Equal: 12 movements, +340'],
  ['a single movement', { movements: 1 }, 'equal', 'Equal: 1 movement, +340'],
  [
    'books that differ though nothing is open',
    { isEqual: false, difference: '−50' },
    'different',
    "Not equal: the panel's journal has −50 beyond the ledger, and nothing is open",
  ],
  ['an operation under way', { isEqual: false, open: [open({ state: 'pending' })] }, 'open', '#1043 is under way'],
  [
    'one that is not known',
    { isEqual: false, open: [open()] },
    'open',
    '#1043 is not known yet: Steward is finding out',
  ],
  [
    'one that asks, beside books that are equal',
    { open: [open({ asks: true })] },
    'open',
    '#1043 asks a person: see #staff. Else equal: 12 movements, +340',
  ],
  [
    'several',
    { isEqual: false, open: [open({ number: 1001, asks: true }), open()] },
    'open',
    '#1043 is not known yet: Steward is finding out, and 1 more',
  ],
])('of %s it says so', (_what, comparison, tone, says) => {
  expect(verdictOn({ ...equal, ...comparison })).toEqual({ tone, says });
});
