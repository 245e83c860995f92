import { refuse } from '../../domain/refusal.ts';
import type { Context } from '../context.ts';
import { authorize } from '../policy/authorize.ts';
import { type ChainFault, checkChain } from './check.ts';
import { type Head, type PostedHead, rememberedHead } from './heads.ts';
import { auditReach } from './reach.ts';

/** What the log has to agree with, and where that stands. `database`: as the database itself remembers what was posted. */
export type ComparedHead =
  | (Head & { readonly from: 'given' })
  | (PostedHead & { readonly from: 'channel' | 'database' });

export type AuditFault =
  | ChainFault
  /** Fewer rows are left than the head says, or others have taken the place of its last one: from `position` on it is not the log of then. */
  | { readonly kind: 'cut_off'; readonly position: number; readonly head: ComparedHead };

/** What a check of the whole log has shown. */
export interface AuditVerdict {
  /** The first fault; null where all is as it was sealed. */
  readonly fault: AuditFault | null;
  /** How many rows are as they were sealed, from the first on. */
  readonly sealed: number;
  /** When the first of them was written; null without any. */
  readonly since: Date | null;
  /** To be kept; null where nothing is sealed. */
  readonly head: Head | null;
  readonly compared: readonly ComparedHead[];
  /** Rows that are too new to be sealed. */
  readonly unsealed: number;
}

/**
 * Checks the whole audit log against its seals, and their end against the heads that are known: the one that is given, and the one that was
 * posted last. What was written since then can still be cut off without a trace.
 *
 * @throws Refusal the policy's: it takes the right to read all of the log.
 */
export async function verifyAudit(ctx: Context, given: Head | null): Promise<AuditVerdict> {
  await authorize(ctx, 'audit.view');
  if (!auditReach(ctx, ['audit.view']).all) throw refuse('policy.denied', { permission: 'audit.view' });
  const compared = await knownHeads(ctx, given);
  const { fault, sealed, seal, since } = await checkChain(ctx.store.sql, ctx.auditKey);
  return {
    fault: fault ?? (await cutOff(ctx, sealed, compared)),
    sealed,
    since,
    head: seal === null ? null : { position: sealed, seal },
    compared,
    unsealed: await countUnsealed(ctx),
  };
}

/** Read before the log is walked, so that it has them all. */
async function knownHeads(ctx: Context, given: Head | null): Promise<readonly ComparedHead[]> {
  const remembered = await rememberedHead(ctx.store);
  const channelId = ctx.settings.current().auditChannelId ?? remembered?.channelId ?? null;
  const posted = channelId === null ? null : await ctx.postedHeads.last(channelId, remembered?.messageId ?? null);
  const heads: ComparedHead[] = given ? [{ ...given, from: 'given' }] : [];
  if (posted) heads.push({ ...posted, from: 'channel' });
  else if (remembered) heads.push({ ...remembered, from: 'database' });
  return heads.sort((left, right) => left.position - right.position);
}

/** The first head that the log does not lead to. */
async function cutOff(ctx: Context, sealed: number, heads: readonly ComparedHead[]): Promise<AuditFault | null> {
  for (const head of heads) {
    const [row] = await ctx.store.sql<{ seal: string }[]>`
      select encode(seal, 'hex') as seal from audit_seals where position = ${head.position}`;
    if (row?.seal !== head.seal) return { kind: 'cut_off', position: Math.min(sealed + 1, head.position), head };
  }
  return null;
}

async function countUnsealed(ctx: Context): Promise<number> {
  const [row] = await ctx.store.sql<{ count: bigint }[]>`
    select count(*) from audit, (
      select era, transaction_id, audit.id from audit_seals join audit on audit.id = audit_id order by position desc limit 1
    ) as last
    where (audit.era, audit.transaction_id, audit.id) > (last.era, last.transaction_id, last.id)`;
  return Number(row?.count ?? 0n);
}
