import { type Account, formatReference } from '../domain/account.ts';
import { notificationWords } from '../locales/en/notification.ts';
import { join, text, untrusted } from '../locales/text.ts';
import { titleOf } from './account-card.ts';
import { type DoneFacts, outcomeView } from './outcome.ts';
import { button, buttonRows, heading, lines, paragraph, run, subtext } from './parts.ts';
import type { View } from './view.ts';

/** Longest line of a message, in graphemes. */
const LINE_LENGTH = 1_500;

/** What would be sent, to whom and by which way. Its button sends it. */
export function notificationPreview(preview: {
  readonly account: Account;
  readonly panelLabel: string;
  readonly memberId: string | null;
  readonly by: 'panel' | 'direct';
  readonly text: string;
}): View<'private'> {
  const { account, panelLabel, memberId, by } = preview;
  const options = { account: formatReference({ panel: account.panel, accountId: account.id }), text: preview.text };
  const written = preview.text.split('\n').map((line) => untrusted(line, LINE_LENGTH));
  return {
    visibility: 'private',
    tone: 'info',
    blocks: [
      paragraph(heading(notificationWords.title(titleOf(account)))),
      // Quoted as a whole: a mark before each line would make a long message too long.
      paragraph(text`>>> ${lines(written)}`),
      paragraph(
        lines([
          notificationWords.route(by, untrusted(panelLabel, 40), memberId),
          subtext(notificationWords.nothingYet),
        ]),
      ),
      ...buttonRows([
        button(notificationWords.send, { ...run('user notify-confirmed', options), once: 'notify' }, 'primary'),
      ]),
    ],
  };
}

/** That it arrived, and how. */
export function notifiedView(done: DoneFacts, by: 'panel' | 'direct'): View<'masked'> {
  return outcomeView(done, join([notificationWords.sent(by), notificationWords.number(done.operation.number)]));
}
