/** Who acts. */

import type { MemberActor } from '../domain/actor.ts';
import type { Members } from '../services/context.ts';
import type { Interaction } from './payload.ts';

/** Roles as Discord sent them with the interaction; outside the home guild only those are known without asking. */
export function statedActor(interaction: Interaction): MemberActor {
  return { kind: 'member', userId: interaction.userId, roleIds: interaction.roleIds ?? [] };
}

/** The person with their roles in the home guild, and those where they are. */
export async function fetchActor(interaction: Interaction, members: Members): Promise<MemberActor> {
  const home = (await members.rolesOf(interaction.userId)) ?? [];
  const stated = statedActor(interaction);
  return { ...stated, roleIds: [...new Set([...stated.roleIds, ...home])] };
}
