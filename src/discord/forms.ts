/** Forms: a command's missing options as Discord's modal, filled in with what is known. */
import {
  type APIComponentInLabel,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type APISelectMenuDefaultValue,
  type APITextDisplayComponent,
  ComponentType,
  type SelectMenuDefaultValueType,
  TextInputStyle,
} from 'discord-api-types/v10';
import { DISPATCH_WORDS, otherwise } from '../locales/en/dispatch.ts';
import { formWords } from '../locales/en/forms.ts';
import type { OptionValue, OptionValues } from '../views/view.ts';
import type { Choice, Option, Prefill } from './command.ts';
import { CHOICE_LENGTH, CHOICE_LIMIT, FORM_PART_LIMIT, LABEL_LENGTH } from './limits.ts';
import { choiceFieldId } from './payload.ts';
import { formParts, type Registered } from './registered.ts';
import { cutLength } from './render.ts';

/** @see https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal */
const PLACEHOLDER_LENGTH = 100;
const TEXT_LENGTH = 4_000;
const SEVERAL_LIMIT = 25;

/**
 * Which options a form asks, in order, within Discord's five parts: what is missing first, then what is offered.
 *
 * @param known `again`: those too whose values are known. `targetFound`: the account is clear, so it is not asked for.
 */
export function formFields(
  registered: Registered,
  given: OptionValues,
  prefill: Prefill | null,
  known: { readonly again: boolean; readonly targetFound: boolean },
): readonly string[] {
  const { options } = registered;
  const target: readonly string[] = registered.target;
  const open = (prefill?.fields ?? registered.asks).filter((name) =>
    target.includes(name) ? !known.targetFound : known.again || given[name] === undefined,
  );
  const required = new Set([...registered.required, ...target]);
  const inOrderOfNeed = [...open.filter((name) => required.has(name)), ...open.filter((name) => !required.has(name))];
  const chosen = new Set<string>();
  let left = FORM_PART_LIMIT;
  for (const name of inOrderOfNeed) {
    left -= formParts(options[name]);
    if (left < 0) break;
    chosen.add(name);
  }
  return open.filter((name) => chosen.has(name));
}

/** The form itself. `values` fill it in; `customId` finds what sending it does. */
export function renderForm(
  registered: Registered,
  fields: readonly string[],
  values: OptionValues,
  prefill: Prefill | null,
  customId: string,
): APIModalInteractionResponseCallbackData {
  const parts: (APILabelComponent | APITextDisplayComponent)[] = fields.flatMap((name) => {
    const option = registered.options[name];
    if (!option) return [];
    const choices = prefill?.choices?.[name] ?? option.choices ?? [];
    return option.suggested
      ? suggestedParts(name, option, choices, values[name])
      : [label(option.label, field(name, option, choices, values[name]))];
  });
  const title = registered.command.formTitle ?? DISPATCH_WORDS.form;
  const hasRoom = parts.length < FORM_PART_LIMIT;
  if (prefill?.heading && hasRoom) {
    parts.unshift({ type: ComponentType.TextDisplay, content: prefill.heading });
  }
  return {
    custom_id: customId,
    title: cutLength(prefill?.about && !hasRoom ? formWords.titled(title, prefill.about) : title, LABEL_LENGTH),
    components: parts,
  };
}

function label(text: string, component: APIComponentInLabel): APILabelComponent {
  return { type: ComponentType.Label, label: cutLength(text, LABEL_LENGTH), component };
}

/** The usual answers in a select, and below it a text for any other. Either will do, so Discord may demand neither. */
function suggestedParts(
  name: string,
  option: Option,
  choices: readonly Choice[],
  value: OptionValue | undefined,
): APILabelComponent[] {
  const isChoice = choices.some((choice) => choice.value === value);
  const typed = textField(
    name,
    { ...option, required: choices.length === 0 && option.required },
    isChoice ? undefined : value,
  );
  if (choices.length === 0) return [label(option.label, typed)];
  const select = choiceField(
    choiceFieldId(name),
    { ...option, required: false, placeholder: option.required ? DISPATCH_WORDS.pickNeeded : DISPATCH_WORDS.pick },
    choices,
    isChoice ? value : undefined,
  );
  return [label(option.label, select), label(otherwise(option.label), typed)];
}

function field(
  name: string,
  option: Option,
  choices: readonly Choice[],
  value: OptionValue | undefined,
): APIComponentInLabel {
  const id = value === undefined ? [] : String(value).split(',');
  const common = { custom_id: name, required: option.required, ...placeholderOf(option) };
  switch (option.type) {
    case 'user':
      return { type: ComponentType.UserSelect, ...common, ...defaults(id, 'user') };
    case 'role':
      return { type: ComponentType.RoleSelect, ...common, ...defaults(id, 'role') };
    case 'channel': {
      const several = option.several ? { max_values: SEVERAL_LIMIT } : {};
      return {
        type: ComponentType.ChannelSelect,
        ...common,
        ...several,
        channel_types: [0],
        ...defaults(id, 'channel'),
      };
    }
    case 'subject':
      return { type: ComponentType.MentionableSelect, ...common, ...subjectDefault(value) };
    case 'boolean':
      return { type: ComponentType.Checkbox, custom_id: name, default: value === true };
    case 'attachment':
      return { type: ComponentType.FileUpload, custom_id: name, required: option.required };
    case 'choice':
      return choiceField(name, option, choices, value);
    case 'text':
    case 'hidden':
      return textField(name, option, value);
  }
}

function placeholderOf({ placeholder }: Option): { placeholder?: string } {
  return placeholder ? { placeholder: cutLength(placeholder, PLACEHOLDER_LENGTH) } : {};
}

function defaults<Kind extends 'user' | 'role' | 'channel'>(ids: readonly string[], kind: Kind) {
  const type = kind as `${Kind}` & SelectMenuDefaultValueType;
  return ids.length > 0 ? { default_values: ids.map((id) => ({ id, type })) } : {};
}

function subjectDefault(value: OptionValue | undefined): {
  default_values?: APISelectMenuDefaultValue<SelectMenuDefaultValueType.Role | SelectMenuDefaultValueType.User>[];
} {
  const [kind, id] = String(value ?? '').split(':');
  if (!id || (kind !== 'user' && kind !== 'role')) return {};
  return { default_values: [{ id, type: kind as SelectMenuDefaultValueType.Role | SelectMenuDefaultValueType.User }] };
}

/** A select of fixed answers; without any, a text is asked, so that the form can always be sent. */
function choiceField(
  customId: string,
  option: Option,
  choices: readonly Choice[],
  value: OptionValue | undefined,
): APIComponentInLabel {
  if (choices.length === 0) return textField(customId, option, value);
  const picked = option.several ? String(value ?? '').split(',') : [value];
  const options = choices.slice(0, CHOICE_LIMIT).map((choice) => ({
    label: cutLength(choice.name, CHOICE_LENGTH),
    value: choice.value,
    ...(picked.includes(choice.value) ? { default: true } : {}),
  }));
  return {
    type: ComponentType.StringSelect,
    custom_id: customId,
    required: option.required,
    ...placeholderOf(option),
    ...(option.several ? { max_values: options.length } : {}),
    options,
  };
}

function textField(customId: string, option: Option, value: OptionValue | undefined): APIComponentInLabel {
  const maxLength = Math.min(option.maxLength ?? TEXT_LENGTH, TEXT_LENGTH);
  return {
    type: ComponentType.TextInput,
    custom_id: customId,
    style: option.paragraph ? TextInputStyle.Paragraph : TextInputStyle.Short,
    required: option.required,
    max_length: maxLength,
    ...(option.minLength ? { min_length: option.minLength } : {}),
    ...placeholderOf(option),
    ...(value === undefined || value === '' ? {} : { value: String(value).slice(0, maxLength) }),
  };
}
