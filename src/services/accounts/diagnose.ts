import { type Account, type AccountReference, formatReference } from '../../domain/account.ts';
import type { Permission } from '../../domain/permission.ts';
import { type PanelFailure, Refusal, refuse } from '../../domain/refusal.ts';
import type { Ability, Finding, Panel } from '../../panels/panel.ts';
import type { Context } from '../context.ts';
import { type DirectoryRow, directoryRow } from '../directory/find.ts';
import { resemblingAccounts } from '../directory/resembling.ts';
import { panelsWith } from '../directory/scope.ts';
import type { OperationSummary } from '../operations/summary.ts';
import { authorize, permissionsOn } from '../policy/authorize.ts';
import { targetFacts } from '../policy/facts.ts';
import { abilitiesOf, type Link, readAround } from './card.ts';
import { type Known, type Reason, reasonsOf, unfinishedCreations } from './diagnosis-reasons.ts';
import { loadToSee, look, panelFailureOf } from './load.ts';
import { type Candidate, resolveTarget, type TargetInput } from './resolve.ts';

export type { Reason, ReasonCode } from './diagnosis-reasons.ts';

/** Why somebody cannot log in to one account, as far as it is known. */
export interface AccountDiagnosis {
  readonly kind: 'account';
  readonly account: Account;
  readonly panel: { readonly id: string; readonly label: string };
  /** When the account was as it says. */
  readonly seenAt: Date;
  /** What came of asking the panel, where it did not say how the account is, or did not say all that it knows. */
  readonly unread: { readonly what: 'account' | 'findings'; readonly failure: PanelFailure } | null;
  readonly link: Link | null;
  /** The most blocking first. */
  readonly reasons: readonly Reason[];
  readonly deletionScheduled: boolean;
  /** Those of which it is not known whether they happened. */
  readonly unknown: readonly OperationSummary[];
  readonly permissions: ReadonlySet<Permission>;
  readonly abilities: ReadonlySet<Ability>;
}

export type Diagnosis =
  | AccountDiagnosis
  /** Several accounts are meant, of which one has to be chosen. */
  | { readonly kind: 'several'; readonly accounts: readonly Candidate[] }
  /** No panel has an account of this name. */
  | {
      readonly kind: 'none';
      readonly typed: string;
      /** Accounts of names like it. */
      readonly resembling: readonly DirectoryRow[];
      /** Creations of such an account that have not ended. */
      readonly creations: readonly OperationSummary[];
    };

/**
 * Finds out why somebody cannot log in: from what the panel shows and says of the account, and from what Steward did to it. Changes nothing.
 *
 * @throws Refusal the policy's, `target.missing`, `target.unlinked`, `panel.unknown`, or `panel.failed` where nothing at all is known of it
 */
export async function diagnose(
  ctx: Context,
  { member, account, panel }: { readonly [Name in 'member' | 'account' | 'panel']?: string | undefined },
): Promise<Diagnosis> {
  await authorize(ctx, 'accounts.view');
  const input: TargetInput = { ...(member && { member }), ...(account && { account }), ...(panel && { panel }) };
  try {
    const found = await resolveTarget(ctx, input);
    if (found.kind === 'candidates') return { kind: 'several', accounts: found.accounts };
    return await diagnoseAccount(ctx, found.target, null);
  } catch (error) {
    if (!(error instanceof Refusal) || input.account === undefined) throw error;
    if (error.code === 'target.unknown') return nobody(ctx, input.account.trim());
    if (error.code === 'target.disagree') return disagreeing(ctx, input);
    throw error;
  }
}

async function nobody(ctx: Context, typed: string): Promise<Diagnosis> {
  const panels = panelsWith(ctx, 'accounts.view');
  const [resembling, creations] = await Promise.all([
    resemblingAccounts(ctx, typed, panels),
    unfinishedCreations(ctx, panels, [typed]),
  ]);
  return { kind: 'none', typed, resembling, creations };
}

/** The member has another account than the one that they mean, or that is meant: both are told of. */
async function disagreeing(ctx: Context, { member, ...input }: TargetInput): Promise<Diagnosis> {
  const found = await resolveTarget(ctx, input);
  if (found.kind === 'candidates') return { kind: 'several', accounts: found.accounts };
  const [theirs] = await ctx.store.sql<{ panel: string; account_id: string }[]>`
    select panel, account_id from links
    where user_id = ${member ?? ''} and panel = ${found.target.panel} and removed_at is null`;
  return diagnoseAccount(ctx, found.target, theirs ? { panel: theirs.panel, accountId: theirs.account_id } : null);
}

/** @param theirs Another account, to which the member who was named is linked. */
async function diagnoseAccount(
  ctx: Context,
  target: AccountReference,
  theirs: AccountReference | null,
): Promise<AccountDiagnosis> {
  const panel = ctx.panels.get(target.panel);
  const read = await readAccount(ctx, target);
  const { account } = read;
  const [around, facts, said, other, creations, password] = await Promise.all([
    readAround(ctx, target),
    targetFacts(ctx, account),
    read.unread || read.gone ? nothingSaid : askPanel(ctx, panel, target),
    theirs && directoryRow(ctx, theirs),
    unfinishedCreations(ctx, [target.panel], [account.username, account.email]),
    lastPassword(ctx, target),
  ]);
  const permissions = permissionsOn(ctx, facts);
  const visible = around.open.filter(({ delta }) => delta === null || permissions.has('credits.view'));
  const known: Known = {
    account,
    gone: read.gone,
    findings: said.findings,
    ...{ suspension: around.suspension, deletion: around.deletion, open: visible },
    ...{ creations, other, password },
  };
  return {
    kind: 'account',
    account,
    panel: { id: panel.id, label: panel.label },
    seenAt: read.seenAt,
    unread: read.unread ? { what: 'account', failure: read.unread } : said.unread,
    link: around.link,
    reasons: reasonsOf(known),
    deletionScheduled: around.deletion !== null,
    unknown: around.open.filter(({ state }) => state === 'unknown'),
    permissions,
    abilities: abilitiesOf(panel),
  };
}

interface Read {
  readonly account: Account;
  readonly seenAt: Date;
  /** The panel has it no more. */
  readonly gone: boolean;
  /** Why the panel did not say; the account is as the directory knew it then. */
  readonly unread: PanelFailure | null;
}

/** The account as its panel has it; where that does not answer, or has it no more, as it was last seen. */
async function readAccount(ctx: Context, target: AccountReference): Promise<Read> {
  try {
    const { account, seenAt, unread } = await loadToSee(ctx, ['accounts.view'], target);
    return { account, seenAt, gone: false, unread };
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'target.unknown') throw error;
    const row = await directoryRow(ctx, target);
    if (!row) throw refuse('target.unknown', { text: formatReference(target) });
    return { account: accountOf(row), seenAt: row.seenAt, gone: true, unread: null };
  }
}

function accountOf({ accountId, linkedTo: _, seenAt: __, ...row }: DirectoryRow): Account {
  return { ...row, id: accountId, email: '', discordId: null, details: {} };
}

interface Said {
  readonly findings: readonly Finding[];
  readonly unread: AccountDiagnosis['unread'];
}

const nothingSaid: Said = { findings: [], unread: null };

/** What the panel itself knows of it beside what the account shows. */
async function askPanel(ctx: Context, panel: Panel, { accountId }: AccountReference): Promise<Said> {
  const { diagnosis } = panel;
  if (!diagnosis) return nothingSaid;
  try {
    return { findings: await look(ctx, panel, (call) => diagnosis.diagnose(accountId, call)), unread: null };
  } catch (error) {
    const failure = panelFailureOf(error);
    if (failure === null) throw error;
    return { findings: [], unread: { what: 'findings', failure } };
  }
}

/** The last new password that Steward set, and whether its reader has yet to look at it. */
async function lastPassword(
  { store: { sql } }: Context,
  { panel, accountId }: AccountReference,
): Promise<Known['password']> {
  const [row] = await sql<{ number: bigint; ended_at: Date; unseen: boolean }[]>`
    select number, ended_at, exists (select from secrets where operation = number and expires_at > now()) as unseen
    from operations
    where panel = ${panel} and account_id = ${accountId} and verb = 'account.password' and state = 'succeeded'
      and ended_at > now() - interval '30 days'
    order by number desc limit 1`;
  return row ? { number: Number(row.number), at: row.ended_at, unseen: row.unseen } : null;
}
