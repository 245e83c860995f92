/** Words about how many servers an account may have. */
import { count, type Text, text } from '../text.ts';

export const limitWords = {
  servers: (limit: number): Text => (limit === 1 ? text`1 server` : text`${count(limit)} servers`),
  /** `+2`, `−1` */
  by: (change: number): Text => (change < 0 ? text`−${count(-change)}` : text`+${count(change)}`),
  moved: (before: number, after: number): Text => text`${count(before)} → **${limitWords.servers(after)}**`,
} as const;
