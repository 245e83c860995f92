/** How the connected panels are, and how far the reading of their accounts has come. */
import type { PanelFailure } from '../../domain/refusal.ts';
import { count, join, moment, type Text, text, untrusted } from '../text.ts';
import { abilityWords } from './fields.ts';
import { panelFailureWords } from './refusals.ts';
import { durationWords } from './time-spans.ts';

export const panelWords = {
  title: text`Panels`,
  none: text`No panel is yours to look after.`,
  more: (left: number): Text => text`${count(left)} more: name one of them with \`panel\`.`,
  state: {
    up: (since: Date): Text => text`🟢 Answering since ${moment(since)}`,
    objecting: (since: Date): Text => text`🟡 Answering since ${moment(since)}, but not as it should`,
    down: (since: Date): Text => text`🔴 Not answering since ${moment(since)}`,
    unknown: text`⚪ Was not asked yet`,
  },
  failure: (kind: PanelFailure, panel: string, detail: string | null): Text => panelFailureWords(kind, panel, detail),
  labels: {
    product: 'Product',
    asked: 'Asked',
    rate: 'Requests',
    lastRead: 'Last read',
    now: 'Now',
    trouble: 'Trouble',
  },
  product: (product: string, version: string, limit: number): Text =>
    text`${untrusted(product, Math.min(limit, 60))} ${untrusted(version, Math.min(limit, 40))}`,
  rate: (left: number, perMinute: number): Text => text`${count(left)} of ${count(perMinute)} left in this minute`,
  warning: (sentence: string, limit: number): Text => text`⚠️ ${untrusted(sentence, limit)}`,
  accounts: text`**Accounts**`,
  neverRead: text`never`,
  accountsRead: (last: LastRead | null): Text =>
    last ? text`Accounts read ${panelWords.lastRead(last)}` : text`Accounts were never read`,
  lastRead: (last: LastRead): Text =>
    join([moment(last.finishedAt), seenWords(last), last.durationMs === null ? null : tookWords(last.durationMs)]),
  trouble: (kind: PanelFailure, at: Date, panel: string): Text =>
    text`${panelFailureWords(kind, panel, null)} That was ${moment(at)}; it is tried again by itself.`,
  requested: text`begins in a moment`,
  reading: (since: Date): Text => text`being read since ${moment(since)}`,
  confirming: (since: Date): Text =>
    text`read since ${moment(since)}; those that were not listed are asked for one by one`,
  can: (abilities: readonly string[]): Text => text`**Can** ${join(abilities.map(abilityWords), ', ')}`,
  cannot: (abilities: readonly string[]): Text => text`**Cannot** ${join(abilities.map(abilityWords), ', ')}`,
  cannotBecause: (ability: string, why: string, limit: number): Text =>
    text`**Cannot ${abilityWords(ability)}**: ${untrusted(why, limit)}`,
  sync: 'Sync now',
  refresh: 'Look again',
  details: 'Details',
  all: 'All panels',
  status: 'Show the panel',
} as const;

interface LastRead {
  readonly finishedAt: Date;
  readonly seen: number;
  readonly vanished: number;
  readonly durationMs: number | null;
}

export const syncWords = {
  reading: (panel: string): Text => text`Reading the accounts of ${untrusted(panel, 60)}`,
  begins: text`It begins in a moment.`,
  confirming: text`Asking one by one for those that were not listed.`,
  elsewhere: text`It goes on without this message: \`/panel status\` shows it, too.`,
  done: (panel: string): Text => text`All accounts of ${untrusted(panel, 60)} are read`,
  outcome: (last: LastRead): Text =>
    join([seenWords(last), last.durationMs === null ? null : tookWords(last.durationMs)]),
  seen: (seen: number): Text => text`${count(seen)} so far`,
  seenOf: (seen: number, total: number): Text => text`${count(seen)} of ${count(total)}`,
  seenOfAbout: (seen: number, total: number): Text => text`${count(seen)} of about ${count(total)}`,
} as const;

function seenWords({ seen, vanished }: LastRead): Text {
  const accounts = seen === 1 ? text`1 account` : text`${count(seen)} accounts`;
  return join([accounts, vanished === 0 ? null : text`${count(vanished)} gone since before`], ', ');
}

function tookWords(durationMs: number): Text {
  return text`took ${durationWords(durationMs)}`;
}
