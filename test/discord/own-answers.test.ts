/** A process that looks for what others left behind, while it answers people itself. */
import { expect, test } from 'vitest';
import { commands, groups, menus } from '../../commands/index.ts';
import { CHANNEL_IDS, USER_IDS } from '../../sandbox/world.ts';
import { startBot } from '../harness/bot.ts';
import { textOf } from './fixtures/text.ts';

const bot = await startBot({
  catalogue: { commands, groups, menus },
  // Everything is kept at once, and it looks without a pause.
  owedTiming: { keepAfterMs: 0, lookMs: 0, abandonedAfterMs: 60_000 },
});
const { discord, panel, store } = bot;
const ada = discord.as(USER_IDS.ada ?? '');

test('never takes an answer that it gives itself for one that was left behind', async () => {
  const accounts = Array.from({ length: 200 }, (_, index) =>
    panel.add({ email: `u${index}@example.com`, username: `user${index}`, balanceMinor: 0n }),
  );
  const answers = await Promise.all(
    accounts.map(({ id }) =>
      ada.command(
        'credits add',
        { account: `test/${id}`, amount: '5', reason: 'Power cut' },
        { channelId: CHANNEL_IDS.staff },
      ),
    ),
  );
  const told = () => answers.map(({ messages }) => messages.map(textOf).join(' | '));
  await expect.poll(() => store.sql`select from owed_answers`.then(({ length }) => length)).toBe(0);
  expect(told().filter((text) => !text.startsWith('**+5**'))).toEqual([]);
});
