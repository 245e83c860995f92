import { actorId } from '../../domain/actor.ts';
import type { Permission } from '../../domain/permission.ts';
import { refuse } from '../../domain/refusal.ts';
import type { JsonValue } from '../../panels/panel.ts';
import { isFirstTime } from '../components/first-time.ts';
import type { Context } from '../context.ts';
import { authorize, authorizeNow } from '../policy/authorize.ts';
import { EXPORT_LIMITS, type ExportFile, ExportFiles, type ExportFormat, type ExportRow } from './export-file.ts';
import { auditReach, type Reach } from './reach.ts';
import { recordAudit } from './record.ts';
import type { AuditRow } from './seal.ts';

export interface AuditExport {
  readonly rows: number;
  /** None without rows. */
  readonly files: readonly ExportFile[];
}

export interface ExportQuery {
  /** The first day, such as `2026-03-01`, in the time zone of the services. */
  readonly from: string;
  /** The last day; it counts whole. */
  readonly to: string;
  readonly format: ExportFormat;
  /** With the personal values that are still kept, where the actor may see them. */
  readonly personal: boolean;
}

/** Rows read at a time. */
const BATCH = 1_000;

/**
 * Exports the audit log of some days: the rows that the actor may read and export. That it was done is itself recorded.
 *
 * @throws Refusal the policy's, `input.invalid`, `audit.too_large`
 */
export async function exportAudit(ctx: Context, query: ExportQuery, limits = EXPORT_LIMITS): Promise<AuditExport> {
  const permissions: readonly Permission[] = ['audit.view', 'accounts.export'];
  const wanted: readonly Permission[] = query.personal ? [...permissions, 'accounts.reveal'] : permissions;
  for (const permission of wanted) await authorize(ctx, permission);
  if (query.from > query.to) throw refuse('input.invalid', { field: 'to', problem: 'malformed' });

  const personal = query.personal
    ? { people: auditReach(ctx, wanted), vouchers: auditReach(ctx, [...wanted, 'vouchers.manage']) }
    : null;
  const files = new ExportFiles(query.format, limits);
  for await (const row of readRows(ctx, query, auditReach(ctx, permissions))) {
    if (!files.add(toLine(row, personal))) throw refuse('audit.too_large', {});
  }
  await ctx.store.sql.begin(async (transaction) => {
    for (const permission of wanted) await authorizeNow(ctx, transaction, permission);
    if (!(await isFirstTime(ctx, 'audit.export', transaction))) return;
    const facts = { ...query, rows: files.rows };
    await recordAudit(transaction, {
      actorId: actorId(ctx.actor),
      action: 'audit.export',
      outcome: 'succeeded',
      facts,
    });
  });
  return { rows: files.rows, files: files.named(`audit-${query.from}-${query.to}`) };
}

/** A row with what stands beside it. */
interface StoredRow extends Omit<AuditRow, 'facts' | 'personal_digest' | 'transaction_id' | 'era'> {
  facts: JsonValue;
  personal: JsonValue;
  position: bigint | null;
  seal: string | null;
}

/** Oldest first, a batch at a time. */
async function* readRows(ctx: Context, { from, to }: ExportQuery, reach: Reach): AsyncGenerator<StoredRow> {
  const { sql } = ctx.store;
  let last: Pick<StoredRow, 'at' | 'id'> | null = null;
  do {
    const rows: readonly StoredRow[] = await sql<StoredRow[]>`
      select audit.id, at, actor_id, action, outcome, panel, account_id, member_id, operation, facts, values as personal,
        position, encode(seal, 'hex') as seal
      from audit
      left join audit_personal on audit_personal.audit_id = audit.id
      left join audit_seals on audit_seals.audit_id = audit.id
      where at >= ${from}::date::timestamp at time zone ${ctx.timeZone}
        and at < (${to}::date + 1)::timestamp at time zone ${ctx.timeZone}
        and (${reach.all} or panel = any(${[...reach.panels]}::text[]))
        ${last === null ? sql`` : sql`and (at, audit.id) > (${last.at}, ${last.id})`}
      order by at, audit.id limit ${BATCH}`;
    yield* rows;
    last = rows.length < BATCH ? null : (rows.at(-1) ?? null);
  } while (last !== null);
}

/** The personal values of vouchers are their codes, which whoever reads them can use. */
const OF_VOUCHERS = 'voucher.';

/** @param personal Where personal values may be shown; null leaves their column out. */
function toLine(row: StoredRow, personal: { readonly people: Reach; readonly vouchers: Reach } | null): ExportRow {
  const reach = row.action.startsWith(OF_VOUCHERS) ? personal?.vouchers : personal?.people;
  const shown = reach && (reach.all || (row.panel !== null && reach.panels.includes(row.panel)));
  return {
    id: Number(row.id),
    at: row.at.toISOString(),
    actorId: row.actor_id,
    action: row.action,
    outcome: row.outcome,
    panel: row.panel,
    accountId: row.account_id,
    memberId: row.member_id,
    operation: row.operation === null ? null : Number(row.operation),
    facts: row.facts,
    ...(personal === null ? {} : { personal: shown ? row.personal : null }),
    position: row.position === null ? null : Number(row.position),
    seal: row.seal,
  };
}
