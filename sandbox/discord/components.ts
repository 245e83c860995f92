import { type APIMessage, ComponentType } from 'discord-api-types/v10';

/** Any component of a message or a form, seen loosely: what all of them share and what some of them hold. */
export interface AnyComponent {
  type: number;
  id?: number;
  custom_id?: string;
  label?: string;
  placeholder?: string;
  style?: number;
  min_values?: number;
  max_values?: number;
  options?: { value: string; label?: string; default?: boolean }[];
  disabled?: boolean;
  url?: string;
  content?: string;
  components?: AnyComponent[];
  accessory?: AnyComponent;
  component?: AnyComponent;
  media?: Media;
  file?: Media;
  items?: { media: Media }[];
}

export interface Media {
  url: string;
  [detail: string]: unknown;
}

/** A component with its place, as Discord names it in the errors of a form. */
export interface PlacedComponent {
  component: AnyComponent;
  path: (string | number)[];
}

/** All components, outer before inner, in reading order. */
export function placedComponents(
  components: readonly AnyComponent[],
  path: (string | number)[] = ['components'],
): PlacedComponent[] {
  return components.flatMap((component, index) => placed(component, [...path, index]));
}

function placed(component: AnyComponent, path: (string | number)[]): PlacedComponent[] {
  return [
    { component, path },
    ...(component.components === undefined ? [] : placedComponents(component.components, [...path, 'components'])),
    ...(component.accessory === undefined ? [] : placed(component.accessory, [...path, 'accessory'])),
    ...(component.component === undefined ? [] : placed(component.component, [...path, 'component'])),
  ];
}

/** The same without places, for the hot path. */
export function eachComponent(components: readonly AnyComponent[], visit: (component: AnyComponent) => void): void {
  for (const component of components) {
    visit(component);
    if (component.components !== undefined) eachComponent(component.components, visit);
    if (component.accessory !== undefined) visit(component.accessory);
    if (component.component !== undefined) visit(component.component);
  }
}

export function componentsOf(message: Pick<APIMessage, 'components'>): AnyComponent[] {
  return (message.components ?? []) as AnyComponent[];
}

/** What Discord fills in where a bot has said nothing, by type of component. */
const DEFAULTS: Partial<Record<number, object>> = {
  [ComponentType.StringSelect]: { min_values: 1, max_values: 1 },
  [ComponentType.UserSelect]: { min_values: 1, max_values: 1 },
  [ComponentType.RoleSelect]: { min_values: 1, max_values: 1 },
  [ComponentType.MentionableSelect]: { min_values: 1, max_values: 1 },
  [ComponentType.ChannelSelect]: { min_values: 1, max_values: 1 },
  [ComponentType.Thumbnail]: { description: null, spoiler: false },
  [ComponentType.File]: { name: null, size: null, spoiler: false },
  [ComponentType.Separator]: { spacing: 1, divider: true },
  [ComponentType.Container]: { accent_color: null, spoiler: false },
};

/** Fills in, in place, what a bot may leave out: defaults, and for each without an id the next free one, from 1. */
export function completeComponents(components: readonly AnyComponent[]): void {
  const taken = new Set<number>();
  eachComponent(components, ({ id }) => {
    if (id) taken.add(id);
  });
  let next = 1;
  eachComponent(components, (component) => {
    const defaults = DEFAULTS[component.type];
    if (defaults !== undefined) Object.assign(component, { ...defaults, ...component });
    for (const item of component.items ?? []) Object.assign(item, { description: null, spoiler: false, ...item });
    if (component.id) return;
    while (taken.has(next)) next += 1;
    component.id = next;
    next += 1;
  });
}

/** The one component of a message that has this `custom_id`. */
export function findComponent(message: APIMessage, customId: string): AnyComponent | undefined {
  let found: AnyComponent | undefined;
  eachComponent(componentsOf(message), (component) => {
    if (component.custom_id === customId) found ??= component;
  });
  return found;
}
