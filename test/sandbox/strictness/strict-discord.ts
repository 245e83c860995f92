/** A local Discord with a bot that has no library to keep it from mistakes, and the parts of which mistakes are made. */
import { ButtonStyle, ComponentType, MessageFlags } from 'discord-api-types/v10';
import { afterAll, beforeEach, expect } from 'vitest';
import { type LocalDiscord, startLocalDiscord } from '../../../sandbox/discord/server.ts';
import { harbourHosting } from '../../../sandbox/world.ts';
import { RawBot, type RestAnswer } from '../raw-bot.ts';

/** Starts both, and stops them after the last test of the file. */
export async function startStrictDiscord() {
  const discord = await startLocalDiscord({ world: harbourHosting({ withHistory: false }), limitRates: false });
  const bot = await RawBot.connect(discord);
  afterAll(() => discord.stop());
  beforeEach(() => discord.clearJournal());
  return {
    discord,
    bot,
    expectFault: (answer: RestAnswer, path: string, code: string) => expectFault(discord, answer, path, code),
  };
}

export const text = (content: string) => ({ type: ComponentType.TextDisplay, content });
export const button = (change: object = {}) => ({
  type: ComponentType.Button,
  style: ButtonStyle.Primary,
  label: 'Go',
  custom_id: 'go',
  ...change,
});
export const row = (...components: object[]) => ({ type: ComponentType.ActionRow, components });
export const select = (change: object = {}) => ({
  type: ComponentType.StringSelect,
  custom_id: 'choose',
  options: [
    { label: 'One', value: '1' },
    { label: 'Two', value: '2' },
  ],
  ...change,
});
export const V2 = MessageFlags.IsComponentsV2;

/** Expects `Invalid Form Body` with this code at this place of Discord's error tree, and a violation on record. */
function expectFault(discord: LocalDiscord, { status, body }: RestAnswer, path: string, code: string): void {
  expect(body).toMatchObject({ code: 50035, message: 'Invalid Form Body' });
  expect(status).toBe(400);
  const parts = path === '' ? [] : path.split('.');
  const node = parts.reduce<Record<string, unknown>>(
    (tree, part) => (tree[part] ?? {}) as Record<string, unknown>,
    (body as { errors: Record<string, unknown> }).errors,
  );
  expect(node._errors, JSON.stringify(body)).toEqual(expect.arrayContaining([expect.objectContaining({ code })]));
  expect(discord.violations).toHaveLength(1);
}
