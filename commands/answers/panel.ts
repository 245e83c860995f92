import type { Command, Request } from '../../src/discord/command.ts';
import { refuse } from '../../src/domain/refusal.ts';
import { allowed } from '../../src/services/policy/authorize.ts';
import { choosePanelView } from '../../src/views/choose-panel.ts';
import type { Invocation, View } from '../../src/views/view.ts';

/** The panel that a command is about, or the question which one. */
export type PanelChoice = { readonly panel: string } | { readonly view: View };

/**
 * The panel that was named, or the only one that can do this and in which the actor may; where there are several, they are asked which, and
 * their answer is answered so.
 *
 * @throws Refusal `panel.unknown`, `ability.missing`
 */
export function chosenPanel(
  { ctx, given, command }: Request,
  ability: NonNullable<Command['ability']>,
  permission: Command['permission'] = null,
  answer: Invocation['answer'] = 'private',
): PanelChoice {
  if (given.panel !== undefined && given.panel !== '') return { panel: ctx.panels.get(String(given.panel)).id };
  const able = ctx.panels.all.filter((panel) => panel[ability] !== undefined);
  const permitted = able.filter(({ id }) => permission === null || allowed(ctx, permission, id));
  const offered = permitted.length > 0 ? permitted : able;
  const [only, ...others] = offered;
  if (others.length > 0) return { view: choosePanelView(command, given, offered, answer) };
  if (only) return { panel: only.id };
  const [first] = ctx.panels.all;
  throw refuse('ability.missing', { panel: first?.label ?? '', ability, reason: first?.missing[ability] ?? null });
}
