import { refuse } from '../../domain/refusal.ts';
import type { Field, FieldValues } from '../../panels/panel.ts';

const EMAIL = /^[^\s@<>()[\]\\,;:"]+@[^\s@.]+(\.[^\s@.]+)+$/u;

/**
 * Checks what was typed against the fields that a panel wants, before anything is asked of it. Unknown fields and empty values are left out.
 *
 * @throws Refusal `input.invalid`, which names the first field that is wrong.
 */
export function checkValues(
  fields: readonly Field[],
  values: FieldValues,
  required: 'required' | 'optional',
): FieldValues {
  const checked: Partial<Record<Field['name'], string>> = {};
  for (const field of fields) {
    const value = values[field.name]?.trim() ?? '';
    if (value === '') {
      if (required === 'required' && field.required)
        throw refuse('input.invalid', { field: field.name, problem: 'missing' });
      continue;
    }
    checkValue(field, value);
    checked[field.name] = field.type === 'email' ? value.toLowerCase() : value;
  }
  return checked;
}

function checkValue(field: Field, value: string): void {
  const { name } = field;
  const length = [...value].length;
  if (field.minLength !== undefined && length < field.minLength) {
    throw refuse('input.invalid', { field: name, problem: 'too_short', detail: String(field.minLength) });
  }
  if (field.maxLength !== undefined && length > field.maxLength) {
    throw refuse('input.invalid', { field: name, problem: 'too_long', detail: String(field.maxLength) });
  }
  const matches = !field.pattern || new RegExp(`^(?:${field.pattern})$`, 'u').test(value);
  if (!matches || (field.type === 'email' && !EMAIL.test(value)))
    throw refuse('input.invalid', { field: name, problem: 'malformed' });
}
