import { type Money, parseAmount, type Unit } from '../../domain/money.ts';
import { Refusal } from '../../domain/refusal.ts';
import { findFieldProblem } from '../fields.ts';
import { type Field, type FieldValues, PanelError } from '../panel.ts';

/** Credits of a built-in panel: hundredths. */
export const UNIT: Unit = { code: 'credits', scale: 2 };

/** What an account of a built-in panel may be called upon to be. The first is what a new account gets. */
export const ROLES = [
  { name: 'customer', administrator: false },
  { name: 'reseller', administrator: false },
  { name: 'supporter', administrator: false },
  { name: 'administrator', administrator: true },
] as const;

/** ASCII only: two addresses that look alike but differ are a way to be taken for someone else. 254 is the longest that mail carries (RFC 5321). */
const EMAIL: Field = {
  name: 'email',
  type: 'email',
  required: true,
  maxLength: 254,
  pattern:
    "[A-Za-z0-9.!#$%&'*+\\/=?^_`{\\|}~\\-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9\\-]*[A-Za-z0-9])?\\.)+[A-Za-z]{2,63}",
};

const USERNAME: Field = {
  name: 'username',
  type: 'text',
  required: true,
  minLength: 3,
  maxLength: 32,
  pattern: '[A-Za-z0-9_.\\-]+',
};

const NAME: Field = { name: 'name', type: 'text', required: false, maxLength: 80, pattern: '[^\\p{Cc}\\p{Cs}]+' };

export const CREATE_FIELDS: readonly Field[] = [
  EMAIL,
  USERNAME,
  NAME,
  { name: 'role', type: 'role', required: false },
  { name: 'credits', type: 'amount', required: false },
];

export const EDIT_FIELDS: readonly Field[] = [EMAIL, USERNAME, NAME];

/** The values as they are stored. An empty text stands for nothing, as an emptied form field does. */
export interface CleanValues {
  readonly email: string | undefined;
  readonly username: string | undefined;
  readonly name: string | null | undefined;
}

/** @throws PanelError `rejected`, effect `none`, when a value is not as its field asks. */
export function cleanValues(
  fields: readonly Field[],
  values: FieldValues,
  { complete }: { complete: boolean },
): CleanValues {
  const trimmed = {
    ...values,
    ...(values.email === undefined ? {} : { email: values.email.trim().toLowerCase() }),
    ...(values.username === undefined ? {} : { username: values.username.trim() }),
    ...(values.name === undefined ? {} : { name: values.name.trim() }),
  };
  const problem = findFieldProblem(fields, trimmed, { complete });
  if (problem) throw rejected(`the ${problem.field} is ${problem.problem}`, `The ${problem.field} is not valid.`);
  return { email: trimmed.email, username: trimmed.username, name: trimmed.name === '' ? null : trimmed.name };
}

/** Whether a text could be a stored e-mail or username at all, so that the database need not be asked about what it cannot hold. */
export function couldBe(field: 'email' | 'username', value: string): boolean {
  return findFieldProblem(EDIT_FIELDS, { [field]: value }, { complete: false }) === null;
}

/** @throws PanelError `rejected`, effect `none`, when there is no such role. */
export function cleanRoles(roles: readonly string[]): readonly string[] {
  const unknown = roles.find((role) => !ROLES.some(({ name }) => name === role));
  if (unknown !== undefined) throw rejected(`there is no role ${unknown}`, 'There is no such role.');
  return [...new Set(roles)];
}

/** @throws PanelError `rejected`, effect `none`, when the text is not an amount of this panel. */
export function cleanStartingCredits(text: string | undefined): Money {
  try {
    return parseAmount(text || '0', UNIT);
  } catch (error) {
    if (error instanceof Refusal) throw rejected(`starting credits: ${error.code}`, 'The amount is not valid.');
    throw error;
  }
}

/** @throws PanelError `rejected`, effect `none`, for an amount of another unit, below zero, or zero where that means nothing. */
export function minorOf(amount: Money, { zero = false }: { zero?: boolean } = {}): bigint {
  if (amount.unit.code !== UNIT.code || amount.unit.scale !== UNIT.scale) {
    throw rejected(`an amount in ${amount.unit.code} of scale ${amount.unit.scale}`, 'The amount is not in credits.');
  }
  if (amount.minor < 0n || (amount.minor === 0n && !zero))
    throw rejected('an amount below or at zero', 'The amount is too small.');
  return amount.minor;
}

export function rejected(message: string, detail: string): PanelError {
  return new PanelError('rejected', 'none', message, { detail });
}
