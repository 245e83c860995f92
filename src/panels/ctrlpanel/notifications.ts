import type { NotificationsAbility } from '../panel.ts';
import { notified } from './api-types.ts';
import type { Connection } from './connection.ts';
import { ready } from './credits.ts';
import { InputRefused, notFound, rejected } from './failures.ts';
import { SETTLE_AFTER_MS } from './map.ts';

export function notificationsAbility(panel: Connection): NotificationsAbility {
  return {
    traits: {
      idempotent: false,
      proof: 'state',
      settleAfterMs: SETTLE_AFTER_MS.row,
      effects: ['CtrlPanel.gg shows it to the owner, and mails it, as soon as its queue gets to it.'],
    },
    async notify(accountId, { title, text }, change) {
      const subject = title.replaceAll(/\s+/gu, ' ').trim();
      if (subject === '' || text.trim() === '') throw rejected('an empty message', 'There is nothing in the message.');
      await ready(panel, accountId, change);
      // The panel takes ids as numbers only, and no number says the largest of them.
      const id = Number(accountId);
      if (!Number.isSafeInteger(id)) throw notFound(accountId);
      const body = { via: 'both', users: [id], title: subject, content: htmlOf(text) };
      try {
        const request = { method: 'POST', path: '/notifications/send-to-users', body, writing: 'row' } as const;
        const { meta } = await panel.client.write(change, request, notified);
        if (meta.user_count === 0) throw notFound(accountId);
      } catch (error) {
        if (error instanceof InputRefused && error.fields.some((field) => field.startsWith('users')))
          throw notFound(accountId);
        throw error;
      }
    },
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The panel takes the text, though not the title, for HTML. */
function htmlOf(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign).replaceAll(/\r\n|\r|\n/g, '<br>');
}
