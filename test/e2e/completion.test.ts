/** What is offered while one types: the few that fit, by names alone, and from memory or the directory only. */
import { expect, test } from 'vitest';
import { startHouse } from './fixtures/house.ts';
import { IN_STAFF } from './fixtures/people.ts';

const house = await startHouse({ panel: 'test' });
const { discord, panel, tomasz, mira } = house;
await house.set('reasons', ['Power cut', 'Event prize', 'A cut of the cable']);
const alexb = await house.account('alexb', { name: 'Alex **Berger**', email: 'alex.secret@example.com' });
await house.account('alexander');
await house.account('somebody-else');

const complete = (command: string, typed: Record<string, string>, focused: string) =>
  discord.as(tomasz.id).autocomplete(command, typed, focused, IN_STAFF);

test('accounts are offered by what was typed, with the address masked', async () => {
  const choices = await complete('user view', { account: 'alex' }, 'account');
  expect(choices.map(({ value }) => value)).toContain(alexb.reference);
  expect(choices).toHaveLength(2);
  expect(JSON.stringify(choices)).not.toContain('secret');
  expect(await complete('user view', { account: 'alex.secret@exam' }, 'account')).toEqual([]);
});

test('what was picked is what is shown', async () => {
  const [choice] = await complete('user view', { account: 'alexb' }, 'account');
  expect((await mira.types('user view', { account: String(choice?.value) })).text).toContain('alexb · Alex **Berger**');
});

test('reasons are the team’s, those that begin so first', async () => {
  const choices = await complete('credits add', { reason: 'cut' }, 'reason');
  expect(choices.map(({ name }) => name)).toEqual(['Power cut', 'A cut of the cable']);
  expect(await complete('credits add', { reason: '' }, 'reason')).toHaveLength(3);
});

test('permissions are found by what they let people do', async () => {
  const choices = await discord
    .as(house.ada.id)
    .autocomplete('policy grant', { permission: 'suspend' }, 'permission', IN_STAFF);
  expect(choices.map(({ value }) => value)).toEqual(['accounts.suspend', 'servers.suspend']);
});

test('no panel is asked for any of it', async () => {
  const asked = panel.calls.filter(({ name }) => name === 'find' || name === 'list').length;
  for (const typed of ['a', 'al', 'alexb', 'nobody', '#1000', '<@1>', '%_\\'])
    await complete('user view', { account: typed }, 'account');
  expect(panel.calls.filter(({ name }) => name === 'find' || name === 'list')).toHaveLength(asked);
});

test('nothing that was said broke a rule of Discord', () => {
  expect(discord.violations).toEqual([]);
});
