import { REST } from '@discordjs/rest';
import { USER_AGENT } from './user-agent.ts';

const DISCORD_API = 'https://discord.com/api';
const TIMEOUT_MS = 10_000;
/** Handlers of routes that were used once are let go after this long; their default lives an hour. */
const HANDLER_SWEEP_MS = 60_000;

export function apiBase(apiUrl: string | null): string {
  return (apiUrl ?? DISCORD_API).replace(/\/$/, '');
}

/**
 * The client for all of Discord's routes but the answering of interactions: commands, members, roles, messages of the bot's own. It
 * waits as the rate limits ask.
 */
export function createRest(options: { token: string; apiUrl: string | null }): REST {
  const rest = new REST({
    version: '10',
    api: apiBase(options.apiUrl),
    timeout: TIMEOUT_MS,
    handlerSweepInterval: HANDLER_SWEEP_MS,
    userAgentAppendix: USER_AGENT,
  });
  return rest.setToken(options.token);
}
