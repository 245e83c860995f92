import type { AccountReference } from '../../domain/account.ts';
import type { Money } from '../../domain/money.ts';
import type { Context } from '../context.ts';
import { panelsWith } from '../directory/scope.ts';
import { deltaOf, type SummaryRow } from '../operations/summary.ts';
import { type Page, type PageQuery, pageOf } from '../page.ts';
import { authorize } from '../policy/authorize.ts';
import { auditReach } from './reach.ts';

/** One row of the audit log as people read it, without personal values. */
export interface AuditEntryView {
  readonly id: number;
  readonly at: Date;
  readonly actorId: string;
  readonly action: string;
  readonly outcome: 'succeeded' | 'failed' | 'unknown';
  readonly target: AccountReference | null;
  /** Username of the account, where the directory knows it. */
  readonly username: string | null;
  readonly memberId: string | null;
  readonly operation: number | null;
  /** By how much its operation moves the balance; null where it moves none, or where the actor may not look at credits. */
  readonly delta: Money | null;
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface AuditQuery extends PageQuery {
  readonly target?: AccountReference | undefined;
  readonly panel?: string | undefined;
  readonly actorId?: string | undefined;
  readonly action?: string | undefined;
  /** The first day, such as `2026-03-01`, in the time zone of the services. */
  readonly from?: string | undefined;
  /** The last day; it counts whole. */
  readonly to?: string | undefined;
  readonly outcome?: string | undefined;
}

const PAGE_SIZE = 10;

interface SearchRow {
  id: bigint;
  at: Date;
  actor_id: string;
  action: string;
  outcome: AuditEntryView['outcome'];
  panel: string | null;
  account_id: string | null;
  username: string | null;
  member_id: string | null;
  operation: bigint | null;
  movement: Pick<SummaryRow, 'delta_minor' | 'unit_code' | 'unit_scale'> | null;
  facts: Readonly<Record<string, unknown>>;
}

/** Searches the audit log, newest first: what concerns the panels whose record the actor may read, and all else only for who may read all. */
export async function searchAudit(ctx: Context, query: AuditQuery): Promise<Page<AuditEntryView>> {
  const panel = query.panel === undefined ? query.target?.panel : ctx.panels.get(query.panel).id;
  await authorize(ctx, 'audit.view', panel === undefined ? {} : { panel });
  const { sql } = ctx.store;
  const reach = auditReach(ctx, ['audit.view']);
  const conditions = [
    reach.all ? sql`` : sql`and panel = any(${[...reach.panels]}::text[])`,
    panel === undefined ? sql`` : sql`and panel = ${panel}`,
    query.target ? sql`and panel = ${query.target.panel} and account_id = ${query.target.accountId}` : sql``,
    query.actorId ? sql`and actor_id = ${query.actorId}` : sql``,
    query.action ? sql`and action = ${query.action}` : sql``,
    query.outcome ? sql`and outcome = ${query.outcome}` : sql``,
    query.from ? sql`and at >= ${query.from}::date::timestamp at time zone ${ctx.timeZone}` : sql``,
    query.to ? sql`and at < (${query.to}::date + 1)::timestamp at time zone ${ctx.timeZone}` : sql``,
  ];
  return pageOf(query.cursor, PAGE_SIZE, async ({ before, after, limit }) => {
    const rows = await sql<SearchRow[]>`
      select id, at, actor_id, action, outcome, panel, account_id, member_id, operation, facts,
        (select username from directory where directory.panel = audit.panel and directory.account_id = audit.account_id) as username,
        (select jsonb_build_object('delta_minor', delta_minor::text, 'unit_code', unit_code, 'unit_scale', unit_scale)
          from operations where number = audit.operation and panel = any(${[...panelsWith(ctx, 'credits.view')]}::text[])) as movement
      from audit
      where true ${conditions}
        ${before === null ? sql`` : sql`and id < ${before}`} ${after === null ? sql`` : sql`and id > ${after}`}
      order by id ${after === null ? sql`desc` : sql`asc`} limit ${limit}`;
    return rows.map((row) => ({ position: Number(row.id), item: toView(row) }));
  });
}

function toView(row: SearchRow): AuditEntryView {
  return {
    id: Number(row.id),
    at: row.at,
    actorId: row.actor_id,
    action: row.action,
    outcome: row.outcome,
    target: row.panel && row.account_id ? { panel: row.panel, accountId: row.account_id } : null,
    username: row.username,
    memberId: row.member_id,
    operation: row.operation === null ? null : Number(row.operation),
    delta: row.movement && deltaOf(row.movement),
    facts: row.facts,
  };
}
