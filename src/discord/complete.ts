/** Completes an option while it is typed, from memory and one short query. */
import type { APIApplicationCommandOptionChoice } from 'discord-api-types/v10';
import type { Context } from '../services/context.ts';
import { CHOICE_LENGTH, CHOICE_LIMIT } from './limits.ts';
import type { CompleteInteraction } from './payload.ts';
import type { Registered } from './registered.ts';
import { cutLength } from './render.ts';

export async function completeOption(
  ctx: Context,
  registered: Registered,
  { option, typed, given }: CompleteInteraction,
): Promise<APIApplicationCommandOptionChoice[]> {
  const choices = (await registered.options[option]?.complete?.(ctx, typed, given)) ?? [];
  return choices
    .filter(({ value }) => value.length > 0 && value.length <= CHOICE_LENGTH)
    .slice(0, CHOICE_LIMIT)
    .map(({ name, value }) => ({ name: cutLength(name, CHOICE_LENGTH), value }));
}
