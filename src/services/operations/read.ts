import type { OperationState, OwnFailure, SettledBy } from '../../domain/operation.ts';
import type { PanelFailure } from '../../domain/refusal.ts';
import type { JsonValue } from '../../panels/panel.ts';
import type { Fragment } from '../../store/connect.ts';
import type { Services } from '../context.ts';
import { fromStored } from '../json.ts';
import type { Doubt, OperationRecord } from './record.ts';
import { SUMMARY_COLUMNS, type SummaryRow, toSummary } from './summary.ts';

/** How many movements of a balance are told of one operation: the first ones since it was stated. */
const MOVEMENTS = 20;

interface RecordRow extends SummaryRow {
  username: string | null;
  ended_at: Date | null;
  failure: PanelFailure | OwnFailure | null;
  failure_detail: string | null;
  settled_by: SettledBy | null;
  settler_id: string | null;
  changed: OperationRecord['changed'];
  role: OperationRecord['role'];
  limit: OperationRecord['limit'];
  voucher: { credits: string; uses: number } | null;
  servers: (string | null)[];
  doubt: JsonValue;
  approval_because: JsonValue;
  approvals_needed: number | null;
  moved: { before: string; after: string } | null;
  decisions: { user_id: string; decision: 'approved' | 'declined'; reason: string | null; at: string }[];
  steps: { name: string; state: 'pending' | 'succeeded' | 'failed' | 'unknown' }[];
  amendments: {
    id: number;
    author_id: string;
    reason: string | null;
    message_link: string | null;
    file_name: string | null;
    at: string;
  }[];
  linked: SummaryRow[];
  movements: { kind: 'ours' | 'outside'; delta: string; at: string; operation: number | null }[];
}

/** Everything that is known of one operation; null where there is none of this number. Asks nobody whether they may see it. */
export async function readRecord(
  services: Pick<Services, 'store' | 'panels'>,
  number: number,
): Promise<OperationRecord | null> {
  const [record] = await readRecords(services, [number]);
  return record ?? null;
}

/** As {@link readRecord}, of several in one statement: those that there are, in the order of the numbers. */
export async function readRecords(
  { store: { sql }, panels }: Pick<Services, 'store' | 'panels'>,
  numbers: readonly number[],
): Promise<readonly OperationRecord[]> {
  // Said twice, for each to be found by an index.
  const settler = (of: Fragment) => sql`(
    select actor_id from audit
    where o.settled_by = 'person' and panel = o.panel and ${of} and at >= o.created_at
      and operation = o.number and action = 'operation.settle'
    order by id desc limit 1)`;
  const rows = await sql<RecordRow[]>`
    select ${sql(SUMMARY_COLUMNS.map((column) => `o.${column}`))}, o.ended_at, o.failure, o.failure_detail, o.settled_by, o.doubt,
      o.approval_because, o.approvals_needed,
      coalesce(o.result -> 'account' ->> 'username', o.state_before ->> 'username', o.input ->> 'username') as username,
      case when o.account_id is null then ${settler(sql`account_id is null`)} else ${settler(sql`account_id = o.account_id`)} end
        as settler_id,
      (select coalesce(jsonb_agg(field), '[]') from unnest(array['email', 'username', 'name']) as field
        where o.verb = 'account.edit' and o.state = 'succeeded' and o.input ? field) as changed,
      case when o.verb = 'account.role' and o.input ? 'role' then
        jsonb_build_object('name', o.input -> 'role', 'change', o.input -> 'change') end as role,
      case when o.verb like 'limit.%' then jsonb_build_object(
        'count', o.input -> 'count', 'before', o.result -> 'before', 'after', o.result -> 'after'
      ) end as limit,
      case when o.verb = 'voucher.create' and o.delta_minor is not null then jsonb_build_object(
        'credits', o.input #> '{credits,minor,$bigint}', 'uses', o.input -> 'uses'
      ) end as voucher,
      coalesce(case when o.verb like 'server.%' then jsonb_path_query_array(o.result, '$.servers[*].name') end, '[]') as servers,
      (select jsonb_build_object('before', (balance_minor - delta_minor)::text, 'after', balance_minor::text)
        from ledger where operation = o.number) as moved,
      (select coalesce(jsonb_agg(a order by a.at, a.user_id), '[]') from (
        select user_id, decision, reason, at from approvals where operation = o.number
      ) as a) as decisions,
      (select coalesce(jsonb_agg(s order by s.position), '[]') from (
        select name, state, position from operation_steps where operation = o.number
      ) as s) as steps,
      (select coalesce(jsonb_agg(a order by a.id), '[]') from (
        select id, author_id, reason, message_link, file_name, at from amendments where operation = o.number
      ) as a) as amendments,
      (select coalesce(jsonb_agg(l order by l.number), '[]') from (
        select ${sql(SUMMARY_COLUMNS)} from operations where linked_number = o.number
      ) as l) as linked,
      (select coalesce(jsonb_agg(m order by m.id), '[]') from (
        select id, kind, delta_minor::text as delta, at, operation from ledger
        where panel = o.panel and account_id = o.account_id and at >= o.created_at and o.delta_minor is not null
        order by id limit ${MOVEMENTS}
      ) as m) as movements
    from unnest(${numbers.map(String)}::bigint[]) with ordinality as asked (number, position)
    join operations as o on o.number = asked.number
    order by asked.position`;
  const labels = new Map(panels.all.map(({ id, label }) => [id, label]));
  const amongSeveral = panels.all.length > 1;
  return rows.map((row) => toRecord(row, { label: labels.get(row.panel) ?? row.panel, amongSeveral }));
}

function toRecord(row: RecordRow, panel: Omit<OperationRecord['panel'], 'id'>): OperationRecord {
  return {
    operation: {
      ...toSummary(row),
      correctedReason: row.amendments.findLast(({ reason }) => reason !== null)?.reason ?? null,
    },
    panel: { id: row.panel, ...panel },
    username: row.username,
    balance: row.moved && { before: BigInt(row.moved.before), after: BigInt(row.moved.after) },
    endedAt: row.ended_at,
    failure: row.failure,
    failureDetail: row.failure_detail,
    settledBy: row.settled_by,
    settlerId: row.settler_id,
    changed: row.changed,
    role: row.role,
    limit: row.limit,
    voucher: row.voucher && { creditsMinor: BigInt(row.voucher.credits), uses: row.voucher.uses },
    servers: row.servers.filter((name) => name !== null),
    doubt: row.doubt === null ? null : (fromStored(row.doubt) as Doubt),
    waiting: waitingOf(row.state, row),
    decisions: row.decisions.map(({ user_id, decision, reason, at }) => ({
      userId: user_id,
      decision,
      reason,
      at: new Date(at),
    })),
    steps: row.steps.map(({ name, state }) => ({ name, state })),
    amendments: row.amendments.map((amendment) => ({
      id: amendment.id,
      authorId: amendment.author_id,
      reason: amendment.reason,
      messageLink: amendment.message_link,
      fileName: amendment.file_name,
      at: new Date(amendment.at),
    })),
    linked: row.linked.map(toSummary),
    movements: row.movements.map(({ kind, delta, at, operation }) => ({
      kind,
      deltaMinor: BigInt(delta),
      at: new Date(at),
      operation,
    })),
  };
}

function waitingOf(state: OperationState, row: RecordRow): OperationRecord['waiting'] {
  if (state !== 'awaiting_approval') return null;
  const because = row.approval_because === null ? null : fromStored(row.approval_because);
  return {
    because: because as NonNullable<OperationRecord['waiting']>['because'],
    needed: row.approvals_needed ?? 1,
    until: row.due_at === null ? null : new Date(row.due_at),
  };
}
