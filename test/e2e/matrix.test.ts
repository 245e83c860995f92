import { beforeAll, describe, expect, test, vi } from 'vitest';
import * as catalogue from '../../commands/index.ts';
import type { StoredMessage } from '../../sandbox/discord/messages.ts';
import type { Person } from '../../sandbox/discord/person/person.ts';
import { CHANNEL_IDS, ROLE_IDS, USER_IDS } from '../../sandbox/world.ts';
import { circumstancesOf } from '../../src/discord/registered.ts';
import { createRegistry } from '../../src/discord/registry.ts';
import { PERMISSIONS, type Permission } from '../../src/domain/permission.ts';
import { textOf } from '../discord/fixtures/text.ts';
import { startBot } from '../harness/bot.ts';
import { fingerprint } from '../harness/records.ts';
import type { Named } from '../harness/samples.ts';
import { offerEverywhere, type Place, type WayIn, waysInto } from '../harness/ways-in.ts';
import { sentence } from '../harness/words.ts';

/** The guilds that are served; a test takes the only one out to be in a foreign one. */
const served: string[] = [ROLE_IDS.everyone];
const bot = await startBot({ catalogue, guildIds: served });
const { discord, store, panel } = bot;
const registry = createRegistry(catalogue, circumstancesOf(bot.services.panels));

const alex = discord.as(USER_IDS.alex);
const sam = discord.as(USER_IDS.sam);
const mira = discord.as(USER_IDS.mira);

const KNOWN: Named = { account: 'harbourmaster', member: USER_IDS.jo };
const UNKNOWN: Named = { account: 'nobody-of-that-name', member: USER_IDS.robin };

beforeAll(async () => {
  const account = panel.add({ email: 'harbourmaster@example.com', username: 'harbourmaster', balanceMinor: 120_000n });
  await store.sql`
    insert into links (panel, account_id, user_id, proof, created_by) values ('test', ${account.id}, ${KNOWN.member}, 'staff', 'test')`;
  await store.sql`
    insert into notes (panel, account_id, text, author_id, origin) values ('test', ${account.id}, 'A note', ${USER_IDS.mira}, 'test')`;
  await bot.set('staffChannelIds', [CHANNEL_IDS.general]);
  offerEverywhere(discord);
});

/** How often something was said where everybody reads it. */
let saidAloud = 0;
const hear = ({ message, visibleTo }: StoredMessage) => {
  if (visibleTo === null && message.channel_id === CHANNEL_IDS.general && textOf(message) !== '') saidAloud += 1;
};
discord.state.on('messageCreate', hear).on('messageUpdate', hear);

/** What no refusal may change: what is stored, what the panel was asked, and what others read. */
async function world() {
  return { records: await fingerprint(store), calls: panel.calls.length, saidAloud };
}

interface Attempt {
  readonly by: Person;
  readonly place: Place;
  readonly named: Named;
  readonly expected: string;
}

/** Tries a way in, several times at once: each gets its words, or no choices, and the world stays as it is. */
async function refused(way: WayIn, attempts: readonly Attempt[]): Promise<void> {
  const before = await world();
  const runs = bot.observations.length;
  const answers = await Promise.all(attempts.map(({ by, place, named }) => way.go(by, named, place)));
  expect(answers).toEqual(attempts.map(({ expected }) => (way.completes ? '[]' : expected)));
  await vi.waitFor(() => expect(bot.observations).toHaveLength(runs + attempts.length), { interval: 2 });
  const endings = bot.observations.slice(runs).map(({ status }) => status);
  expect(new Set(endings)).toEqual(new Set(['refused']));
  expect(await world()).toEqual(before);
}

async function hold(person: Person, permissions: readonly Permission[]): Promise<void> {
  await store.sql`update grants set revoked_at = now(), revoked_by = 'test' where subject_id = ${person.id} and revoked_at is null`;
  for (const permission of permissions) {
    await store.sql`
      insert into grants (subject_kind, subject_id, permission, created_by, origin)
      values ('user', ${person.id}, ${permission}, 'test', ${crypto.randomUUID()})`;
  }
  await bot.services.policy.refresh();
}

test('only these commands ask for no permission', () => {
  const open = registry.all.filter(({ command }) => command.permission === null).map(({ command }) => command.name);
  expect(open).toEqual([
    'account view',
    'account credits',
    'account history',
    'account servers',
    'account notifications',
    'account password',
    'account forget',
    'help',
    'account forget-confirmed',
    'leave',
  ]);
});

const permissions = PERMISSIONS.filter((permission) =>
  registry.all.some(({ command }) => command.permission === permission),
);

describe.each(permissions)('without %s', (permission) => {
  beforeAll(async () => {
    await hold(
      sam,
      PERMISSIONS.filter((each) => each !== permission),
    );
    await hold(mira, [permission]);
  });

  const guarded = registry.all.filter(({ command }) => command.permission === permission);
  const attempts = guarded.flatMap((registered) =>
    waysInto(bot, registered, catalogue.menus).map((way) => [registered.command.name, way.name, way] as const),
  );

  test.each(attempts)('%s: %s', async (_command, _name, way) => {
    const expected = sentence('policy.denied', { permission });
    await refused(way, [
      { by: alex, place: 'guild', named: KNOWN, expected },
      { by: alex, place: 'guild', named: UNKNOWN, expected },
      { by: sam, place: 'guild', named: KNOWN, expected },
      { by: sam, place: 'guild', named: UNKNOWN, expected },
      { by: mira, place: 'dm', named: KNOWN, expected: sentence('place.staff_in_dm', {}) },
    ]);
    served.length = 0;
    const foreign = { by: mira, place: 'guild', named: KNOWN, expected: sentence('place.foreign_guild', {}) } as const;
    await refused(way, [foreign]).finally(() => served.push(ROLE_IDS.everyone));
    if (!way.completes) expect(await way.go(mira, KNOWN, 'guild')).not.toBe(expected);
  });
});
