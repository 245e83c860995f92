import { notificationWords } from '../locales/en/notifications.ts';
import type { MemberNotice } from '../locales/en/settings.ts';
import type { Text } from '../locales/text.ts';
import { button, buttonRows, heading, lines, paragraph, run, subtext } from './parts.ts';
import type { View } from './view.ts';

export interface NotificationFacts {
  readonly told: boolean;
  /** Since when they are known to accept no direct messages. */
  readonly closedSince: Date | null;
  /** Of what the team lets members be told. */
  readonly notices: readonly MemberNotice[];
}

/** Whether a member is told of what is done to their account, whether that reaches them, and the button to choose otherwise. */
export function notificationsView(facts: NotificationFacts): View<'private'> {
  const { told, closedSince } = facts;
  const { title, always, closed, tell, leave } = notificationWords;
  return {
    visibility: 'private',
    tone: closedSince === null ? 'neutral' : 'warning',
    blocks: [
      paragraph(lines([heading(title), toldWords(facts), subtext(always)])),
      ...(closedSince === null ? [] : [paragraph(closed(closedSince))]),
      ...buttonRows([
        button(
          told ? leave : tell,
          run('account notifications', { tell: !told }, 'update'),
          told ? 'secondary' : 'primary',
        ),
      ]),
    ],
  };
}

function toldWords({ told, notices }: NotificationFacts): Text {
  if (!told) return notificationWords.untold;
  return notices.length === 0 ? notificationWords.toldOfNothing : notificationWords.told(notices);
}
