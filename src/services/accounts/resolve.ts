import { type AccountReference, formatReference, parseReference } from '../../domain/account.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Panel } from '../../panels/panel.ts';
import type { Context } from '../context.ts';
import { type DirectoryRow, directoryRow, findByEmail, findByName } from '../directory/find.ts';
import { recordLookup } from '../directory/lookup.ts';
import { recordAccounts } from '../directory/record.ts';
import { panelsInReach, panelsWith } from '../directory/scope.ts';
import { isEmail, searchDirectory } from '../directory/search.ts';
import { look } from './load.ts';

/** How a person names an account: by the member who is linked to it, by text, or by both. */
export interface TargetInput {
  /** Id of a Discord user. */
  readonly member?: string;
  /** `<panel>/<id>`, a mention, an id, `#<number of an operation>`, an e-mail or a username. */
  readonly account?: string;
  readonly panel?: string;
  /** Ask no panel about a name that the directory does not know: for forms, which must be the first answer. */
  readonly directoryOnly?: boolean;
}

export type ResolvedTarget =
  | { readonly kind: 'one'; readonly target: AccountReference }
  | { readonly kind: 'candidates'; readonly accounts: readonly DirectoryRow[] };

/** Where a name is looked for. */
interface Scope {
  readonly panels: readonly string[];
  readonly directoryOnly: boolean;
}

/** What a name came to: the accounts that it names exactly, or the ones that it might mean. */
interface Named {
  readonly exact: readonly AccountReference[];
  readonly similar: readonly DirectoryRow[];
}

const CANDIDATES = 25;
const LONGEST = 300;
const MENTION = /^<@!?(\d{1,20})>$/;
const OPERATION = /^#(\d{1,15})$/;

/**
 * Finds the one account that is meant. Only an exact name acts; a similar one makes a candidate. Accounts of panels on which the actor may
 * do nothing are not found at all. The caller has asked the policy before, and asks it again about the account.
 *
 * @throws Refusal `target.missing`, `target.disagree`, `target.unlinked`, `target.unknown`, `panel.unknown`, or `panel.failed` when a panel
 * had to be asked and could not
 */
export async function resolveTarget(ctx: Context, input: TargetInput): Promise<ResolvedTarget> {
  const scope = { panels: panelsOf(ctx, input.panel), directoryOnly: input.directoryOnly ?? false };
  const account = input.account?.trim().slice(0, LONGEST);
  if (!input.member && !account) throw refuse('target.missing', {});
  if (input.member && account) return { kind: 'one', target: await agreed(ctx, input.member, account, scope) };
  const named = input.member
    ? await ofMember(ctx, input.member, scope.panels)
    : await ofText(ctx, account ?? '', scope);
  const [target, ...others] = named.exact;
  if (target && others.length === 0) return { kind: 'one', target };
  const candidates = target ? await rowsOf(ctx, named.exact) : named.similar;
  if (candidates.length === 0) throw refuse('target.unknown', { text: account ?? '' });
  return { kind: 'candidates', accounts: candidates };
}

function panelsOf(ctx: Context, panel: string | undefined): readonly string[] {
  const reach = panelsInReach(ctx);
  if (panel === undefined) return reach;
  const { id } = ctx.panels.get(panel);
  return reach.filter((inReach) => inReach === id);
}

/** The one account that both mean. */
async function agreed(ctx: Context, member: string, text: string, scope: Scope): Promise<AccountReference> {
  const [linked, named] = [await linkedAccounts(ctx, member, scope.panels), await ofText(ctx, text, scope)];
  if (named.exact.length === 0) throw refuse('target.unknown', { text });
  const names = new Set(linked.map(formatReference));
  const [target, ...others] = named.exact.filter((reference) => names.has(formatReference(reference)));
  if (!target || others.length > 0) throw refuse('target.disagree', {});
  return target;
}

async function ofMember(ctx: Context, userId: string, panels: readonly string[]): Promise<Named> {
  const exact = await linkedAccounts(ctx, userId, panels);
  const [panel, ...others] = panels;
  if (exact.length === 0) {
    throw refuse('target.unlinked', {
      userId,
      panel: panel !== undefined && others.length === 0 ? ctx.panels.get(panel).label : '',
    });
  }
  return { exact, similar: [] };
}

async function linkedAccounts(
  ctx: Context,
  userId: string,
  panels: readonly string[],
): Promise<readonly AccountReference[]> {
  const rows = await ctx.store.sql<{ panel: string; account_id: string }[]>`
    select panel, account_id from links
    where user_id = ${userId} and panel = any(${[...panels]}::text[]) and removed_at is null order by panel`;
  return rows.map(({ panel, account_id: accountId }) => ({ panel, accountId }));
}

async function ofText(ctx: Context, text: string, scope: Scope): Promise<Named> {
  const { panels } = scope;
  const mention = MENTION.exec(text)?.[1];
  if (mention) return ofMember(ctx, mention, panels);
  const reference = parseReference(text);
  if (reference && panels.includes(reference.panel)) return { exact: [reference], similar: [] };
  const operation = OPERATION.exec(text)?.[1];
  if (operation) return { exact: await ofOperation(ctx, Number(operation), panels), similar: [] };
  if (isEmail(text)) return { exact: await ofEmail(ctx, text, scope), similar: [] };
  const exact = await ofName(ctx, text, scope);
  return { exact, similar: exact.length === 0 ? await similarTo(ctx, text, panels) : [] };
}

async function ofOperation(
  ctx: Context,
  number: number,
  panels: readonly string[],
): Promise<readonly AccountReference[]> {
  const rows = await ctx.store.sql<{ panel: string; account_id: string }[]>`
    select panel, account_id from operations
    where number = ${number} and account_id is not null and panel = any(${[...panels]}::text[])`;
  return rows.map(({ panel, account_id: accountId }) => ({ panel, accountId }));
}

async function ofEmail(ctx: Context, email: string, scope: Scope): Promise<readonly AccountReference[]> {
  const known = (await findByEmail(ctx.store.sql, email, scope.panels)).map(({ row }) => referenceOf(row));
  const found =
    known.length > 0 ? known : await askPanels(ctx, scope, (panel, call) => panel.find({ by: 'email', email }, call));
  await recordLookup(ctx, email, found.length);
  return found;
}

/** An id or a username. One that is right to the letter goes before one that differs in case. */
async function ofName(ctx: Context, text: string, scope: Scope): Promise<readonly AccountReference[]> {
  const known = await findByName(ctx.store.sql, text, scope.panels);
  const literal = known.filter(({ username, accountId }) => username === text || accountId === text);
  if (known.length > 0) return (literal.length > 0 ? literal : known).map(referenceOf);
  return askPanels(ctx, scope, async (panel, call) => {
    const byId = await panel.get(text, call);
    const byUsername = await panel.find({ by: 'username', username: text }, call);
    return byId ? [byId, ...byUsername.filter(({ id }) => id !== byId.id)] : byUsername;
  });
}

/** The directory may not know an account yet. What the panels answer, it knows from then on. */
async function askPanels(
  ctx: Context,
  { panels, directoryOnly }: Scope,
  ask: (panel: Panel, call: Parameters<Panel['get']>[1]) => ReturnType<Panel['find']>,
): Promise<readonly AccountReference[]> {
  if (directoryOnly) return [];
  const answers = await Promise.all(
    panels.map((id) => ctx.panels.get(id)).map((panel) => look(ctx, panel, (call) => ask(panel, call))),
  );
  const accounts = answers.flat();
  await recordAccounts(ctx, accounts);
  return accounts.map(({ panel, id }) => ({ panel, accountId: id }));
}

async function similarTo(ctx: Context, text: string, panels: readonly string[]): Promise<readonly DirectoryRow[]> {
  const visible = panelsWith(ctx, 'accounts.view').filter((panel) => panels.includes(panel));
  if (visible.length === 0) return [];
  return (await searchDirectory(ctx.store.sql, text, { panels: visible, limit: CANDIDATES })).map(({ row }) => row);
}

async function rowsOf(ctx: Context, references: readonly AccountReference[]): Promise<readonly DirectoryRow[]> {
  const rows = await Promise.all(references.slice(0, CANDIDATES).map((reference) => directoryRow(ctx, reference)));
  return rows.filter((row) => row !== null);
}

function referenceOf({ panel, accountId }: DirectoryRow): AccountReference {
  return { panel, accountId };
}
