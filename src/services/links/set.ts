import type { AccountReference } from '../../domain/account.ts';
import { actorId } from '../../domain/actor.ts';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import type { Transaction } from '../../store/connect.ts';
import { type Loaded, loadForChange } from '../accounts/load.ts';
import { recordAudit } from '../audit/record.ts';
import { isFirstTime } from '../components/first-time.ts';
import { consumePress } from '../components/press.ts';
import type { Context } from '../context.ts';
import { authorizeNow } from '../policy/authorize.ts';
import { type Kept, keepAtPanel } from './keep.ts';

export interface LinkInput {
  readonly target: AccountReference;
  readonly memberId: string;
}

/** A link that was set or removed, as it is told to people. */
export interface NamedLink {
  readonly target: AccountReference;
  readonly username: string;
  readonly userId: string;
  /** What became of writing it down at the panel. */
  readonly kept: Kept;
}

/**
 * Links a member to an account because staff say so: the link is marked as unproven, unless the panel itself proves it. Setting a link that
 * holds already changes nothing. Where the panel takes it, it is written down there as well.
 *
 * @throws Refusal the policy's, `link.own`, `link.member_taken`, `link.account_taken`, `account.held`, and what reading the account throws
 */
export async function setLink(ctx: Context, input: LinkInput): Promise<NamedLink> {
  const loaded = await loadForChange(ctx, ['links.manage'], input.target);
  const { account } = loaded;
  const provenId = provenOwner(loaded);
  if (provenId !== null && provenId !== input.memberId) throw refuse('account.held', { userId: provenId });
  await linkInTransaction(ctx, input, provenId === null ? 'staff' : 'panel');
  const kept = await keepAtPanel(ctx, input.target, input.memberId);
  return { target: input.target, username: account.username, userId: input.memberId, kept };
}

/** Stores a link by staff, for a caller that has authorised it. @throws Refusal `link.…` */
export async function linkInTransaction(
  ctx: Context,
  { target, memberId }: LinkInput,
  proof: 'staff' | 'panel' = 'staff',
): Promise<void> {
  refuseOwn(ctx, memberId);
  await ctx.store.sql.begin(async (transaction) => {
    await authorizeNow(ctx, transaction, 'links.manage', target.panel);
    await consumePress(ctx, transaction);
    if (!(await isFirstTime(ctx, 'link.set', transaction))) return;
    const inserted = await transaction`
      insert into links (panel, account_id, user_id, proof, created_by)
      values (${target.panel}, ${target.accountId}, ${memberId}, ${proof}, ${actorId(ctx.actor)})
      on conflict do nothing returning id`;
    if (inserted.length === 0) return refuseOther(ctx, transaction, { target, memberId });
    await recordAudit(transaction, {
      actorId: actorId(ctx.actor),
      action: 'link.set',
      outcome: 'succeeded',
      ...target,
      memberId,
      facts: { proof },
    });
  });
}

/** The Discord user who has proven to the panel that an account is theirs; null where nobody has, or the panel proves nothing. */
export function provenOwner({ panel, account }: Pick<Loaded, 'panel' | 'account'>): string | null {
  return panel.discordLinks?.proves ? account.discordId : null;
}

/** For who is about to make an account for a member. @throws Refusal `link.own`, `link.member_taken` */
export async function refuseTakenLink(ctx: Context, panel: string, memberId: string): Promise<void> {
  refuseOwn(ctx, memberId);
  const [link] = await ctx.store.sql`
    select from links where panel = ${panel} and user_id = ${memberId} and removed_at is null`;
  if (link) throw memberTaken(ctx, panel);
}

/** Nobody decides who they are. */
export function refuseOwn(ctx: Context, memberId: string): void {
  if (ctx.actor.kind === 'member' && ctx.actor.userId === memberId) throw refuse('link.own', {});
}

/** The link that stands in the way, unless it is the very one that was wanted. */
async function refuseOther(ctx: Context, transaction: Transaction, { target, memberId }: LinkInput): Promise<void> {
  const links = await transaction<{ account_id: string; user_id: string }[]>`
    select account_id, user_id from links
    where panel = ${target.panel} and (account_id = ${target.accountId} or user_id = ${memberId}) and removed_at is null`;
  if (links.some((link) => link.account_id === target.accountId && link.user_id === memberId)) return;
  if (links.some((link) => link.user_id === memberId)) throw memberTaken(ctx, target.panel);
  throw refuse('link.account_taken', {});
}

function memberTaken(ctx: Context, panel: string): Refusal {
  return refuse('link.member_taken', { panel: ctx.panels.get(panel).label });
}
