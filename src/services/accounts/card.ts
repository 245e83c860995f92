import type { Account, AccountReference } from '../../domain/account.ts';
import type { Permission } from '../../domain/permission.ts';
import { type PanelFailure, refuse } from '../../domain/refusal.ts';
import { ABILITIES, type Ability, type Panel } from '../../panels/panel.ts';
import { inBatches, perStore } from '../../store/in-batches.ts';
import { recordAudit } from '../audit/record.ts';
import { isFirstTime } from '../components/first-time.ts';
import type { Context } from '../context.ts';
import {
  CORRECTED_REASON,
  type OperationSummary,
  SUMMARY_COLUMNS,
  type SummaryRow,
  toSummary,
} from '../operations/summary.ts';
import { permissionsOn } from '../policy/authorize.ts';
import { type Loaded, loadToSee, type Seen, seenNow } from './load.ts';
import { stillScheduled } from './scheduled-deletion.ts';

export interface Link {
  readonly userId: string;
  readonly proof: 'panel' | 'email' | 'code' | 'staff';
  readonly at: Date;
  /** They are known to accept no direct messages of ours. */
  readonly isClosed: boolean;
}

/** Everything that the card of an account shows. */
export interface AccountCard {
  readonly account: Account;
  readonly panel: { readonly id: string; readonly label: string };
  readonly seenAt: Date;
  /** Why its panel could not be asked, where it could not: it is as it was at `seenAt`. */
  readonly unread: PanelFailure | null;
  readonly link: Link | null;
  /** The operation that suspended it, when it is suspended and Steward did it. */
  readonly suspension: OperationSummary | null;
  /** The operation that scheduled its deletion, while the grace runs. */
  readonly deletion: OperationSummary | null;
  /** The last three that ended, newest first. */
  readonly recent: readonly OperationSummary[];
  /** Those that have not ended, or of which it is not known how. */
  readonly open: readonly OperationSummary[];
  readonly noteCount: number;
  /** What the actor may do to this account. */
  readonly permissions: ReadonlySet<Permission>;
  /** What its panel can do. */
  readonly abilities: ReadonlySet<Ability>;
  /** The account is the actor's own. */
  readonly own: boolean;
  /** The operation whose new password its member can still see; only on their own card. */
  readonly newPassword?: number | null;
}

/** The card of an account, for staff. */
export async function viewAccount(ctx: Context, target: AccountReference): Promise<AccountCard> {
  return cardOf(ctx, await loadToSee(ctx, ['accounts.view'], target));
}

/** The card with what is personal in plain sight; that it was looked at is audited. */
export async function revealAccount(ctx: Context, target: AccountReference): Promise<AccountCard> {
  const loaded = await loadToSee(ctx, ['accounts.view', 'accounts.reveal'], target);
  if (ctx.actor.kind !== 'member') throw refuse('policy.denied', { permission: 'accounts.reveal' });
  const { userId } = ctx.actor;
  await ctx.store.sql.begin(async (transaction) => {
    if (!(await isFirstTime(ctx, 'account.reveal', transaction))) return;
    await recordAudit(transaction, {
      actorId: userId,
      action: 'account.reveal',
      outcome: 'succeeded',
      panel: target.panel,
      accountId: target.accountId,
      memberId: loaded.facts.member?.userId ?? null,
      facts: {},
    });
  });
  return cardOf(ctx, loaded);
}

export async function cardOf(
  ctx: Context,
  { panel, account, facts, ...seen }: Loaded & Partial<Seen>,
): Promise<AccountCard> {
  const around = await readAround(ctx, { panel: panel.id, accountId: account.id });
  return {
    account,
    panel: { id: panel.id, label: panel.label },
    ...seenNow(ctx),
    ...seen,
    link: around.link,
    suspension: account.status === 'suspended' ? around.suspension : null,
    deletion: account.status === 'deleted' ? null : around.deletion,
    recent: around.recent,
    open: around.open,
    noteCount: around.noteCount,
    permissions: permissionsOn(ctx, facts),
    abilities: abilitiesOf(panel),
    own: ctx.actor.kind === 'member' && facts.member?.userId === ctx.actor.userId,
  };
}

export function abilitiesOf(panel: Panel): ReadonlySet<Ability> {
  return new Set(ABILITIES.filter((ability) => panel[ability] !== undefined));
}

interface AroundRow {
  link: { user_id: string; proof: Link['proof']; created_at: string; closed: boolean } | null;
  suspension: SummaryRow | null;
  deletion: SummaryRow | null;
  recent: SummaryRow[];
  open: SummaryRow[];
  notes: number;
}

/** What Steward itself knows of an account. */
export async function readAround(ctx: Context, target: AccountReference) {
  const row = await aroundOf(ctx)(target);
  const { link } = row;
  return {
    link: link && { userId: link.user_id, proof: link.proof, at: new Date(link.created_at), isClosed: link.closed },
    suspension: row.suspension ? toSummary(row.suspension) : null,
    deletion: row.deletion ? toSummary(row.deletion) : null,
    recent: row.recent.map(toSummary),
    open: row.open.map(toSummary),
    noteCount: row.notes,
  };
}

/** Every card needs it: one query for all that are asked for at once, whose text never changes. */
const aroundOf = perStore(({ sql }) =>
  inBatches<AccountReference, AroundRow>(async (targets) => {
    const columns = sql.unsafe([...SUMMARY_COLUMNS, CORRECTED_REASON].join(', '));
    const here = sql.unsafe('panel = here.panel and account_id = here.account_id');
    return sql<AroundRow[]>`
      select
        (select to_jsonb(l) from (
          select user_id, proof, created_at,
            exists (select from people where people.user_id = links.user_id and dm_closed_at is not null) as closed
          from links where ${here} and removed_at is null
        ) as l) as link,
        (select to_jsonb(o) from (
          select ${columns} from operations
          where ${here} and verb in ('account.suspend', 'account.unsuspend') and state = 'succeeded' order by number desc limit 1
        ) as o where o.verb = 'account.suspend') as suspension,
        (select to_jsonb(o) from (
          select ${columns} from operations as scheduled where ${here} and ${stillScheduled(sql)} order by number desc limit 1
        ) as o) as deletion,
        (select coalesce(jsonb_agg(o), '[]') from (
          select ${columns} from operations where ${here} and state in ('succeeded', 'failed') order by number desc limit 3
        ) as o) as recent,
        (select coalesce(jsonb_agg(o), '[]') from (
          select ${columns} from operations
          where ${here} and state in ('pending', 'unknown', 'awaiting_approval') order by number desc limit 5
        ) as o) as open,
        (select count(*)::integer from notes where ${here} and withdrawn_at is null) as notes
      from unnest(${targets.map(({ panel }) => panel)}::text[], ${targets.map(({ accountId }) => accountId)}::text[])
        with ordinality as here (panel, account_id, position)
      order by position`;
  }),
);
