/** From a view to the person: what its components do is stored first, so that nobody can press what is not there yet. */
import { type ComponentAudience, saveComponents } from '../services/components/save.ts';
import type { Services } from '../services/context.ts';
import type { View } from '../views/view.ts';
import { newComponentKey } from './custom-id.ts';
import { isTooLate, isUnheard } from './discord-error.ts';
import { deliverLate } from './late.ts';
import type { OwnMessages } from './own-messages.ts';
import { type Message, renderView } from './render.ts';
import type { Reply } from './replies.ts';

export interface Delivery {
  readonly services: Services;
  readonly reply: Reply;
  /** For what comes too late to be an answer. */
  readonly messages: OwnMessages;
  readonly interactionId: string;
  readonly userId: string;
  /** Where it was asked; null in a direct message. */
  readonly guildChannelId: string | null;
  /** The interaction that stated the intent of which the view tells. */
  readonly origin: string;
  /** Throws where a view passes Discord's limits, instead of leaving out what does not fit. */
  readonly strict: boolean;
}

/** Discord took the answer neither as one nor otherwise, and may take it later. */
export class Undelivered extends Error {}

/** `late`: Discord did not take it as an answer any more, so it was brought otherwise. */
export type Delivered = 'in time' | 'late';

/** Answers with a view: in public only what is masked. */
export async function deliver(delivery: Delivery, view: View): Promise<Delivered> {
  const message = await prepare(delivery, view);
  return orLate(delivery, view, () => delivery.reply.show(message, view.visibility));
}

/** Shows a view that another one will follow: without buttons, and not if it is as the one before. @returns what is shown now. */
export async function deliverProgress({ reply, strict }: Delivery, view: View, shown: string): Promise<string> {
  const message = renderView(view, { key: null, strict });
  const content = JSON.stringify(message.body);
  if (content !== shown) await reply.showProgress(message);
  return content;
}

/** Says why nothing was done, to the person alone; a message with buttons stays as it is. */
export async function deliverAside(delivery: Delivery, view: View): Promise<Delivered> {
  const message = await prepare(delivery, view);
  return orLate(delivery, { ...view, visibility: 'private' }, () => delivery.reply.showAside(message));
}

async function orLate(delivery: Delivery, view: View, show: () => Promise<void>): Promise<Delivered> {
  const { reply } = delivery;
  try {
    await show();
    return 'in time';
  } catch (error) {
    if (!reply.isOwed) throw error;
    if (!isTooLate(error)) throw explained(error);
  }
  await deliverLate(delivery, view).catch((error: unknown) => {
    throw explained(error);
  });
  reply.end();
  return 'late';
}

function explained(error: unknown): unknown {
  return isUnheard(error) ? new Undelivered('an answer could not be delivered', { cause: error }) : error;
}

/** Says something more, to the person alone, once the answer is given. */
export async function deliverMore(delivery: Delivery, view: View): Promise<void> {
  await delivery.reply.add(await prepare(delivery, view));
}

/** An answer without its buttons is better than none: what it tells of may have been done. */
async function prepare(delivery: Delivery, view: View): Promise<Message> {
  const { services, reply, origin, strict } = delivery;
  const key = newComponentKey();
  const message = renderView(view, { key, strict });
  const { actions } = message;
  if (actions.length === 0) return message;
  try {
    await reply.inTime(saveComponents(services, { key, audience: audienceOf(delivery, view), actions, origin }));
    return message;
  } catch (error) {
    services.log.error({ error }, 'the buttons of an answer could not be stored, so it goes without them');
    return renderView(view, { key: null, strict });
  }
}

function audienceOf({ userId }: Delivery, { audience = 'actor' }: View): ComponentAudience {
  return audience === 'actor' ? { kind: 'user', userId } : { kind: 'permission', permission: audience };
}
