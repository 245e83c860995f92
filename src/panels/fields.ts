import type { Account } from '../domain/account.ts';
import { toDecimal } from '../domain/money.ts';
import type { InputProblem } from '../domain/refusal.ts';
import type { Field, FieldName, FieldValues } from './panel.ts';

/** What is wrong with one value, and of which field. */
export interface FieldProblem {
  readonly field: FieldName;
  readonly problem: InputProblem;
}

/**
 * Checks values against the fields that a panel declares, without asking it. What only the panel can know (which roles exist,
 * whether an e-mail is taken) and amounts, which need a unit, are left to the change itself.
 *
 * @param complete whether required fields that are absent are a problem: so for a creation, not for an edit.
 */
export function findFieldProblem(
  fields: readonly Field[],
  values: FieldValues,
  { complete }: { readonly complete: boolean },
): FieldProblem | null {
  for (const field of fields) {
    const problem = problemOf(field, values[field.name], complete);
    if (problem) return { field: field.name, problem };
  }
  return null;
}

function problemOf(field: Field, value: string | undefined, complete: boolean): InputProblem | null {
  if (value === undefined) return complete && field.required ? 'missing' : null;
  if (value === '') return field.required ? 'missing' : null;
  const length = [...value].length;
  if (field.minLength !== undefined && length < field.minLength) return 'too_short';
  if (field.maxLength !== undefined && length > field.maxLength) return 'too_long';
  if (field.pattern !== undefined && !new RegExp(`^(?:${field.pattern})$`, 'u').test(value)) return 'malformed';
  return null;
}

/** The value of a field that an account has, as it would be typed; empty where it has none. */
export function fieldValue(account: Account, name: FieldName): string {
  switch (name) {
    case 'email':
    case 'username':
      return account[name];
    case 'name':
      return account.name ?? '';
    case 'firstName':
    case 'lastName':
    case 'language':
      return account.details[name] ?? '';
    case 'role':
      return account.roles[0] ?? '';
    case 'credits':
      return account.balance ? toDecimal(account.balance) : '';
  }
}
