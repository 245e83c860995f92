import { mention, type Text, text } from '../text.ts';
import { numberWords } from './operations.ts';

/** How a message reaches somebody. */
type Route = 'panel' | 'direct';

export const notificationWords = {
  title: (account: Text): Text => text`Write to ${account}?`,
  route: (by: Route, panel: Text, memberId: string | null): Text =>
    by === 'panel'
      ? text`It goes through **${panel}**, which brings it to the account’s owner.`
      : text`It goes to ${memberId === null ? text`the member` : mention(memberId)} as a direct message from Steward.`,
  nothingYet: text`Nothing is sent yet. Your name is not in it.`,
  send: 'Send',
  sent: (by: Route): Text =>
    by === 'panel' ? text`**Sent through the panel**` : text`**Arrived as a direct message**`,
  number: numberWords,
} as const;
