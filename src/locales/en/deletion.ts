import { type Text, text } from '../text.ts';

export const deletionWords = {
  title: (account: Text): Text => text`Delete ${account}?`,
  intro: text`This is what goes with the account:`,
  nothing: text`The panel names nothing that goes with it.`,
  restorable: text`It can be brought back with \`/user restore\`.`,
  final: text`**It cannot be brought back.**`,
  next: text`Nothing is changed yet. To go on, you will be asked to type the username.`,
  button: 'Delete…',
} as const;
