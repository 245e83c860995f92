/** What the list above the composer offers for the option that is being typed. Pure. */
import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOptionChoice,
  ApplicationCommandOptionType as OptionType,
} from 'discord-api-types/v10';
import { channelLabel, displayName, hexColour } from '../selectors.ts';
import type { World } from '../state.ts';

export interface Suggestion {
  key: string;
  label: string;
  detail?: string | undefined;
  value: string | number | boolean;
  /** Whose avatar stands before it. */
  userId?: string;
  emoji?: string | undefined;
  /** Colour of the dot that stands before a role. */
  colour?: string;
}

const longestList = 25;

/** @param choices What the bot answered for this option, when it completes the option itself. */
export function suggest(
  world: World,
  option: APIApplicationCommandBasicOption,
  text: string,
  choices: APIApplicationCommandOptionChoice[] | null,
): Suggestion[] {
  switch (option.type) {
    case OptionType.User:
      return suggestUsers(world, text);
    case OptionType.Role:
      return suggestRoles(world, text);
    case OptionType.Mentionable:
      return [...suggestUsers(world, text), ...suggestRoles(world, text)].slice(0, longestList);
    case OptionType.Channel:
      return suggestChannels(world, text, option.channel_types);
    case OptionType.Boolean:
      return matching([choice('True', true), choice('False', false)], text);
    case OptionType.Attachment:
      return [];
    default:
      if (option.autocomplete) return (choices ?? []).map(({ name, value }) => choice(name, value));
      return matching(
        (option.choices ?? []).map(({ name, value }) => choice(name, value)),
        text,
      );
  }
}

export function suggestUsers(world: World, text: string, most = longestList): Suggestion[] {
  const wanted = text.replace(/^@/, '');
  const ids = world.guild ? Object.keys(world.members) : Object.keys(world.users);
  const users = ids.map((id): Suggestion => {
    const username = world.users[id]?.username ?? '';
    return { key: id, label: displayName(world, id), detail: username, value: id, userId: id };
  });
  return matching(users, wanted).slice(0, most);
}

export function suggestRoles(world: World, text: string): Suggestion[] {
  const roles = (world.guild?.roles ?? []).toSorted((one, other) => other.position - one.position);
  const suggestions = roles.map(({ id, name, color }): Suggestion => {
    const label = name.startsWith('@') ? name : `@${name}`;
    return { key: id, label, value: id, colour: color === 0 ? 'currentcolor' : hexColour(color) };
  });
  return matching(suggestions, text);
}

export function suggestChannels(world: World, text: string, types?: number[]): Suggestion[] {
  const channels = (world.guild?.channels ?? []).filter(({ type }) => (types ? types.includes(type) : type !== 4));
  return matching(
    channels.map((channel) => ({ key: channel.id, label: channelLabel(world, channel), value: channel.id })),
    text,
  );
}

function choice(label: string, value: string | number | boolean): Suggestion {
  return { key: `${typeof value}:${value}`, label, value };
}

/** Those that begin with the text first, then those that have it anywhere. */
function matching(suggestions: Suggestion[], text: string): Suggestion[] {
  const wanted = text.trim().toLowerCase().replace(/^[@#]/, '');
  const place = ({ label, detail }: Suggestion) => {
    const places = [label.replace(/^[@#]/, ''), detail ?? ''].map((name) => name.toLowerCase().indexOf(wanted));
    return places.includes(0) ? 0 : Math.max(...places);
  };
  return suggestions
    .map((suggestion) => ({ suggestion, place: place(suggestion) }))
    .filter((ranked) => ranked.place >= 0)
    .toSorted((one, other) => Number(one.place > 0) - Number(other.place > 0))
    .map(({ suggestion }) => suggestion);
}
