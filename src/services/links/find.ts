import type { AccountReference } from '../../domain/account.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Context } from '../context.ts';
import { panelsWith } from '../directory/scope.ts';
import { authorize } from '../policy/authorize.ts';

export interface FoundLink {
  readonly target: AccountReference;
  /** Null for an account that the directory does not know. */
  readonly username: string | null;
  readonly userId: string;
  readonly proof: 'panel' | 'email' | 'code' | 'staff';
  /** Who set it. */
  readonly by: string;
  readonly at: Date;
}

interface LinkRow {
  panel: string;
  account_id: string;
  username: string | null;
  user_id: string;
  proof: FoundLink['proof'];
  created_by: string;
  created_at: Date;
}

/**
 * The links of a member, of an account, or of both together, on the panels whose accounts the actor may see.
 *
 * @throws Refusal the policy's, `target.missing`
 */
export async function findLink(
  ctx: Context,
  { member, account }: { member?: string; account?: AccountReference },
): Promise<{ rows: readonly FoundLink[] }> {
  await authorize(ctx, 'accounts.view', account ? { panel: account.panel } : {});
  if (member === undefined && !account) throw refuse('target.missing', {});
  const { sql } = ctx.store;
  const rows = await sql<LinkRow[]>`
    select panel, account_id, user_id, proof, created_by, created_at,
      (select username from directory where directory.panel = links.panel and directory.account_id = links.account_id) as username
    from links
    where removed_at is null and panel = any(${[...panelsWith(ctx, 'accounts.view')]}::text[])
      ${member === undefined ? sql`` : sql`and user_id = ${member}`}
      ${account ? sql`and panel = ${account.panel} and account_id = ${account.accountId}` : sql``}
    order by panel`;
  return { rows: rows.map(toLink) };
}

function toLink(row: LinkRow): FoundLink {
  return {
    target: { panel: row.panel, accountId: row.account_id },
    username: row.username,
    userId: row.user_id,
    proof: row.proof,
    by: row.created_by,
    at: row.created_at,
  };
}
