import { count, type Text, text, untrusted } from '../text.ts';

const days = (from: string, to: string): Text =>
  from === to ? untrusted(from) : text`${untrusted(from)} to ${untrusted(to)}`;

export const auditExportWords = {
  exported: (rows: number, from: string, to: string): Text =>
    rows === 1 ? text`**One row** of ${days(from, to)}` : text`**${count(rows)} rows** of ${days(from, to)}`,
  empty: (from: string, to: string): Text => text`Nothing was recorded in these days: ${days(from, to)}.`,
  recorded: text`That you exported it is in the audit log. Moments are in UTC.`,
  personal: text`These files hold personal data: delete them when you no longer need them.`,
} as const;
