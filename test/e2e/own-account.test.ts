/** Members' own commands: each sees their own account and no other, whatever they press and wherever they are. */
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as catalogue from '../../commands/index.ts';
import type { Person } from '../../sandbox/discord/person/person.ts';
import { USER_IDS } from '../../sandbox/world.ts';
import { circumstancesOf } from '../../src/discord/registered.ts';
import { createRegistry } from '../../src/discord/registry.ts';
import { startBot } from '../harness/bot.ts';
import { fingerprint } from '../harness/records.ts';
import { type Place, waysInto } from '../harness/ways-in.ts';

const bot = await startBot({ catalogue });
const { discord, store, panel } = bot;
const registry = createRegistry(catalogue, circumstancesOf(bot.services.panels));

const alex = discord.as(USER_IDS.alex);
const jo = discord.as(USER_IDS.jo);
const robin = discord.as(USER_IDS.robin);

const THEIRS = { username: 'harbour-jo', email: 'jo-at-home@example.com' };
const mine = panel.add({ username: 'harbour-alex', email: 'alex-at-home@example.com', balanceMinor: 111_000n });
const theirs = panel.add({ ...THEIRS, balanceMinor: 777_000n });
/** What would give the other account away. */
/** The digits of a moment may hold any number. */
const withoutMoments = (said: string) => said.replaceAll(/<t:\d+/g, '');
const TRACES = [THEIRS.username, 'jo-at-home', theirs.id, '777'];

const link = (person: Person, accountId: string) => store.sql`
  insert into links (panel, account_id, user_id, proof, created_by) values ('test', ${accountId}, ${person.id}, 'code', 'test')`;

beforeAll(async () => {
  await link(alex, mine.id);
  await link(jo, theirs.id);
  for (const command of ['account view', 'account credits', 'account history']) await jo.command(command);
});

/** Theirs, asked for by everything that could name it. */
const named = { account: `test/${theirs.id}`, member: USER_IDS.jo };
const own = registry.all.filter(({ command }) => command.scope === 'member');
const attempts = own.flatMap((registered) =>
  waysInto(bot, registered, catalogue.menus)
    .filter(({ name }) => !name.includes('form'))
    .flatMap((way) =>
      (['guild', 'dm'] as const).map((place) => [registered.command.name, way.name, place, way] as const),
    ),
);

/** All that is stored, but that somebody pressed something. */
async function everythingElse() {
  const { component_presses: _, ...tables } = await fingerprint(store);
  return tables;
}

let asked = 0;
beforeEach(() => {
  asked = panel.calls.length;
});

describe('the account of somebody else', () => {
  test.each(attempts)('cannot be reached: %s, %s, in a %s', async (command, _way, place: Place, way) => {
    const answer = await way.go(alex, named, place);
    expect(TRACES.filter((trace) => withoutMoments(answer).includes(trace))).toEqual([]);
    expect(panel.calls.slice(asked).filter(({ accountId }) => accountId !== mine.id && accountId !== null)).toEqual([]);
    if (command === 'account view') expect(answer).toContain('harbour-alex');
  });

  test.each(attempts)(
    'is no more than nothing to a stranger: %s, %s, in a %s',
    async (_command, _way, place: Place, way) => {
      const before = await everythingElse();
      const answer = await way.go(robin, named, place);
      expect(TRACES.filter((trace) => withoutMoments(answer).includes(trace))).toEqual([]);
      expect(panel.calls).toHaveLength(asked);
      expect(await everythingElse()).toEqual(before);
    },
  );
});

test('a button on one’s own card stops working when the link is gone', async () => {
  const { message } = await alex.command('account view', {}, { dm: true });
  if (!message) throw new Error('there is no card');
  await store.sql`update links set removed_at = now(), removed_by = 'test' where user_id = ${alex.id}`;
  asked = panel.calls.length;
  await alex.press(message, 'Credits');
  await alex.press(message, 'History');
  expect(panel.calls).toHaveLength(asked);
  expect(discord.violations).toEqual([]);
});
