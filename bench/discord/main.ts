/** The local Discord and its crowd, in a process of their own. */
import { startLocalDiscord } from '../../sandbox/discord/server.ts';
import { crowdedWorld } from '../people.ts';
import { Crowd } from './load.ts';
import type { DiscordEvent, LoadRequest } from './protocol.ts';

process.once('disconnect', () => process.exit());

const discord = await startLocalDiscord({
  world: crowdedWorld(),
  checkSchemas: false,
  limitRates: false,
  messagesPerChannel: 50,
});
const crowd = new Crowd(discord);
let wasReady = false;

const tell = (event: DiscordEvent) => process.send?.(event);

function tellWhenReady(): void {
  const hasCommand = discord.state.commands.all().some(({ name }) => name === 'account');
  const isReady = hasCommand && discord.connections > 0;
  if (isReady && !wasReady) tell({ type: 'ready' });
  wasReady = isReady;
}

discord.state.on('botStatus', tellWhenReady);
discord.state.on('commandsChange', tellWhenReady);
process.on('message', ({ id, load }: LoadRequest) => {
  void crowd.run(load).then((result) => tell({ type: 'result', id, result }));
});

const { apiUrl, token, guildId } = discord;
tell({ type: 'listening', address: { apiUrl, token, guildId } });
