/** Brings notices to channels and people, with buttons that outlive an answer's. */
import type { REST } from '@discordjs/rest';
import { type ComponentAudience, saveComponents } from '../services/components/save.ts';
import type { Services } from '../services/context.ts';
import type { Announcer, Notice } from '../services/notices/notice.ts';
import { announcementView } from '../views/announcement.ts';
import type { View } from '../views/view.ts';
import { newComponentKey } from './custom-id.ts';
import { createOwnMessages } from './own-messages.ts';
import { type MessageBody, renderView } from './render.ts';

/** People may be away for a while; what a card asks is asked of whoever presses. */
const CARD_LIFE_HOURS = 30 * 24;
const LINE_LIFE_HOURS = 24;

/** @param parts `strict` throws where a notice passes Discord's limits, as tests want it. */
export function createAnnouncer(parts: {
  readonly rest: REST;
  readonly services: Pick<Services, 'store' | 'clock'>;
  readonly strict?: boolean;
}): Announcer {
  const { services, strict = false } = parts;
  const messages = createOwnMessages(parts.rest);

  /** What the buttons do is stored first, so that nobody can press what is not there yet. */
  async function bodyOf(notice: Notice, recipientId: string | null = null): Promise<MessageBody> {
    const view = announcementView(notice, services.clock.now());
    const audience = audienceOf(view, recipientId);
    const key = audience && newComponentKey();
    const { body, actions } = renderView(view, { key, strict });
    if (audience && key && actions.length > 0) {
      const lifeHours = notice.kind === 'card' ? CARD_LIFE_HOURS : LINE_LIFE_HOURS;
      await saveComponents(services, { key, audience, actions, origin: key, lifeHours });
    }
    return body;
  }

  return {
    async post(channelId, notice, options) {
      return messages.post(channelId, await bodyOf(notice), { ...options, mention: mentionOf(notice) });
    },
    async edit(message, notice) {
      return messages.edit(message, await bodyOf(notice));
    },
    async tell(userId, notice, reference) {
      return messages.tell(userId, await bodyOf(notice, userId), reference);
    },
  };
}

/** Nobody asked for a notice, so there is no actor to whom its buttons could belong, but only whoever it is sent to. */
function audienceOf({ audience }: View, recipientId: string | null): ComponentAudience | null {
  if (audience !== undefined && audience !== 'actor') return { kind: 'permission', permission: audience };
  return recipientId === null ? null : { kind: 'user', userId: recipientId };
}

function mentionOf(notice: Notice): string | null {
  return notice.kind === 'card' || notice.kind === 'reminder' ? notice.alertRoleId : null;
}
