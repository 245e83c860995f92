import type { AccountReference } from '../../domain/account.ts';
import { actorId } from '../../domain/actor.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Context } from '../context.ts';
import { recordAccounts } from '../directory/record.ts';
import { look } from './load.ts';

/**
 * The accounts of a Discord user: on each panel the one that is linked to them here, or else those that the panel itself holds for them and
 * that are nobody else's here. The one that the actor did something to last comes first.
 *
 * @param where `directoryOnly` asks no panel: neither about a user whom the directory does not know, nor whether what it knows still holds. One
 * that does not answer knows nobody else.
 */
export async function linkedAccounts(
  ctx: Context,
  userId: string,
  { panels, directoryOnly }: { readonly panels: readonly string[]; readonly directoryOnly: boolean },
): Promise<readonly AccountReference[]> {
  const known = await knownAccounts(ctx, userId, panels);
  if (directoryOnly) return known.map(referenceOf);
  const held = known.filter(({ linked }) => !linked);
  await Promise.all(held.map((account) => lookAgain(ctx, account)));
  const holding = held.length > 0 ? await knownAccounts(ctx, userId, panels) : known;
  if (holding.length > 0) return holding.map(referenceOf);
  const found = await Promise.all(panels.map((panel) => askPanel(ctx, panel, userId)));
  return found.some(Boolean) ? (await knownAccounts(ctx, userId, panels)).map(referenceOf) : [];
}

interface KnownAccount extends AccountReference {
  /** Here, and not only held by the panel. */
  readonly linked: boolean;
}

const referenceOf = ({ panel, accountId }: KnownAccount): AccountReference => ({ panel, accountId });

async function knownAccounts(
  ctx: Context,
  userId: string,
  panels: readonly string[],
): Promise<readonly KnownAccount[]> {
  const rows = await ctx.store.sql<{ panel: string; account_id: string; linked: boolean }[]>`
    with linked as (
      select panel, account_id, true as linked from links
      where user_id = ${userId} and panel = any(${[...panels]}::text[]) and removed_at is null
    ), held as (
      select panel, account_id, false as linked from directory as entry
      where discord_id = ${userId} and panel = any(${[...panels]}::text[]) and vanished_at is null
        and not exists (select from linked where linked.panel = entry.panel)
        and not exists (
          select from links where links.panel = entry.panel and links.account_id = entry.account_id and removed_at is null
        )
    ), theirs as (select * from linked union all select * from held)
    select panel, account_id, linked from theirs cross join lateral (
      select max(number) as number from operations
      where operations.panel = theirs.panel and operations.account_id = theirs.account_id and actor_id = ${actorId(ctx.actor)}
    ) as last_used
    order by last_used.number desc nulls last, panel, account_id`;
  return rows.map(({ panel, account_id: accountId, linked }) => ({ panel, accountId, linked }));
}

/**
 * The directory may be an hour old, and whose an account is may have changed at the panel since. Where that does not answer, and of one that is
 * no more, what was known is believed: whoever acts on it looks for themself.
 */
async function lookAgain(ctx: Context, { panel: panelId, accountId }: AccountReference): Promise<void> {
  const panel = ctx.panels.get(panelId);
  try {
    const account = await look(ctx, panel, (call) => panel.get(accountId, call));
    if (account) await recordAccounts(ctx, [account]);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

/** Whether the panel has accounts of this user; the directory knows them from then on. */
async function askPanel(ctx: Context, panelId: string, userId: string): Promise<boolean> {
  const panel = ctx.panels.get(panelId);
  const { discordLinks } = panel;
  if (!discordLinks?.find) return false;
  try {
    const accounts = await look(ctx, panel, async (call) => (await discordLinks.find?.(userId, call)) ?? []);
    await recordAccounts(ctx, accounts);
    return accounts.length > 0;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
