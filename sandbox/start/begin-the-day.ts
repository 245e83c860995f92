import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../../src/store/connect.ts';
import type { OptionValues } from '../discord/person/person.ts';
import type { LocalDiscord } from '../discord/server.ts';
import { CHANNEL_IDS, USER_IDS } from '../world.ts';

/** How long the bot may take to tell of what was done, in milliseconds; later than that one opens the page without. */
const PATIENCE_MS = 10_000;
const LOOK_AGAIN_MS = 50;

/**
 * What the team has done this morning, by the bot that runs: an approval that is waited for, and a suspension that will end by itself.
 *
 * @param where names the panel, where the bot is connected to several
 */
export async function beginTheDay(store: Store, discord: LocalDiscord, where: OptionValues): Promise<void> {
  const act = (username: string, command: string, options: OptionValues) =>
    discord.as(USER_IDS[username] ?? '').command(command, { ...options, ...where }, { channelId: CHANNEL_IDS.staff });
  while (discord.state.commands.all().length === 0) await once(discord.state, 'commandsChange');
  await act('tomasz', 'user suspend', { member: USER_IDS.sven, reason: 'Invoice overdue', duration: '7d' });
  await act('priya_n', 'credits add', { member: USER_IDS.oskar, amount: '300', reason: 'Contest prize' });
  await cardsAreThere(store);
}

/** What waits for somebody is to stand above what the page opens with. */
async function cardsAreThere({ sql }: Store): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const owed = await sql`select from notices where lane = 'cards' and posted_at is null and abandoned is null`;
    if (owed.length === 0) return;
    await sleep(LOOK_AGAIN_MS);
  }
}
