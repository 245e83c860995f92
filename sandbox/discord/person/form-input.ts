import {
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  type ModalSubmitComponent,
} from 'discord-api-types/v10';
import type { AnyComponent } from '../components.ts';
import { InputRefused } from './input-refused.ts';
import type { Resolver } from './resolver.ts';

/** An input of a form, with whatever its kind has. */
export interface FormField extends AnyComponent {
  custom_id: string;
  required?: boolean;
  value?: string;
  min_length?: number;
  max_length?: number;
  default?: boolean;
  default_values?: { id: string }[];
}

/** What a person puts into a field: text, one choice, several choices or ids, or a tick. */
export type FieldValue = string | readonly string[] | boolean | null;

/** The inputs of a form with their labels, in order. */
export function fieldsOf(form: APIModalInteractionResponseCallbackData): { label: string; field: FormField }[] {
  return (form.components as AnyComponent[]).flatMap((part) => {
    const inner = part.component === undefined ? (part.components ?? []) : [part.component];
    return inner.map((field) => ({ label: part.label ?? field.label ?? '', field: field as FormField }));
  });
}

/** What a field holds when the form opens. */
export function initialValue(field: FormField): FieldValue {
  switch (field.type) {
    case ComponentType.TextInput:
      return field.value ?? '';
    case ComponentType.RadioGroup:
      return field.options?.find((option) => option.default)?.value ?? null;
    case ComponentType.Checkbox:
      return field.default ?? false;
    case ComponentType.StringSelect:
    case ComponentType.CheckboxGroup:
      return (field.options ?? []).filter((option) => option.default).map(({ value }) => value);
    default:
      return (field.default_values ?? []).map(({ id }) => id);
  }
}

/** A field's part of the submission. */
export function submittedField(field: FormField, value: FieldValue): ModalSubmitComponent {
  const { type, id, custom_id } = field;
  const isSingle =
    type === ComponentType.TextInput || type === ComponentType.RadioGroup || type === ComponentType.Checkbox;
  const content = isSingle ? { value } : { values: Array.isArray(value) ? value : [value] };
  return { type, id, custom_id, ...content } as unknown as ModalSubmitComponent;
}

/**
 * The `data` of a form's interaction: the submission nested as the form is. What Discord's client would not send is
 * refused: an empty required field, too long a text, too many choices.
 */
export function formData(
  resolver: Resolver,
  form: APIModalInteractionResponseCallbackData,
  submitted: readonly ModalSubmitComponent[],
): object {
  const answers = new Map<string, object>();
  for (const { label, field } of fieldsOf(form)) {
    const input = submitted.find(({ custom_id }) => custom_id === field.custom_id);
    const answer = input ?? submittedField(field, initialValue(field));
    assertAcceptable(label, field, answer);
    const values = 'values' in answer ? { values: resolver.selected(field.type, answer.values) } : {};
    answers.set(field.custom_id, { ...answer, ...values, id: field.id });
  }
  const answerTo = ({ custom_id: customId = '' }: AnyComponent) => answers.get(customId);
  const components = (form.components as AnyComponent[]).map(({ type, id, component, components: inner }) => ({
    type,
    id,
    ...(component === undefined ? {} : { component: answerTo(component) }),
    ...(inner === undefined ? {} : { components: inner.map(answerTo) }),
  }));
  return { custom_id: form.custom_id, components, ...(resolver.isEmpty ? {} : { resolved: resolver.resolved }) };
}

function assertAcceptable(label: string, field: FormField, input: ModalSubmitComponent): void {
  const isRequired = field.required ?? field.type !== ComponentType.Checkbox;
  if ('values' in input) {
    const { length } = input.values;
    const known = field.options?.map(({ value }) => value);
    if (isRequired && length === 0) throw new InputRefused(`"${label}" is required.`);
    if (length > 0 && length < (field.min_values ?? 1)) throw new InputRefused(`"${label}" needs more choices.`);
    const most = field.max_values ?? (field.type === ComponentType.CheckboxGroup ? known?.length : undefined) ?? 1;
    if (length > most) throw new InputRefused(`"${label}" takes fewer choices.`);
    if (input.values.some((value) => known?.includes(value) === false))
      throw new InputRefused(`"${label}" has no such choice.`);
    return;
  }
  const value = 'value' in input ? input.value : null;
  if (isRequired && (value === null || value === '')) throw new InputRefused(`"${label}" is required.`);
  if (field.type !== ComponentType.TextInput || typeof value !== 'string' || value === '') return;
  if (value.length < (field.min_length ?? 0)) throw new InputRefused(`"${label}" is too short.`);
  if (value.length > (field.max_length ?? 4_000)) throw new InputRefused(`"${label}" is too long.`);
}
