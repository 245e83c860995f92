/** The crowd of a benchmark: who they are in the local Discord, and which account of the panel is whose. */
import type { APIUser } from 'discord-api-types/v10';
import { snowflakeAt } from '../sandbox/discord/snowflake.ts';
import type { World } from '../sandbox/discord/world.ts';
import { ROLE_IDS } from '../sandbox/world/ids.ts';
import { harbourHosting } from '../sandbox/world.ts';

/** `members` look at their account, `waiting` do so at a panel that takes its time, `staff` give credits to members. */
export type Group = 'members' | 'waiting' | 'staff';

/**
 * Far more people than act at once: they take turns, so that each stays under Steward's limit of ten acts in ten seconds,
 * which is left as it is.
 */
const SIZES: readonly (readonly [Group, number])[] = [
  ['members', 8_000],
  ['waiting', 64],
  ['staff', 3_000],
];

const FIRST_ACCOUNT_ID = 1_001;
const FIRST_JOINED_AT_MS = Date.UTC(2024, 5, 1);

export interface Resident {
  readonly group: Group;
  readonly userId: string;
  readonly username: string;
  /** Their account in the panel; null of staff. */
  readonly account: { readonly id: number; readonly username: string } | null;
}

/** How every account's name begins, and no Discord user's: an answer that shows it shows an account. */
export const ACCOUNT_NAME = 'holder';

export const CROWD: readonly Resident[] = SIZES.flatMap(([group, size]) =>
  Array.from({ length: size }, () => group),
).map((group, index) => ({
  group,
  userId: snowflakeAt(FIRST_JOINED_AT_MS + index * 1_000),
  username: `crowd${index}`,
  account: group === 'staff' ? null : { id: FIRST_ACCOUNT_ID + index, username: `${ACCOUNT_NAME}${index}` },
}));

export const OWNER_ID = harbourHosting({ withHistory: false }).guild.ownerId;
export const STAFF_ROLE_ID = ROLE_IDS.moderator;

export const inGroup = (group: Group): readonly Resident[] => CROWD.filter((resident) => resident.group === group);

/** The sandbox's guild with the crowd in it. */
export function crowdedWorld(): World {
  const world = harbourHosting({ withHistory: false });
  const [someone] = world.members;
  if (someone === undefined) throw new Error('The guild has no members.');
  const users = CROWD.map((resident) => userOf(resident));
  const members = CROWD.map((resident, index) => ({
    ...someone,
    user: users[index] ?? someone.user,
    roles: [resident.group === 'staff' ? STAFF_ROLE_ID : ROLE_IDS.member],
  }));
  return { ...world, users: [...world.users, ...users], members: [...world.members, ...members] };
}

function userOf({ userId, username }: Resident): APIUser {
  return { id: userId, username, discriminator: '0', global_name: username, avatar: null };
}
