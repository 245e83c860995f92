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
  /** The head that was given, and the last one that was posted. */
  readonly compared: readonly ComparedHead[];
  /** Rows that are too new to be sealed. */
  readonly unsealed: number;
}

/**
 * Checks the whole audit log against its seals, and those against the heads that are known: the one that is given, and those that were
 * posted, for whoever cuts the log off and lets it grow again has newer ones posted, too. What was written since the last one can still be
 * cut off without a trace.
 *
 * @throws Refusal the policy's: it takes the right to read all of the log.
 */
export async function verifyAudit(ctx: Context, given: Head | null): Promise<AuditVerdict> {
  await authorize(ctx, 'audit.view');
  if (!auditReach(ctx, ['audit.view']).all) throw refuse('policy.denied', { permission: 'audit.view' });
  const posted = await postedHeads(ctx);
  const heads: readonly ComparedHead[] = [...(given ? [{ ...given, from: 'given' } as const] : []), ...posted];
  const { fault, sealed, seal, since } = await checkChain(ctx.store.sql, ctx.auditKey);
  return {
    fault: fault ?? (await cutOff(ctx, sealed, heads)),
    sealed,
    since,
    head: seal === null ? null : { position: sealed, seal },
    compared: heads.filter((head) => head.from === 'given' || head === posted[0]),
    unsealed: await countUnsealed(ctx),
  };
}

/** Newest first. Read before the log is walked, so that it has them all; in the channel of before, too, where that was changed. */
async function postedHeads(ctx: Context): Promise<readonly ComparedHead[]> {
  const remembered = await rememberedHead(ctx.store);
  const channelIds = new Set([ctx.settings.current().auditChannelId, remembered?.channelId]);
  const found = await Promise.all(
    [...channelIds].map((id) => {
      const messageId = id === remembered?.channelId ? (remembered?.messageId ?? null) : null;
      return typeof id === 'string' ? ctx.postedHeads.among(id, messageId) : [];
    }),
  );
  const posted = found.flat().map((head) => ({ ...head, from: 'channel' as const }));
  if (posted.length === 0) return remembered ? [{ ...remembered, from: 'database' }] : [];
  return posted.sort((left, right) => right.at.getTime() - left.at.getTime());
}

/** The first head that the log does not lead to. */
async function cutOff(
  { store: { sql } }: Context,
  sealed: number,
  heads: readonly ComparedHead[],
): Promise<AuditFault | null> {
  const rows = await sql<{ position: bigint; seal: string }[]>`
    select position, encode(seal, 'hex') as seal from audit_seals
    where position = any(${heads.map(({ position }) => String(position))}::bigint[])`;
  const seals = new Map(rows.map(({ position, seal }) => [Number(position), seal]));
  const missed = heads.filter(({ position, seal }) => seals.get(position) !== seal);
  const [head] = missed.sort((left, right) => left.position - right.position);
  return head ? { kind: 'cut_off', position: Math.min(sealed + 1, head.position), head } : null;
}

async function countUnsealed(ctx: Context): Promise<number> {
  const [row] = await ctx.store.sql<{ count: bigint }[]>`
    select count(*) from audit, (
      select era, transaction_id, audit.id from audit_seals join audit on audit.id = audit_id order by position desc limit 1
    ) as last
    where (audit.era, audit.transaction_id, audit.id) > (last.era, last.transaction_id, last.id)`;
  return Number(row?.count ?? 0n);
}
