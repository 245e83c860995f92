import type { APIMessage } from 'discord-api-types/v10';
import { type AnyComponent, componentsOf, eachComponent } from '../../sandbox/discord/components.ts';

/** The `custom_id` of the *Change…* of one group of settings, such as `Approvals`; all of them have the same label. */
export function changeButton(message: APIMessage | null, group: string): string {
  let found: AnyComponent | undefined;
  eachComponent(message ? componentsOf(message) : [], (component) => {
    const title = component.components?.[0]?.content ?? '';
    if (title.startsWith(`**${group}**`)) found = component.accessory;
  });
  if (!found?.custom_id) throw new Error(`There is no group “${group}” to change.`);
  return found.custom_id;
}
