import { ComponentType, InteractionResponseType, MessageFlags } from 'discord-api-types/v10';
import { beforeAll, describe, expect, test } from 'vitest';
import { CHANNEL_IDS, USER_IDS } from '../../../sandbox/world.ts';
import { startStrictDiscord } from './strict-discord.ts';

const { discord, bot, expectFault } = await startStrictDiscord();

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
