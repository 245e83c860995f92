/** Fetches the files that people send with commands and forms, from where Discord keeps them and from nowhere else. */
import type { Logger } from 'pino';
import { request } from 'undici';
import { refuse } from '../domain/refusal.ts';
import type { Attachments } from '../services/context.ts';
import { USER_AGENT } from './gateway/user-agent.ts';

/** @see https://docs.discord.com/developers/reference#cdn-formatting */
const DISCORD_FILES = 'https://cdn.discordapp.com';
const TIMEOUT_MS = 10_000;

/** @param apiUrl Base of an API that stands in Discord's place and keeps files itself; null for Discord's own. */
export function createAttachments(apiUrl: string | null, log: Logger): Attachments {
  const origins: readonly string[] = [DISCORD_FILES, ...(apiUrl === null ? [] : [new URL(apiUrl).origin])];
  return {
    async download({ url, sizeBytes }, limitBytes) {
      if (sizeBytes > limitBytes) throw refuse('file.too_large', { limitBytes });
      if (!URL.canParse(url) || !origins.includes(new URL(url).origin)) throw refuse('file.gone', {});
      const content = await fetchFile(url, limitBytes).catch((error: unknown) => {
        log.warn({ error }, 'a file could not be fetched from Discord');
        return null;
      });
      if (content === null) throw refuse('file.gone', {});
      if (content.byteLength > limitBytes) throw refuse('file.too_large', { limitBytes });
      return content;
    },
  };
}

/** What stands at the address, or the beginning of what is too large; null where there is nothing. Redirects are not followed. */
async function fetchFile(url: string, limitBytes: number): Promise<Uint8Array | null> {
  const { statusCode, body } = await request(url, {
    headers: { 'user-agent': USER_AGENT },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (statusCode !== 200) {
    await body.dump();
    return null;
  }
  const parts: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const part of body as AsyncIterable<Uint8Array>) {
    parts.push(part);
    sizeBytes += part.byteLength;
    // Leaving the loop closes the connection.
    if (sizeBytes > limitBytes) break;
  }
  return Buffer.concat(parts);
}
