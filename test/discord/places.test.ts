import { type APIInteraction, InteractionResponseType, InteractionType } from 'discord-api-types/v10';
import { beforeEach, describe, expect, test } from 'vitest';
import { ROLE_IDS, USER_IDS } from '../../sandbox/world.ts';
import { BUCKET_LIMITS } from '../../src/discord/buckets.ts';
import { createDispatch } from '../../src/discord/dispatch.ts';
import { createRest } from '../../src/discord/gateway/rest.ts';
import { createOwedAnswers, OWED_TIMING } from '../../src/discord/owed.ts';
import { createOwnMessages } from '../../src/discord/own-messages.ts';
import { PROGRESS_TIMING } from '../../src/discord/progress.ts';
import { createRegistry } from '../../src/discord/registry.ts';
import type { AnswerRoutes } from '../../src/discord/replies.ts';
import { startBot } from '../harness/bot.ts';
import { probeCatalogue } from './fixtures/catalogue.ts';

/**
 * Discord's client offers no command where it is not registered, so what comes from elsewhere is handed to the dispatcher as Discord
 * would send it. Answers after the first are told apart by what was called.
 */
const probe = probeCatalogue();
const bot = await startBot({ catalogue: probe.catalogue });
await bot.give({ role: 'moderator', preset: 'moderator' });
const { services, discord } = bot;
const SECOND_GUILD = '1200000000000000001';
const FOREIGN_GUILD = '1300000000000000001';

const sent: string[] = [];
const note = (what: string) => () => {
  sent.push(what);
  return Promise.resolve();
};
const routes: AnswerRoutes = { edit: note('edit'), followUp: note('follow-up'), deleteOriginal: note('delete') };
const dispatch = createDispatch({
  services,
  routes,
  messages: createOwnMessages(createRest(discord)),
  registry: createRegistry(probe.catalogue, { severalPanels: false }),
  owed: createOwedAnswers(services, { secretKey: 'x', owner: 'test', timing: OWED_TIMING }),
  guildIds: [discord.guildId, SECOND_GUILD],
  progressTiming: PROGRESS_TIMING,
  limits: BUCKET_LIMITS,
  strict: true,
  observe: ({ status }) => sent.push(status),
});

let nextId = 1;
const acknowledge = (response: { type: InteractionResponseType }) => {
  sent.push(InteractionResponseType[response.type]);
  return Promise.resolve();
};

async function ask(
  command: string,
  guildId: string | null,
  userId: string,
  roles: readonly string[] = [],
): Promise<void> {
  const [name, subcommand] = command.split(' ');
  const user = { id: userId, username: 'someone' };
  const options = subcommand ? [{ type: 1, name: subcommand, options: [] }] : [];
  const payload = {
    id: String(nextId++),
    token: 'token',
    application_id: discord.applicationId,
    type: InteractionType.ApplicationCommand,
    channel: { id: '5', type: guildId ? 0 : 1 },
    data: { id: '6', type: 1, name, options },
    ...(guildId ? { guild_id: guildId, member: { user, roles } } : { user }),
  };
  await dispatch.onInteraction(payload as unknown as APIInteraction, acknowledge);
}

beforeEach(() => {
  sent.length = 0;
  probe.ran.length = 0;
});

describe('a command of staff', () => {
  test('is refused in a direct message, to owners too, and asks nobody for their roles', async () => {
    discord.clearJournal();
    await ask('probe see', null, USER_IDS.ada);
    expect(sent).toEqual(['ChannelMessageWithSource', 'refused']);
    expect(probe.ran).toHaveLength(0);
    expect(discord.journal).toEqual([]);
  });

  test('is refused in a guild that is not served, even with a role of the same id', async () => {
    await ask('probe see', FOREIGN_GUILD, USER_IDS.mira, [ROLE_IDS.moderator]);
    expect(sent).toEqual(['ChannelMessageWithSource', 'refused']);
    expect(probe.ran).toHaveLength(0);
  });

  test('runs in another guild that is served, by the roles at home', async () => {
    await ask('probe see', SECOND_GUILD, USER_IDS.mira);
    expect(sent).toEqual(['DeferredChannelMessageWithSource', 'edit', 'done']);
    expect(probe.ran).toHaveLength(1);
  });

  test('is refused there to whoever has no such role at home', async () => {
    await ask('probe see', SECOND_GUILD, USER_IDS.alex);
    expect(sent.at(-1)).toBe('refused');
    expect(probe.ran).toHaveLength(0);
  });
});

test('a command of members runs anywhere', async () => {
  await ask('mine', FOREIGN_GUILD, USER_IDS.alex);
  await ask('mine', null, USER_IDS.alex);
  expect(probe.ran).toHaveLength(2);
});

test('a command that is gone, or internal, is refused in words', async () => {
  await ask('probe gone', discord.guildId, USER_IDS.mira, [ROLE_IDS.moderator]);
  await ask('turn', discord.guildId, USER_IDS.jo, [ROLE_IDS.moderator]);
  expect(sent.filter((what) => what === 'refused')).toHaveLength(2);
  expect(probe.ran).toHaveLength(0);
});
