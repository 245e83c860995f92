import { moment, type Text, text, untrusted } from '../text.ts';
import { hoursWords } from './time-spans.ts';

export const deletionWords = {
  title: (account: Text, panel: string): Text => text`Delete ${account} in ${untrusted(panel, 40)}?`,
  intro: text`This is what goes with the account:`,
  nothing: text`The panel names nothing that goes with it.`,
  suspended: (graceHours: number, at: Date): Text =>
    text`**Nothing is deleted at once.** The account is suspended first, and deleted in ${hoursWords(graceHours)} (${moment(at, 'dateTime')}).`,
  stays: (graceHours: number, at: Date): Text =>
    text`**Nothing is deleted at once.** The account is deleted in ${hoursWords(graceHours)} (${moment(at, 'dateTime')}). It cannot be suspended in this panel, so its owner can log in until then.`,
  restorable: text`It can be brought back with \`/user restore\`.`,
  restorableThen: text`Until then \`/user restore\` calls it off; after that it brings the account back.`,
  final: text`**It cannot be brought back.**`,
  finalThen: text`Until then \`/user restore\` calls it off. **After that it cannot be brought back.**`,
  next: text`Nothing is changed yet. To go on, you will be asked to type the username.`,
  button: 'Delete…',
} as const;
