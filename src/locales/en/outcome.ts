import type { Facet, Verb } from '../../domain/operation.ts';
import { moment, type Text, text } from '../text.ts';
import { actorWords, meantWords, restWords } from './operations.ts';

export const outcomeWords = {
  /** The second, quiet line of an answer: whose account, and who did it. */
  by: (account: Text, actorId: string): Text => text`${account} · by ${actorWords(actorId)}`,
  unknown: (verb: Verb, deed: Text, number: number): Text =>
    text`**It is not known whether this happened:** to ${meantWords[verb]}${deed} (#${number}).`,
  unknownNext: (panel: Text): Text =>
    text`${panel} was asked and did not say whether it acted. Please do not do it again: Steward finds out by itself, and asks the team where it cannot.`,
  rests: (facet: Facet): Text => text`Until it is settled, ${restWords[facet]}.`,
  until: (verb: Verb, at: Date): Text =>
    verb === 'account.schedule_deletion' ? text`due ${moment(at, 'dateTime')}` : text`until ${moment(at, 'dateTime')}`,
  waiting: (verb: Verb, deed: Text, number: number): Text =>
    text`**This waits for an approval:** to ${meantWords[verb]}${deed} (#${number}).`,
  waitingUntil: (until: Date): Text =>
    text`Nothing was changed yet. You are told how it ends; without an approval it is declined ${moment(until)}.`,
  ask: (actorId: string, at: Date, number: number, verb: Verb, deed: Text): Text =>
    text`**This was done a moment ago:** ${meantWords[verb]}${deed} · ${actorWords(actorId)} · ${moment(at)} · #${number}`,
  askNothing: text`Nothing was changed yet. Should it be done once more?`,
  doItAnyway: 'Do it anyway',
  leaveIt: 'Leave it',
  left: text`Left as it is. Nothing was changed.`,
  openCard: 'Open card',
  moved: (before: Text, after: Text): Text => text`${before} → **${after}**`,
  notLinked: text`**not linked to the member**: they, or the account, were linked meanwhile`,
  credits: (amount: Text): Text => text`${amount} to start with`,
} as const;
