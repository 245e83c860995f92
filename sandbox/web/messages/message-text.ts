/** The words of a message, for excerpts and for the tour. Pure. */
import type { APIMessage } from 'discord-api-types/v10';

/** Everything that is read in a message, whatever it is built of. */
export function textOf(message: APIMessage): string {
  const embeds = message.embeds.flatMap(({ title, description, fields }) => [
    title,
    description,
    ...(fields ?? []).map(({ name, value }) => `${name} ${value}`),
  ]);
  return [message.content, ...embeds, ...componentTexts(message.components ?? [])].filter(Boolean).join('\n');
}

function componentTexts(components: readonly object[]): string[] {
  return components.flatMap((component) => {
    const own = 'content' in component && typeof component.content === 'string' ? [component.content] : [];
    const below = 'components' in component && Array.isArray(component.components) ? component.components : [];
    return [...own, ...componentTexts(below)];
  });
}
