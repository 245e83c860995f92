import { refuse } from '../../domain/refusal.ts';
import type { Context } from '../context.ts';
import { panelsWith } from '../directory/scope.ts';
import { authorize } from '../policy/authorize.ts';

/** A file that was added to an operation. */
export interface AmendmentFile {
  readonly operation: number;
  readonly name: string;
  readonly content: Uint8Array;
}

/** The file of one amendment, for those who may read the operation. @throws Refusal the policy's, `amendment.none` */
export async function readAmendmentFile(ctx: Context, amendment: number): Promise<AmendmentFile> {
  await authorize(ctx, 'audit.view');
  const [row] = await ctx.store.sql<{ number: bigint; file_name: string; file: Uint8Array }[]>`
    select number, file_name, file from amendments join operations on number = operation
    where id = ${amendment} and file is not null and panel = any(${[...panelsWith(ctx, 'audit.view')]}::text[])`;
  if (!row) throw refuse('amendment.none', {});
  return { operation: Number(row.number), name: row.file_name, content: row.file };
}
