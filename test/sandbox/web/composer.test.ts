import { describe, expect, it } from 'vitest';
import { commandNamed, matchCommands, typedCommands } from '../../../sandbox/web/composer/commands.ts';
import {
  beginCommand,
  closeOption,
  furtherOptions,
  moveFocus,
  openFurther,
  openOption,
  pickForOption,
  problemOf,
  typedOptions,
  typeInOption,
} from '../../../sandbox/web/composer/draft.ts';
import { suggest } from '../../../sandbox/web/composer/suggestions.ts';
import { alex, viewCommand, worldOf } from './worlds.ts';

const commands = typedCommands([viewCommand]);
const named = (name: string) => {
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) throw new Error(`No command ${name}.`);
  return command;
};
const view = named('user view');
const addNote = named('user notes add');
const optionNamed = (name: string) => {
  const option = [...view.options, ...addNote.options].find((candidate) => candidate.name === name);
  if (!option) throw new Error(`No option ${name}.`);
  return option;
};

describe('commands', () => {
  it('makes a command of every subcommand, through groups', () => {
    expect(commands.map(({ name, path }) => [name, path])).toEqual([
      ['user notes add', ['notes', 'add']],
      ['user view', ['view']],
    ]);
  });

  it.each([
    ['us', ['user notes add', 'user view']],
    ['user v', ['user view']],
    ['view', ['user view']],
    ['us ad', ['user notes add']],
    ['an account', ['user view']],
    ['zz', []],
  ])('finds by %o', (typed, found) => {
    expect(matchCommands(commands, typed).map(({ name }) => name)).toEqual(found);
  });

  it('begins a command when its whole name and a space are typed', () => {
    expect(commandNamed(commands, '/user view ')?.name).toBe('user view');
    expect(commandNamed(commands, '/user view')).toBeUndefined();
    expect(commandNamed(commands, 'user view ')).toBeUndefined();
  });
});

describe('a command being typed', () => {
  it('opens the required options and starts at the first', () => {
    const draft = beginCommand(addNote);
    expect(draft.options.map(({ name }) => name)).toEqual(['days', 'text']);
    expect(draft.focus).toBe('days');
  });

  it('goes from a picked option to the next required one, then to the end', () => {
    let draft = pickForOption(beginCommand(addNote), { name: 'days', text: '3', picked: 3 });
    expect(draft.focus).toBe('text');
    draft = pickForOption(draft, { name: 'text', text: 'x', picked: 'x' });
    expect(draft.focus).toBeNull();
  });

  it('offers the options that are not open yet: those that what is typed begins to name, or all', () => {
    const draft = openOption(beginCommand(view), 'member');
    expect(furtherOptions(draft).map(({ name }) => name)).toEqual(['account']);
    expect(furtherOptions({ ...draft, tail: 'x' }).map(({ name }) => name)).toEqual(['account']);
    expect(furtherOptions(closeOption(draft, 'member')).map(({ name }) => name)).toEqual(['member', 'account']);
  });

  it('takes into an option what was typed before one was named', () => {
    const typed = { ...beginCommand(view), tail: 'sam' };
    expect(openFurther(typed, 'member')).toMatchObject({ focus: 'member', tail: '', options: [{ text: 'sam' }] });
    const named = { ...beginCommand(view), tail: 'mem' };
    expect(openFurther(named, 'member').options).toMatchObject([{ name: 'member', text: '' }]);
  });

  it('moves between open options and stops at both ends', () => {
    const draft = beginCommand(addNote);
    expect(moveFocus(draft, -1).focus).toBe('days');
    expect(moveFocus(moveFocus(draft, 1), 1).focus).toBeNull();
  });

  it('names the first option that keeps it from being sent', () => {
    const draft = beginCommand(addNote);
    expect(problemOf(draft)?.option).toBe('days');
    const typed = typeInOption(typeInOption(draft, 'days', '3'), 'text', 'far too long a text');
    expect(problemOf(typed)).toEqual({ option: 'text', message: 'At most 10 characters, please.' });
    expect(problemOf(typeInOption(typed, 'text', 'short'))).toBeNull();
  });

  it.each(['x', '1.5', '0', ''])('does not take %o for a whole number of at least one', (text) => {
    const draft = typeInOption(beginCommand(addNote), 'days', text);
    expect(problemOf(typeInOption(draft, 'text', 'x'))?.option).toBe('days');
  });

  it('sends numbers as numbers, picks as their value and leaves out what is empty', () => {
    let draft = typeInOption(typeInOption(beginCommand(addNote), 'days', '3'), 'text', 'x');
    draft = openOption(draft, 'pinned');
    expect(typedOptions(draft)).toEqual([
      { name: 'days', value: 3 },
      { name: 'text', value: 'x' },
    ]);
    draft = pickForOption(draft, { name: 'pinned', text: 'True', picked: true });
    expect(typedOptions(draft)).toContainEqual({ name: 'pinned', value: true });
  });

  it('takes a pasted mention or id for a person, and no name that was not picked', () => {
    const draft = openOption(beginCommand(view), 'member');
    expect(typedOptions(typeInOption(draft, 'member', `<@${alex.id}>`))).toEqual([{ name: 'member', value: alex.id }]);
    expect(problemOf(typeInOption(draft, 'member', 'Alex'))?.option).toBe('member');
  });

  it('marks the option being completed, as far as it is typed', () => {
    const draft = typeInOption(openOption(beginCommand(view), 'account'), 'account', 'al');
    expect(typedOptions(draft, 'account')).toEqual([{ name: 'account', value: 'al', focused: true }]);
  });

  it('sends a file with the command, and not while another option is being completed', () => {
    const file = { id: 'picked', name: 'proof.png', contentType: 'image/png', data: '' };
    const picked = { name: 'pinned', text: file.name, picked: file.id, file };
    const draft = pickForOption(openOption(typeInOption(beginCommand(addNote), 'text', 'x'), 'pinned'), picked);
    expect(typedOptions(draft)).toContainEqual({ name: 'pinned', value: file.id });
    expect(typedOptions(draft, 'text')).toEqual([{ name: 'text', value: 'x', focused: true }]);
  });
});

describe('suggestions', () => {
  it('finds people by display name and user name, the beginning first', () => {
    expect(suggest(worldOf(), optionNamed('member'), 'a', null).map(({ label }) => label)).toEqual([
      'Alex',
      'Mira',
      'Sam',
      'Steward',
    ]);
  });

  it('offers what the bot answered, in its order and unfiltered', () => {
    const choices = [
      { name: 'B', value: 'main/2' },
      { name: 'A', value: 'main/1' },
    ];
    expect(suggest(worldOf(), optionNamed('account'), 'zzz', choices).map(({ value }) => value)).toEqual([
      'main/2',
      'main/1',
    ]);
  });

  it('offers true and false', () => {
    expect(suggest(worldOf(), optionNamed('pinned'), '', null).map(({ value }) => value)).toEqual([true, false]);
    expect(suggest(worldOf(), optionNamed('pinned'), 'f', null).map(({ value }) => value)).toEqual([false]);
  });
});
