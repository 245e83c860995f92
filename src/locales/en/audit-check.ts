import { count, join, moment, type Text, text, untrusted } from '../text.ts';
import { auditedWords } from './audit.ts';
import { actorWords, numberWords } from './operations.ts';

/** What a check of the audit log has shown. */
export const auditCheckWords = {
  whole: text`The audit log is whole`,
  empty: text`Nothing is sealed yet: the first rows are a moment old at most.`,
  rows: (sealed: number, since: Date): Text =>
    sealed === 1
      ? text`One row, of ${moment(since, 'dateTime')}, is as it was sealed.`
      : text`All **${count(sealed)}** rows since ${moment(since, 'dateTime')} are as they were sealed.`,
  unsealed: (rows: number): Text =>
    rows === 1 ? text`One row is too new to be sealed.` : text`${count(rows)} rows are too new to be sealed.`,
  keep: (position: number, seal: string): Text =>
    text`Keep this head, and give it to a later check: \`${position}-${untrusted(seal)}\``,
  broken: text`The audit log is not as it was sealed`,
  stillWhole: (sealed: number): Text =>
    sealed === 1
      ? text`Row 1, before it, is as it was sealed.`
      : text`Rows 1 to ${count(sealed)}, before it, are as they were sealed.`,
  next: text`Somebody had the database itself in hand. Keep it as it is, compare it with a backup, and find out who can reach it.`,
  changed: (position: number, at: Date): Text =>
    text`**Row ${count(position)}** of ${moment(at, 'dateTime')} does not bear its seal: it was changed after it was sealed.`,
  orTakenOut: text`It may also be that a row before it was taken out together with its seal.`,
  personalChanged: (position: number, at: Date): Text =>
    text`The personal part of **row ${count(position)}** of ${moment(at, 'dateTime')} was changed after it was sealed.`,
  removed: (position: number, sealedAt: Date | null): Text =>
    sealedAt === null
      ? text`**Row ${count(position)}** was removed, with its seal.`
      : text`**Row ${count(position)}**, sealed ${moment(sealedAt, 'dateTime')}, was removed.`,
  removedSeveral: (first: number, last: number): Text =>
    text`**Rows ${count(first)} to ${count(last)}** were removed, with their seals.`,
  inserted: (position: number, at: Date): Text =>
    position === 0
      ? text`A row of ${moment(at, 'dateTime')} was put **before row 1**; it was never sealed.`
      : text`A row of ${moment(at, 'dateTime')} was put in **after row ${count(position)}**; it was never sealed.`,
  cutOff: (left: number, said: number): Text =>
    left === 0
      ? text`**Everything was cut off**: there were ${count(said)} rows.`
      : text`The log was cut off **after row ${count(left)}**: there were ${count(said)} rows.`,
  grownAgain: (position: number): Text =>
    text`**Row ${count(position)}** is another than it was: the log was cut off before it, or there, and has grown again since.`,
  says: (actorId: string, action: string, operation: number | null): Text =>
    text`It says now: ${join([
      text`**${auditedWords(action)}**`,
      text`by ${actorWords(actorId)}`,
      operation === null ? null : numberWords(operation),
    ])}`,
  uncompared: text`No head was posted yet, so its end could have been cut off without a trace. Heads are posted to the audit channel, once a day.`,
  compared: {
    given: (position: number): Text => text`It leads to the head that you gave, of row ${count(position)}.`,
    channel: (position: number, at: Date): Text =>
      text`It leads to the head of row ${count(position)}, posted to the audit channel ${moment(at)}.`,
    database: (position: number, at: Date): Text =>
      text`It leads to the head of row ${count(position)}, posted ${moment(at)}, as the database remembers it: the message could not be read.`,
  },
  against: {
    given: text`That is by the head that you gave.`,
    channel: (at: Date): Text => text`That is by the head posted to the audit channel ${moment(at)}.`,
    database: (at: Date): Text =>
      text`That is by the head posted ${moment(at)}, as the database remembers it: the message could not be read.`,
  },
} as const;
