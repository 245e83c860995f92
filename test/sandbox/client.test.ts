import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type LocalDiscord, startLocalDiscord } from '../../sandbox/discord/server.ts';
import type { ClientRequest, ServerEvent } from '../../sandbox/protocol.ts';
import { CHANNEL_IDS, harbourHosting, ROLE_IDS, USER_IDS } from '../../sandbox/world.ts';
import { RawBot } from './raw-bot.ts';

type EventOf<Type extends ServerEvent['type']> = Extract<ServerEvent, { type: Type }>;

/** The web client's connection without its page. */
class Window {
  readonly events: ServerEvent[] = [];
  readonly #socket: WebSocket;
  #wake: (() => void)[] = [];

  constructor(discord: LocalDiscord, userId?: string) {
    const person = userId === undefined ? '' : `?person=${userId}`;
    this.#socket = new WebSocket(`${discord.origin.replace('http', 'ws')}/client${person}`, { origin: discord.origin });
    this.#socket.on('message', (raw) => {
      this.events.push(JSON.parse(raw.toString()) as ServerEvent);
      for (const wake of this.#wake.splice(0)) wake();
    });
  }

  send(request: ClientRequest): void {
    this.#socket.send(JSON.stringify(request));
  }

  async event<Type extends ServerEvent['type']>(
    type: Type,
    meets: (event: EventOf<Type>) => boolean = () => true,
  ): Promise<EventOf<Type>> {
    for (;;) {
      const found = this.events.find(
        (event): event is EventOf<Type> => event.type === type && meets(event as EventOf<Type>),
      );
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
  }
}

let discord: LocalDiscord;
let bot: RawBot;

beforeEach(async () => {
  discord = await startLocalDiscord({ world: harbourHosting() });
  bot = await RawBot.connect(discord);
  await bot.register(
    {
      name: 'user',
      description: 'Accounts',
      default_member_permissions: '8192',
      options: [
        { type: 1, name: 'view', description: 'View', options: [{ type: 6, name: 'member', description: 'Whose' }] },
      ],
    },
    {
      name: 'import',
      description: 'Import',
      options: [{ type: 11, name: 'list', description: 'A list', required: true }],
    },
    { name: 'Give credits', type: 2 },
  );
});
afterEach(() => discord.stop());

const commandId = (name: string) => discord.state.commands.all().find((command) => command.name === name)?.id ?? '';
const inStaff = { channelId: CHANNEL_IDS.staff };

test('it opens as Mira, with the channels, people, messages and commands that she sees', async () => {
  const ready = await new Window(discord).event('ready');
  expect(ready.me.username).toBe('mira');
  expect(ready.people.map(({ user, key }) => `${key} ${user.username}`)).toEqual([
    '1 ada',
    '2 tomasz',
    '3 mira',
    '4 sam',
    '5 alex',
    '6 jo',
    '7 robin',
  ]);
  expect(ready.guild?.channels.map(({ name }) => name)).not.toContain('leadership');
  expect(ready.messages[CHANNEL_IDS.staff]?.at(-1)?.content).toContain('link Jo');
  expect(ready.messages[CHANNEL_IDS.leadership]).toBeUndefined();
  expect(ready.commands.guild.map(({ name }) => name)).toEqual(['user', 'import', 'Give credits']);
  expect(ready).toMatchObject({ botOnline: true, commands: { dm: [] } });
});

test('a member sees neither staff channels nor hidden commands, somebody outside sees no guild', async () => {
  const member = await new Window(discord, USER_IDS.alex).event('ready');
  expect(member.guild?.channels.map(({ name }) => name)).not.toContain('staff');
  expect(member.commands.guild.map(({ name }) => name)).toEqual(['import', 'Give credits']);
  expect((await new Window(discord, USER_IDS.mallory).event('ready')).guild).toBeNull();
});

test('a command is sent, answered and seen: by its sender alone if ephemeral', async () => {
  const [mira, sam] = [new Window(discord, USER_IDS.mira), new Window(discord, USER_IDS.sam)];
  await Promise.all([mira.event('ready'), sam.event('ready')]);
  mira.send({
    type: 'command',
    nonce: 'a',
    ...inStaff,
    commandId: commandId('user'),
    path: ['view'],
    options: [{ name: 'member', value: USER_IDS.alex }],
  });
  await mira.event('interaction', ({ status }) => status.state === 'sent');
  const interaction = await bot.interaction();
  expect(interaction).toMatchObject({
    guild_id: discord.guildId,
    member: { user: { username: 'mira' } },
    data: { options: [{ name: 'view', options: [{ value: USER_IDS.alex }] }] },
  });
  await bot.callback(interaction, 4, { content: 'a card', flags: 64 });
  await mira.event('interaction', ({ status }) => status.nonce === 'a' && status.state === 'answered');
  await mira.event('message_create', ({ message }) => message.content === 'a card');
  await bot.followUp(interaction, { content: 'for all' });
  await sam.event('message_create', ({ message }) => message.content === 'for all');
  expect(JSON.stringify(sam.events)).not.toContain('a card');
});

test('an unanswered interaction fails in words', async () => {
  const mira = new Window(discord, USER_IDS.mira);
  await mira.event('ready');
  mira.send({
    type: 'context_command',
    nonce: 'a',
    ...inStaff,
    commandId: commandId('Give credits'),
    targetId: USER_IDS.alex,
  });
  await bot.interaction();
  discord.clock.advance(3_001);
  const { status } = await mira.event('interaction', ({ status: { state } }) => state === 'failed');
  expect(status).toEqual({ nonce: 'a', state: 'failed', message: 'The application did not respond' });
});

test('a form is opened, refused where a client would, and sent once', async () => {
  const mira = new Window(discord, USER_IDS.mira);
  await mira.event('ready');
  mira.send({
    type: 'context_command',
    nonce: 'a',
    ...inStaff,
    commandId: commandId('Give credits'),
    targetId: USER_IDS.alex,
  });
  const amount = { type: 4, custom_id: 'amount', style: 1, max_length: 6 };
  await bot.callback(await bot.interaction(), 9, {
    custom_id: 'give',
    title: 'Give credits',
    components: [{ type: 18, label: 'Amount', component: amount }],
  });
  const { formId, form } = await mira.event('form');
  expect(form).toMatchObject({ title: 'Give credits' });

  const submit = (nonce: string, value: string) =>
    mira.send({ type: 'submit_form', nonce, formId, components: [{ type: 4, custom_id: 'amount', value }] });
  submit('b', '');
  const refused = await mira.event('interaction', ({ status }) => status.nonce === 'b');
  expect(refused.status).toEqual({ nonce: 'b', state: 'failed', message: '"Amount" is required.' });
  submit('c', '50');
  const submitted = await bot.interaction();
  expect(submitted).toMatchObject({
    type: 5,
    data: { custom_id: 'give', components: [{ type: 18, component: { custom_id: 'amount', value: '50' } }] },
  });
  await bot.callback(submitted, 4, { content: '+50' });
  await mira.event('message_create', ({ message }) => message.content === '+50');
  submit('d', '50');
  await mira.event('interaction', ({ status }) => status.nonce === 'd' && status.state === 'failed');
});

test('a picked file arrives as an attachment that the bot can fetch', async () => {
  const mira = new Window(discord, USER_IDS.mira);
  await mira.event('ready');
  const data = Buffer.from('a,b').toString('base64');
  const files = [{ id: 'picked', name: 'list.csv', contentType: 'text/csv', data }];
  mira.send({
    type: 'command',
    nonce: 'a',
    ...inStaff,
    commandId: commandId('import'),
    path: [],
    options: [{ name: 'list', value: 'picked' }],
    files,
  });
  const { data: sent } = (await bot.interaction()) as unknown as {
    data: {
      options: { value: string }[];
      resolved: { attachments: Record<string, { url: string; filename: string }> };
    };
  };
  const attachment = sent.resolved.attachments[sent.options[0]?.value ?? ''];
  expect(attachment?.filename).toBe('list.csv');
  expect(await (await fetch(attachment?.url ?? '')).text()).toBe('a,b');
});

test('people talk, read, delete and open conversations', async () => {
  const [alex, jo] = [new Window(discord, USER_IDS.alex), new Window(discord, USER_IDS.jo)];
  await Promise.all([alex.event('ready'), jo.event('ready')]);
  alex.send({ type: 'send_message', channelId: CHANNEL_IDS.general, content: 'hello' });
  const { message } = await jo.event('message_create');
  jo.send({ type: 'read', channelId: CHANNEL_IDS.general, messageId: message.id });
  await jo.event('read', ({ messageId }) => messageId === message.id);
  alex.send({ type: 'delete_message', channelId: CHANNEL_IDS.general, messageId: message.id });
  await jo.event('message_delete', ({ messageId }) => messageId === message.id);
  alex.send({ type: 'open_dm', userId: USER_IDS.jo });
  const { channel } = await jo.event('channel_create');
  expect(channel).toMatchObject({ recipients: [{ username: 'alex' }] });
});

test('new roles show new channels, and the bot going offline is told', async () => {
  const jo = new Window(discord, USER_IDS.jo);
  await jo.event('ready');
  discord.state.setMemberRoles(USER_IDS.jo, [ROLE_IDS.helper]);
  await jo.event('ready', ({ guild }) => guild?.channels.some(({ name }) => name === 'staff') ?? false);
  bot.close();
  expect(await jo.event('bot_status')).toMatchObject({ online: false });
});

test('nobody else can be looked at: a bot and an unknown person have no window', async () => {
  for (const person of [discord.applicationId, '1']) {
    const socket = new WebSocket(`${discord.origin.replace('http', 'ws')}/client?person=${person}`);
    socket.on('error', () => {});
    const [, response] = await once(socket, 'unexpected-response');
    expect(response.statusCode).toBe(404);
  }
});
