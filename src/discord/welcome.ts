/** The first steps, shown to an owner beside their first answer, as long as nobody has been granted anything. */
import type { Context } from '../services/context.ts';
import { firstRunChecklist } from '../services/policy/first-run.ts';
import { checklistView } from '../views/checklist.ts';
import type { View } from '../views/view.ts';

export type Welcome = (ctx: Context) => Promise<View | null>;

/** Once per owner and process: whoever wants to see it again finds it in the help. */
export function createWelcome(): Welcome {
  const welcomed = new Set<string>();
  return async (ctx) => {
    const { actor } = ctx;
    if (actor.kind !== 'member' || !ctx.ownerIds.includes(actor.userId) || welcomed.has(actor.userId)) return null;
    welcomed.add(actor.userId);
    const checklist = await firstRunChecklist(ctx);
    return checklist ? checklistView(checklist) : null;
  };
}
