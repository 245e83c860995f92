import {
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  SelectMenuDefaultValueType,
  TextInputStyle,
} from 'discord-api-types/v10';
import { expect, it } from 'vitest';
import {
  faultOf,
  fieldsOf,
  filesOf,
  initialValues,
  linesOf,
  submission,
} from '../../../sandbox/web/forms/form-values.ts';

const options = [
  { label: 'A', value: 'a', default: true },
  { label: 'B', value: 'b' },
];
const label = (component: ReturnType<typeof fieldsOf>[number]) =>
  ({ type: ComponentType.Label, label: component.custom_id, component }) as const;

const form: APIModalInteractionResponseCallbackData = {
  custom_id: 'form',
  title: 'Every field',
  components: [
    { type: ComponentType.TextDisplay, content: 'Read **this**' },
    label({
      type: ComponentType.TextInput,
      custom_id: 'text',
      style: TextInputStyle.Short,
      min_length: 2,
      max_length: 4,
    }),
    label({ type: ComponentType.StringSelect, custom_id: 'string', options }),
    label({
      type: ComponentType.UserSelect,
      custom_id: 'user',
      max_values: 2,
      required: false,
      default_values: [{ type: SelectMenuDefaultValueType.User, id: '1' }],
    }),
    label({ type: ComponentType.FileUpload, custom_id: 'file', required: false }),
    label({ type: ComponentType.RadioGroup, custom_id: 'radio', options: [{ label: 'A', value: 'a' }] }),
    label({ type: ComponentType.CheckboxGroup, custom_id: 'boxes', options, required: false }),
    label({ type: ComponentType.Checkbox, custom_id: 'box' }),
  ],
};

const fieldNamed = (name: string) => {
  const field = fieldsOf(form).find(({ custom_id }) => custom_id === name);
  if (!field) throw new Error(`No field ${name}.`);
  return field;
};

it('shows texts and fields in their order', () => {
  expect(linesOf(form).map((line) => (line.type === 'text' ? line.content : line.label))).toEqual([
    'Read **this**',
    'text',
    'string',
    'user',
    'file',
    'radio',
    'boxes',
    'box',
  ]);
});

it('begins with what the bot filled in', () => {
  expect(initialValues(form)).toEqual({
    text: '',
    string: ['a'],
    user: ['1'],
    file: [],
    radio: null,
    boxes: ['a'],
    box: false,
  });
});

it.each([
  ['text', '', 'This field is required.'],
  ['text', 'a', 'At least 2 characters, please.'],
  ['text', 'abcde', 'At most 4 characters, please.'],
  ['text', 'abc', null],
  ['string', [], 'This field is required.'],
  ['user', [], null],
  ['user', ['1', '2', '3'], 'Choose at most 2.'],
  ['radio', null, 'This field is required.'],
  ['radio', 'a', null],
  ['boxes', [], null],
  ['box', false, null],
])('judges %s with %o', (name, value, fault) => expect(faultOf(fieldNamed(name), value)).toBe(fault));

it('sends each field in the shape that Discord gives it', () => {
  const file = { id: 'f1', name: 'a.txt', contentType: 'text/plain', data: '' };
  const values = { ...initialValues(form), text: 'abc', radio: 'a', file: [file] };
  expect(submission(form, values)).toEqual([
    { type: ComponentType.TextInput, custom_id: 'text', value: 'abc' },
    { type: ComponentType.StringSelect, custom_id: 'string', values: ['a'] },
    { type: ComponentType.UserSelect, custom_id: 'user', values: ['1'] },
    { type: ComponentType.FileUpload, custom_id: 'file', values: ['f1'] },
    { type: ComponentType.RadioGroup, custom_id: 'radio', value: 'a' },
    { type: ComponentType.CheckboxGroup, custom_id: 'boxes', values: ['a'] },
    { type: ComponentType.Checkbox, custom_id: 'box', value: false },
  ]);
  expect(filesOf(values)).toEqual([file]);
});
