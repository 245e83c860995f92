/** A small bot with one of everything that the web client shows, so that the client is tried without Steward. */
import {
  ApplicationCommandType,
  AttachmentBuilder,
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  Client,
  ContextMenuCommandBuilder,
  Events,
  type Interaction,
  InteractionContextType,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  Routes,
  SlashCommandBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import type { LocalDiscord } from '../../../sandbox/discord/server.ts';

/** Logs in and registers its commands. */
export async function startSampleBot(discord: LocalDiscord): Promise<Client> {
  const bot = new Client({ intents: [], rest: { api: discord.apiUrl } });
  bot.on(Events.InteractionCreate, (interaction) => void answer(interaction).catch(() => {}));
  await bot.login(discord.token);
  await bot.rest.put(Routes.applicationGuildCommands(discord.applicationId, discord.guildId), {
    body: guildCommands.map((command) => command.toJSON()),
  });
  await bot.rest.put(Routes.applicationCommands(discord.applicationId), { body: [ownCommand.toJSON()] });
  return bot;
}

const guildCommands = [
  new SlashCommandBuilder()
    .setName('note')
    .setDescription('Notes')
    .addSubcommand((add) =>
      add
        .setName('add')
        .setDescription('Add a note')
        .addStringOption((text) => text.setName('text').setDescription('What it says').setRequired(true))
        .addUserOption((about) => about.setName('about').setDescription('Whom it is about'))
        .addStringOption((topic) => topic.setName('topic').setDescription('A topic').setAutocomplete(true)),
    )
    .addSubcommand((lose) => lose.setName('lose').setDescription('Never answers'))
    .addSubcommand((keep) =>
      keep
        .setName('keep')
        .setDescription('Keep a file')
        .addAttachmentOption((file) => file.setName('file').setDescription('Which').setRequired(true)),
    ),
  new ContextMenuCommandBuilder().setName('Write to').setType(ApplicationCommandType.User),
];

const ownCommand = new SlashCommandBuilder()
  .setName('mine')
  .setDescription('Your own notes')
  .setContexts(InteractionContextType.BotDM);

async function answer(interaction: Interaction): Promise<unknown> {
  if (interaction.isAutocomplete()) return complete(interaction);
  if (interaction.isChatInputCommand()) return run(interaction);
  if (interaction.isUserContextMenuCommand()) return interaction.showModal(form());
  if (interaction.isButton()) return press(interaction);
  if (interaction.isModalSubmit()) {
    return interaction.reply(`Written: **${interaction.fields.getTextInputValue('letter')}**`);
  }
  return undefined;
}

function complete(interaction: AutocompleteInteraction): Promise<unknown> {
  const topics = ['harbour', 'harvest', 'night'].filter((topic) => topic.startsWith(interaction.options.getFocused()));
  return interaction.respond(topics.map((topic) => ({ name: `Topic ${topic}`, value: topic })));
}

async function run(interaction: ChatInputCommandInteraction): Promise<unknown> {
  if (interaction.commandName === 'mine') return interaction.reply('You have no notes.');
  const { options } = interaction;
  if (options.getSubcommand() === 'lose') return undefined;
  if (options.getSubcommand() === 'keep') {
    const { name, size } = options.getAttachment('file', true);
    const receipt = new AttachmentBuilder(Buffer.from(name), { name: 'receipt.txt' });
    return interaction.reply({ content: `Kept ${name}, ${size} bytes`, files: [receipt] });
  }
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const about = options.getUser('about')?.id;
  const words = [options.getString('text', true), about ? `<@${about}>` : 'nobody', options.getString('topic') ?? '-'];
  return interaction.editReply({
    flags: MessageFlags.IsComponentsV2,
    components: [
      {
        type: 17,
        accent_color: 0x2f9e6e,
        components: [
          { type: 10, content: `### A note\n${words.join(' · ')}` },
          { type: 1, components: [{ type: 2, style: 4, label: 'Burn it', custom_id: 'burn' }] },
        ],
      },
    ],
  });
}

async function press(interaction: ButtonInteraction): Promise<unknown> {
  return interaction.update({ components: [{ type: 10, content: 'Ashes.' }] });
}

function form(): ModalBuilder {
  const letter = new TextInputBuilder().setCustomId('letter').setStyle(TextInputStyle.Short).setMaxLength(20);
  const label = new LabelBuilder().setLabel('Letter').setTextInputComponent(letter);
  return new ModalBuilder().setCustomId('letter').setTitle('A letter').addLabelComponents(label);
}
