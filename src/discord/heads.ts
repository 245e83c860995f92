/** The heads of the audit log that the bot posted, read back from the channel. */
import type { REST } from '@discordjs/rest';
import {
  type APIMessage,
  type APIMessageTopLevelComponent,
  type APIUser,
  ComponentType,
  Routes,
} from 'discord-api-types/v10';
import type { Logger } from 'pino';
import { readHeadWords } from '../locales/en/audit.ts';
import type { PostedHead, PostedHeads } from '../services/audit/heads.ts';

/** How far back a head is looked for: a busy community's channel has a few hundred lines a day. */
const PAGES = 10;
const PAGE_SIZE = 100;

export function createPostedHeads(rest: REST, log: Logger): PostedHeads {
  return {
    async last(channelId, messageId) {
      try {
        const { id: ownId } = (await rest.get(Routes.user())) as APIUser;
        const own = (message: APIMessage) => (message.author.id === ownId ? headIn(message) : null);
        return (await lastHead(rest, channelId, own)) ?? (await headOf(rest, channelId, messageId, own));
      } catch (error) {
        log.warn({ error, channelId }, 'the heads that were posted could not be read');
        return null;
      }
    },
  };
}

type ReadHead = (message: APIMessage) => PostedHead | null;

/** Newest first, page by page. */
async function lastHead(rest: REST, channelId: string, read: ReadHead): Promise<PostedHead | null> {
  let before: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const query = new URLSearchParams({ limit: String(PAGE_SIZE), ...(before === undefined ? {} : { before }) });
    const messages = (await rest.get(Routes.channelMessages(channelId), { query })) as APIMessage[];
    const found = messages.map(read).find((head) => head !== null);
    if (found) return found;
    before = messages.at(-1)?.id;
    if (messages.length < PAGE_SIZE) return null;
  }
  return null;
}

async function headOf(
  rest: REST,
  channelId: string,
  messageId: string | null,
  read: ReadHead,
): Promise<PostedHead | null> {
  if (messageId === null) return null;
  return read((await rest.get(Routes.channelMessage(channelId, messageId))) as APIMessage);
}

/** A head is a message that says nothing else. */
function headIn({ components = [], timestamp }: APIMessage): PostedHead | null {
  const [said, ...more] = components.flatMap(textsOf);
  const head = said === undefined || more.length > 0 ? null : readHeadWords(said);
  return head && { ...head, at: new Date(timestamp) };
}

function textsOf(component: APIMessageTopLevelComponent): readonly string[] {
  if (component.type !== ComponentType.Container) return [];
  return component.components.flatMap((part) => (part.type === ComponentType.TextDisplay ? [part.content] : []));
}
