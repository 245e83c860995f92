import { ComponentType } from 'discord-api-types/v10';
import { beforeEach, describe, expect, test } from 'vitest';
import { CHANNEL_IDS, ROLE_IDS, USER_IDS } from '../../sandbox/world.ts';
import { startBot } from '../harness/bot.ts';
import { probeCatalogue } from './fixtures/catalogue.ts';
import { textOf } from './fixtures/text.ts';

const probe = probeCatalogue();
const bot = await startBot({ catalogue: probe.catalogue });
const { discord, store } = bot;
await bot.give({ role: 'moderator', preset: 'moderator' });

const mira = discord.as(USER_IDS.mira);
const alex = discord.as(USER_IDS.alex);
const inStaff = { channelId: CHANNEL_IDS.staff };

beforeEach(async () => {
  probe.ran.length = 0;
  discord.clearJournal();
  await bot.set('staffChannelIds', []);
});

describe('a form', () => {
  test('asks for what is missing, as the first answer', async () => {
    const answer = await mira.command('probe note', {}, inStaff);
    expect(answer.kind).toBe('form');
    const sent = await mira.submit(answer.form, { note: 'from a form' });
    expect(textOf(sent.message)).toBe('noted from a form');
    expect(sent.ephemeral).toBe(true);
    expect(discord.violations).toEqual([]);
  });

  test('is not shown to whoever may not run the command', async () => {
    const answer = await alex.command('probe note', {}, { channelId: CHANNEL_IDS.general, evenIfHidden: true });
    expect(answer.kind).toBe('message');
    expect(answer.ephemeral).toBe(true);
    expect(await store.sql`select from component_state where audience = ${`user:${USER_IDS.alex}`}`).toHaveLength(0);
  });

  test('is refused when the grant was taken while it was open', async () => {
    const { form } = await mira.command('probe note', {}, inStaff);
    await store.sql`update grants set revoked_at = now(), revoked_by = 'test' where preset = 'moderator'`;
    await bot.services.policy.refresh();
    await mira.submit(form, { note: 'too late' });
    expect(probe.ran).toHaveLength(0);
    await bot.give({ role: 'moderator', preset: 'moderator' });
  });

  test('is answered in public in a channel of staff, as the command is', async () => {
    await bot.set('staffChannelIds', [CHANNEL_IDS.staff]);
    const { form } = await mira.command('probe note', {}, inStaff);
    expect((await mira.submit(form, { note: 'aloud' })).ephemeral).toBe(false);
  });

  test('sent twice has one origin, so that what it does is done once', async () => {
    const opened = await mira.command('probe note', {}, inStaff);
    await mira.submit(opened.form, { note: 'once' });
    await mira.submit(opened.form, { note: 'once' });
    const origins = probe.ran.map(({ request }) => request.ctx.origin);
    expect(origins).toEqual([opened.interactionId, opened.interactionId]);
  });

  test('reads every kind of field', async () => {
    const { form } = await mira.command('probe all', {}, inStaff);
    await mira.submit(form, {
      who: [USER_IDS.alex],
      role: [ROLE_IDS.helper],
      channels: [CHANNEL_IDS.staff, CHANNEL_IDS.general],
      subject: [ROLE_IDS.member],
      sure: true,
    });
    expect(probe.ran[0]?.input).toEqual({
      who: USER_IDS.alex,
      role: ROLE_IDS.helper,
      channels: `${CHANNEL_IDS.staff},${CHANNEL_IDS.general}`,
      subject: `role:${ROLE_IDS.member}`,
      sure: true,
    });
  });

  test('has the fields of a slash command in the same shape', async () => {
    await mira.command('probe all', { who: USER_IDS.alex, subject: USER_IDS.jo, sure: false }, inStaff);
    expect(probe.ran[0]?.input).toMatchObject({ who: USER_IDS.alex, subject: `user:${USER_IDS.jo}`, sure: false });
  });
});

describe('a field with usual answers', () => {
  test('has them in a select, the last one chosen already', async () => {
    const { form } = await mira.command('probe reason', {}, inStaff);
    await mira.submit(form, {});
    expect(probe.ran[0]?.input).toEqual({ reason: 'Power cut' });
  });

  test('takes what is typed instead', async () => {
    const { form } = await mira.command('probe reason', {}, inStaff);
    await mira.submit(form, { reason: 'Something else' });
    expect(probe.ran[0]?.input).toEqual({ reason: 'Something else' });
  });

  test('wants one of the two', async () => {
    const { form } = await mira.command('probe reason', {}, inStaff);
    const answer = await mira.submit(form, { 'reason.choice': [] });
    expect(answer.kind).toBe('message');
    expect(probe.ran).toHaveLength(0);
  });
});

describe('input that is wrong', () => {
  test('gets a sentence, and a button that reopens the form filled in', async () => {
    const answer = await mira.command('probe note', { note: 'ab' }, inStaff);
    expect(textOf(answer.message)).toContain('Note');
    if (!answer.message) throw new Error('no answer');
    const again = await mira.press(answer.message, 'Correct');
    expect(again.kind).toBe('form');
    expect(fieldOf(again.form?.form, 'note')).toMatchObject({ value: 'ab' });
    const sent = await mira.submit(again.form, { note: 'abc' });
    expect(textOf(sent.message)).toBe('noted abc');
  });

  test('of a form is refused however it got past the form', async () => {
    const { form } = await mira.command('probe note', {}, inStaff);
    const tooLong = 'x'.repeat(21);
    const answer = await mira.submit(form, { note: tooLong });
    expect(answer.kind).toBe('message');
    expect(probe.ran).toHaveLength(0);
  });
});

describe('an account', () => {
  test('is asked for when it is not named', async () => {
    const { form } = await mira.command('probe account', {}, inStaff);
    expect(fieldOf(form?.form, 'member')).toMatchObject({ type: ComponentType.UserSelect, required: false });
    expect(fieldOf(form?.form, 'account')).toMatchObject({ type: ComponentType.TextInput, required: false });
  });

  test('that is left out of the form, too, is a refusal', async () => {
    const { form } = await mira.command('probe account', {}, inStaff);
    const answer = await mira.submit(form, {});
    expect(answer.kind).toBe('message');
    expect(probe.ran).toHaveLength(0);
  });
});

function fieldOf(form: { components: readonly unknown[] } | undefined, customId: string): unknown {
  const fields = (form?.components ?? []).map((part) => (part as { component?: { custom_id?: string } }).component);
  return fields.find((field) => field?.custom_id === customId);
}
