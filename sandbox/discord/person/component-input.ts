import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import type { AnyComponent } from '../components.ts';
import { InputRefused } from './input-refused.ts';

const SELECT_TYPES: readonly number[] = [
  ComponentType.StringSelect,
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
];

/** A button that asks the bot, and not one that opens a page. */
export function isPressable({ type, style }: AnyComponent): boolean {
  return type === ComponentType.Button && style !== ButtonStyle.Link;
}

export function isSelectable({ type }: AnyComponent): boolean {
  return SELECT_TYPES.includes(type);
}

/** Refuses a choice that Discord's client does not offer. */
export function assertSelectable(component: AnyComponent, values: readonly string[]): void {
  const { min_values: min = 1, max_values: max = 1, options } = component;
  if (!isSelectable(component)) throw new InputRefused('That is not a select.');
  if (values.length < min || values.length > max) throw new InputRefused(`Choose ${min} to ${max}.`);
  const isOffered = (value: string) => options === undefined || options.some((option) => option.value === value);
  if (!values.every(isOffered)) throw new InputRefused('There is no such choice.');
}
