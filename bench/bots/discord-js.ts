/** A bare discord.js bot, written as its guide has it, that may answer as fast as it can: defer, one SELECT, edit. */
import { Client, Events, GatewayIntentBits, MessageFlags, SlashCommandBuilder } from 'discord.js';
import { environment } from './environment.ts';
import { accountFinder } from './find-account.ts';

const findAccount = accountFinder(environment.databaseUrl);
const client = new Client({
  intents: [GatewayIntentBits.Guilds],
  // The default of 50 requests a second would hold answers back, although Discord exempts them from that limit.
  rest: { api: environment.apiUrl, globalRequestsPerSecond: 1_000_000 },
});

client.once(Events.ClientReady, async ({ application }) => {
  const command = new SlashCommandBuilder()
    .setName('account')
    .setDescription('Your account')
    .addSubcommand((view) => view.setName('view').setDescription('Look at your account'));
  await application.commands.set([command]);
});

client.on(Events.InteractionCreate, async (interaction) => {
  if (!interaction.isChatInputCommand()) return;
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  await interaction.editReply(await findAccount(interaction.user.id));
});

await client.login(environment.token);
