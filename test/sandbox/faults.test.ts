import { InteractionResponseType } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LocalDiscord, startLocalDiscord } from '../../sandbox/discord/server.ts';
import { CHANNEL_IDS, harbourHosting, USER_IDS } from '../../sandbox/world.ts';
import { PING, RawBot } from './raw-bot.ts';

const MESSAGES = '/channels/:channelId/messages';

let discord: LocalDiscord;
let bot: RawBot;

beforeEach(async () => {
  discord = await startLocalDiscord({ world: harbourHosting({ withHistory: false }) });
  bot = await RawBot.connect(discord);
});
afterEach(() => discord.stop());

const send = (content = 'a') => bot.rest('POST', `/channels/${CHANNEL_IDS.staff}/messages`, { content });
const sent = () => discord.messagesIn(CHANNEL_IDS.staff).length;

test('the next requests of a route are rate limited as often as ordered, and nothing is done', async () => {
  discord.faults.order('POST', MESSAGES, { kind: 'rate-limit', retryAfterSeconds: 0.2 }, { times: 2 });
  for (const _ of [1, 2]) {
    const answer = await send();
    expect(answer).toMatchObject({ status: 429, body: { retry_after: 0.2, global: false } });
    expect(answer.headers.get('retry-after')).toBe('1');
  }
  expect(sent()).toBe(0);
  expect((await send()).status).toBe(200);
});

test('a global rate limit says that it is one', async () => {
  discord.faults.order('POST', MESSAGES, { kind: 'rate-limit', retryAfterSeconds: 1, global: true });
  const answer = await send();
  expect(answer.headers.get('x-ratelimit-global')).toBe('true');
  expect(answer.body).toMatchObject({ global: true });
});

test('a server error comes before anything is done, or after', async () => {
  discord.faults.order('POST', MESSAGES, { kind: 'server-error', status: 502 });
  expect((await send()).status).toBe(502);
  expect(sent()).toBe(0);
  discord.faults.order('POST', MESSAGES, { kind: 'server-error', status: 500, afterActing: true });
  expect((await send()).status).toBe(500);
  expect(sent()).toBe(1);
});

test('a connection breaks before anything is done, or after', async () => {
  discord.faults.order('POST', MESSAGES, { kind: 'reset' });
  await expect(send()).rejects.toThrow();
  expect(sent()).toBe(0);
  discord.faults.order('POST', MESSAGES, { kind: 'reset', afterActing: true });
  await expect(send()).rejects.toThrow();
  expect(sent()).toBe(1);
});

test('a slow answer is overtaken by others', async () => {
  discord.faults.order('POST', '*', { kind: 'slow', delayMs: 300 });
  const [slow, fast] = await Promise.all([send(), bot.rest('GET', '/users/@me')]);
  expect([slow.status, fast.status]).toEqual([200, 200]);
  expect(discord.journal.map(({ method }) => method)).toEqual(['GET', 'POST']);
});

test('a fault concerns its own route and method alone', async () => {
  discord.faults.order('PATCH', MESSAGES, { kind: 'server-error', status: 500 });
  expect((await send()).status).toBe(200);
});

describe('what is delivered twice', () => {
  const mira = () => discord.as(USER_IDS.mira);
  const inStaff = { channelId: CHANNEL_IDS.staff };
  let done: number;
  let takeBack: () => void;

  beforeEach(async () => {
    await bot.register(PING);
    done = 0;
    takeBack = discord.faults.deliverTwice(() => {
      done += 1;
    });
  });

  test('is one interaction, and nobody is at fault who acknowledges it twice; the next one comes once', async () => {
    const answering = mira().command('ping', {}, inStaff);
    const [one, other] = [await bot.interaction(), await bot.interaction()];
    expect(other).toEqual(one);
    expect(done).toBe(0);
    await bot.callback(one, InteractionResponseType.ChannelMessageWithSource, { content: 'a' });
    const second = await bot.callback(other, InteractionResponseType.ChannelMessageWithSource, { content: 'a' });
    expect(second).toMatchObject({ status: 400, body: { code: 40_060 } });
    await answering;
    expect([done, discord.violations]).toEqual([1, []]);
    const again = mira().command('ping', {}, inStaff);
    await bot.answer({ content: 'b' });
    await again;
    expect(bot.interactions()).toHaveLength(3);
  });

  test('goes on with what is sent by the form that it opened', async () => {
    const opening = mira().command('ping', {}, inStaff);
    const modal = { custom_id: 'f', title: 'A form', components: [label('Word')] };
    await bot.callback(await bot.interaction(), InteractionResponseType.Modal, modal);
    await bot.interaction();
    const { form } = await opening;
    expect(done).toBe(0);
    const sending = mira().submit(form, { word: 'x' });
    await bot.answer({ content: 'a' });
    await sending;
    expect([done, bot.interactions().length]).toEqual([1, 4]);
  });

  test('is nothing once that was taken back', async () => {
    takeBack();
    const answering = mira().command('ping', {}, inStaff);
    await bot.answer({ content: 'a' });
    await answering;
    expect([done, bot.interactions().length]).toEqual([0, 1]);
  });
});

/** A field of a form, whose id is its label in small letters. */
function label(text: string) {
  return { type: 18, label: text, component: { type: 4, custom_id: text.toLowerCase(), style: 1 } };
}

test('a bucket is counted in the headers, and what exceeds it is refused and on record', async () => {
  const first = await send();
  expect(first.headers.get('x-ratelimit-limit')).toBe('5');
  expect(first.headers.get('x-ratelimit-remaining')).toBe('4');
  for (const _ of [1, 2, 3, 4]) await send();
  expect(await send()).toMatchObject({ status: 429, body: { global: false } });
  expect(sent()).toBe(5);
  expect(discord.violations).toMatchObject([{ route: MESSAGES, message: 'You are being rate limited.' }]);
  discord.clock.advance(5_000);
  expect((await send()).status).toBe(200);
});

test('more than fifty requests a second exceed the global limit', async () => {
  const answers = await Promise.all(Array.from({ length: 60 }, () => bot.rest('GET', '/users/@me')));
  expect(answers.filter(({ status, body }) => status === 429 && body.global === true).length).toBeGreaterThan(0);
});

test('the journal tells every request with its route, status and body', async () => {
  await send('for the record');
  expect(discord.journal.at(-1)).toMatchObject({
    method: 'POST',
    route: MESSAGES,
    status: 200,
    body: { content: 'for the record' },
  });
});
