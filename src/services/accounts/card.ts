import type { Account, AccountReference } from '../../domain/account.ts';
import type { Permission } from '../../domain/permission.ts';
import { refuse } from '../../domain/refusal.ts';
import { ABILITIES, type Ability, type Panel } from '../../panels/panel.ts';
import { recordAudit } from '../audit/record.ts';
import { isFirstTime } from '../components/first-time.ts';
import type { Context } from '../context.ts';
import { type OperationSummary, SUMMARY_COLUMNS, type SummaryRow, toSummary } from '../operations/summary.ts';
import { permissionsOn } from '../policy/authorize.ts';
import { type Loaded, loadAccount } from './load.ts';

export interface Link {
  readonly userId: string;
  readonly proof: 'panel' | 'email' | 'code' | 'staff';
  readonly at: Date;
}

/** Everything that the card of an account shows. */
export interface AccountCard {
  readonly account: Account;
  readonly panel: { readonly id: string; readonly label: string };
  readonly seenAt: Date;
  readonly link: Link | null;
  /** The operation that suspended it, when it is suspended and Steward did it. */
  readonly suspension: OperationSummary | null;
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
}

/** The card of an account, for staff. */
export async function viewAccount(ctx: Context, target: AccountReference): Promise<AccountCard> {
  return cardOf(ctx, await loadAccount(ctx, ['accounts.view'], target));
}

/** The card with what is personal in plain sight; that it was looked at is audited. */
export async function revealAccount(ctx: Context, target: AccountReference): Promise<AccountCard> {
  const loaded = await loadAccount(ctx, ['accounts.view', 'accounts.reveal'], target);
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

export async function cardOf(ctx: Context, { panel, account, facts }: Loaded): Promise<AccountCard> {
  const around = await readAround(ctx, { panel: panel.id, accountId: account.id });
  return {
    account,
    panel: { id: panel.id, label: panel.label },
    seenAt: ctx.clock.now(),
    link: around.link,
    suspension: account.status === 'suspended' ? around.suspension : null,
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
  link: { user_id: string; proof: Link['proof']; created_at: string } | null;
  suspension: SummaryRow | null;
  recent: SummaryRow[];
  open: SummaryRow[];
  notes: number;
}

/**
 * What Steward itself knows of an account, in one query. Every card needs it, so its text never changes: put together anew from parts
 * each time, it would cost twice as much.
 */
export async function readAround(ctx: Context, { panel, accountId }: AccountReference) {
  const { sql } = ctx.store;
  const columns = sql.unsafe(SUMMARY_COLUMNS.join(', '));
  const [row] = await sql<AroundRow[]>`
    with here as (select ${panel}::text as panel, ${accountId}::text as account_id)
    select
      (select to_jsonb(l) from (
        select user_id, proof, created_at from links join here using (panel, account_id) where removed_at is null
      ) as l) as link,
      (select to_jsonb(o) from (
        select ${columns} from operations join here using (panel, account_id)
        where verb in ('account.suspend', 'account.unsuspend') and state = 'succeeded' order by number desc limit 1
      ) as o where o.verb = 'account.suspend') as suspension,
      (select coalesce(jsonb_agg(o), '[]') from (
        select ${columns} from operations join here using (panel, account_id)
        where state in ('succeeded', 'failed') order by number desc limit 3
      ) as o) as recent,
      (select coalesce(jsonb_agg(o), '[]') from (
        select ${columns} from operations join here using (panel, account_id)
        where state in ('pending', 'unknown', 'awaiting_approval') order by number desc limit 5
      ) as o) as open,
      (select count(*)::integer from notes join here using (panel, account_id) where withdrawn_at is null) as notes`;
  if (!row) throw new Error('what is known around an account is always one row');
  const { link } = row;
  return {
    link: link ? { userId: link.user_id, proof: link.proof, at: new Date(link.created_at) } : null,
    suspension: row.suspension ? toSummary(row.suspension) : null,
    recent: row.recent.map(toSummary),
    open: row.open.map(toSummary),
    noteCount: row.notes,
  };
}
