import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Command, Option } from '../../src/discord/command.ts';
import { formFields } from '../../src/discord/forms.ts';
import { missingOptions } from '../../src/discord/registered.ts';
import { commandPayloads } from '../../src/discord/registration.ts';
import { type Catalogue, createRegistry } from '../../src/discord/registry.ts';
import { text } from '../../src/locales/text.ts';
import { noticeView } from '../../src/views/parts.ts';
import { probeCatalogue } from './fixtures/catalogue.ts';

const option = (more: Partial<Option> = {}): Option => ({
  type: 'text',
  label: 'Label',
  description: 'Describes',
  schema: z.unknown(),
  required: false,
  ...more,
});

const command = (more: Partial<Command> = {}): Command => ({
  name: 'thing do',
  description: 'Do a thing',
  permission: 'accounts.view',
  ability: null,
  scope: 'staff',
  answer: 'private',
  options: {},
  run: async () => noticeView('neutral', text`done`),
  ...more,
});

const registryOf = (commands: readonly Command[], more: Partial<Catalogue> = {}, severalPanels = false) =>
  createRegistry({ commands, menus: [], groups: { thing: 'Things' }, ...more }, { severalPanels });

const six = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [name, option({ required: true })]));

describe('a start is refused', () => {
  test.each<[string, () => unknown]>([
    ['two commands of one name', () => registryOf([command(), command()])],
    ['a name in upper case', () => registryOf([command({ name: 'thing Do' })])],
    ['three words', () => registryOf([command({ name: 'thing do it' })])],
    ['no description', () => registryOf([command({ description: '' })])],
    ['a description of 101 characters', () => registryOf([command({ description: 'x'.repeat(101) })])],
    ['a group without a description', () => registryOf([command()], { groups: {} })],
    ['a command that is a group, too', () => registryOf([command(), command({ name: 'thing' })])],
    [
      'a group for staff and for members',
      () => registryOf([command(), command({ name: 'thing see', scope: 'member', permission: null })]),
    ],
    ['a command for staff without a permission', () => registryOf([command({ permission: null })])],
    ['a form that needs six parts', () => registryOf([command({ options: six })])],
    [
      'a form whose suggestions need six parts',
      () =>
        registryOf([
          command({
            options: {
              a: option({ required: true, suggested: true }),
              b: option({ required: true, suggested: true }),
              c: option({ required: true, suggested: true }),
            },
          }),
        ]),
    ],
    ['a label of 46 characters', () => registryOf([command({ options: { a: option({ label: 'x'.repeat(46) }) } })])],
    ['several texts', () => registryOf([command({ options: { a: option({ several: true }) } })])],
    [
      '26 choices',
      () =>
        registryOf([
          command({
            options: {
              a: option({
                type: 'choice',
                choices: Array.from({ length: 26 }, (_, index) => ({ name: `${index}`, value: `${index}` })),
              }),
            },
          }),
        ]),
    ],
    [
      'a menu for a command that does not exist',
      () => registryOf([command()], { menus: [{ name: 'Do', command: 'thing undo' }] }),
    ],
    [
      'a menu for a command without a member',
      () => registryOf([command()], { menus: [{ name: 'Do', command: 'thing do' }] }),
    ],
    [
      '8,001 characters in one command',
      () =>
        registryOf(
          Array.from({ length: 25 }, (_, index) =>
            command({
              name: `thing do${index}`,
              description: 'x'.repeat(100),
              options: Object.fromEntries(
                Array.from({ length: 4 }, (_, at) => [`option${at}`, option({ description: 'x'.repeat(100) })]),
              ),
            }),
          ),
        ),
    ],
  ])('with %s, naming it', (_, start) => {
    expect(start).toThrow(/command “(thing|Do)/);
  });
});

describe('what a command asks', () => {
  const registry = registryOf([
    command({
      target: true,
      options: { amount: option({ required: true }), reason: option({ required: true, suggested: true }) },
    }),
    command({ name: 'thing link', target: true, options: { member: option({ type: 'user', required: true }) } }),
    command({ name: 'thing maybe', target: 'optional', options: {} }),
    command({
      name: 'thing many',
      options: { ...six, a: option({ offered: true }), f: option({ offered: true, severalPanels: true }) },
    }),
  ]);
  const find = (name: string) => {
    const registered = registry.find(name);
    if (!registered) throw new Error(name);
    return registered;
  };

  test('is its target, and what is required', () => {
    expect(missingOptions(find('thing do'), {})).toEqual(['account', 'amount', 'reason']);
    expect(missingOptions(find('thing do'), { member: '1', amount: '5', reason: 'x' })).toEqual([]);
  });

  test('is the account alone, where a member is somebody else', () => {
    expect(missingOptions(find('thing link'), { member: '1' })).toEqual(['account']);
  });

  test('is nothing, where it can do without an account', () => {
    expect(missingOptions(find('thing maybe'), {})).toEqual([]);
  });

  test('does not ask for a target that is clear, not even when it asks again for what is known', () => {
    const given = { member: '1', amount: '5' };
    expect(formFields(find('thing do'), given, null, { again: false, targetFound: true })).toEqual(['reason']);
    expect(formFields(find('thing do'), given, null, { again: true, targetFound: true })).toEqual(['amount', 'reason']);
    const unclear = { again: true, targetFound: false };
    expect(formFields(find('thing do'), given, null, unclear)).toEqual(['member', 'account', 'amount', 'reason']);
  });

  test('fits in five parts: what is required goes before what is offered', () => {
    expect(formFields(find('thing many'), {}, null, { again: false, targetFound: false })).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
    ]);
    expect(formFields(find('thing many'), { b: 'x' }, null, { again: false, targetFound: false })).toEqual([
      'a',
      'c',
      'd',
      'e',
    ]);
  });

  test('is which panel only where there are several', () => {
    const several = registryOf(
      [command({ options: { panel: option({ severalPanels: true, required: true }) } })],
      {},
      true,
    );
    const one = registryOf([command({ options: { panel: option({ severalPanels: true, required: true }) } })]);
    expect(several.find('thing do')?.asks).toEqual(['panel']);
    expect(one.find('thing do')?.required).toEqual([]);
    expect(JSON.stringify(commandPayloads(one))).not.toContain('panel');
  });
});

test('Discord is told of staff’s commands in guilds, of members’ everywhere, and never of internal ones', () => {
  const { guild, everywhere } = commandPayloads(createRegistry(probeCatalogue().catalogue, { severalPanels: false }));
  expect(guild.map(({ name }) => name)).toEqual(['probe', 'Probe account']);
  expect(everywhere.map(({ name }) => name)).toEqual(['mine']);
  expect(everywhere[0]).toMatchObject({ contexts: [0, 1] });
  expect(JSON.stringify([guild, everywhere])).not.toContain('act once');
  expect(JSON.stringify(guild)).not.toContain('"required":true');
});
