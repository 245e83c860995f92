import type { InputProblem } from '../domain/refusal.ts';
import type { Field, FieldValues } from './panel.ts';

/** What is wrong with one value, and of which field. */
export interface FieldProblem {
  readonly field: Field['name'];
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
