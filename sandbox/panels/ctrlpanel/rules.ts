import type { Input } from '../wire/input.ts';
import { invalid, serverError } from './errors.ts';

/** One thing a value must be; null where it is. */
type Check = (value: unknown) => string | null;

export interface Rule {
  readonly required?: boolean;
  readonly nullable?: boolean;
  readonly checks: readonly Check[];
}

/** Broken messages by field, as Laravel words them. */
export type Broken = Record<string, string[]>;

/** The largest amount of credits in one request. */
export const MOST_CREDITS = Number(9_223_372_036_854_775n);
export const MOST_SERVERS = 1_000_000;

/** Checks fields that may be absent unless they are required. */
export function broken(rules: Readonly<Record<string, Rule>>, input: Input): Broken {
  const found: Broken = {};
  for (const [field, { required = false, nullable = false, checks }] of Object.entries(rules)) {
    const value = input[field];
    const label = field.replaceAll('_', ' ');
    const isAbsent = value === undefined || (value === null && (required || nullable));
    if (isAbsent && !required) continue;
    const says = isAbsent ? ['field is required.'] : checks.flatMap((check) => check(value) ?? []);
    if (says.length > 0)
      found[field] = says.map((one) =>
        one.startsWith('!') ? `The ${one.slice(1)} ${label} is invalid.` : `The ${label} ${one}`,
      );
  }
  return found;
}

/** @throws Refusal 422 where anything is broken */
export function validate(rules: Readonly<Record<string, Rule>>, input: Input): void {
  const found = broken(rules, input);
  if (Object.keys(found).length > 0) throw invalid(found);
}

const meets =
  (isMet: (value: unknown) => boolean, says: string): Check =>
  (value) =>
    isMet(value) ? null : says;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export const isNumeric = (value: unknown): value is number | string =>
  typeof value === 'number' || (typeof value === 'string' && /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value));

export const STRING = meets((value) => typeof value === 'string', 'field must be a string.');
export const EMAIL = meets((value) => /^[^\s@]+@[^\s@]+$/.test(text(value)), 'field must be a valid email address.');
export const ALPHA_NUM = meets(
  (value) => /^[\p{L}\p{M}\p{N}]+$/u.test(text(value)),
  'field must only contain letters and numbers.',
);
export const ALPHA_DASH = meets(
  (value) => /^[\p{L}\p{M}\p{N}_-]+$/u.test(text(value)),
  'field must only contain letters, numbers, dashes, and underscores.',
);
export const NUMERIC = meets(isNumeric, 'field must be a number.');
export const INTEGER = meets(
  (value) => isNumeric(value) && /^\s*[+-]?\d+\s*$/.test(String(value)),
  'field must be an integer.',
);

export const shortest = (length: number) =>
  meets((value) => [...text(value)].length >= length, `field must be at least ${length} characters.`);
export const longest = (length: number) =>
  meets((value) => [...text(value)].length <= length, `field must not be greater than ${length} characters.`);
export const least = (number: number) =>
  meets((value) => !isNumeric(value) || Number(value) >= number, `field must be at least ${number}.`);
export const most = (number: number) =>
  meets((value) => !isNumeric(value) || Number(value) <= number, `field must not be greater than ${number}.`);
export const unique = (taken: Iterable<string>): Check => {
  const held = new Set([...taken].map((one) => one.toLowerCase()));
  return meets((value) => !held.has(text(value).toLowerCase()), 'has already been taken.');
};
export const exists = (isThere: (value: unknown) => boolean) => meets(isThere, '!selected');
export const oneOf = (...values: readonly unknown[]) => meets((value) => values.includes(value), '!selected');

/** An amount of credits in thousandths, as PHP makes it: a binary fraction, cut off. */
export function toMilli(amount: unknown): bigint {
  return BigInt(Math.trunc(Number(amount) * 1_000));
}

/** @throws Refusal 500 where PHP cannot calculate with a value: with anything but a number, null, true or false */
export function calculable(value: unknown): number {
  if (value === undefined || value === null) return 0;
  if (isNumeric(value) || typeof value === 'boolean') return Number(value);
  throw serverError();
}
