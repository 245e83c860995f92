import { moment, type Text, text } from '../text.ts';
import { type MemberNotice, memberNoticesWords } from './settings.ts';

export const notificationWords = {
  title: text`Messages about your account`,
  told: (groups: readonly MemberNotice[]): Text =>
    text`**You are told** by direct message when something is done to your account: ${memberNoticesWords(groups)}.`,
  toldOfNothing: text`**You want to be told** of what is done to your account. The team sends no such messages at present.`,
  untold: text`**You are not told** of what is done to your account.`,
  always: text`That its e-mail address or password was changed, you are told always.`,
  closed: (since: Date): Text =>
    text`**My messages do not reach you:** you accepted none ${moment(since)}. Open them under the server’s name, *Privacy Settings*, *Direct Messages*; then write me one, so that I know.`,
  tell: 'Tell me',
  leave: 'Do not tell me',
} as const;
