import type { AccountReference } from '../../domain/account.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Context } from '../context.ts';
import { type DirectoryRow, directoryRow } from '../directory/find.ts';
import { authorize } from '../policy/authorize.ts';

export interface Note {
  readonly id: number;
  readonly text: string;
  readonly authorId: string;
  readonly at: Date;
  readonly withdrawnAt: Date | null;
  readonly withdrawnBy: string | null;
}

/** More than anybody reads at once. */
const LISTED = 50;

interface NoteRow {
  id: bigint;
  text: string;
  author_id: string;
  created_at: Date;
  withdrawn_at: Date | null;
  withdrawn_by: string | null;
}

/**
 * The notes on an account, newest first, the withdrawn ones among them.
 *
 * @throws Refusal the policy's, `target.unknown`
 */
export async function listNotes(
  ctx: Context,
  target: AccountReference,
): Promise<{ account: DirectoryRow; notes: readonly Note[] }> {
  await authorize(ctx, 'accounts.notes', { panel: target.panel });
  const account = await directoryRow(ctx, target);
  if (!account) throw refuse('target.unknown', { text: '' });
  const rows = await ctx.store.sql<NoteRow[]>`
    select id, text, author_id, created_at, withdrawn_at, withdrawn_by from notes
    where panel = ${target.panel} and account_id = ${target.accountId} order by id desc limit ${LISTED}`;
  return { account, notes: rows.map(toNote) };
}

function toNote(row: NoteRow): Note {
  return {
    id: Number(row.id),
    text: row.text,
    authorId: row.author_id,
    at: row.created_at,
    withdrawnAt: row.withdrawn_at,
    withdrawnBy: row.withdrawn_by,
  };
}
