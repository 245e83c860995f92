import type { Input } from '../wire/input.ts';
import { type ErrorEntry, Refusal } from './errors.ts';
import type { PteroState, PteroUser } from './state.ts';

interface Check {
  readonly rule: string;
  /** Without the field's label before it. */
  readonly says: string;
  readonly isMet: (value: unknown) => boolean;
}

interface Rule {
  readonly field: string;
  readonly label: string;
  readonly required: boolean;
  readonly nullable: boolean;
  readonly checks: readonly Check[];
}

const isText = (value: unknown): value is string => typeof value === 'string';
const length = (value: unknown) => [...String(value)].length;
const isNoList = (value: unknown) => typeof value !== 'object';

const TEXT: Check = { rule: 'string', says: 'must be a string.', isMet: isText };
const EMAIL: Check = {
  rule: 'email',
  says: 'must be a valid email address.',
  isMet: (value) => isText(value) && /^[^\s@]+@[^\s@]+$/.test(value),
};
const BOOLEAN: Check = {
  rule: 'boolean',
  says: 'field must be true or false.',
  isMet: (value) => [true, false, 0, 1, '0', '1'].includes(value as never),
};
const LANGUAGE: Check = { rule: 'in', says: 'selected is invalid.', isMet: (value) => value === 'en' };
const USERNAME: Check = {
  rule: 'p_username',
  says: 'must start and end with alpha-numeric characters and\n                contain only letters, numbers, dashes, underscores, and periods.',
  isMet: (value) => /^[a-z0-9]([\w.-]+)[a-z0-9]$/.test(String(value).toLowerCase()),
};

const between = (most: number): Check => ({
  rule: 'between',
  says: `must be between 1 and ${most} characters.`,
  isMet: (value) => isNoList(value) && length(value) >= 1 && length(value) <= most,
});
const max = (most: number): Check => ({
  rule: 'max',
  says: `may not be greater than ${most} characters.`,
  isMet: (value) => isNoList(value) && length(value) <= most,
});

/**
 * Checks what a user is to be made or changed to.
 *
 * @param self the user that is changed, whose own values are not taken
 * @throws Refusal 422 with an entry for each rule that is broken
 */
export function checkUser(state: PteroState, input: Input, self: PteroUser | null): void {
  const unique = (column: 'email' | 'username' | 'externalId'): Check => ({
    rule: 'unique',
    says: 'has already been taken.',
    isMet: (value) => {
      const wanted = String(value).toLowerCase();
      return [...state.users.values()].every((one) => one === self || one[column]?.toLowerCase() !== wanted);
    },
  });
  const rules = state.product === 'pelican' ? pelicanRules(unique) : pterodactylRules(unique);
  const errors = rules.flatMap((rule) => broken(rule, input));
  if (errors.length > 0) throw new Refusal(422, errors);
}

type Unique = (column: 'email' | 'username' | 'externalId') => Check;

function pterodactylRules(unique: Unique): readonly Rule[] {
  return [
    required('email', 'email', [EMAIL, between(191), unique('email')]),
    { ...optional('external_id', 'Third Party Identifier', [TEXT, max(191), unique('externalId')]), nullable: true },
    required('username', 'username', [between(191), unique('username'), USERNAME]),
    required('first_name', 'first name', [TEXT, between(191)]),
    required('last_name', 'last name', [TEXT, between(191)]),
    { ...optional('password', 'password', [TEXT]), nullable: true },
    optional('language', 'language', [TEXT, LANGUAGE]),
    optional('root_admin', 'Root Administrator Status', [BOOLEAN]),
  ];
}

function pelicanRules(unique: Unique): readonly Rule[] {
  return [
    required('email', 'email', [EMAIL, max(255), unique('email')]),
    { ...optional('external_id', 'Third Party Identifier', [TEXT, max(255), unique('externalId')]), nullable: true },
    optional('is_managed_externally', 'is managed externally', [BOOLEAN]),
    required('username', 'username', [between(255), unique('username')]),
    { ...optional('password', 'password', [TEXT]), nullable: true },
    optional('language', 'language', [TEXT]),
    optional('timezone', 'timezone', [TEXT]),
  ];
}

function required(field: string, label: string, checks: readonly Check[]): Rule {
  return { field, label, required: true, nullable: false, checks };
}

function optional(field: string, label: string, checks: readonly Check[]): Rule {
  return { field, label, required: false, nullable: false, checks };
}

function broken({ field, label, required: isRequired, nullable, checks }: Rule, input: Input): ErrorEntry[] {
  const value = input[field];
  const entry = (rule: string, says: string): ErrorEntry => ({
    code: 'ValidationException',
    status: '422',
    detail: `The ${label} ${says}`,
    meta: { source_field: field, rule },
  });
  if (value === undefined || (value === null && isRequired)) {
    return isRequired ? [entry('required', 'field is required.')] : [];
  }
  if (value === null && nullable) return [];
  const errors: ErrorEntry[] = [];
  for (const { rule, says, isMet } of checks) {
    // The database is not asked about what is wrong by itself.
    if (rule === 'unique' && errors.length > 0) continue;
    if (!isMet(value)) errors.push(entry(rule, says));
  }
  return errors;
}
