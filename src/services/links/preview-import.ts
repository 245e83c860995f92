import { requireAbility } from '../../panels/panel.ts';
import type { Context } from '../context.ts';
import { authorize } from '../policy/authorize.ts';
import { type ImportVerdict, importable } from './importable.ts';

/** An account with the Discord user that its panel holds. */
export interface HeldLink {
  readonly accountId: string;
  readonly username: string;
  readonly userId: string;
}

/** What an import would do, as things are now. */
export interface ImportPreview {
  readonly panel: { readonly id: string; readonly label: string };
  /** The members have proven to the panel whose accounts these are. */
  readonly proves: boolean;
  /** When the directory last read the whole panel; null when it never has. */
  readonly readAt: Date | null;
  /** How many accounts there are of each kind, and the first few of them. Kinds of which there are none are absent. */
  readonly found: Readonly<
    Partial<Record<ImportVerdict, { readonly count: number; readonly first: readonly HeldLink[] }>>
  >;
}

/** So many of each kind are named. */
const NAMED = 3;

/** @throws Refusal the policy's, `ability.missing` */
export async function previewImport(
  ctx: Context,
  { panel: panelId }: { readonly panel: string },
): Promise<ImportPreview> {
  await authorize(ctx, 'links.manage', { panel: panelId });
  const panel = ctx.panels.get(panelId);
  const { proves } = requireAbility(panel, 'discordLinks');
  const { sql } = ctx.store;
  const [rows, [crawl]] = await Promise.all([
    sql<{ verdict: ImportVerdict; count: number; first: HeldLink[] }[]>`
      select verdict, count(*)::integer as count, coalesce(jsonb_agg(
        jsonb_build_object('accountId', account_id, 'username', username, 'userId', user_id) order by position
      ) filter (where position <= ${NAMED}), '[]') as first
      from (
        select *, row_number() over (partition by verdict order by account_id) as position
        from (${importable(ctx, panelId)}) as held
      ) as numbered
      group by verdict`,
    sql<{ finished_at: Date | null }[]>`select finished_at from crawls where panel = ${panelId}`,
  ]);
  return {
    panel: { id: panel.id, label: panel.label },
    proves,
    readAt: crawl?.finished_at ?? null,
    found: Object.fromEntries(rows.map(({ verdict, ...kind }) => [verdict, kind])),
  };
}
