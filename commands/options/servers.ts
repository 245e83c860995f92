import { wholeNumber } from './whole-number.ts';

const MOST = 1_000_000;

/** By how many servers; what the panel takes, the service checks. */
export const serverCount = wholeNumber({
  label: 'How many servers',
  description: 'How many servers more or fewer',
  least: 1,
  most: MOST,
});

/** How many servers in all. */
export const serverLimit = wholeNumber({
  label: 'How many servers in all',
  description: 'How many servers the account may have in all',
  least: 0,
  most: MOST,
});
