import type { REST } from '@discordjs/rest';
import type { Messenger, Services } from '../services/context.ts';
import { reach } from '../services/people/reach.ts';
import { directMessageView } from '../views/direct-message.ts';
import { createOwnMessages } from './own-messages.ts';
import { renderView } from './render.ts';

/** Sends what services have to say to people directly; who is known to accept nothing is left alone for a while. */
export function createMessenger(rest: REST, services: Pick<Services, 'store'>): Messenger {
  const messages = createOwnMessages(rest);
  return {
    tell(userId, message, reference) {
      const { body } = renderView(directMessageView(message), { key: null, strict: false });
      return reach(services, userId, () => messages.tell(userId, body, reference));
    },
  };
}
