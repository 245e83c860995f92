import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as catalogue from '../../commands/index.ts';
import { commandsPage } from '../../docs/generate.ts';
import { strictCommandRules } from '../../sandbox/discord/strict/command-rules.ts';
import { checkBody } from '../../sandbox/discord/strict/schemas.ts';
import { commandPayloads } from '../../src/discord/registration.ts';
import { createRegistry } from '../../src/discord/registry.ts';
import { helpExamples, helpWords } from '../../src/locales/en/help.ts';
import { CARD_ACTIONS } from '../../src/views/actions.ts';
import { everyView } from '../views/every-view.ts';
import { actionsOf } from '../views/text-of.ts';

const registry = createRegistry(catalogue, { severalPanels: true });

/** What people can type, in the order in which they see it. */
function typedOptions(name: string, severalPanels: boolean): readonly string[] {
  const options = createRegistry(catalogue, { severalPanels }).find(name)?.options ?? {};
  return Object.entries(options)
    .filter(([, option]) => option.type !== 'hidden' && option.only !== 'form')
    .map(([option]) => option);
}

describe('the registry', () => {
  it.each([
    ['user create', 'email username name first_name last_name language role credits member panel'],
    ['user view', 'member account panel'],
    ['user history', 'member account panel'],
    ['user servers', 'member account panel'],
    ['user verify', 'member account panel'],
    ['user diagnose', 'member account panel'],
    ['user password', 'member account reason panel'],
    ['user restore', 'member account panel'],
    ['user edit', 'member account panel'],
    ['user list', 'query status role verified linked sort panel'],
    ['user suspend', 'member account reason duration panel'],
    ['user notify', 'member account text panel'],
    ['undo', 'operation'],
    ['operations settle', 'operation outcome'],
    ['user unsuspend', 'member account reason panel'],
    ['user role', 'member account change role panel'],
    ['user delete', 'member account reason panel'],
    ['user note', 'member account text panel'],
    ['credits add', 'member account amount reason panel'],
    ['credits remove', 'member account amount reason panel'],
    ['credits set', 'member account amount reason panel'],
    ['credits view', 'member account panel'],
    ['credits history', 'member account panel'],
    ['limit add', 'member account count reason panel'],
    ['limit remove', 'member account count reason panel'],
    ['limit set', 'member account count reason panel'],
    ['voucher create', 'credits uses expires code memo panel'],
    ['voucher list', 'panel'],
    ['voucher revoke', 'code panel'],
    ['link import', 'panel'],
    ['user payments', 'member account panel'],
    ['link set', 'member account panel'],
    ['link remove', 'member account panel'],
    ['link find', 'member account'],
    ['operations pending', ''],
    ['operations show', 'operation'],
    ['operations amend', 'operation reason message file'],
    ['audit search', 'member account actor action from to outcome panel'],
    ['panel status', 'panel'],
    ['panel sync', 'panel'],
    ['policy grant', 'who preset permission panel per_act per_day'],
    ['policy revoke', 'who preset permission panel'],
    ['policy list', ''],
    ['policy explain', 'member permission account'],
    ['settings', ''],
    ['help', ''],
    ['account view', 'panel'],
    ['account credits', 'panel'],
    ['account history', 'panel'],
    ['account servers', 'panel'],
    ['account notifications', 'tell'],
    ['account password', ''],
  ])('has /%s with the options “%s”', (name, options) => {
    expect(typedOptions(name, true)).toEqual(options.split(' ').filter(Boolean));
  });

  it('asks for the panel only where there are several', () => {
    for (const { name } of catalogue.commands) expect(typedOptions(name, false)).not.toContain('panel');
  });

  it('begins every description with a verb', () => {
    for (const { description } of catalogue.commands) {
      expect(description).toMatch(
        /^(?:Show|List|Create|Read|Edit|Suspend|Lift|Change|Mark|Note|Delete|Restore|Give|Take|Set|Link|Remove|Find|Search|Grant|Revoke|Explain|Withdraw|Leave|Choose|Check|Export|Forget|Write|Say|Approve|Decline|Send|Add|Raise|Lower) /,
      );
    }
  });

  it('lets every command of staff be run by a permission, and each of them only once', () => {
    for (const { scope, permission, name } of catalogue.commands) {
      if (scope === 'staff') expect(permission, name).not.toBeNull();
      if (scope === 'member') expect(permission, name).toBeNull();
    }
  });
});

describe('what Discord is told', () => {
  const payloads = commandPayloads(registry);

  it('keeps to the schema that Discord publishes, and to what it leaves out', () => {
    expect(() => checkBody('commands', payloads.guild)).not.toThrow();
    expect(() => checkBody('commands', payloads.everywhere)).not.toThrow();
    expect(() => strictCommandRules.replaceAll(payloads.guild)).not.toThrow();
    expect(() => strictCommandRules.replaceAll(payloads.everywhere)).not.toThrow();
  });

  it('has the three entries on a right-click', () => {
    expect(payloads.guild.filter(({ type }) => type === 2).map(({ name }) => name)).toEqual([
      'View account',
      'Give credits',
      'Suspend account',
    ]);
  });

  it('offers members their own account in direct messages, and nothing of staff’s', () => {
    expect(payloads.everywhere.map(({ name }) => name)).toEqual(['account', 'help']);
  });
});

describe('what a card offers', () => {
  it.each(CARD_ACTIONS.map((action) => [action.command, action] as const))(
    'as %s asks what the command asks',
    (name, action) => {
      const command = registry.find(name)?.command;
      expect(command?.permission).toBe(action.permission);
      expect(command?.ability).toBe(action.ability);
    },
  );
});

describe('every button, select and menu', () => {
  const actions = Object.entries(everyView('x')).flatMap(([view, shown]) =>
    [...actionsOf(shown)].map(([label, action]) => [view, label, action] as const),
  );

  it.each(actions)('of the view “%s”, “%s”, runs a command with options that it has', (_view, _label, action) => {
    const registered = registry.find(action.command);
    const known = Object.keys(registered?.options ?? {});
    const given = [...Object.keys(action.options), ...(action.fill ? [action.fill] : [])];
    expect(registered).toBeDefined();
    expect(known).toEqual(expect.arrayContaining(given));
  });

  it.each(actions.filter(([, , { answer }]) => answer !== 'form'))(
    'of the view “%s”, “%s”, that asks nothing more gives all that is required',
    (_view, _label, action) => {
      const given = new Set([...Object.keys(action.options), ...(action.fill ? [action.fill] : [])]);
      for (const name of registry.find(action.command)?.required ?? []) expect(given).toContain(name);
    },
  );
});

describe('the help', () => {
  it('gives examples of commands that exist', () => {
    for (const { command } of helpExamples) expect(registry.find(command), command).toBeDefined();
  });

  it('has a title for every group', () => {
    for (const { name, scope } of catalogue.commands) {
      if (scope !== 'internal') expect(helpWords.groups).toHaveProperty(name.split(' ')[0] ?? '');
    }
  });
});

describe('docs/commands.md', () => {
  it('is what the registry says: npm run docs:generate writes it', () => {
    expect(readFileSync('docs/commands.md', 'utf8')).toBe(commandsPage());
  });
});

describe('README.md', () => {
  it('names every command that people can type, and no other', () => {
    const named = readFileSync('README.md', 'utf8')
      .split('\n')
      .filter((line) => /^\| (?:staff|those|everybody)/.test(line))
      .flatMap((line) => [...line.matchAll(/`\/(\w+)(?: ([^`]*))?`/g)])
      .flatMap(([, group, verbs]) => (verbs ? verbs.split(' · ').map((verb) => `${group} ${verb}`) : [group]));
    const typed = catalogue.commands.filter(({ scope }) => scope !== 'internal').map(({ name }) => name);
    expect(named.toSorted()).toEqual(typed.toSorted());
  });
});
