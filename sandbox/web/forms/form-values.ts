/** What stands in a form, what is wrong with it, and how it is sent. Pure. */
import {
  type APIComponentInLabel,
  type APIModalInteractionResponseCallbackData,
  type APISelectMenuComponent,
  ComponentType,
  type ModalSubmitComponent,
} from 'discord-api-types/v10';
import type { PickedFile } from '../../protocol.ts';

export type FieldValue = string | string[] | boolean | PickedFile[] | null;

/** Values by custom id. */
export type FormValues = Record<string, FieldValue>;

/** One line of a form: a field under its label, or a text between the fields. */
export type FormLine =
  | { type: 'text'; content: string }
  | { type: 'field'; label: string; description?: string | undefined; field: APIComponentInLabel };

export function linesOf(form: APIModalInteractionResponseCallbackData): FormLine[] {
  return form.components.flatMap((component): FormLine[] => {
    switch (component.type) {
      case ComponentType.TextDisplay:
        return [{ type: 'text', content: component.content }];
      case ComponentType.Label: {
        const { label, description, component: field } = component;
        return [{ type: 'field', label, description, field }];
      }
      case ComponentType.ActionRow:
        return component.components.map((field) => ({ type: 'field', label: field.label ?? '', field }));
      default:
        return [];
    }
  });
}

export function fieldsOf(form: APIModalInteractionResponseCallbackData): APIComponentInLabel[] {
  return linesOf(form).flatMap((line) => (line.type === 'field' ? [line.field] : []));
}

export function initialValues(form: APIModalInteractionResponseCallbackData): FormValues {
  return Object.fromEntries(fieldsOf(form).map((field) => [field.custom_id, initialValue(field)]));
}

function initialValue(field: APIComponentInLabel): FieldValue {
  switch (field.type) {
    case ComponentType.TextInput:
      return field.value ?? '';
    case ComponentType.Checkbox:
      return field.default ?? false;
    case ComponentType.RadioGroup:
      return field.options.find((option) => option.default)?.value ?? null;
    case ComponentType.CheckboxGroup:
      return field.options.filter((option) => option.default).map(({ value }) => value);
    case ComponentType.FileUpload:
      return [];
    default:
      return initialPicks(field);
  }
}

/** What a select shows as picked before anybody touched it. */
export function initialPicks(select: APISelectMenuComponent): string[] {
  if (select.type === ComponentType.StringSelect) {
    return select.options.filter((option) => option.default).map(({ value }) => value);
  }
  return (select.default_values ?? []).map(({ id }) => id);
}

/** Fields of a form are required unless they say otherwise; a lone checkbox never is. */
export function isRequired(field: APIComponentInLabel): boolean {
  return field.type !== ComponentType.Checkbox && field.required !== false;
}

/** What to tell the person about this field, or null when it may be sent. */
export function faultOf(field: APIComponentInLabel, value: FieldValue): string | null {
  const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  if (isEmpty) return isRequired(field) ? 'This field is required.' : null;
  if (field.type === ComponentType.TextInput && typeof value === 'string') {
    if (value.length < (field.min_length ?? 0)) return `At least ${field.min_length} characters, please.`;
    if (value.length > (field.max_length ?? 4_000)) return `At most ${field.max_length ?? 4_000} characters, please.`;
  }
  if (Array.isArray(value) && 'max_values' in field) {
    const least = field.min_values ?? 1;
    const most = field.max_values ?? (field.type === ComponentType.CheckboxGroup ? field.options.length : 1);
    if (value.length < least) return `Choose at least ${least}.`;
    if (value.length > most) return `Choose at most ${most}.`;
  }
  return null;
}

export function submission(form: APIModalInteractionResponseCallbackData, values: FormValues): ModalSubmitComponent[] {
  return fieldsOf(form).map((field) => submitted(field, values[field.custom_id] ?? null));
}

function submitted(field: APIComponentInLabel, value: FieldValue): ModalSubmitComponent {
  const { custom_id } = field;
  switch (field.type) {
    case ComponentType.TextInput:
      return { type: field.type, custom_id, value: typeof value === 'string' ? value : '' };
    case ComponentType.Checkbox:
      return { type: field.type, custom_id, value: value === true };
    case ComponentType.RadioGroup:
      return { type: field.type, custom_id, value: typeof value === 'string' ? value : null };
    default:
      return { type: field.type, custom_id, values: picksOf(value) };
  }
}

function picksOf(value: FieldValue): string[] {
  return Array.isArray(value) ? value.map((pick) => (typeof pick === 'string' ? pick : pick.id)) : [];
}

export function filesOf(values: FormValues): PickedFile[] {
  return Object.values(values).flatMap((value) =>
    Array.isArray(value) ? value.filter((pick): pick is PickedFile => typeof pick !== 'string') : [],
  );
}
