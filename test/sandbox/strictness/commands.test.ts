import { describe, expect, test } from 'vitest';
import { startStrictDiscord } from './strict-discord.ts';

const { bot, expectFault } = await startStrictDiscord();

describe('a command', () => {
  const option = (change: object = {}) => ({ type: 3, name: 'reason', description: 'Why', ...change });
  const command = (change: object = {}) => ({ name: 'user', description: 'Accounts', ...change });
  const many = (count: number, make: (index: number) => object) =>
    Array.from({ length: count }, (_, index) => make(index));

  test.each<[rule: string, body: object, path: string, code: string]>([
    ['has a lower-case name', command({ name: 'User' }), '0.name', 'APPLICATION_COMMAND_INVALID_NAME'],
    ['has a name of at most 32 characters', command({ name: 'x'.repeat(33) }), '0.name', 'BASE_TYPE_BAD_LENGTH'],
    ['has a description', { name: 'user' }, '0.description', 'BASE_TYPE_REQUIRED'],
    [
      'has required options first',
      command({ options: [option(), option({ name: 'who', required: true })] }),
      '0.options.1',
      'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
    ],
    [
      'has every option once',
      command({ options: [option(), option()] }),
      '0.options.1.name',
      'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
    ],
    [
      'has at most 25 options',
      command({ options: many(26, (index) => option({ name: `o${index}` })) }),
      '0.options',
      'BASE_TYPE_BAD_LENGTH',
    ],
    [
      'has at most 25 choices',
      command({ options: [option({ choices: many(26, (index) => ({ name: `${index}`, value: `${index}` })) })] }),
      '0.options.0.choices',
      'BASE_TYPE_BAD_LENGTH',
    ],
    [
      'has either choices or autocomplete',
      command({ options: [option({ autocomplete: true, choices: [{ name: 'a', value: 'a' }] })] }),
      '0.options.0.choices',
      'APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE',
    ],
    [
      'has subcommands or options, not both',
      command({ options: [{ type: 1, name: 'view', description: 'View' }, option()] }),
      '0.options',
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
    ],
    [
      'has at most 8,000 characters in all',
      command({
        options: many(25, (index) =>
          option({
            name: `o${index}`,
            choices: many(25, (choice) => ({ name: `${choice} ${'x'.repeat(10)}`, value: 'y'.repeat(10) })),
          }),
        ),
      }),
      '0',
      'APPLICATION_COMMAND_TOO_LARGE',
    ],
    [
      'in a context menu has no description',
      { type: 2, name: 'View account', description: 'View' },
      '0.description',
      'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_CANNOT_BE_SET',
    ],
    ['has no field that Discord does not know', command({ hidden: true }), '0.hidden', 'UNKNOWN_FIELD'],
  ])('%s', async (_rule, body, path, code) => expectFault(await bot.register(body), path, code));

  test('has a name of its own', async () => {
    expectFault(await bot.register(command(), command()), '1.name', 'APPLICATION_COMMANDS_DUPLICATE_NAME');
  });

  test('is one of at most 100, and of 15 of a context menu', async () => {
    const menus = many(16, (index) => ({ type: 2, name: `Menu ${index}` }));
    expect((await bot.register(...menus)).body).toMatchObject({ code: 30032 });
    expect((await bot.register(...many(101, (index) => command({ name: `c${index}` })))).body).toMatchObject({
      code: 30032,
    });
  });
});
