import { mention, type Text, text, untrusted } from '../text.ts';

/** By which way a new password comes to its reader. */
type Way = 'direct' | 'closed' | 'own' | 'shown';

export const passwordWords = {
  /** Under the answer to whoever asked for it. */
  way: (way: Way, memberId: string | null): Text => {
    const member = memberId === null ? text`the member` : mention(memberId);
    switch (way) {
      case 'direct':
        return text`It goes to ${member} as a direct message with a button that shows it once, within a day. Nobody of the team sees it.`;
      case 'closed':
        return text`${member} takes no direct messages. Tell them that \`/account view\` has a button that shows it once, within a day. Nobody of the team sees it.`;
      case 'own':
        return text`The button shows it to you once, within a day.`;
      case 'shown':
        return text`Nobody is linked to this account. The button shows it once, within a day, to whoever made it; that is recorded.`;
    }
  },
  /** To whoever asked for it, once it is known that the direct message could not be sent. */
  unreached: (memberId: string | null): Text =>
    text`${memberId === null ? text`The member` : mention(memberId)} takes no direct messages, so the new password did not reach them. Tell them that \`/account view\` has a button that shows it once, within a day.`,
  showMine: 'Show my new password',
  showOnce: 'Show it once',
  title: (username: string, panel: string): Text =>
    text`New password of **${untrusted(username, 60)}** in **${untrusted(panel, 40)}**`,
  /** In a block of its own, which Discord lets people copy whole. */
  block: (password: string): Text => text`\`\`\`\n${untrusted(password, 300)}\n\`\`\``,
  once: text`It is shown this once only. Nobody can look it up again; it is gone when you dismiss this message.`,
  own: text`Log in with it, then set one of your own in the panel.`,
} as const;
