/** Names that were made to hurt: markdown, mentions, marks that turn the line, letters of four bytes. They are shown harmless and whole. */
import { describe, expect, test } from 'vitest';
import { startHouse } from './fixtures/house.ts';

const house = await startHouse({ panel: 'test' });
const { discord, mira, tomasz } = house;

const NAMES: readonly (readonly [string, string, string])[] = [
  ['markdown', '**Bold** _it_ ~~no~~ `code` ||spoiler||', '**Bold** _it_ ~~no~~ `code` ||spoiler||'],
  ['a heading and a list', '# Big - item > quote', '# Big - item > quote'],
  ['mentions', '@everyone <@1> <@&2> <#3> @here', '@everyone <@1> <@&2> <#3> @here'],
  ['a link', '[free](https://evil.example) https://evil.example', '[free](https://evil.example) https://evil.example'],
  ['line breaks', 'one\ntwo\r\nthree', 'one two three'],
  ['a mark that turns the line', 'abc\u202egnp.exe', 'abc gnp.exe'],
  ['right-to-left letters', 'יעל כהן', 'יעל כהן'],
  ['letters of four bytes', '𝕽𝖚𝖘𝖙𝖆𝖒 🦦👩‍🚀', '𝕽𝖚𝖘𝖙𝖆𝖒 🦦👩‍🚀'],
  ['nothing that can be seen', '\u200b\u2060\u3164', '–'],
];

describe.each(NAMES)('a name of %s', (_what, name, shown) => {
  test('is shown on the card, in lists and forms, and harms nothing', async () => {
    const account = await house.customer({ name });
    const card = await mira.types('user view', { account: account.reference });
    const title = card.text.split('\n')[1];
    expect(title).toBe(shown === '–' ? account.username : `${account.username} · ${shown}`);
    expect(card.source).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    expect(card.source).not.toMatch(/(?<!\\)(?:@everyone|<@1>|<@&2>|<#3>|\]\(https)/);
    const list = await mira.types('user list', { query: account.username });
    expect(list.text).toContain(account.username);
    expect(list.source).not.toMatch(/(?<!\\)(?:@everyone|<@1>)/);
    const form = await tomasz.types('user edit', { account: account.reference });
    expect(form.text).toContain(account.username);
  });

  test('as a reason stands in the answer, on the card, in the history and in the audit channel, and harms nothing', async () => {
    const account = await house.customer();
    const reason = shown === '–' ? 'Something' : name;
    const done = await mira.types('credits add', { account: account.reference, amount: '5', reason });
    const expected = shown === '–' ? 'Something' : shown;
    expect(done.text.split('\n')[0]).toMatch(/^\+5 · 120 → 125 · .* · #\d+$/);
    expect(done.text).toContain(` · ${expected} · #`);
    expect(done.message.mentions).toEqual([]);
    expect(done.message.mention_everyone).toBe(false);
    expect((await mira.types('user history', { account: account.reference })).text).toContain(
      `+5 · ${expected} · @mira`,
    );
    expect((await house.auditLines()).at(-1)).toContain(` · ${expected}`);
  });
});

describe('a name with a heap of marks', () => {
  test('neither runs over the lines above nor breaks a select', async () => {
    const heap = `Z${'\u0301'.repeat(400)}algo`;
    const account = await house.account('zalgo', { name: heap.slice(0, 70) });
    const card = await mira.types('user view', { account: account.reference });
    expect(card.text.split('\n')[1]?.length).toBeLessThan(120);
    const asked = await mira.types('user view', { account: 'zalg' });
    expect((await mira.picks(asked, 'Choose an account…', 'zalgo')).text).toContain('zalgo');
  });
});

describe('a reason of nothing that can be seen', () => {
  test.each(['   ', '\u200b\u200b', '\u3164'])('(%j) is no reason', async (reason) => {
    const account = await house.customer();
    const refused = await mira.types('credits add', { account: account.reference, amount: '5', reason });
    expect(refused.text).toBe(
      'This needs a reason. Nothing was changed. Pick one of the team’s reasons or write your own.',
    );
  });
});

test('a note and a panel’s role keep what was written, harmless', async () => {
  const account = await house.account('noted');
  const notes = await mira.types('user note', {
    account: account.reference,
    text: '# @everyone [x](https://evil.example)\n- two',
  });
  expect(notes.source).not.toMatch(/^(?:# @|- two)/m);
  expect(notes.text).toContain('# @everyone [x](https://evil.example)');
  expect(notes.message.mention_everyone).toBe(false);
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
