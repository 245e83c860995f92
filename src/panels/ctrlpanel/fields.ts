import { findFieldProblem } from '../fields.ts';
import type { Field, FieldValues } from '../panel.ts';
import { rejected } from './failures.ts';

/** ASCII only, as Pterodactyl has it; 191 is the longest that Pterodactyl takes. */
const EMAIL: Field = {
  name: 'email',
  type: 'email',
  required: true,
  maxLength: 191,
  pattern:
    "[A-Za-z0-9.!#$%&'*+\\/=?^_`{\\|}~\\-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9\\-]*[A-Za-z0-9])?\\.)+[A-Za-z]{2,63}",
};

/** The panel takes letters of every alphabet, Pterodactyl then refuses them. */
const USERNAME: Field = {
  name: 'username',
  type: 'text',
  required: true,
  minLength: 4,
  maxLength: 30,
  pattern: '[A-Za-z0-9]+',
};

export const CREATE_FIELDS: readonly Field[] = [
  EMAIL,
  USERNAME,
  { name: 'role', type: 'role', required: false },
  { name: 'credits', type: 'amount', required: false },
];

export const EDIT_FIELDS: readonly Field[] = [EMAIL, USERNAME];

export interface CleanValues {
  readonly email: string | undefined;
  readonly username: string | undefined;
}

/** @throws PanelError `rejected`, effect `none`, when a value is not as its field asks. */
export function cleanValues(
  fields: readonly Field[],
  values: FieldValues,
  { complete }: { complete: boolean },
): CleanValues {
  const email = values.email?.trim().toLowerCase();
  const username = values.username?.trim();
  const trimmed = {
    ...values,
    ...(email === undefined ? {} : { email }),
    ...(username === undefined ? {} : { username }),
  };
  const problem = findFieldProblem(fields, trimmed, { complete });
  if (problem) throw rejected(`the ${problem.field} is ${problem.problem}`, `The ${problem.field} is not valid.`);
  return { email, username };
}
