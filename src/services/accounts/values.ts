import { refuse } from '../../domain/refusal.ts';
import { findFieldProblem } from '../../panels/fields.ts';
import type { Field, FieldName, FieldValues, Panel } from '../../panels/panel.ts';

/**
 * Checks what was typed against the fields that a panel wants, before anything is asked of it. Empty ones of
 * a creation (`complete`) are left out, while in an edit an empty value clears what may be empty.
 *
 * @throws Refusal `input.invalid`, which names the first field that is wrong; `field.missing` for a value that the panel has no place for.
 */
export function checkValues(
  panel: Panel,
  fields: readonly Field[],
  values: FieldValues,
  { complete }: { readonly complete: boolean },
): FieldValues {
  const checked: Partial<Record<FieldName, string>> = {};
  for (const { name, type, lowerCase } of fields) {
    const value = values[name]?.trim();
    if (value === undefined || (value === '' && complete)) continue;
    checked[name] = type === 'email' || lowerCase ? value.toLowerCase() : value;
  }
  const unknown = Object.entries(values).find(([name, value]) => value && !fields.some((field) => field.name === name));
  if (unknown) throw refuse('field.missing', { panel: panel.label, field: unknown[0] });
  const found = findFieldProblem(fields, checked, { complete });
  if (found) throw refuse('input.invalid', { ...found, ...boundOf(fields, found) });
  return checked;
}

/** The length that was passed, for the sentence. */
function boundOf(
  fields: readonly Field[],
  { field, problem }: { field: string; problem: string },
): { detail?: string } {
  const { minLength, maxLength } = fields.find(({ name }) => name === field) ?? {};
  const bound = problem === 'too_long' ? maxLength : problem === 'too_short' ? minLength : undefined;
  return bound === undefined ? {} : { detail: String(bound) };
}
