import type { AccountStatus } from '../../domain/account.ts';
import { mention, moment, type Text, text, untrusted } from '../text.ts';
import { actorWords } from './operations.ts';

export const statusWords: Readonly<Record<AccountStatus, Text>> = {
  active: text`Active`,
  suspended: text`Suspended`,
  deleted: text`Deleted`,
};

/** How a link between a member and an account was proven. */
export const proofWords = {
  panel: text`linked in the panel`,
  email: text`proven by e-mail`,
  code: text`proven by a mailed code`,
  staff: text`linked by staff, unproven`,
} as const satisfies Readonly<Record<string, Text>>;

/** Labels of a card's facts, in the order in which they stand. */
export const factLabels = {
  balance: 'Balance',
  roles: 'Roles',
  email: 'E-mail',
  member: 'Member',
  joined: 'Joined',
  notes: 'Notes',
} as const;

export const cardWords = {
  suspendedBy: (actorId: string, at: Date, reason: Text | null, number: number): Text =>
    text`**Suspended** by ${actorWords(actorId)} ${moment(at)}${reason === null ? text`` : text`, for: ${reason}`} (#${number})`,
  suspendedElsewhere: text`**Suspended** in the panel; Steward does not know why.`,
  verified: text`verified`,
  unverified: text`not verified`,
  unlinked: text`nobody yet`,
  noRoles: text`none`,
  administrator: text`**administers the panel**`,
  recent: text`**Lately**`,
  nothingRecent: text`Nothing was done to this account through Steward yet.`,
  unclear: (deed: Text, number: number, credits: boolean): Text =>
    text`**Not known whether it happened:** ${deed} (#${number}).${credits ? text` Its credits rest until that is settled.` : text``}`,
  underWay: (deed: Text, number: number): Text => text`**Under way:** ${deed} (#${number})`,
  waiting: (deed: Text, number: number): Text => text`**Waits for approval:** ${deed} (#${number})`,
  seen: (panel: string, at: Date): Text => text`${untrusted(panel, 40)} · as of ${moment(at)}`,
  own: text`This is your own account.`,
  shared: (userId: string): Text => text`shown by ${mention(userId)}`,
};
