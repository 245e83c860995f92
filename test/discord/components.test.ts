import type { APIMessage } from 'discord-api-types/v10';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { CHANNEL_IDS, USER_IDS } from '../../sandbox/world.ts';
import { startBot } from '../harness/bot.ts';
import { probeCatalogue } from './fixtures/catalogue.ts';
import { textOf } from './fixtures/text.ts';

const probe = probeCatalogue();
const bot = await startBot({ catalogue: probe.catalogue });
const { discord, store } = bot;
await bot.give({ role: 'moderator', preset: 'moderator' });
await bot.give({ role: 'administrator', preset: 'administrator' });
await bot.give({ role: 'helper', permission: 'accounts.view' });
await bot.set('staffChannelIds', [CHANNEL_IDS.staff]);

const mira = discord.as(USER_IDS.mira);
const sam = discord.as(USER_IDS.sam);
const ada = discord.as(USER_IDS.ada);
const inStaff = { channelId: CHANNEL_IDS.staff };

beforeEach(() => {
  probe.ran.length = 0;
  discord.clearJournal();
});

async function shown(name: 'probe card' | 'probe shared'): Promise<APIMessage> {
  const { message } = await mira.command(name, {}, inStaff);
  if (!message) throw new Error('no card was shown');
  probe.ran.length = 0;
  return message;
}

const ranNames = () => probe.ran.map(({ command }) => command);

describe('a button', () => {
  test('runs its command with its options, answered privately', async () => {
    const answer = await mira.press(await shown('probe card'), 'Yes');
    expect(answer.ephemeral).toBe(true);
    expect(textOf(answer.message)).toBe('done once');
    expect(probe.ran[0]?.input).toEqual({ way: 'yes' });
    expect(discord.violations).toEqual([]);
  });

  test('that turns a page changes the message that carries it', async () => {
    const card = await shown('probe card');
    const answer = await mira.press(card, 'Next');
    expect(answer.message?.id).toBe(card.id);
    expect(textOf(answer.message)).toBe('page 2');
  });

  test('that shows something shows it in public', async () => {
    const answer = await mira.press(await shown('probe shared'), 'Show');
    expect(answer.ephemeral).toBe(false);
    expect(textOf(answer.message)).toBe('done once');
  });

  test('states an intent of its own, unless it carries on the one that it was shown for', async () => {
    const card = await shown('probe card');
    const [state] = await store.sql<
      { origin: string }[]
    >`select origin from component_state order by created_at desc limit 1`;
    const own = await mira.press(card, 'See');
    const inherited = await mira.press(card, 'Go on');
    expect(probe.ran.map(({ request }) => request.ctx.origin)).toEqual([own.interactionId, state?.origin]);
    expect(probe.ran.map(({ request }) => request.ctx.confirmed)).toEqual([false, true]);
    expect(inherited.interactionId).not.toBe(state?.origin);
  });

  test('works after a restart of the bot', async () => {
    const card = await shown('probe card');
    const { stop } = await bot.another();
    await stop();
    expect(textOf((await mira.press(card, 'See')).message)).toBe('seen');
  });
});

describe('what is picked', () => {
  test('in a select goes into its option', async () => {
    const answer = await mira.select(await shown('probe card'), 'Which page', ['7']);
    expect(textOf(answer.message)).toBe('page 7');
  });

  test('in a menu decides itself how it is answered', async () => {
    const card = await shown('probe card');
    const turn = await mira.select(card, 'More…', [valueBehind(card, 'More…', 'Turn')]);
    expect(turn.message?.id).toBe(card.id);
    const again = await shown('probe card');
    const form = await mira.select(again, 'More…', [valueBehind(again, 'More…', 'Note…')]);
    expect(form.kind).toBe('form');
  });
});

describe('a group that acts once', () => {
  test('acts once, whichever of its buttons is pressed', async () => {
    const card = await shown('probe card');
    await mira.press(card, 'Yes');
    const second = await mira.press(card, 'No');
    expect(ranNames()).toEqual(['act once']);
    expect(textOf(second.message)).not.toBe('done once');
    await vi.waitFor(() => expect(bot.observations.at(-1)?.status).toBe('refused'));
  });

  test('acts once when two people press at the same time', async () => {
    const card = await shown('probe shared');
    const answers = await Promise.all([mira.press(card, 'Yes'), ada.press(card, 'No')]);
    expect(ranNames()).toEqual(['act once']);
    expect(answers.filter(({ message }) => textOf(message) === 'done once')).toHaveLength(1);
  });
});

describe('a press is refused', () => {
  test('when it is somebody else’s, and changes nothing', async () => {
    const card = await shown('probe shared');
    await store.sql`update component_state set audience = ${`user:${USER_IDS.mira}`} where key = ${keyOf(card)}`;
    const answer = await ada.press(card, 'Next');
    const aside = answer.message?.id === card.id ? await answer.followUp(1) : answer.message;
    expect(textOf(aside)).not.toContain('page');
    expect(textOf(card)).toBe('a card');
    expect(ranNames()).toEqual([]);
  });

  test('when the person lacks the permission that all who may press hold', async () => {
    const answer = await sam.press(await shown('probe shared'), 'See');
    expect(ranNames()).toEqual([]);
    expect(answer.ephemeral).toBe(true);
  });

  test('when the grant was taken since it was shown', async () => {
    const card = await shown('probe card');
    await store.sql`update grants set revoked_at = now(), revoked_by = 'test' where preset = 'moderator'`;
    await bot.services.policy.refresh();
    await mira.press(card, 'See');
    expect(ranNames()).toEqual([]);
    await bot.give({ role: 'moderator', preset: 'moderator' });
  });

  test('when it is a day old', async () => {
    const card = await shown('probe card');
    await store.sql`update component_state set expires_at = now() where key = ${keyOf(card)}`;
    const answer = await mira.press(card, 'Yes');
    expect(answer.kind).toBe('message');
    expect(ranNames()).toEqual([]);
  });

  test('when nothing is known of it, forms too', async () => {
    const card = await shown('probe card');
    await store.sql`delete from component_state where key = ${keyOf(card)}`;
    expect((await mira.press(card, 'Yes')).kind).toBe('message');
    expect((await mira.press(card, 'Note…')).kind).toBe('message');
    expect(ranNames()).toEqual([]);
  });

  test('when it was stored by another version', async () => {
    const card = await shown('probe card');
    await store.sql`update component_state set version = 0 where key = ${keyOf(card)}`;
    await mira.press(card, 'Yes');
    expect(ranNames()).toEqual([]);
  });
});

test('an answer whose buttons cannot be stored goes without them', async () => {
  await store.sql`alter table component_state rename to component_state_away`;
  const { message } = await mira.command('probe card', {}, inStaff);
  await store.sql`alter table component_state_away rename to component_state`;
  expect(textOf(message)).toBe('a card');
  expect(JSON.stringify(message)).not.toContain('custom_id');
});

function keyOf(message: APIMessage): string {
  const [, key = ''] = /"1:[poufm]:([\w-]{22}):/.exec(JSON.stringify(message.components)) ?? [];
  return key;
}

interface Choosable {
  readonly placeholder?: string;
  readonly options?: readonly { readonly label: string; readonly value: string }[];
  readonly components?: readonly Choosable[];
}

/** The value behind a label of a select, which people do not see. */
function valueBehind(message: APIMessage, placeholder: string, label: string): string {
  const flat = (parts: readonly Choosable[]): readonly Choosable[] =>
    parts.flatMap((part) => [part, ...flat(part.components ?? [])]);
  const select = flat((message.components ?? []) as readonly Choosable[]).find(
    (one) => one.placeholder === placeholder,
  );
  const option = select?.options?.find((one) => one.label === label);
  if (!option) throw new Error(`no ${label} in ${placeholder}`);
  return option.value;
}
