/** From a view to the person: what its components do is stored first, so that nobody can press what is not there yet. */
import { type ComponentAudience, saveComponents } from '../services/components/save.ts';
import type { Services } from '../services/context.ts';
import type { View } from '../views/view.ts';
import { newComponentKey } from './custom-id.ts';
import { type Message, renderView } from './render.ts';
import type { Reply } from './replies.ts';

export interface Delivery {
  readonly services: Services;
  readonly reply: Reply;
  readonly userId: string;
  /** The interaction that stated the intent of which the view tells. */
  readonly origin: string;
  /** Throws where a view passes Discord's limits, instead of leaving out what does not fit. */
  readonly strict: boolean;
}

/** Answers with a view: in public only what is masked. */
export async function deliver(delivery: Delivery, view: View): Promise<void> {
  const message = await prepare(delivery, view);
  await delivery.reply.show(message, view.visibility);
}

/** Says why nothing was done, to the person alone; a message with buttons stays as it is. */
export async function deliverAside(delivery: Delivery, view: View): Promise<void> {
  await delivery.reply.showAside(await prepare(delivery, view));
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
