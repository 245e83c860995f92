import type { Account } from '../../domain/account.ts';
import type { Finding } from '../../panels/panel.ts';
import type { Context } from '../context.ts';
import type { DirectoryRow } from '../directory/find.ts';
import { type OperationSummary, SUMMARY_COLUMNS, type SummaryRow, toSummary } from '../operations/summary.ts';

/** All that can keep somebody out, or make them think so: what keeps everybody out first, what only may do so last. */
export const REASON_CODES = [
  'gone',
  'deleted',
  'half_created',
  'deletion_scheduled',
  'blocked',
  'suspended',
  'unverified',
  'no_role',
  'two_factor',
  'open',
  'linked_elsewhere',
  'password_unseen',
  'password_set',
  'servers_suspended',
  'no_servers',
] as const;

export type ReasonCode = (typeof REASON_CODES)[number];

export interface Reason {
  readonly code: ReasonCode;
  /** More of it in the panel's words. */
  readonly detail: string | null;
  /** The operation that did it, or of which it tells. */
  readonly operation: OperationSummary | null;
  /** The account that the member has instead. */
  readonly other: DirectoryRow | null;
  /** The last new password. */
  readonly password: { readonly number: number; readonly at: Date } | null;
}

/** What reasons are found from. */
export interface Known {
  readonly account: Account;
  /** The panel has it no more. */
  readonly gone: boolean;
  /** What the panel says by itself. */
  readonly findings: readonly Finding[];
  readonly suspension: OperationSummary | null;
  readonly deletion: OperationSummary | null;
  readonly open: readonly OperationSummary[];
  readonly creations: readonly OperationSummary[];
  readonly other: DirectoryRow | null;
  readonly password: { readonly number: number; readonly at: Date; readonly unseen: boolean } | null;
}

/** Each reason once, in the order of {@link REASON_CODES}; of operations that have not ended one each. */
export function reasonsOf(known: Known): readonly Reason[] {
  if (known.gone) return [reason('gone')];
  const found = [...shown(known), ...remembered(known)];
  const said = known.findings.map(({ code, detail }) => reason(code, { detail }));
  const merged = found.map((one) => ({ ...one, detail: said.find(({ code }) => code === one.code)?.detail ?? null }));
  const others = said.filter(({ code }) => !found.some((one) => one.code === code));
  return [...merged, ...others].toSorted((one, other) => rankOf(one) - rankOf(other));
}

const rankOf = ({ code }: Reason) => REASON_CODES.indexOf(code);

function reason(code: ReasonCode, more: Partial<Omit<Reason, 'code'>> = {}): Reason {
  return { code, detail: null, operation: null, other: null, password: null, ...more };
}

/** What the account itself shows. That it has no role keeps nobody out of most panels: where it does, the panel says so. */
function shown({ account, suspension, deletion }: Known): readonly Reason[] {
  const { status, verified, details } = account;
  // A deletion that is scheduled has suspended it itself, and is told of instead.
  const suspended = status === 'suspended' && (deletion === null || suspension !== null);
  return [
    ...(status === 'deleted' ? [reason('deleted')] : []),
    ...(suspended ? [reason('suspended', { operation: suspension })] : []),
    ...(verified === false ? [reason('unverified')] : []),
    ...(details.twoFactor ? [reason('two_factor')] : []),
  ];
}

/** What Steward knows by itself. */
function remembered({ account, deletion, open, creations, other, password }: Known): readonly Reason[] {
  const scheduled = account.status === 'deleted' ? null : deletion;
  const passwordCode = password?.unseen ? 'password_unseen' : 'password_set';
  return [
    ...creations.map((operation) => reason('half_created', { operation })),
    ...(scheduled ? [reason('deletion_scheduled', { operation: scheduled })] : []),
    ...open.map((operation) => reason('open', { operation })),
    ...(other ? [reason('linked_elsewhere', { other })] : []),
    ...(password ? [reason(passwordCode, { password })] : []),
  ];
}

/** Creations that have not ended, of accounts with one of these usernames or e-mails. */
export async function unfinishedCreations(
  { store: { sql } }: Pick<Context, 'store'>,
  panels: readonly string[],
  names: readonly string[],
): Promise<readonly OperationSummary[]> {
  const wanted = names
    .filter((name) => name !== '')
    .map((name) => name.toWellFormed().replaceAll('\0', '').toLowerCase());
  const rows = await sql<SummaryRow[]>`
    select ${sql(SUMMARY_COLUMNS)} from operations
    where panel = any(${[...panels]}::text[]) and account_id is null and verb = 'account.create'
      and state in ('pending', 'unknown', 'awaiting_approval')
      and (lower(input ->> 'username') = any(${wanted}::text[]) or lower(input ->> 'email') = any(${wanted}::text[]))
    order by number desc limit 3`;
  return rows.map(toSummary);
}
