import { z } from 'zod';
import type { Option, Request } from '../../src/discord/command.ts';
import { type AccountReference, formatReference } from '../../src/domain/account.ts';
import { refuse } from '../../src/domain/refusal.ts';
import { ownAccounts } from '../../src/services/links/own.ts';
import { chooseOwnView } from '../../src/views/choose-panel.ts';
import type { View } from '../../src/views/view.ts';

/** Which of one's own accounts, for members with one in several panels; carried by buttons. */
export const ownAccount = {
  type: 'hidden',
  description: 'Which of your accounts',
  label: 'Account',
  schema: z.string().max(100).optional(),
  required: false,
} as const satisfies Option<string | undefined>;

/**
 * Shows one of the member's own accounts: the one that was picked, or the only one; with several, it asks which.
 *
 * @throws Refusal `member.no_account`
 */
export async function withOwnAccount(
  { ctx, command }: Request,
  picked: string | undefined,
  show: (account: AccountReference) => Promise<View>,
): Promise<View> {
  const accounts = await ownAccounts(ctx);
  const [first, ...others] = accounts;
  if (!first) throw refuse('member.no_account', {});
  const chosen = picked === undefined ? undefined : accounts.find((account) => formatReference(account) === picked);
  if (chosen) return show(chosen);
  if (others.length === 0) return show(first);
  const labels = accounts.map((account) => ({
    account: formatReference(account),
    label: ctx.panels.get(account.panel).label,
  }));
  return chooseOwnView(command, labels);
}
