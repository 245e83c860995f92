import { once } from 'node:events';
import type { LocalDiscord } from '../discord/server.ts';
import { CHANNEL_IDS, USER_IDS } from '../world.ts';

/** Lets Mira look at Alex's account in #staff, so that whoever opens the page has something before them. */
export async function showFirstCard(discord: LocalDiscord): Promise<void> {
  const isRegistered = () => discord.state.commands.all().some(({ name }) => name === 'user');
  while (!isRegistered()) await once(discord.state, 'commandsChange');
  await discord.as(USER_IDS.mira).command('user view', { member: USER_IDS.alex }, { channelId: CHANNEL_IDS.staff });
}
