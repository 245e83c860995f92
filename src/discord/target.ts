/** From `member` and `account` to the one account that a command is about. */
import type { AccountReference } from '../domain/account.ts';
import { resolveTarget } from '../services/accounts/resolve.ts';
import type { Context } from '../services/context.ts';
import { withPanelLabels } from '../services/directory/scope.ts';
import { candidatesView } from '../views/candidates.ts';
import type { OptionValue, View } from '../views/view.ts';
import type { Intent } from './intent.ts';

/** One account, none where the command does without, or a view that lets the person say which. */
export type FoundTarget =
  | { readonly kind: 'found'; readonly target: AccountReference | null }
  | { readonly kind: 'ask'; readonly view: View };

/**
 * @param options `directoryOnly` asks no panel about a name, because a form cannot wait for one.
 * @throws Refusal `target.…`; a target that is not named at all is refused only where the command needs one.
 */
export async function findTarget(
  ctx: Context,
  intent: Intent,
  { directoryOnly = false }: { readonly directoryOnly?: boolean } = {},
): Promise<FoundTarget> {
  const { command } = intent.registered;
  if (!command.target) return { kind: 'found', target: null };
  const meansSomebodyElse = 'member' in command.options;
  const member = meansSomebodyElse ? {} : text('member', intent.given.member);
  const account = text('account', intent.given.account);
  const named = 'member' in member || 'account' in account;
  if (!named && command.target === 'optional') return { kind: 'found', target: null };
  const panel = text('panel', intent.given.panel);
  const { permission, ability } = command;
  const found = await resolveTarget(ctx, { ...member, ...account, ...panel, permission, ability, directoryOnly });
  if (found.kind === 'one') return { kind: 'found', target: found.target };
  const { account: _, ...known } = intent.given;
  const { member: __, ...rest } = known;
  const options = meansSomebodyElse ? known : rest;
  const { answer } = intent;
  const accounts = withPanelLabels(ctx, found.accounts);
  return { kind: 'ask', view: candidatesView({ command: command.name, options, answer, accounts }) };
}

function text<Name extends string>(name: Name, value: OptionValue | undefined): { readonly [Key in Name]?: string } {
  return value === undefined || value === '' ? {} : ({ [name]: String(value) } as { readonly [Key in Name]: string });
}
