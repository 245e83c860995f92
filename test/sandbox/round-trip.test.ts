import { once } from 'node:events';
import {
  ActionRowBuilder,
  ApplicationCommandType,
  ButtonBuilder,
  ButtonStyle,
  Client,
  ContextMenuCommandBuilder,
  Events,
  GatewayIntentBits,
  type Interaction,
  InteractionContextType,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  Routes,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
  UserSelectMenuBuilder,
} from 'discord.js';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type LocalDiscord, startLocalDiscord } from '../../sandbox/discord/server.ts';
import { CHANNEL_IDS, harbourHosting, ROLE_IDS, USER_IDS } from '../../sandbox/world.ts';

const STAFF = { channelId: CHANNEL_IDS.staff };

let discord: LocalDiscord;
let client: Client;
/** What went wrong in the bot; every test expects nothing. */
const faults: unknown[] = [];

beforeAll(async () => {
  discord = await startLocalDiscord({ world: harbourHosting({ withHistory: false }) });
  client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: discord.apiUrl } });
  client.on(Events.InteractionCreate, (interaction) => {
    answer(interaction).catch((error: unknown) => faults.push(error));
  });
  await client.login(discord.token);
  const guildCommands = [
    accountsCommand(),
    new ContextMenuCommandBuilder().setName('Give credits').setType(ApplicationCommandType.User),
  ];
  await client.rest.put(Routes.applicationGuildCommands(discord.applicationId, discord.guildId), {
    body: guildCommands.map((command) => command.toJSON()),
  });
  await client.rest.put(Routes.applicationCommands(discord.applicationId), { body: [ownCommand().toJSON()] });
});
afterAll(async () => {
  await client.destroy();
  await discord.stop();
});
beforeEach(() => discord.clearJournal());

function accountsCommand() {
  return new SlashCommandBuilder()
    .setName('user')
    .setDescription('Accounts')
    .addSubcommand((view) =>
      view
        .setName('view')
        .setDescription('View one')
        .addUserOption((option) => option.setName('member').setDescription('Whose'))
        .addStringOption((option) => option.setName('account').setDescription('Which').setAutocomplete(true)),
    )
    .addSubcommand((suspend) => suspend.setName('suspend').setDescription('Suspend one'))
    .addSubcommandGroup((group) =>
      group
        .setName('role')
        .setDescription('Roles')
        .addSubcommand((add) =>
          add
            .setName('add')
            .setDescription('Add one')
            .addRoleOption((option) => option.setName('role').setDescription('Which').setRequired(true)),
        ),
    );
}

function ownCommand() {
  return new SlashCommandBuilder()
    .setName('account')
    .setDescription('Your account')
    .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM);
}

async function answer(interaction: Interaction): Promise<void> {
  if (interaction.isAutocomplete())
    return interaction.respond([{ name: `for ${interaction.options.getFocused()}`, value: 'main/1' }]);
  if (interaction.isUserContextMenuCommand())
    await interaction.reply({
      content: `credits for ${interaction.targetUser.username}`,
      flags: MessageFlags.Ephemeral,
    });
  if (interaction.isButton()) await interaction.update({ content: 'pressed', components: [] });
  if (interaction.isStringSelectMenu()) await interaction.reply(`chose ${interaction.values.join()}`);
  if (interaction.isUserSelectMenu())
    await interaction.reply(`picked ${interaction.users.map(({ username }) => username).join()}`);
  if (interaction.isModalSubmit()) await interaction.reply(`reason: ${interaction.fields.getTextInputValue('reason')}`);
  if (!interaction.isChatInputCommand()) return;
  if (interaction.commandName === 'account')
    await interaction.reply(`${interaction.user.username} in ${interaction.inGuild() ? 'the guild' : 'a DM'}`);
  else if (interaction.options.getSubcommand() === 'suspend') await interaction.showModal(reasonForm());
  else if (interaction.options.getSubcommand() === 'add')
    await interaction.reply(`role ${interaction.options.getRole('role', true).name}`);
  else await showAccount(interaction.options.getUser('member')?.username ?? 'nobody', interaction);
}

async function showAccount(name: string, interaction: Extract<Interaction, { deferReply: unknown }>): Promise<void> {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const buttons = new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId('suspend').setLabel('Suspend').setStyle(ButtonStyle.Danger),
  );
  const texts = new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
    new StringSelectMenuBuilder()
      .setCustomId('more')
      .setPlaceholder('More…')
      .addOptions({ label: 'History', value: 'history' }),
  );
  const people = new ActionRowBuilder<UserSelectMenuBuilder>().addComponents(
    new UserSelectMenuBuilder().setCustomId('link').setPlaceholder('Link to…'),
  );
  await interaction.editReply({ content: `account of ${name}`, components: [buttons, texts, people] });
  await interaction.followUp({
    content: 'as a file',
    files: [{ attachment: Buffer.from('a,b'), name: 'account.csv' }],
  });
}

function reasonForm(): ModalBuilder {
  const reason = new TextInputBuilder().setCustomId('reason').setStyle(TextInputStyle.Short).setValue('Chargeback');
  return new ModalBuilder()
    .setCustomId('suspend')
    .setTitle('Suspend account')
    .addLabelComponents(new LabelBuilder().setLabel('Reason').setTextInputComponent(reason));
}

const mira = () => discord.as(USER_IDS.mira);

async function card() {
  const { message } = await mira().command('user view', { member: USER_IDS.alex }, STAFF);
  if (message === null) throw new Error('There is no card.');
  return message;
}

test('a command is deferred, edited and followed up with a file that can be fetched', async () => {
  const answer = await mira().command('user view', { member: USER_IDS.alex }, STAFF);
  expect(answer).toMatchObject({ kind: 'message', ephemeral: true, message: { content: 'account of alex' } });
  const [file] = (await answer.followUp(1)).attachments;
  expect(file).toMatchObject({ filename: 'account.csv', size: 3 });
  expect(await (await fetch(file?.url ?? '')).text()).toBe('a,b');
});

test('a subcommand of a group carries its options resolved', async () => {
  const { message } = await mira().command('user role add', { role: ROLE_IDS.helper }, STAFF);
  expect(message?.content).toBe('role Helper');
});

test('a button updates its message, by label or by custom_id', async () => {
  expect((await mira().press(await card(), 'Suspend')).message?.content).toBe('pressed');
  expect((await mira().press(await card(), 'suspend')).message?.content).toBe('pressed');
});

test('selects carry what was chosen, people resolved', async () => {
  const message = await card();
  expect((await mira().select(message, 'More…', ['history'])).message?.content).toBe('chose history');
  expect((await mira().select(message, 'link', [USER_IDS.jo])).message?.content).toBe('picked jo');
});

test('autocomplete, a right-click and a form are answered', async () => {
  expect(await mira().autocomplete('user view', { account: 'al' }, 'account', STAFF)).toEqual([
    { name: 'for al', value: 'main/1' },
  ]);
  expect((await mira().userCommand('Give credits', USER_IDS.alex, STAFF)).message?.content).toBe('credits for alex');
  const { form } = await mira().command('user suspend', {}, STAFF);
  expect((await mira().submit(form)).message?.content).toBe('reason: Chargeback');
  const again = await mira().command('user suspend', {}, STAFF);
  expect((await mira().submit(again.form, { reason: 'Spam' })).message?.content).toBe('reason: Spam');
});

test('in a direct conversation a command knows a user and no member', async () => {
  const alex = discord.as(USER_IDS.alex);
  expect((await alex.command('account', {}, { dm: true })).message?.content).toBe('alex in a DM');
  expect((await alex.command('account')).message?.content).toBe('alex in the guild');
  expect(discord.dmsOf(USER_IDS.alex).map(({ message }) => message.content)).toEqual(['alex in a DM']);
});

test('the bot writes to a member of its own accord, and reads guild, members and roles', async () => {
  const alex = await client.users.fetch(USER_IDS.alex);
  await alex.send('your balance has changed');
  expect(discord.dmsOf(USER_IDS.alex).at(-1)?.message.content).toBe('your balance has changed');
  const guild = await client.guilds.fetch(discord.guildId);
  const member = await guild.members.fetch(USER_IDS.sam);
  expect(member.roles.cache.has(ROLE_IDS.helper)).toBe(true);
  await member.roles.add(ROLE_IDS.member);
  expect(discord.state.members.get(USER_IDS.sam)?.roles).toContain(ROLE_IDS.member);
});

test('a bot whose socket breaks, or which is asked to reconnect, comes back and misses nothing', async () => {
  for (const disturb of [() => discord.faults.dropSockets(), () => discord.faults.askToReconnect()]) {
    const resumed = once(client, Events.ShardResume);
    disturb();
    const answering = mira().command('user role add', { role: ROLE_IDS.helper }, STAFF);
    await resumed;
    expect((await answering).message?.content).toBe('role Helper');
  }
});

test('what a client would not send is refused without an interaction, and a mistaken test is told', async () => {
  expect(await mira().command('user role add', {}, STAFF)).toMatchObject({ kind: 'failed', interactionId: '' });
  await expect(mira().command('user view', { who: 'alex' }, STAFF)).rejects.toThrow('no option "who"');
  await expect(mira().command('user vew', {}, STAFF)).rejects.toThrow('no subcommand "vew"');
  await expect(card().then((message) => mira().press(message, 'Delete'))).rejects.toThrow('nothing called "Delete"');
});

test('a faultless bot leaves no violation', async () => {
  await card();
  expect(faults).toEqual([]);
  expect(discord.violations).toEqual([]);
});
