import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { type AnyComponent, type PlacedComponent, placedComponents } from '../components.ts';
import type { Issues } from './issues.ts';

interface Choosable extends AnyComponent {
  emoji?: object;
  sku_id?: string;
}

/** What holds for the components of messages and forms alike, beyond their schemas. */
export function checkComponents(
  components: readonly AnyComponent[],
  path: (string | number)[],
  issues: Issues,
): PlacedComponent[] {
  const placed = placedComponents(components, path);
  const withCustomId = placed.filter(({ component }) => component.custom_id !== undefined);
  issues.unique(
    withCustomId.map(({ component }) => component.custom_id ?? ''),
    (index) => [...(withCustomId[index]?.path ?? []), 'custom_id'],
    'COMPONENT_CUSTOM_ID_DUPLICATED',
    'Component custom id cannot be duplicated',
  );
  const withId = placed.filter(({ component }) => component.id);
  issues.unique(
    withId.map(({ component }) => component.id ?? 0),
    (index) => [...(withId[index]?.path ?? []), 'id'],
    'COMPONENT_ID_DUPLICATED',
    'Component id cannot be duplicated',
  );
  for (const { component, path: place } of placed) {
    if (component.type === ComponentType.Button) checkButton(component, place, issues);
    if (component.type === ComponentType.ActionRow) checkRow(component, place, issues);
    if ((component as Choosable).options !== undefined) checkChoices(component, place, issues);
  }
  return placed;
}

function checkButton(button: Choosable, path: (string | number)[], issues: Issues): void {
  const { style, custom_id: customId, url, sku_id: skuId, label, emoji } = button;
  const required = 'This field is required';
  if (style === ButtonStyle.Premium) {
    if (skuId === undefined) issues.add([...path, 'sku_id'], 'BASE_TYPE_REQUIRED', required);
    return;
  }
  if (style === ButtonStyle.Link) {
    if (!url) issues.add([...path, 'url'], 'BASE_TYPE_REQUIRED', 'A url is required');
    if (customId)
      issues.add(
        [...path, 'custom_id'],
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      );
  } else {
    if (!customId) issues.add([...path, 'custom_id'], 'BASE_TYPE_REQUIRED', 'A custom id is required');
    if (url) issues.add([...path, 'url'], 'BUTTON_COMPONENT_INVALID_STYLE', 'Only link buttons have a url');
  }
  if (!label && emoji === undefined)
    issues.add([...path, 'label'], 'BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED', 'A button needs a label or an emoji');
}

/** A row holds up to five buttons, or one select. */
function checkRow({ components = [] }: AnyComponent, path: (string | number)[], issues: Issues): void {
  const isMixed = components.length > 1 && components.some(({ type }) => type !== ComponentType.Button);
  if (isMixed)
    issues.add(
      [...path, 'components'],
      'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
      'The specified component exceeds the maximum width',
    );
}

function checkChoices(component: Choosable, path: (string | number)[], issues: Issues): void {
  const {
    options = [],
    min_values: min = 1,
    max_values: max = component.type === ComponentType.CheckboxGroup ? options.length : 1,
  } = component;
  issues.unique(
    options.map(({ value }) => value),
    (index) => [...path, 'options', index, 'value'],
    'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
    'The specified option value is already used',
  );
  if (min > max)
    issues.add(
      [...path, 'min_values'],
      'SELECT_COMPONENT_MIN_VALUES_TOO_LARGE',
      'min_values is larger than max_values',
    );
  if (max > options.length)
    issues.add(
      [...path, 'max_values'],
      'SELECT_COMPONENT_MAX_VALUES_TOO_LARGE',
      'max_values is larger than the number of options',
    );
  const chosen = options.filter((option) => option.default).length;
  if (chosen > max)
    issues.add([...path, 'options'], 'SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES', 'More options are chosen than may be');
}
