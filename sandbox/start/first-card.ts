import { once } from 'node:events';
import type { OptionValues } from '../discord/person/person.ts';
import type { LocalDiscord } from '../discord/server.ts';
import { CHANNEL_IDS, USER_IDS } from '../world.ts';

/**
 * Lets Mira look at Alex's account in #staff, so that whoever opens the page has something before them.
 *
 * @param where names the panel, where the bot is connected to several
 */
export async function showFirstCard(discord: LocalDiscord, where: OptionValues): Promise<void> {
  const isRegistered = () => discord.state.commands.all().some(({ name }) => name === 'user');
  while (!isRegistered()) await once(discord.state, 'commandsChange');
  const alex = { member: USER_IDS.alex, ...where };
  await discord.as(USER_IDS.mira).command('user view', alex, { channelId: CHANNEL_IDS.staff });
}
