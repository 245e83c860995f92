import type { AccountDetails } from '../../../src/domain/account.ts';
import { type Money, parseAmount } from '../../../src/domain/money.ts';
import { Refusal } from '../../../src/domain/refusal.ts';
import { findFieldProblem } from '../../../src/panels/fields.ts';
import { type Field, type FieldValues, PanelError } from '../../../src/panels/panel.ts';
import { ROLES, type TestPanelState } from './state.ts';

const EMAIL: Field = {
  name: 'email',
  type: 'email',
  required: true,
  maxLength: 254,
  pattern: '[^\\s\\p{Cc}@]+@[^\\s\\p{Cc}@]+\\.[^\\s\\p{Cc}@]+',
};
const USERNAME: Field = {
  name: 'username',
  type: 'text',
  required: true,
  minLength: 3,
  maxLength: 32,
  pattern: '[A-Za-z0-9_.\\-]+',
};
const NAME: Field = { name: 'name', type: 'text', required: false, maxLength: 80 };

const OTHERS: readonly Field[] = [
  { name: 'role', type: 'role', required: false },
  { name: 'credits', type: 'amount', required: false },
];

const EDIT_FIELDS: readonly Field[] = [EMAIL, USERNAME, NAME];

const WITH_PARTS: readonly Field[] = [
  EMAIL,
  USERNAME,
  { name: 'language', type: 'text', required: false, maxLength: 5 },
  { name: 'firstName', type: 'text', required: true, maxLength: 80 },
  { name: 'lastName', type: 'text', required: true, maxLength: 80 },
];

/** What the panel asks of accounts: a name, or its parts and a language. */
export function fieldsOf(names: 'whole' | 'parts'): {
  readonly create: readonly Field[];
  readonly edit: readonly Field[];
} {
  const edit = names === 'whole' ? EDIT_FIELDS : WITH_PARTS;
  return { create: [...edit, ...OTHERS], edit };
}

/** @throws PanelError `rejected`, effect `none`, when a value is not as its field asks. */
export function readValues(fields: readonly Field[], given: FieldValues, options: { complete: boolean }) {
  const values = given.email === undefined ? given : { ...given, email: given.email.toLowerCase() };
  const problem = findFieldProblem(fields, values, options);
  if (problem) throw new PanelError('rejected', 'none', `the ${problem.field} is ${problem.problem}`);
  return {
    ...(values.email === undefined ? {} : { email: values.email }),
    ...(values.username === undefined ? {} : { username: values.username }),
    ...(values.name === undefined ? {} : { name: values.name || null }),
    details: detailsOf(values),
  };
}

function detailsOf({ firstName, lastName, language }: FieldValues): AccountDetails {
  return {
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
    ...(language === undefined ? {} : { language }),
  };
}

/** @throws PanelError `rejected`, effect `none`, when there is no such role. */
export function readRoles(roles: readonly string[]): readonly string[] {
  if (roles.every((role) => ROLES.some(({ name }) => name === role))) return [...roles];
  throw new PanelError('rejected', 'none', 'there is no such role');
}

/** @throws PanelError `rejected`, effect `none`, when the text is no amount of this panel. */
export function readCredits(state: TestPanelState, text: string | undefined): bigint {
  try {
    return parseAmount(text || '0', state.unit).minor;
  } catch (error) {
    if (error instanceof Refusal) throw new PanelError('rejected', 'none', error.code);
    throw error;
  }
}

/** @throws PanelError `rejected`, effect `none`, for another unit, an amount below zero, or zero unless it is meant. */
export function readMinor(state: TestPanelState, amount: Money, { zero = false }: { zero?: boolean } = {}): bigint {
  const ours = amount.unit.code === state.unit.code && amount.unit.scale === state.unit.scale;
  if (!ours || amount.minor < 0n || (amount.minor === 0n && !zero)) {
    throw new PanelError('rejected', 'none', 'not an amount of this panel');
  }
  return amount.minor;
}
