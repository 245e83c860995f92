/** Where and how much: staff's commands in the served guilds only, and nobody crowds out the others. */
import { describe, expect, test, vi } from 'vitest';
import { CHANNEL_IDS, ROLE_IDS } from '../../sandbox/world.ts';
import { BUCKET_LIMITS } from '../../src/discord/buckets.ts';
import { startHouse } from './fixtures/house.ts';
import { IN_DM } from './fixtures/people.ts';
import { posted } from './fixtures/posted.ts';

/** The guilds that are served; a test takes the only one out to be in a foreign one. */
const served: string[] = [ROLE_IDS.everyone];
const house = await startHouse({ panel: 'test', guildIds: served, limits: { ...BUCKET_LIMITS, windowMs: 60_000 } });
const { discord, panel, mira, priya, tomasz, sam, alex, ada, lena } = house;

const account = await house.account('alexb', { member: alex.id });
const give = (person: typeof mira) => () =>
  person.types('credits add', { account: account.reference, amount: '5', reason: 'Power cut' });

describe('a command of staff', () => {
  test('is not offered in a direct message, and its button does nothing there', async () => {
    const person = discord.as(mira.id);
    expect([person.sees('user', IN_DM), person.sees('account', IN_DM)]).toEqual([false, true]);
    const card = await mira.types('user view', { account: account.reference });
    const inDm = await posted(discord, card, discord.state.directChannelOf(mira.id, discord.state.botId).id);
    const changed = await house.changedBy(async () => {
      expect((await mira.presses(inDm, 'Suspend')).text).toBe(
        'This works in the community’s server only. Here, `/account view` shows you your own account.',
      );
    });
    expect(changed).toEqual({});
  });

  test('does nothing in a server that is not served, while members may still ask after themselves', async () => {
    served.length = 0;
    const changed = await house.changedBy(async () => {
      expect((await give(tomasz)()).text).toBe('This bot does not serve this server. Use it in its own community.');
      expect((await alex.types('account view', {}, { channelId: CHANNEL_IDS.general })).text).toContain('alexb');
    });
    served.push(ROLE_IDS.everyone);
    expect(changed).toEqual({});
  });
});

describe('a flood', () => {
  test('by one person is stopped after ten, in words, and does not touch the others', async () => {
    for (let count = 0; count < 10; count += 1) expect((await sam.types('help')).text).toMatch(/^What you may do here/);
    const calls = panel.calls.length;
    const changed = await house.changedBy(async () => {
      for (let count = 0; count < 5; count += 1) {
        const refused = await sam.types('user view', { account: account.reference });
        expect(refused.text).toBe(
          'That was quick: ten in ten seconds is the limit. Nothing was changed. Take a breath and go on.',
        );
        expect(refused.isPrivate).toBe(true);
      }
    });
    expect(changed).toEqual({});
    expect(panel.calls).toHaveLength(calls);
    expect((await priya.types('help')).text).toMatch(/^What you may do here/);
  });

  test('of completions gives no choices rather than errors', async () => {
    const person = discord.as(lena.id);
    const where = { channelId: CHANNEL_IDS.staff, evenIfHidden: true };
    const complete = () => person.autocomplete('user view', { account: 'alex' }, 'account', where);
    expect(await complete()).toHaveLength(1);
    for (let count = 0; count < BUCKET_LIMITS.completions; count += 1) await complete();
    expect(await complete()).toEqual([]);
  });

  test('of slow ones ends at three at once; the fourth may be asked again when one is answered', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    for (let count = 0; count < 3; count += 1) panel.failNext('get', { kind: 'wait', for: promise });
    const look = () => ada.types('user view', { account: account.reference });
    const calls = panel.calls.length;
    const running = [look(), look(), look()];
    await vi.waitFor(() => expect(panel.calls).toHaveLength(calls + 3));
    expect((await look()).text).toBe(
      'Three of your commands are still running. Nothing was changed. Wait for one of their answers, then go on.',
    );
    expect((await give(priya)()).text).toMatch(/^\+5/);
    resolve();
    for (const screen of await Promise.all(running)) expect(screen.text).toContain('alexb');
    expect((await look()).text).toContain('alexb');
  });
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
