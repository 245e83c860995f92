import { beforeEach, expect, test } from 'vitest';
import { CHANNEL_IDS, ROLE_IDS, USER_IDS } from '../../sandbox/world.ts';
import { startBot } from '../harness/bot.ts';
import { probeCatalogue } from './fixtures/catalogue.ts';

const probe = probeCatalogue();
const bot = await startBot({ catalogue: probe.catalogue });
await bot.give({ role: 'moderator', preset: 'moderator' });
const { discord, services } = bot;
const mira = discord.as(USER_IDS.mira);

beforeEach(() => discord.clearJournal());

const asked = () => discord.journal.filter(({ method }) => method === 'GET').map(({ path }) => path);

test('a member who was sent along with a command is not asked for', async () => {
  await mira.command('probe all', { who: USER_IDS.sam }, { channelId: CHANNEL_IDS.staff });
  expect(await services.members.rolesOf(USER_IDS.sam)).toContain(ROLE_IDS.helper);
  expect(asked()).toEqual([]);
});

test('another is asked for once, however many want to know', async () => {
  const roles = await Promise.all([services.members.rolesOf(USER_IDS.jo), services.members.rolesOf(USER_IDS.jo)]);
  expect(roles[0]).toEqual(roles[1]);
  expect(asked()).toHaveLength(1);
});

test('somebody who is not there has no roles at all', async () => {
  expect(await services.members.rolesOf('1099999999999999999')).toBeNull();
});

test('roles of bots are marked as such', async () => {
  const roles = await services.members.roles();
  expect(roles.find(({ id }) => id === ROLE_IDS.bot)?.managed).toBe(true);
  expect(roles.find(({ id }) => id === ROLE_IDS.helper)?.managed).toBe(false);
});

test('the members of each role are counted', async () => {
  const counts = await services.members.counts();
  const helpers = [...discord.state.members.values()].filter(({ roles }) => roles.includes(ROLE_IDS.helper));
  expect(counts.get(ROLE_IDS.helper)).toBe(helpers.length);
  expect(counts.get(ROLE_IDS.everyone)).toBeUndefined();
});
