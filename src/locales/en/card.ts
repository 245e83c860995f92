import type { AccountStatus } from '../../domain/account.ts';
import type { Facet } from '../../domain/operation.ts';
import { count, mention, moment, type Text, text, untrusted } from '../text.ts';
import { actorWords, restWords } from './operations.ts';

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
  servers: 'Servers',
  payments: 'Payments',
  twoFactor: 'Two-factor',
  language: 'Language',
  lastSeen: 'Last seen',
  notes: 'Notes',
} as const;

/** What some panels know of accounts, others not. */
export const detailWords = {
  atMost: (servers: number): Text => text`at most ${count(servers)}`,
  payments: (payments: number): Text => (payments === 0 ? text`none` : count(payments)),
  twoFactor: (on: boolean): Text => (on ? text`on` : text`off`),
};

/** The end of a sentence that tells of an operation. */
const why = (reason: Text | null, number: number): Text =>
  text`${reason === null ? text`` : text`, for: ${reason}`} (#${number})`;

export const cardWords = {
  suspendedBy: (actorId: string, at: Date, until: Date | null, reason: Text | null, number: number): Text =>
    text`**Suspended** by ${actorWords(actorId)} ${moment(at)}${until === null ? text`` : text`, until ${moment(until, 'dateTime')}`}${why(reason, number)}`,
  deletionScheduled: (actorId: string, at: Date, reason: Text | null, number: number): Text =>
    text`**Deletion scheduled** by ${actorWords(actorId)}: ${moment(at, 'dateTime')}${why(reason, number)}`,
  deletionOverdue: (actorId: string, at: Date, reason: Text | null, number: number): Text =>
    text`**Deletion scheduled** by ${actorWords(actorId)} was due ${moment(at)} and has not happened${why(reason, number)}`,
  suspendedElsewhere: text`**Suspended** in the panel; Steward does not know why.`,
  verified: text`verified`,
  unverified: text`not verified`,
  unlinked: text`nobody yet`,
  closed: text`does not take direct messages`,
  noRoles: text`none`,
  administrator: text`**administers the panel**`,
  recent: text`**Lately**`,
  nothingRecent: text`Nothing was done to this account through Steward yet.`,
  unclear: (deed: Text, number: number, facet: Facet | null): Text =>
    text`**Not known whether it happened:** ${deed} (#${number}).${facet === null ? text`` : text` Until that is settled, ${restWords[facet]}.`}`,
  underWay: (deed: Text, number: number): Text => text`**Under way:** ${deed} (#${number})`,
  waiting: (deed: Text, number: number): Text => text`**Waits for approval:** ${deed} (#${number})`,
  unread: (why: Text, at: Date): Text => text`${why} This is how the account was ${moment(at)}.`,
  seen: (panel: string, at: Date): Text => text`${untrusted(panel, 40)} · as of ${moment(at)}`,
  own: text`This is your own account.`,
  shared: (userId: string): Text => text`shown by ${mention(userId)}`,
};
