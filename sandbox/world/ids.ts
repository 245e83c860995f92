import { snowflakeAt } from '../discord/snowflake.ts';
import { MEMBERS, PEOPLE, type Resident, type SampleName } from './residents.ts';

/** When Harbour Hosting opened its server. Ids must stay the same from run to run, so this moment is fixed. */
export const OPENED_AT_MS = Date.UTC(2023, 2, 14, 9, 30);
const MINUTE_MS = 60_000;

/** An id that never changes: stored accounts are linked to it. */
const idAt = (minute: number): string => snowflakeAt(OPENED_AT_MS + minute * MINUTE_MS);

export const GUILD_ID = idAt(0);
export const APPLICATION_ID = idAt(90);

export const ROLE_IDS = {
  everyone: GUILD_ID,
  administrator: idAt(1),
  moderator: idAt(2),
  helper: idAt(3),
  accountant: idAt(4),
  member: idAt(5),
  bot: idAt(91),
} as const;

export const CHANNEL_IDS = {
  information: idAt(10),
  welcome: idAt(11),
  announcements: idAt(12),
  community: idAt(13),
  general: idAt(14),
  support: idAt(15),
  showcase: idAt(16),
  team: idAt(17),
  staff: idAt(18),
  staffAudit: idAt(19),
  accounting: idAt(20),
  leadership: idAt(21),
} as const;

export const RESIDENTS: readonly Resident[] = [...PEOPLE, ...MEMBERS];

/** User ids of the sample people and of every other resident, by user name. */
export const USER_IDS = Object.fromEntries(
  RESIDENTS.map(({ username }, index) => [username, idAt(1_000 + index * 37)]),
) as Readonly<Record<string, string>> & Readonly<Record<SampleName, string>>;
