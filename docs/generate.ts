/** Writes `commands.md` from the registry of commands, and `panels.md` from the adapters: `npm run docs:generate`. */
import { writeFileSync } from 'node:fs';
import { commands, menus } from '../commands/index.ts';
import type { Command } from '../src/discord/command.ts';
import { PERMISSIONS, PRESET_PERMISSIONS, PRESETS } from '../src/domain/permission.ts';
import { permissionWords, presetWords } from '../src/locales/en/permissions.ts';
import { panelsPage } from './panels-page.ts';
import { table } from './table.ts';

const WHO: Readonly<Record<Command['scope'], string>> = {
  staff: 'every member',
  member: 'every member, about themselves',
  internal: 'whoever may press the button',
};

/** The whole page. */
export function commandsPage(): string {
  const typed = commands.filter(({ scope }) => scope !== 'internal');
  const internal = commands.filter(({ scope }) => scope === 'internal');
  return [
    '# Commands',
    'Generated from the registry by `npm run docs:generate`. A command runs for whoever holds its permission, on panels that have its',
    'ability ([which has which](panels.md)); what it does to an account is asked of the policy once more, with that account.',
    '',
    table(['Command', 'What it does', 'Permission', 'Ability of the panel'], typed.map(commandRow)),
    '## On a right-click on a member',
    table(
      ['Entry', 'Runs'],
      menus.map(({ name, command }) => [name, `\`/${command}\``]),
    ),
    '## Behind buttons',
    table(['Action', 'What it does', 'Permission', 'Ability of the panel'], internal.map(commandRow)),
    '## Permissions and presets',
    'Each preset holds what the ones before it hold.',
    '',
    table(
      ['Permission', 'Lets people', ...PRESETS.map((preset) => presetWords[preset])],
      PERMISSIONS.map((permission) => [
        `\`${permission}\``,
        permissionWords[permission],
        ...PRESETS.map((preset) => (PRESET_PERMISSIONS[preset].includes(permission) ? '✓' : '')),
      ]),
    ),
  ].join('\n');
}

function commandRow({ name, scope, description, permission, ability }: Command): readonly string[] {
  const shown = scope === 'internal' ? name : `/${name}`;
  return [`\`${shown}\``, description, permission === null ? WHO[scope] : `\`${permission}\``, ability ?? '–'];
}

if (import.meta.main) {
  writeFileSync(new URL('./commands.md', import.meta.url), commandsPage());
  writeFileSync(new URL('./panels.md', import.meta.url), panelsPage());
}
