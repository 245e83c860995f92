/** The commands by name: the one list from which everything is routed, registered and helped. */
import type { Command, UserMenu } from './command.ts';
import { type Circumstances, type Registered, register } from './registered.ts';
import { checkCatalogue } from './registry-checks.ts';

/** The literal list of commands, as `commands/index.ts` gives it. */
export interface Catalogue {
  readonly commands: readonly Command[];
  readonly menus: readonly UserMenu[];
  /** What each first word with subcommands is about: `user: 'Manage accounts'`. */
  readonly groups: Readonly<Record<string, string>>;
}

export interface Registry {
  readonly catalogue: Catalogue;
  readonly all: readonly Registered[];
  find(name: string): Registered | undefined;
  /** The command behind an entry of the menu on a user. */
  menu(name: string): Registered | undefined;
}

/** @throws Error that names the command and what is wrong with it: Steward does not start with a malformed one. */
export function createRegistry(catalogue: Catalogue, circumstances: Circumstances): Registry {
  const all = catalogue.commands.map((command) => register(command, circumstances));
  checkCatalogue(catalogue, all);
  const byName = new Map(all.map((registered) => [registered.command.name, registered]));
  const menus = new Map(catalogue.menus.map(({ name, command }) => [name, byName.get(command)]));
  return {
    catalogue,
    all,
    find: (name) => byName.get(name),
    menu: (name) => menus.get(name),
  };
}
