import { type APIModalInteractionResponseCallbackData, ComponentType } from 'discord-api-types/v10';
import type { AnyComponent, PlacedComponent } from '../components.ts';
import { checkComponents } from './component-rules.ts';
import { Issues } from './issues.ts';

/** The schema says 40, which is what a message may have. */
const PARTS_LIMIT = 5;

interface TextInput extends AnyComponent {
  value?: string;
  min_length?: number;
  max_length?: number;
}

/** What Discord demands of a form beyond its schema. */
export function checkForm({ components }: APIModalInteractionResponseCallbackData): void {
  const issues = new Issues();
  issues.atMost(PARTS_LIMIT, components.length, ['data', 'components']);
  for (const placed of checkComponents(components as AnyComponent[], ['data', 'components'], issues)) {
    if (placed.component.type === ComponentType.TextInput) checkTextInput(placed, issues);
  }
  issues.throwIfAny();
}

function checkTextInput({ component, path }: PlacedComponent, issues: Issues): void {
  const { value, label, min_length: min = 0, max_length: max = 4_000 } = component as TextInput;
  const isLabelled = path.at(-1) === 'component';
  if (isLabelled && label)
    issues.add([...path, 'label'], 'COMPONENT_LABEL_NOT_ALLOWED', 'The label around it names this input');
  if (!isLabelled && !label) issues.add([...path, 'label'], 'BASE_TYPE_REQUIRED', 'This field is required');
  if (min > max)
    issues.add(
      [...path, 'min_length'],
      'TEXT_INPUT_COMPONENT_MIN_LENGTH_TOO_LARGE',
      'min_length is larger than max_length',
    );
  if (value !== undefined && value !== '') {
    issues.atMost(max, value.length, [...path, 'value']);
    if (value.length < min) issues.add([...path, 'value'], 'BASE_TYPE_BAD_LENGTH', `Must be ${min} or more in length.`);
  }
}
