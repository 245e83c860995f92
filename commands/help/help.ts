import { type Command, command } from '../../src/discord/command.ts';
import type { Context } from '../../src/services/context.ts';
import { allowed } from '../../src/services/policy/authorize.ts';
import { firstRunChecklist } from '../../src/services/policy/first-run.ts';
import { checklistView } from '../../src/views/checklist.ts';
import { helpView } from '../../src/views/help.ts';

/** Help on these commands: only what the person who asks may run. An owner who has not set up the team yet sees what is left to do. */
export function help(commands: readonly Command[]): Command {
  return command({
    name: 'help',
    description: 'Show what you may do here, with examples, and whom to ask',
    permission: null,
    ability: null,
    scope: 'member',
    answer: 'private',
    options: {},
    run: async ({ ctx, place }) => {
      const checklist = await firstRunChecklist(ctx);
      if (checklist !== null) return checklistView(checklist);
      const offered = commands.filter((each) => mayRun(ctx, each, place.kind));
      return helpView({ commands: offered.map(({ name }) => name), ownerIds: ctx.ownerIds });
    },
  });
}

function mayRun(ctx: Context, { scope, permission, ability }: Command, place: 'guild' | 'dm'): boolean {
  if (scope === 'internal' || (scope === 'staff' && place === 'dm')) return false;
  const able = ability === null || ctx.panels.all.some((panel) => panel[ability] !== undefined);
  return able && (permission === null || allowed(ctx, permission));
}
