import type { AccountReference } from '../../domain/account.ts';
import { visibleParts } from '../../domain/email.ts';
import type { Context } from '../context.ts';
import { findByEmail } from './find.ts';
import { panelsWith } from './scope.ts';
import { isEmail, normalizeTyped, type SearchHit, searchDirectory } from './search.ts';

/** As many choices as Discord shows. */
const CHOICES = 25;

export interface AccountChoice {
  /** Plain text for a choice: username, name, masked e-mail. Longer than Discord allows, perhaps. */
  readonly label: string;
  readonly reference: AccountReference;
}

/**
 * Completes what is typed for an account, from the directory alone. An e-mail completes only for those who may reveal one: for the others
 * each guess at an address is a look-up, which is audited, and that is not done while somebody types.
 *
 * @param panel The only one whose accounts are meant, where one was named.
 * @throws Refusal `policy.stale`
 */
export async function completeAccounts(
  ctx: Context,
  typed: string,
  panel: string | null = null,
): Promise<readonly AccountChoice[]> {
  const email = isEmail(normalizeTyped(typed));
  const panels = panelsWith(ctx, email ? 'accounts.reveal' : 'accounts.view').filter(
    (id) => panel === null || id === panel,
  );
  if (panels.length === 0) return [];
  const { sql } = ctx.store;
  const hits = email
    ? await findByEmail(sql, typed, panels)
    : await searchDirectory(sql, typed, { panels, limit: CHOICES });
  return hits.slice(0, CHOICES).map((hit) => ({
    label: labelOf(hit, ctx.panels.all.length > 1 ? ctx.panels.get(hit.row.panel).label : null),
    reference: { panel: hit.row.panel, accountId: hit.row.accountId },
  }));
}

function labelOf({ row, email }: SearchHit, panel: string | null): string {
  const { username, name, status } = row;
  const parts = [
    username,
    name === username ? null : name,
    maskedEmail(email),
    status === 'active' ? null : status,
    panel,
  ];
  return parts.filter((part) => part).join(' · ');
}

/** `a•••@example.com` */
function maskedEmail(email: string): string {
  const seen = visibleParts(email);
  return seen ? `${seen.first}•••@${seen.domain}` : '•••';
}
