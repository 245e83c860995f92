/** What a select of a message or a form offers. Pure. */
import { type APISelectMenuComponent, ComponentType } from 'discord-api-types/v10';
import { type Suggestion, suggestChannels, suggestRoles, suggestUsers } from '../composer/suggestions.ts';
import type { World } from '../state.ts';

export function selectSuggestions(world: World, select: APISelectMenuComponent): Suggestion[] {
  switch (select.type) {
    case ComponentType.StringSelect:
      return select.options.map(({ label, value, description, emoji }) => ({
        key: value,
        label,
        value,
        detail: description,
        emoji: emoji?.id ? undefined : emoji?.name,
      }));
    case ComponentType.UserSelect:
      return suggestUsers(world, '', Number.POSITIVE_INFINITY);
    case ComponentType.RoleSelect:
      return suggestRoles(world, '');
    case ComponentType.MentionableSelect:
      return [...suggestRoles(world, ''), ...suggestUsers(world, '', Number.POSITIVE_INFINITY)];
    case ComponentType.ChannelSelect:
      return suggestChannels(world, '', select.channel_types);
  }
}
