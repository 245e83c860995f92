/** A new password is shown to one person, once: to the member whose account it is, or to whoever made it for an account of nobody. */
import type { AccountReference } from '../../domain/account.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Fragment, Sql, Transaction } from '../../store/connect.ts';
import { loadForChange } from '../accounts/load.ts';
import { recordAudit } from '../audit/record.ts';
import { isFirstTime } from '../components/first-time.ts';
import type { Context } from '../context.ts';
import { authorizeNow } from '../policy/authorize.ts';
import { stillHolds } from './forget.ts';
import { sealedFor } from './keep.ts';

/** Another process was given the same press, and shows it: whatever were said here would stand in its place. */
export class ShownElsewhere extends Error {}

export interface ShownPassword {
  readonly account: AccountReference & { readonly username: string };
  readonly panelLabel: string;
  readonly password: string;
}

const ACTION = 'account.password_shown';

interface SecretRow {
  operation: bigint;
  sealed: Uint8Array;
  key: string;
  panel: string;
  account_id: string;
  member_id: string | null;
  username: string;
}

/**
 * Shows members the password that was made for their account: that of one operation, or the last.
 *
 * @throws Refusal `secret.none`
 * @throws ShownElsewhere
 */
export async function showOwnPassword(ctx: Context, operation: number | null): Promise<ShownPassword> {
  const userId = readerOf(ctx);
  return show(ctx, userId, (sql) => {
    const meant = operation === null ? sql`true` : sql`made.number = ${operation}`;
    return sql`${meant} and made.member_id = ${userId} and exists (${linksOf(sql)} and links.user_id = ${userId})`;
  });
}

/**
 * Shows staff the password that they made for an account which nobody is linked to, then as now.
 *
 * @throws Refusal the policy's, `panel.failed`, `target.…`, `secret.none`
 * @throws ShownElsewhere
 */
export async function showMadePassword(
  ctx: Context,
  target: AccountReference,
  operation: number,
): Promise<ShownPassword> {
  await loadForChange(ctx, ['accounts.password'], target);
  return show(
    ctx,
    readerOf(ctx),
    (sql) => sql`
      made.number = ${operation} and made.panel = ${target.panel} and made.account_id = ${target.accountId}
      and made.member_id is null and not exists (${linksOf(sql)})`,
    (transaction) => authorizeNow(ctx, transaction, 'accounts.password', target.panel),
  );
}

/** The operation whose password a member can see of their account; null where there is none. */
export async function ownPasswordToSee(
  { store: { sql } }: Pick<Context, 'store'>,
  userId: string,
  { panel, accountId }: AccountReference,
): Promise<number | null> {
  const [row] = await sql<{ number: bigint }[]>`
    select made.number from secrets join operations as made on made.number = operation
    where user_id = ${userId} and expires_at > now() and ${stillHolds(sql)}
      and made.panel = ${panel} and made.account_id = ${accountId} and made.member_id = ${userId}`;
  return row ? Number(row.number) : null;
}

function linksOf(sql: Sql | Transaction): Fragment {
  return sql`
    select from links where links.panel = made.panel and links.account_id = made.account_id and removed_at is null`;
}

function readerOf({ actor }: Context): string {
  if (actor.kind !== 'member') throw refuse('policy.denied', { permission: null });
  return actor.userId;
}

/** Whoever dies after this has not shown it, and nobody will: better none than twice, since another is quickly made. */
async function show(
  ctx: Context,
  userId: string,
  which: (transaction: Transaction) => Fragment,
  permit: (transaction: Transaction) => Promise<void> = async () => undefined,
): Promise<ShownPassword> {
  return ctx.store.sql.begin(async (transaction) => {
    await permit(transaction);
    if (!(await isFirstTime(ctx, ACTION, transaction))) throw new ShownElsewhere();
    const [row] = await transaction<SecretRow[]>`
      delete from secrets where operation = (
        select made.number from secrets join operations as made on made.number = secrets.operation
        where user_id = ${userId} and expires_at > now() and ${stillHolds(transaction)} and ${which(transaction)}
        order by made.number desc limit 1
      )
      returning operation, sealed,
        (select key from operations where number = operation) as key,
        (select panel from operations where number = operation) as panel,
        (select account_id from operations where number = operation) as account_id,
        (select member_id from operations where number = operation) as member_id,
        (select coalesce(state_before ->> 'username', '') from operations where number = operation) as username`;
    if (!row) throw refuse('secret.none', {});
    await recordAudit(transaction, {
      actorId: userId,
      action: ACTION,
      outcome: 'succeeded',
      panel: row.panel,
      accountId: row.account_id,
      memberId: row.member_id,
      operation: Number(row.operation),
      facts: {},
    });
    return shownOf(ctx, row, userId);
  });
}

/** @throws Refusal `secret.none` for what was sealed with another key, which nobody can read any more */
function shownOf({ panels, secretSeal, log }: Context, row: SecretRow, userId: string): ShownPassword {
  try {
    return {
      account: { panel: row.panel, accountId: row.account_id, username: row.username },
      panelLabel: panels.get(row.panel).label,
      password: secretSeal.open(row.sealed, sealedFor(row.key, userId)),
    };
  } catch (error) {
    log.warn({ error, operation: Number(row.operation) }, 'a secret could not be read');
    throw refuse('secret.none', {});
  }
}
