import { MessageFlags } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import { CHANNEL_IDS, USER_IDS } from '../../../sandbox/world.ts';
import { button, row, select, startStrictDiscord, text, V2 } from './strict-discord.ts';

const { discord, bot, expectFault } = await startStrictDiscord();

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

describe('a message of the bot’s own', () => {
  const post = async (channelId: string, body: object) => {
    const answer = await bot.rest('POST', `/channels/${channelId}/messages`, body);
    return answer as typeof answer & { body: { id: string; channel_id: string; message_reference?: object } };
  };

  test('with an enforced nonce is made once, wherever it is sent a second time', async () => {
    const first = await post(CHANNEL_IDS.staff, { content: 'a', nonce: 'n1', enforce_nonce: true });
    const second = await post(CHANNEL_IDS.general, { content: 'b', nonce: 'n1', enforce_nonce: true });
    expect(second.body.id).toBe(first.body.id);
    expect((await post(CHANNEL_IDS.staff, { content: 'a', nonce: 'n1' })).body.id).not.toBe(first.body.id);
  });

  test('answers only what is there, unless it may do without', async () => {
    const { body } = await post(CHANNEL_IDS.staff, { content: 'a' });
    const answering = (id: string, more: object = {}) =>
      post(CHANNEL_IDS.staff, { content: 'b', message_reference: { message_id: id, ...more } });
    expect((await answering(body.id)).body.message_reference).toMatchObject({ message_id: body.id });
    expect((await answering('1', { fail_if_not_exists: false })).body.message_reference).toBeUndefined();
    expectFault(await answering('1'), 'message_reference', 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE');
  });
});
