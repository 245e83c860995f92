/** One field of a form under its label, with its mark, counter, help and fault. */
import {
  type APICheckboxGroupComponent,
  type APIComponentInLabel,
  type APIFileUploadComponent,
  type APIRadioGroupComponent,
  type APITextInputComponent,
  ComponentType,
  TextInputStyle,
} from 'discord-api-types/v10';
import { useId } from 'preact/hooks';
import type { PickedFile } from '../../protocol.ts';
import { selectSuggestions } from '../components-v2/select-suggestions.ts';
import { Select } from '../menus/select.tsx';
import { useWorld } from '../session.tsx';
import { FileField } from './file-field.tsx';
import type { FieldValue } from './form-values.ts';

interface FieldProps {
  label: string;
  description?: string | undefined;
  field: APIComponentInLabel;
  required: boolean;
  value: FieldValue;
  fault: string | null;
  onChange(value: FieldValue): void;
}

export interface ControlProps<Kind> {
  id: string;
  label: string;
  field: Kind;
  value: FieldValue;
  invalid: boolean;
  required: boolean;
  describedBy: string | undefined;
  onChange(value: FieldValue): void;
}

export function Field({ label, description, field, required, value, fault, onChange }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = fault !== null || description !== undefined;
  const shared = {
    id,
    label,
    value,
    required,
    invalid: fault !== null,
    describedBy: hasNote ? noteId : undefined,
    onChange,
  };
  return (
    <div class={`field ${fault ? 'field-invalid' : ''}`}>
      <div class="field-label">
        <label for={id} dir="auto">
          {label}
          {required && (
            <span class="required" title="Required">
              *
            </span>
          )}
        </label>
        <Counter field={field} value={value} />
      </div>
      <Control field={field} {...shared} />
      {hasNote && (
        <p id={noteId} class={fault ? 'failure' : 'quiet'}>
          {fault ?? description}
        </p>
      )}
    </div>
  );
}

function Control({ field, ...shared }: ControlProps<APIComponentInLabel>) {
  const world = useWorld();
  switch (field.type) {
    case ComponentType.TextInput:
      return <TextControl field={field} {...shared} />;
    case ComponentType.FileUpload:
      return <FileField field={field satisfies APIFileUploadComponent} {...shared} />;
    case ComponentType.RadioGroup:
    case ComponentType.CheckboxGroup:
      return <GroupControl field={field} {...shared} />;
    case ComponentType.Checkbox:
      return (
        <label class="choice">
          <input
            id={shared.id}
            type="checkbox"
            aria-label={shared.label}
            checked={shared.value === true}
            onChange={(event) => shared.onChange(event.currentTarget.checked)}
          />
          <span>Yes</span>
        </label>
      );
    default:
      return (
        <Select
          label={shared.label}
          placeholder={field.placeholder ?? 'Make a selection'}
          suggestions={selectSuggestions(world, field)}
          picked={textsOf(shared.value)}
          least={field.required === false ? 0 : (field.min_values ?? 1)}
          most={field.max_values ?? 1}
          invalid={shared.invalid}
          describedBy={shared.describedBy}
          onChange={shared.onChange}
        />
      );
  }
}

function TextControl({
  field,
  id,
  label,
  value,
  invalid,
  required,
  describedBy,
  onChange,
}: ControlProps<APITextInputComponent>) {
  const shared = {
    id,
    dir: 'auto' as const,
    'aria-label': label,
    'aria-invalid': invalid,
    'aria-required': required,
    'aria-describedby': describedBy,
    placeholder: field.placeholder ?? '',
    maxLength: field.max_length ?? 4_000,
    value: typeof value === 'string' ? value : '',
    autocomplete: 'off',
  };
  if (field.style === TextInputStyle.Short) {
    return <input type="text" {...shared} onInput={(event) => onChange(event.currentTarget.value)} />;
  }
  return <textarea rows={4} {...shared} onInput={(event) => onChange(event.currentTarget.value)} />;
}

function GroupControl({
  field,
  id,
  label,
  value,
  invalid,
  onChange,
}: ControlProps<APIRadioGroupComponent | APICheckboxGroupComponent>) {
  const isRadio = field.type === ComponentType.RadioGroup;
  const chosen = textsOf(value);
  const change = (option: string, checked: boolean) => {
    if (isRadio) return onChange(option);
    onChange(checked ? [...chosen, option] : chosen.filter((other) => other !== option));
  };
  return (
    <fieldset class="choices" aria-label={label}>
      {field.options.map(({ value: option, label: name, description }, index) => (
        <label key={option} class="choice">
          <input
            id={index === 0 ? id : undefined}
            type={isRadio ? 'radio' : 'checkbox'}
            name={field.custom_id}
            aria-label={name}
            aria-invalid={invalid}
            checked={isRadio ? value === option : chosen.includes(option)}
            onChange={(event) => change(option, event.currentTarget.checked)}
          />
          <span>
            {name}
            {description && <small class="quiet">{description}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Counter({ field, value }: { field: APIComponentInLabel; value: FieldValue }) {
  if (field.type !== ComponentType.TextInput || typeof value !== 'string' || !field.max_length) return null;
  const isClose = value.length > field.max_length * 0.9;
  return (
    <span class={`counter ${isClose ? 'counter-close' : ''}`}>
      {value.length} / {field.max_length}
    </span>
  );
}

function textsOf(value: FieldValue): string[] {
  return Array.isArray(value)
    ? value.filter((item): item is Exclude<typeof item, PickedFile> => typeof item === 'string')
    : [];
}
