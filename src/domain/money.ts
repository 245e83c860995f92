import { refuse } from './refusal.ts';

/** What an amount is counted in. `scale` is the number of decimal digits the panel keeps exactly. */
export interface Unit {
  readonly code: string;
  readonly scale: number;
}

/** An exact amount: `minor` counts the unit's smallest part (hundredths for a scale of 2). Never a float. */
export interface Money {
  readonly minor: bigint;
  readonly unit: Unit;
}

/** The largest amount that can be typed or stored: it fits PostgreSQL's bigint with room for sums. */
const LARGEST_MINOR = 10n ** 15n;

const AMOUNT = /^(\d+)(?:\.(\d+))?$/;

export function money(minor: bigint, unit: Unit): Money {
  return { minor, unit };
}

/**
 * Reads an amount as people type it: digits, and a point before decimals, in every language.
 *
 * @throws Refusal `amount.malformed` (signs, commas, exponents, spaces), `amount.too_fine` (more decimals than the unit has),
 * `amount.too_large`.
 */
export function parseAmount(text: string, unit: Unit): Money {
  const match = AMOUNT.exec(text.trim());
  if (!match) throw refuse('amount.malformed', { text });
  const [, whole = '', decimals = ''] = match;
  const exact = decimals.replace(/0+$/, '');
  if (exact.length > unit.scale) throw refuse('amount.too_fine', { text, scale: unit.scale });
  if (whole.length > 16) throw refuse('amount.too_large', { text });
  const minor = BigInt(whole + exact.padEnd(unit.scale, '0'));
  if (minor > LARGEST_MINOR) throw refuse('amount.too_large', { text });
  return { minor, unit };
}

/** As {@link parseAmount}, and refuses zero with `amount.zero`. */
export function parsePositiveAmount(text: string, unit: Unit): Money {
  const amount = parseAmount(text, unit);
  if (amount.minor === 0n) throw refuse('amount.zero', {});
  return amount;
}

/** Decimal text without grouping, as stored in JSON and in limits: `"1234.5"`. */
export function toDecimal({ minor, unit }: Money): string {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(unit.scale + 1, '0');
  const whole = digits.slice(0, digits.length - unit.scale);
  const decimals = digits.slice(digits.length - unit.scale).replace(/0+$/, '');
  return `${minor < 0n ? '-' : ''}${whole}${decimals ? `.${decimals}` : ''}`;
}

/** For people: a point before decimals, thin spaces between groups of three, decimals whole or not at all: `1 234.50`. */
export function formatAmount(amount: Money): string {
  const [whole = '0', decimals] = toDecimal({
    ...amount,
    minor: amount.minor < 0n ? -amount.minor : amount.minor,
  }).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '\u2009');
  const sign = amount.minor < 0n ? '−' : '';
  return `${sign}${grouped}${decimals ? `.${decimals.padEnd(amount.unit.scale, '0')}` : ''}`;
}

/** As {@link formatAmount} with a plus before what is not negative: `+50`. */
export function formatDelta(amount: Money): string {
  return amount.minor < 0n ? formatAmount(amount) : `+${formatAmount(amount)}`;
}

/** @throws Error when the units differ: amounts of two units are never added. */
function add(left: Money, right: Money): Money {
  if (left.unit.code !== right.unit.code || left.unit.scale !== right.unit.scale) {
    throw new Error(`cannot add ${left.unit.code} to ${right.unit.code}`);
  }
  return { minor: left.minor + right.minor, unit: left.unit };
}

export function negate({ minor, unit }: Money): Money {
  return { minor: -minor, unit };
}

export function subtract(left: Money, right: Money): Money {
  return add(left, negate(right));
}
