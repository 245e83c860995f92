import type { AccountReference } from '../../domain/account.ts';
import { type Money, money } from '../../domain/money.ts';
import { refuse } from '../../domain/refusal.ts';
import { type Panel, requireAbility } from '../../panels/panel.ts';
import { look, panelFailureOf } from '../accounts/load.ts';
import type { Context } from '../context.ts';
import { type DirectoryRow, directoryRow } from '../directory/find.ts';
import { recordAccounts } from '../directory/record.ts';
import { type OperationSummary, SUMMARY_COLUMNS, type SummaryRow, toSummary } from '../operations/summary.ts';
import { type Page, type PageQuery, pageOf } from '../page.ts';
import { authorize, authorizeOwn } from '../policy/authorize.ts';
import { observeBalance } from './observe.ts';

/** One movement of a balance. */
export interface LedgerEntry {
  readonly id: number;
  readonly kind: 'ours' | 'outside';
  readonly delta: Money;
  /** The balance after it. */
  readonly balance: Money;
  readonly at: Date;
  /** What moved it, when we did. */
  readonly operation: OperationSummary | null;
}

export interface CreditsView {
  readonly account: DirectoryRow;
  readonly balance: Money;
  /** What was granted to this account in the last 24 hours, by anyone. */
  readonly grantedToday: Money;
  /** The last five movements, newest first. */
  readonly last: readonly LedgerEntry[];
}

export interface CreditHistory extends Page<LedgerEntry> {
  readonly account: DirectoryRow;
}

const PAGE_SIZE = 10;

/** An account's balance and its last movements, for staff. */
export async function viewCredits(ctx: Context, target: AccountReference): Promise<CreditsView> {
  await authorize(ctx, 'credits.view', { panel: target.panel });
  return readCredits(ctx, target);
}

/** The same for the member whose account it is. */
export async function viewOwnCredits(ctx: Context, target: AccountReference): Promise<CreditsView> {
  await authorizeOwn(ctx, target);
  return readCredits(ctx, target);
}

/** Every movement of an account's balance, newest first, for staff. */
export async function creditHistory(ctx: Context, target: AccountReference, page: PageQuery): Promise<CreditHistory> {
  await authorize(ctx, 'credits.view', { panel: target.panel });
  return readCreditHistory(ctx, target, page);
}

/** The same for the member whose account it is. */
export async function ownCreditHistory(
  ctx: Context,
  target: AccountReference,
  page: PageQuery,
): Promise<CreditHistory> {
  await authorizeOwn(ctx, target);
  return readCreditHistory(ctx, target, page);
}

async function readCredits(ctx: Context, target: AccountReference): Promise<CreditsView> {
  const panel = ctx.panels.get(target.panel);
  const { unit } = requireAbility(panel, 'credits').traits;
  const balance = await readBalance(ctx, panel, target);
  const [account, { items }, granted] = await Promise.all([
    knownAccount(ctx, target),
    readEntries(ctx, target, undefined, 5),
    ctx.store.sql<{ minor: bigint }[]>`
      select coalesce(sum(delta_minor), 0)::bigint as minor from operations
      where panel = ${target.panel} and account_id = ${target.accountId} and delta_minor > 0
        and state in ('pending', 'unknown', 'awaiting_approval', 'succeeded') and created_at > now() - interval '24 hours'`,
  ]);
  return {
    account,
    balance: balance ?? money(0n, unit),
    grantedToday: money(granted[0]?.minor ?? 0n, unit),
    last: items,
  };
}

async function readCreditHistory(ctx: Context, target: AccountReference, page: PageQuery): Promise<CreditHistory> {
  const panel = ctx.panels.get(target.panel);
  requireAbility(panel, 'credits');
  // What was written down can be read while the panel cannot be asked what came since.
  if (!page.cursor) await readBalance(ctx, panel, target).catch(unlessUnread);
  const account = await knownAccount(ctx, target);
  return { account, ...(await readEntries(ctx, target, page.cursor, PAGE_SIZE)) };
}

function unlessUnread(error: unknown): void {
  if (panelFailureOf(error) === null) throw error;
}

/** The live balance; what others moved meanwhile becomes an entry of the ledger. */
async function readBalance(ctx: Context, panel: Panel, target: AccountReference): Promise<Money | null> {
  return observeBalance(ctx, target, async () => {
    const account = await look(ctx, panel, (call) => panel.get(target.accountId, call));
    if (!account) throw refuse('target.unknown', { text: '' });
    await recordAccounts(ctx, [account]);
    return account.balance;
  });
}

async function knownAccount(ctx: Context, target: AccountReference): Promise<DirectoryRow> {
  const account = await directoryRow(ctx, target);
  if (!account) throw refuse('target.unknown', { text: '' });
  return account;
}

interface EntryRow {
  id: bigint;
  kind: LedgerEntry['kind'];
  delta_minor: bigint;
  balance_minor: bigint;
  unit_code: string;
  unit_scale: number;
  at: Date;
  summary: SummaryRow | null;
}

function readEntries(
  ctx: Context,
  target: AccountReference,
  cursor: string | undefined,
  size: number,
): Promise<Page<LedgerEntry>> {
  const { sql } = ctx.store;
  return pageOf(cursor, size, async ({ before, after, limit }) => {
    const rows = await sql<EntryRow[]>`
      select id, kind, delta_minor, balance_minor, unit_code, unit_scale, at,
        (select to_jsonb(o) from (select ${sql(SUMMARY_COLUMNS)} from operations where number = ledger.operation) as o) as summary
      from ledger
      where panel = ${target.panel} and account_id = ${target.accountId}
        ${before === null ? sql`` : sql`and id < ${before}`} ${after === null ? sql`` : sql`and id > ${after}`}
      order by id ${after === null ? sql`desc` : sql`asc`} limit ${limit}`;
    return rows.map((row) => ({ position: Number(row.id), item: toEntry(row) }));
  });
}

function toEntry(row: EntryRow): LedgerEntry {
  const unit = { code: row.unit_code, scale: row.unit_scale };
  return {
    id: Number(row.id),
    kind: row.kind,
    delta: money(row.delta_minor, unit),
    balance: money(row.balance_minor, unit),
    at: row.at,
    operation: row.summary ? toSummary(row.summary) : null,
  };
}
