import { actorId } from '../../domain/actor.ts';
import { requireAbility } from '../../panels/panel.ts';
import type { Transaction } from '../../store/connect.ts';
import { recordAudit } from '../audit/record.ts';
import { isFirstTime } from '../components/first-time.ts';
import { consumePress } from '../components/press.ts';
import type { Context } from '../context.ts';
import { authorize, authorizeNow } from '../policy/authorize.ts';
import { importable } from './importable.ts';
import type { HeldLink } from './preview-import.ts';

/** What one pass of an import did. */
export interface ImportPass {
  readonly panel: { readonly id: string; readonly label: string };
  readonly linked: number;
  /** Who is not in the home guild: they are left out. */
  readonly absent: readonly HeldLink[];
  /** Where the next pass begins; null when there is nothing left. */
  readonly next: string | null;
}

/** So many are looked up in Discord and linked in one pass: that takes a minute or two. */
const PASS = 500;
/** So many are linked in one transaction. */
const BATCH = 200;
/** So many members are asked for at a time. */
const ASKED_AT_ONCE = 10;

/**
 * Links accounts to the Discord users that their panel holds, as far as one pass goes: as the directory knows them, only where nothing is in
 * the way, and never the actor's own. The same request delivered again links nothing more.
 *
 * @throws Refusal the policy's, `ability.missing`, `press.used`
 */
export async function importLinks(
  ctx: Context,
  { panel: panelId, after }: { readonly panel: string; readonly after: string },
): Promise<ImportPass> {
  await authorize(ctx, 'links.manage', { panel: panelId });
  const panel = ctx.panels.get(panelId);
  const { proves } = requireAbility(panel, 'discordLinks');
  const { sql } = ctx.store;
  const held = await sql<HeldLink[]>`
    select account_id as "accountId", username, user_id as "userId" from (${importable(ctx, panelId)}) as held
    where verdict = 'free' and account_id > ${after} order by account_id limit ${PASS}`;
  const present = await inGuild(ctx, held);
  const linked = await linkAll(
    ctx,
    panelId,
    held.filter((_, index) => present[index]),
    proves ? 'panel' : 'staff',
  );
  return {
    panel: { id: panel.id, label: panel.label },
    linked,
    absent: held.filter((_, index) => !present[index]),
    next: held.length < PASS ? null : (held.at(-1)?.accountId ?? null),
  };
}

/** Which of them are members of the home guild, a few asked for at a time. */
async function inGuild({ members }: Context, held: readonly HeldLink[]): Promise<readonly boolean[]> {
  const present: boolean[] = [];
  for (let start = 0; start < held.length; start += ASKED_AT_ONCE) {
    const asked = held.slice(start, start + ASKED_AT_ONCE).map(({ userId }) => members.rolesOf(userId));
    present.push(...(await Promise.all(asked)).map((roleIds) => roleIds !== null));
  }
  return present;
}

async function linkAll(
  ctx: Context,
  panel: string,
  links: readonly HeldLink[],
  proof: 'panel' | 'staff',
): Promise<number> {
  for (let start = 0; start === 0 || start < links.length; start += BATCH) {
    const isOurs = await ctx.store.sql.begin(async (transaction) => {
      await authorizeNow(ctx, transaction, 'links.manage', panel);
      await consumePress(ctx, transaction);
      if (start === 0 && !(await isFirstTime(ctx, 'link.import', transaction))) return false;
      await linkBatch(ctx, transaction, { panel, links: links.slice(start, start + BATCH), proof });
      return true;
    });
    if (!isOurs) break;
  }
  const [row] = await ctx.store.sql<{ count: number }[]>`
    select count(*)::integer as count from audit
    where actor_id = ${actorId(ctx.actor)} and at > now() - interval '1 hour' and action = 'link.set'
      and panel = ${panel} and facts ->> 'origin' = ${ctx.origin}`;
  return row?.count ?? 0;
}

/** Whoever was linked since they were read stays as they are. */
async function linkBatch(
  ctx: Context,
  transaction: Transaction,
  {
    panel,
    links,
    proof,
  }: { readonly panel: string; readonly links: readonly HeldLink[]; readonly proof: 'panel' | 'staff' },
): Promise<void> {
  const actor = actorId(ctx.actor);
  const inserted = await transaction<{ account_id: string; user_id: string }[]>`
    insert into links (panel, account_id, user_id, proof, created_by)
    select ${panel}, account_id, user_id, ${proof}, ${actor}
    from unnest(${links.map(({ accountId }) => accountId)}::text[], ${links.map(({ userId }) => userId)}::text[])
      as held (account_id, user_id)
    on conflict do nothing returning account_id, user_id`;
  for (const { account_id: accountId, user_id: memberId } of inserted) {
    await recordAudit(transaction, {
      actorId: actor,
      action: 'link.set',
      outcome: 'succeeded',
      ...{ panel, accountId, memberId },
      facts: { proof, imported: true, origin: ctx.origin },
    });
  }
}
