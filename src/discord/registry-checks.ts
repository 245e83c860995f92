/** What Discord asks of commands, and we of ours. Checked at the start, so that a mistake is found by whoever made it. */
import type { Option } from './command.ts';
import { CHOICE_LIMIT, FORM_PART_LIMIT, LABEL_LENGTH } from './limits.ts';
import { byFirstWord, formParts, type Registered } from './registered.ts';
import type { Catalogue } from './registry.ts';

/** @see https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming */
const WORD = /^[a-z][a-z0-9_-]{0,31}$/;
const DESCRIPTION_LENGTH = 100;
const MENU_NAME_LENGTH = 32;
/** Options of one command, and subcommands of one group. */
const LEVEL_LIMIT = 25;
const MENU_LIMIT = 15;
/** Of all names, descriptions and values of one command together. */
const COMMAND_LENGTH = 8_000;

export function checkCatalogue(catalogue: Catalogue, all: readonly Registered[]): void {
  checkUnique(all.map(({ command }) => command.name));
  for (const registered of all) checkCommand(registered);
  for (const [root, commands] of byFirstWord(all)) checkRoot(root, commands, catalogue);
  checkMenus(catalogue, all);
}

function fail(name: string, problem: string): never {
  throw new Error(`command “${name}”: ${problem}`);
}

function checkUnique(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) fail(name, 'is declared twice');
    seen.add(name);
  }
}

function checkCommand(registered: Registered): void {
  const { command, options, required } = registered;
  const words = command.name.split(' ');
  if (words.length > 2 || !words.every((word) => WORD.test(word)))
    fail(command.name, 'is not one or two lower-case words');
  checkDescription(command.name, command.description);
  if ((command.formTitle?.length ?? 0) > LABEL_LENGTH)
    fail(command.name, `its form's title is over ${LABEL_LENGTH} characters`);
  if (command.scope === 'staff' && !command.permission) fail(command.name, 'is for staff and names no permission');
  if (command.scope === 'member' && command.permission) fail(command.name, 'is for members and wants a permission');
  for (const [name, option] of Object.entries(options)) checkOption(`${command.name} ${name}`, name, option);
  if (Object.keys(options).length > LEVEL_LIMIT) fail(command.name, `has over ${LEVEL_LIMIT} options`);
  const must = new Set([...required, ...registered.target]);
  const parts = registered.asks
    .filter((name) => must.has(name))
    .reduce((sum, name) => sum + formParts(options[name]), 0);
  if (parts > FORM_PART_LIMIT)
    fail(command.name, `a form would need ${parts} parts for what is required; Discord has ${FORM_PART_LIMIT}`);
}

function checkDescription(name: string, description: string): void {
  if (description.length < 1 || description.length > DESCRIPTION_LENGTH) {
    fail(name, `its description must have 1 to ${DESCRIPTION_LENGTH} characters`);
  }
}

function checkOption(path: string, name: string, option: Option): void {
  if (!/^[\w-]{1,32}$/.test(name) || name !== name.toLowerCase()) fail(path, 'is not a lower-case word');
  if (option.type === 'hidden') return;
  checkDescription(path, option.description);
  if (option.label.length < 1 || option.label.length > LABEL_LENGTH)
    fail(path, `its label must have 1 to ${LABEL_LENGTH} characters`);
  if (option.choices && option.choices.length > CHOICE_LIMIT) fail(path, `has over ${CHOICE_LIMIT} choices`);
  if (option.choices && option.complete) fail(path, 'has fixed choices and completes, too');
  if (option.several && option.type !== 'channel' && option.type !== 'choice')
    fail(path, 'takes several, which only channels and choices can');
  if (option.suggested && option.type !== 'text') fail(path, 'suggests answers, which only texts can');
}

function checkRoot(root: string, commands: readonly Registered[], catalogue: Catalogue): void {
  const withSubcommands = commands.some(({ command }) => command.name.includes(' '));
  if (withSubcommands) {
    if (commands.some(({ command }) => command.name === root)) fail(root, 'is a command and has subcommands, too');
    checkDescription(root, catalogue.groups[root] ?? '');
  }
  if (commands.length > LEVEL_LIMIT) fail(root, `has over ${LEVEL_LIMIT} subcommands`);
  if (new Set(commands.map(({ command }) => command.scope)).size > 1)
    fail(root, 'mixes commands for staff and for members');
  const length = commands.reduce((sum, registered) => sum + textLength(registered), root.length);
  if (length > COMMAND_LENGTH) fail(root, `has ${length} characters of text; Discord takes ${COMMAND_LENGTH}`);
}

function textLength({ command, options }: Registered): number {
  const visible = Object.entries(options).filter(([, option]) => option.type !== 'hidden' && option.only !== 'form');
  const ofOption = ([name, option]: [string, Option]) =>
    name.length +
    option.description.length +
    (option.choices ?? []).reduce((sum, choice) => sum + choice.name.length + choice.value.length, 0);
  return visible.reduce((sum, entry) => sum + ofOption(entry), command.name.length + command.description.length);
}

function checkMenus({ menus }: Catalogue, all: readonly Registered[]): void {
  checkUnique(menus.map(({ name }) => name));
  if (menus.length > MENU_LIMIT)
    fail(menus[MENU_LIMIT]?.name ?? '', `is more than Discord's ${MENU_LIMIT} entries of a menu`);
  for (const { name, command } of menus) {
    if (name.length < 1 || name.length > MENU_NAME_LENGTH) fail(name, `must have 1 to ${MENU_NAME_LENGTH} characters`);
    const behind = all.find((registered) => registered.command.name === command);
    if (!behind) fail(name, `stands in the menu for “${command}”, which does not exist`);
    if (!('member' in behind.options)) fail(name, `stands in the menu for “${command}”, which takes no member`);
  }
}
