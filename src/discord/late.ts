/** Answers that Discord takes no more, fifteen minutes after they were asked for: they are brought by the bot itself. */
import { lateWords } from '../locales/en/late.ts';
import type { Text } from '../locales/text.ts';
import { reach } from '../services/people/reach.ts';
import { noticeView, paragraph, subtext } from '../views/parts.ts';
import type { View } from '../views/view.ts';
import type { Delivery } from './deliver.ts';
import { type MessageBody, renderView } from './render.ts';

/**
 * Brings an answer to the person directly, or, where they accept nothing, into the staff channel in which everybody was to read it: never
 * what is for them alone. There is nothing to press on it: what it leads to is not there where it is read, or not theirs alone. Secrets and
 * files belong where they were asked for, and nowhere else.
 *
 * @throws OutOfReach when Discord takes nothing at all.
 */
export async function deliverLate(delivery: Delivery, view: View): Promise<void> {
  const { services, messages, userId, guildChannelId, interactionId } = delivery;
  const reference = `answer-${interactionId}`;
  const shown = view.secret || view.files ? noticeView('warning', lateWords.secret) : view;
  const direct = bodyOf(delivery, shown, lateWords.direct(guildChannelId));
  const reached = await reach(services, userId, () => messages.tell(userId, direct, reference));
  if (reached === 'arrived') return;
  const channelId = publicChannel(delivery, shown);
  const body = bodyOf(delivery, shown, lateWords.inChannel(userId));
  const posted = channelId && (await messages.post(channelId, body, { reference }));
  if (!posted)
    services.log.warn({ interactionId, userId }, 'an answer came too late, and its reader accepts no direct messages');
}

function bodyOf({ strict }: Delivery, view: View, intro: Text): MessageBody {
  const introduced = { ...view, blocks: [paragraph(subtext(intro)), ...view.blocks] };
  return renderView(introduced, { key: null, strict }).body;
}

/** The staff channel in which the answer was promised to everybody; null where it was not, or is not for everybody. */
function publicChannel({ services, reply, guildChannelId }: Delivery, view: View): string | null {
  const { staffChannelIds } = services.settings.current();
  const isPublic = reply.deferral === 'public' && view.visibility === 'masked';
  return isPublic && guildChannelId !== null && staffChannelIds.includes(guildChannelId) ? guildChannelId : null;
}
