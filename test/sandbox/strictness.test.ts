import { ButtonStyle, ComponentType, InteractionResponseType, MessageFlags } from 'discord-api-types/v10';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type LocalDiscord, startLocalDiscord } from '../../sandbox/discord/server.ts';
import { CHANNEL_IDS, harbourHosting, USER_IDS } from '../../sandbox/world.ts';
import { RawBot, type RestAnswer } from './raw-bot.ts';

let discord: LocalDiscord;
let bot: RawBot;

beforeAll(async () => {
  discord = await startLocalDiscord({ world: harbourHosting({ withHistory: false }), limitRates: false });
  bot = await RawBot.connect(discord);
});
afterAll(() => discord.stop());
beforeEach(() => discord.clearJournal());

const text = (content: string) => ({ type: ComponentType.TextDisplay, content });
const button = (change: object = {}) => ({
  type: ComponentType.Button,
  style: ButtonStyle.Primary,
  label: 'Go',
  custom_id: 'go',
  ...change,
});
const row = (...components: object[]) => ({ type: ComponentType.ActionRow, components });
const select = (change: object = {}) => ({
  type: ComponentType.StringSelect,
  custom_id: 'choose',
  options: [
    { label: 'One', value: '1' },
    { label: 'Two', value: '2' },
  ],
  ...change,
});
const V2 = MessageFlags.IsComponentsV2;

/** Expects `Invalid Form Body` with this code at this place of Discord's error tree, and a violation on record. */
function expectFault({ status, body }: RestAnswer, path: string, code: string): void {
  expect(body).toMatchObject({ code: 50035, message: 'Invalid Form Body' });
  expect(status).toBe(400);
  const parts = path === '' ? [] : path.split('.');
  const node = parts.reduce<Record<string, unknown>>(
    (tree, part) => (tree[part] ?? {}) as Record<string, unknown>,
    (body as { errors: Record<string, unknown> }).errors,
  );
  expect(node._errors, JSON.stringify(body)).toEqual(expect.arrayContaining([expect.objectContaining({ code })]));
  expect(discord.violations).toHaveLength(1);
}

describe('a message', () => {
  const send = (body: object) => bot.rest('POST', `/channels/${CHANNEL_IDS.staff}/messages`, body);

  test.each<[rule: string, body: object, path: string, code: string]>([
    ['has no field that Discord does not know', { content: 'a', colour: 1 }, 'colour', 'UNKNOWN_FIELD'],
    [
      'has no such field in a component either',
      { components: [row(button({ lable: 'x' }))] },
      'components.0.components.0.lable',
      'UNKNOWN_FIELD',
    ],
    ['of a bot has at most 2,000 characters', { content: 'x'.repeat(2_001) }, 'content', 'BASE_TYPE_BAD_LENGTH'],
    [
      'has a custom_id of at most 100 characters',
      { components: [row(button({ custom_id: 'x'.repeat(101) }))] },
      'components.0.components.0.custom_id',
      'BASE_TYPE_BAD_LENGTH',
    ],
    [
      'has every custom_id once',
      { components: [row(button(), button())] },
      'components.0.components.1.custom_id',
      'COMPONENT_CUSTOM_ID_DUPLICATED',
    ],
    [
      'has every component id once',
      { components: [row(button({ id: 7 }), button({ id: 7, custom_id: 'b' }))] },
      'components.0.components.1.id',
      'COMPONENT_ID_DUPLICATED',
    ],
    [
      'has a custom_id on every button that asks the bot',
      { components: [row({ type: 2, style: 1, label: 'Go' })] },
      'components.0.components.0.custom_id',
      'BASE_TYPE_REQUIRED',
    ],
    [
      'has an address and no custom_id on a link',
      { components: [row(button({ style: 5, url: 'https://example.com' }))] },
      'components.0.components.0.custom_id',
      'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
    ],
    [
      'has a label or an emoji on every button',
      { components: [row({ type: 2, style: 1, custom_id: 'a' })] },
      'components.0.components.0.label',
      'BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED',
    ],
    [
      'has no select beside a button in a row',
      { components: [row(button(), select())] },
      'components.0.components',
      'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
    ],
    [
      'has every value of a select once',
      {
        components: [
          row(
            select({
              options: [
                { label: 'A', value: '1' },
                { label: 'B', value: '1' },
              ],
            }),
          ),
        ],
      },
      'components.0.components.0.options.1.value',
      'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
    ],
    [
      'has at most 25 choices in a select',
      {
        components: [
          row(
            select({ options: Array.from({ length: 26 }, (_, index) => ({ label: `${index}`, value: `${index}` })) }),
          ),
        ],
      },
      'components.0.components.0.options',
      'BASE_TYPE_BAD_LENGTH',
    ],
    [
      'has at most five rows',
      { components: Array.from({ length: 6 }, (_, index) => row(button({ custom_id: `${index}` }))) },
      'components',
      'BASE_TYPE_BAD_LENGTH',
    ],
    [
      'has rows alone without the flag of components v2',
      { components: [text('hello')] },
      'components.0.type',
      'UNION_TYPE_CHOICES',
    ],
    [
      'of components v2 has no content beside them',
      { flags: V2, content: 'a', components: [text('hello')] },
      'content',
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ],
    [
      'of components v2 has no embeds beside them',
      { flags: V2, embeds: [{ title: 'a' }], components: [text('hello')] },
      'embeds',
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ],
    [
      'of components v2 has at most 40 in all, nested ones counted',
      {
        flags: V2,
        components: Array.from({ length: 14 }, (_, index) =>
          row(button({ custom_id: `${index}a` }), button({ custom_id: `${index}b` })),
        ),
      },
      'components',
      'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
    ],
    [
      'of components v2 has at most 4,000 characters of text in all',
      { flags: V2, components: [text('x'.repeat(2_000)), { type: 17, components: [text('x'.repeat(2_001))] }] },
      'components',
      'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
    ],
    [
      'has at most 6,000 characters in its embeds',
      { embeds: [{ description: 'x'.repeat(4_000) }, { description: 'x'.repeat(2_001) }] },
      'embeds',
      'MAX_EMBED_SIZE_EXCEEDED',
    ],
    [
      'shows only files that came with it',
      { flags: V2, components: [{ type: 13, file: { url: 'attachment://missing.csv' } }] },
      'components',
      'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
    ],
  ])('%s', async (_rule, body, path, code) => expectFault(await send(body), path, code));

  test('is not empty', async () => {
    expect(await send({ content: ' ' })).toMatchObject({ status: 400, body: { code: 50006 } });
    expect(await send({ flags: V2 })).toMatchObject({ status: 400, body: { code: 50006 } });
  });

  test('keeps the flag of components v2 through every edit', async () => {
    const { body } = await send({ flags: V2, components: [text('before')] });
    const edit = (change: object) =>
      bot.rest('PATCH', `/channels/${CHANNEL_IDS.staff}/messages/${(body as { id: string }).id}`, change);
    expect((await edit({ components: [text('after')] })).body).toMatchObject({
      flags: V2,
      components: [{ content: 'after' }],
    });
    expectFault(await edit({ content: 'a' }), 'content', 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2');
  });

  test('is made once per nonce, if the bot asks for that', async () => {
    const once = { content: 'audited', nonce: 'line-1', enforce_nonce: true };
    const [first, second] = [await send(once), await send(once)];
    expect(second.body.id).toBe(first.body.id);
    expect((await send({ ...once, nonce: 'line-2' })).body.id).not.toBe(first.body.id);
  });

  test('in a channel is never ephemeral', async () => {
    expect((await send({ content: 'a', flags: MessageFlags.Ephemeral })).body).toMatchObject({ flags: 0 });
  });

  test('gets an id for every component that has none', async () => {
    const { body } = await send({ components: [row(button({ id: 2 }), button({ custom_id: 'b' }))] });
    expect(body).toMatchObject({ components: [{ id: 1, components: [{ id: 2 }, { id: 3 }] }] });
  });

  test('that does not exist is unknown', async () => {
    expect(await bot.rest('PATCH', `/channels/${CHANNEL_IDS.staff}/messages/1`, { content: 'a' })).toMatchObject({
      status: 404,
      body: { code: 10008 },
    });
  });

  test('reaches neither a channel that the bot may not see nor one it may not write in', async () => {
    expect(await bot.rest('POST', `/channels/${CHANNEL_IDS.leadership}/messages`, { content: 'a' })).toMatchObject({
      status: 403,
      body: { code: 50001 },
    });
  });

  test('reaches nobody whose direct messages are closed', async () => {
    const channel = await bot.rest('POST', '/users/@me/channels', { recipient_id: USER_IDS.haruka });
    const sent = await bot.rest('POST', `/channels/${(channel.body as { id: string }).id}/messages`, { content: 'a' });
    expect(sent).toMatchObject({ status: 403, body: { code: 50007 } });
    expect(discord.violations).toEqual([]);
  });

  test('of somebody else cannot be edited', async () => {
    const { id } = discord.as(USER_IDS.mira).say(CHANNEL_IDS.staff, 'mine');
    expect(await bot.rest('PATCH', `/channels/${CHANNEL_IDS.staff}/messages/${id}`, { content: 'a' })).toMatchObject({
      status: 403,
      body: { code: 50005 },
    });
  });
});

describe('a command', () => {
  const option = (change: object = {}) => ({ type: 3, name: 'reason', description: 'Why', ...change });
  const command = (change: object = {}) => ({ name: 'user', description: 'Accounts', ...change });
  const many = (count: number, make: (index: number) => object) =>
    Array.from({ length: count }, (_, index) => make(index));

  test.each<[rule: string, body: object, path: string, code: string]>([
    ['has a lower-case name', command({ name: 'User' }), '0.name', 'APPLICATION_COMMAND_INVALID_NAME'],
    ['has a name of at most 32 characters', command({ name: 'x'.repeat(33) }), '0.name', 'BASE_TYPE_BAD_LENGTH'],
    ['has a description', { name: 'user' }, '0.description', 'BASE_TYPE_REQUIRED'],
    [
      'has required options first',
      command({ options: [option(), option({ name: 'who', required: true })] }),
      '0.options.1',
      'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
    ],
    [
      'has every option once',
      command({ options: [option(), option()] }),
      '0.options.1.name',
      'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
    ],
    [
      'has at most 25 options',
      command({ options: many(26, (index) => option({ name: `o${index}` })) }),
      '0.options',
      'BASE_TYPE_BAD_LENGTH',
    ],
    [
      'has at most 25 choices',
      command({ options: [option({ choices: many(26, (index) => ({ name: `${index}`, value: `${index}` })) })] }),
      '0.options.0.choices',
      'BASE_TYPE_BAD_LENGTH',
    ],
    [
      'has either choices or autocomplete',
      command({ options: [option({ autocomplete: true, choices: [{ name: 'a', value: 'a' }] })] }),
      '0.options.0.choices',
      'APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE',
    ],
    [
      'has subcommands or options, not both',
      command({ options: [{ type: 1, name: 'view', description: 'View' }, option()] }),
      '0.options',
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
    ],
    [
      'has at most 8,000 characters in all',
      command({
        options: many(25, (index) =>
          option({
            name: `o${index}`,
            choices: many(25, (choice) => ({ name: `${choice} ${'x'.repeat(10)}`, value: 'y'.repeat(10) })),
          }),
        ),
      }),
      '0',
      'APPLICATION_COMMAND_TOO_LARGE',
    ],
    [
      'in a context menu has no description',
      { type: 2, name: 'View account', description: 'View' },
      '0.description',
      'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_CANNOT_BE_SET',
    ],
    ['has no field that Discord does not know', command({ hidden: true }), '0.hidden', 'UNKNOWN_FIELD'],
  ])('%s', async (_rule, body, path, code) => expectFault(await bot.register(body), path, code));

  test('has a name of its own', async () => {
    expectFault(await bot.register(command(), command()), '1.name', 'APPLICATION_COMMANDS_DUPLICATE_NAME');
  });

  test('is one of at most 100, and of 15 of a context menu', async () => {
    const menus = many(16, (index) => ({ type: 2, name: `Menu ${index}` }));
    expect((await bot.register(...menus)).body).toMatchObject({ code: 30032 });
    expect((await bot.register(...many(101, (index) => command({ name: `c${index}` })))).body).toMatchObject({
      code: 30032,
    });
  });
});

describe('an answer', () => {
  const { ChannelMessageWithSource, DeferredChannelMessageWithSource, Modal, UpdateMessage } = InteractionResponseType;
  const input = (change: object = {}) => ({ type: ComponentType.TextInput, custom_id: 'reason', style: 1, ...change });
  const label = (component: object, name = 'Reason') => ({ type: ComponentType.Label, label: name, component });
  const form = (...components: object[]) => ({ custom_id: 'form', title: 'Suspend', components });
  const mira = () => discord.as(USER_IDS.mira);
  const where = { channelId: CHANNEL_IDS.staff, until: 'acknowledged' } as const;

  beforeAll(async () => {
    await bot.register(
      {
        name: 'ping',
        description: 'Answers',
        options: [{ type: 3, name: 'account', description: 'Which', autocomplete: true }],
      },
      { name: 'secret', description: 'Hidden', default_member_permissions: '8' },
    );
  });

  const asked = async () => {
    const answering = mira().command('ping', {}, where);
    return { interaction: await bot.interaction(), answering };
  };

  test('that is second is refused with 40060', async () => {
    const { interaction } = await asked();
    await bot.callback(interaction, ChannelMessageWithSource, { content: 'one' });
    expect(await bot.callback(interaction, ChannelMessageWithSource, { content: 'two' })).toMatchObject({
      status: 400,
      body: { code: 40060 },
    });
    expect(discord.violations).toMatchObject([{ code: 40060 }]);
  });

  test('later than three seconds finds an unknown interaction, and the person hears of it', async () => {
    const { interaction, answering } = await asked();
    discord.clock.advance(3_001);
    expect(await answering).toMatchObject({ kind: 'failed', reason: 'The application did not respond' });
    expect(await bot.callback(interaction, ChannelMessageWithSource, { content: 'late' })).toMatchObject({
      status: 404,
      body: { code: 10062 },
    });
  });

  test('can be edited for fifteen minutes and no longer', async () => {
    const { interaction } = await asked();
    await bot.callback(interaction, DeferredChannelMessageWithSource);
    discord.clock.advance(14 * 60_000);
    expect((await bot.editOriginal(interaction, { content: 'in time' })).status).toBe(200);
    discord.clock.advance(61_000);
    expect(await bot.editOriginal(interaction, { content: 'late' })).toMatchObject({
      status: 401,
      body: { code: 50027 },
    });
    expect(await bot.followUp(interaction, { content: 'late' })).toMatchObject({ status: 401, body: { code: 50027 } });
  });

  test('cannot be edited before there is one', async () => {
    const { interaction } = await asked();
    expect(await bot.editOriginal(interaction, { content: 'early' })).toMatchObject({
      status: 404,
      body: { code: 10015 },
    });
    await bot.callback(interaction, ChannelMessageWithSource, { content: 'one' });
  });

  test('is ephemeral or not as its acknowledgement said', async () => {
    const { interaction, answering } = await asked();
    await bot.callback(interaction, DeferredChannelMessageWithSource, { flags: MessageFlags.Ephemeral });
    const edited = await bot.editOriginal(interaction, { content: 'for you' });
    expect(edited.body).toMatchObject({ flags: MessageFlags.Ephemeral });
    const answer = await answering;
    await answer.settled;
    expect(answer.ephemeral).toBe(true);
    const ids = discord
      .as(USER_IDS.sam)
      .messagesIn(CHANNEL_IDS.staff)
      .map(({ id }) => id);
    expect(ids).not.toContain(answer.message?.id);
  });

  test('of a deferred interaction is filled in by the first follow-up', async () => {
    const { interaction, answering } = await asked();
    await bot.callback(interaction, DeferredChannelMessageWithSource);
    await bot.followUp(interaction, { content: 'first' });
    await bot.followUp(interaction, { content: 'second' });
    const answer = await answering;
    await answer.followUp(1);
    expect(answer.messages.map(({ content }) => content)).toEqual(['first', 'second']);
  });

  test('that updates a message needs one', async () => {
    const { interaction } = await asked();
    expectFault(
      await bot.callback(interaction, UpdateMessage, { content: 'a' }),
      'type',
      'INTERACTION_RESPONSE_TYPE_INVALID',
    );
  });

  test.each<[rule: string, data: object, path: string, code: string]>([
    [
      'has 1 to 5 parts',
      form(...Array.from({ length: 6 }, (_, index) => label(input({ custom_id: `${index}` })))),
      'data.components',
      'BASE_TYPE_BAD_LENGTH',
    ],
    ['is not empty', form(), 'data.components', 'BASE_TYPE_BAD_LENGTH'],
    [
      'has a title of at most 45 characters',
      { ...form(label(input())), title: 'x'.repeat(46) },
      'data.title',
      'BASE_TYPE_BAD_LENGTH',
    ],
    [
      'has labels of at most 45 characters',
      form(label(input(), 'x'.repeat(46))),
      'data.components.0.label',
      'BASE_TYPE_BAD_LENGTH',
    ],
    [
      'has every custom_id once',
      form(label(input()), label(input())),
      'data.components.1.component.custom_id',
      'COMPONENT_CUSTOM_ID_DUPLICATED',
    ],
    [
      'holds no longer text than it takes',
      form(label(input({ max_length: 3, value: 'long' }))),
      'data.components.0.component.value',
      'BASE_TYPE_BAD_LENGTH',
    ],
  ])('that is a form %s', async (_rule, data, path, code) => {
    const { interaction } = await asked();
    expectFault(await bot.callback(interaction, Modal, data), path, code);
  });

  test('that is a form does not answer a form', async () => {
    const { interaction, answering } = await asked();
    await bot.callback(interaction, Modal, form(label(input())));
    const { form: open } = await answering;
    const sending = mira().submit(open, { reason: 'because' }, { until: 'acknowledged' });
    const submitted = await bot.interaction();
    expectFault(
      await bot.callback(submitted, Modal, form(label(input()))),
      'type',
      'INTERACTION_RESPONSE_TYPE_INVALID',
    );
    await bot.callback(submitted, ChannelMessageWithSource, { content: 'thanks' });
    expect((await sending).message?.content).toBe('thanks');
  });

  test('that is a form comes first or never', async () => {
    const { interaction } = await asked();
    await bot.callback(interaction, DeferredChannelMessageWithSource);
    expect((await bot.callback(interaction, Modal, form(label(input())))).body).toMatchObject({ code: 40060 });
  });

  test.each<[rule: string, choices: object[], path: string]>([
    [
      'at most 25 choices',
      Array.from({ length: 26 }, (_, index) => ({ name: `${index}`, value: `${index}` })),
      'data.choices',
    ],
    ['names of at most 100 characters', [{ name: 'x'.repeat(101), value: 'a' }], 'data.choices.0.name'],
    ['values of at most 100 characters', [{ name: 'a', value: 'x'.repeat(101) }], 'data.choices.0.value'],
  ])('to autocomplete has %s', async (_rule, choices, path) => {
    const choosing = mira().autocomplete('ping', { account: 'al' }, 'account', { ...where, timeoutMs: 3_000 });
    const interaction = await bot.interaction();
    expectFault(
      await bot.callback(interaction, InteractionResponseType.ApplicationCommandAutocompleteResult, { choices }),
      path,
      'BASE_TYPE_BAD_LENGTH',
    );
    await bot.callback(interaction, InteractionResponseType.ApplicationCommandAutocompleteResult, {
      choices: [{ name: 'Al', value: 'al' }],
    });
    expect(await choosing).toEqual([{ name: 'Al', value: 'al' }]);
  });

  test('is asked only by those who see the command', async () => {
    expect(mira().sees('secret', where)).toBe(false);
    expect(discord.as(USER_IDS.ada).sees('secret', where)).toBe(true);
    expect(await mira().command('secret', {}, where)).toMatchObject({ kind: 'failed', interactionId: '' });
    expect(await mira().command('ping', {}, { dm: true })).toMatchObject({ kind: 'failed', interactionId: '' });
  });
});

test('a request with a wrong token gets 401', async () => {
  expect(await bot.rest('GET', '/users/@me', undefined, { authorization: 'Bot wrong' })).toMatchObject({
    status: 401,
    body: { code: 0, message: '401: Unauthorized' },
  });
});

test('a body that is no JSON gets 50109', async () => {
  const response = await fetch(`${discord.apiUrl}/v10/channels/${CHANNEL_IDS.staff}/messages`, {
    method: 'POST',
    headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
    body: '{',
  });
  expect([response.status, await response.json()]).toMatchObject([400, { code: 50109 }]);
});
