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

/** How far back heads are looked for: a busy community's channel has a few hundred lines a day. */
const PAGES = 10;
const PAGE_SIZE = 100;

export function createPostedHeads(rest: REST, log: Logger): PostedHeads {
  return {
    async among(channelId, messageId) {
      try {
        const { id: ownId } = (await rest.get(Routes.user())) as APIUser;
        const own = (message: APIMessage) => (message.author.id === ownId ? headIn(message) : null);
        const heads = await headsIn(rest, channelId, own);
        return heads.length > 0 || messageId === null ? heads : await headOf(rest, channelId, messageId, own);
      } catch (error) {
        log.warn({ error, channelId }, 'the heads that were posted could not be read');
        return [];
      }
    },
  };
}

type ReadHead = (message: APIMessage) => PostedHead | null;

/** Newest first, page by page. */
async function headsIn(rest: REST, channelId: string, read: ReadHead): Promise<readonly PostedHead[]> {
  const heads: PostedHead[] = [];
  let before: string | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const query = new URLSearchParams({ limit: String(PAGE_SIZE), ...(before === undefined ? {} : { before }) });
    const messages = (await rest.get(Routes.channelMessages(channelId), { query })) as APIMessage[];
    heads.push(...messages.map(read).filter((head) => head !== null));
    before = messages.at(-1)?.id;
    if (messages.length < PAGE_SIZE) break;
  }
  return heads;
}

async function headOf(
  rest: REST,
  channelId: string,
  messageId: string,
  read: ReadHead,
): Promise<readonly PostedHead[]> {
  const head = read((await rest.get(Routes.channelMessage(channelId, messageId))) as APIMessage);
  return head === null ? [] : [head];
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
