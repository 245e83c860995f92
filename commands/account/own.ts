import { z } from 'zod';
import type { Command, Option, Request } from '../../src/discord/command.ts';
import { type AccountReference, formatReference } from '../../src/domain/account.ts';
import { refuse } from '../../src/domain/refusal.ts';
import { ownAccounts } from '../../src/services/links/own.ts';
import { chooseOwnView } from '../../src/views/choose-panel.ts';
import type { View } from '../../src/views/view.ts';
import { panel } from '../options/panel.ts';

/** Which of one's own accounts, for members with one in several panels; carried by buttons. */
export const ownAccount = {
  type: 'hidden',
  description: 'Which of your accounts',
  label: 'Account',
  schema: z.string().max(100).optional(),
  required: false,
} as const satisfies Option<string | undefined>;

/** The options of commands about one's own account: people name the panel, buttons the account. */
export const ownOptions = {
  panel: { ...panel, description: 'Your account in this panel' },
  account: ownAccount,
} as const;

/**
 * Shows one of the member's own accounts: the one that was picked, or the only one; with several, it asks which.
 *
 * @param ability What its panel must be able to do: where none can, the refusal says so.
 * @throws Refusal `member.no_account`, `panel.unknown`
 */
export async function withOwnAccount(
  { ctx, command, given }: Request,
  picked: string | undefined,
  show: (account: AccountReference) => Promise<View>,
  ability: Command['ability'] = null,
): Promise<View> {
  const named = given.panel === undefined ? null : ctx.panels.get(String(given.panel)).id;
  const own = (await ownAccounts(ctx)).filter(({ panel }) => named === null || panel === named);
  const able = own.filter(({ panel }) => ability === null || ctx.panels.get(panel)[ability] !== undefined);
  const accounts = able.length > 0 ? able : own;
  const [first, ...others] = accounts;
  if (!first) throw refuse('member.no_account', {});
  const chosen = picked === undefined ? undefined : own.find((account) => formatReference(account) === picked);
  if (chosen) return show(chosen);
  if (others.length === 0) return show(first);
  const labels = accounts.map((account) => ({
    account: formatReference(account),
    label: ctx.panels.get(account.panel).label,
  }));
  return chooseOwnView(command, labels);
}
