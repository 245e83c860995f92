import { type AccountReference, type AccountStatus, formatReference, parseReference } from '../../domain/account.ts';
import type { Permission } from '../../domain/permission.ts';
import { Refusal, refuse } from '../../domain/refusal.ts';
import type { Ability, Panel } from '../../panels/panel.ts';
import type { Context } from '../context.ts';
import { type DirectoryRow, directoryRow, findByEmail, findByName } from '../directory/find.ts';
import { recordLookup } from '../directory/lookup.ts';
import { recordAccounts } from '../directory/record.ts';
import { panelsInReach, panelsWith } from '../directory/scope.ts';
import { isEmail, searchDirectory } from '../directory/search.ts';
import { allowed } from '../policy/authorize.ts';
import { linkedAccounts } from './linked.ts';
import { look } from './load.ts';

/** How a person names an account: by the member whose it is, by text, or by both. */
export interface TargetInput {
  /** Id of a Discord user. */
  readonly member?: string;
  /** `<panel>/<id>`, a mention or the id of a Discord user, an id, `#<number of an operation>`, an e-mail or a username. */
  readonly account?: string;
  readonly panel?: string;
  /** What is to be done to it: of several accounts of these names, those are meant to which the actor may do it at all. */
  readonly permission?: Permission | null;
  /** What its panel must be able to do for that. */
  readonly ability?: Ability | null;
  /** Ask no panel about a name that the directory does not know: for forms, which must be the first answer. */
  readonly directoryOnly?: boolean;
}

/** An account that may be meant. One that was never read is named by its id, and its status is null. */
export type Candidate = Pick<DirectoryRow, 'panel' | 'accountId' | 'username' | 'name'> & {
  readonly status: AccountStatus | null;
};

export type ResolvedTarget =
  | { readonly kind: 'one'; readonly target: AccountReference }
  | { readonly kind: 'candidates'; readonly accounts: readonly Candidate[] };

/** Where a name is looked for. */
interface Scope {
  readonly panels: readonly string[];
  readonly directoryOnly: boolean;
}

/** What a name came to: the accounts that it names exactly, or the ones that it might mean. */
interface Named {
  readonly exact: readonly AccountReference[];
  readonly similar: readonly DirectoryRow[];
  /** Why a panel that might know it could not be asked, where one could not. */
  readonly unasked?: Refusal | null;
}

const CANDIDATES = 25;
const LONGEST = 300;
const MENTION = /^<@!?(\d{1,20})>$/;
const DISCORD_ID = /^\d{17,20}$/;
const OPERATION = /^#(\d{1,15})$/;

/**
 * Finds the one account that is meant. Only an exact name acts; a similar one makes a candidate. Accounts of panels on which the actor may
 * do nothing are not found at all. The caller has asked the policy before, and asks it again about the account.
 *
 * @throws Refusal `target.missing`, `target.disagree`, `target.unlinked`, `target.unknown`, `panel.unknown`, or `panel.failed` when
 * nothing was found and a panel that might know it could not be asked
 */
export async function resolveTarget(ctx: Context, input: TargetInput): Promise<ResolvedTarget> {
  const scope = { panels: panelsOf(ctx, input.panel), directoryOnly: input.directoryOnly ?? false };
  const account = input.account?.trim().slice(0, LONGEST);
  if (!input.member && !account) throw refuse('target.missing', {});
  if (input.member && account) return { kind: 'one', target: await agreed(ctx, input.member, account, scope) };
  const named = input.member ? await ofMember(ctx, input.member, scope) : await ofText(ctx, account ?? '', scope);
  const exact = meant(ctx, named.exact, input);
  const [target, ...others] = exact;
  if (target && others.length === 0) return { kind: 'one', target };
  const candidates = target ? await candidatesOf(ctx, exact, scope) : named.similar;
  if (candidates.length === 0) throw named.unasked ?? refuse('target.unknown', { text: account ?? '' });
  return { kind: 'candidates', accounts: candidates };
}

/** Nobody is asked about an account to which it cannot be done; where it can be done to none, the refusal says why. */
function meant(
  ctx: Context,
  exact: readonly AccountReference[],
  { permission, ability }: TargetInput,
): readonly AccountReference[] {
  const possible = exact.filter(
    ({ panel }) =>
      (!permission || allowed(ctx, permission, panel)) && (!ability || ctx.panels.get(panel)[ability] !== undefined),
  );
  return possible.length > 0 ? possible : exact;
}

function panelsOf(ctx: Context, panel: string | undefined): readonly string[] {
  const reach = panelsInReach(ctx);
  if (panel === undefined) return reach;
  const { id } = ctx.panels.get(panel);
  return reach.filter((inReach) => inReach === id);
}

/** The one account that both mean. */
async function agreed(ctx: Context, member: string, text: string, scope: Scope): Promise<AccountReference> {
  const [linked, named] = [await linkedAccounts(ctx, member, scope), await ofText(ctx, text, scope)];
  if (named.exact.length === 0) throw named.unasked ?? refuse('target.unknown', { text });
  const names = new Set(linked.map(formatReference));
  const [target, ...others] = named.exact.filter((reference) => names.has(formatReference(reference)));
  if (!target || others.length > 0) throw refuse('target.disagree', {});
  return target;
}

async function ofMember(ctx: Context, userId: string, scope: Scope): Promise<Named> {
  const { panels } = scope;
  const exact = await linkedAccounts(ctx, userId, scope);
  const [panel, ...others] = panels;
  if (exact.length === 0) {
    throw refuse('target.unlinked', {
      userId,
      panel: panel !== undefined && others.length === 0 ? ctx.panels.get(panel).label : null,
    });
  }
  return { exact, similar: [] };
}

async function ofText(ctx: Context, text: string, scope: Scope): Promise<Named> {
  const { panels } = scope;
  const mention = MENTION.exec(text)?.[1];
  if (mention) return ofMember(ctx, mention, scope);
  const reference = parseReference(text);
  if (reference && panels.includes(reference.panel)) return { exact: [reference], similar: [] };
  const operation = OPERATION.exec(text)?.[1];
  if (operation) return { exact: await ofOperation(ctx, Number(operation), panels), similar: [] };
  if (isEmail(text)) return { similar: [], ...(await ofEmail(ctx, text, scope)) };
  const asUser = DISCORD_ID.test(text) ? await ofDiscordId(ctx, text, scope) : [];
  if (asUser.length > 0) return { exact: asUser, similar: [] };
  const { exact, unasked } = await ofName(ctx, text, scope);
  return { exact, unasked, similar: exact.length === 0 ? await similarTo(ctx, text, panels) : [] };
}

/** Digits alone may also be the id of an account, or its name: what the directory knows so goes first. */
async function ofDiscordId(ctx: Context, userId: string, scope: Scope): Promise<readonly AccountReference[]> {
  const named = await findByName(ctx.store.sql, userId, scope.panels);
  return named.length > 0 ? [] : linkedAccounts(ctx, userId, scope);
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

type Exact = Required<Omit<Named, 'similar'>>;

async function ofEmail(ctx: Context, email: string, scope: Scope): Promise<Exact> {
  const known = (await findByEmail(ctx.store.sql, email, scope.panels)).map(({ row }) => referenceOf(row));
  const found: Exact =
    known.length > 0
      ? { exact: known, unasked: null }
      : await askPanels(ctx, scope, (panel, call) => panel.find({ by: 'email', email }, call));
  await recordLookup(ctx, { email, panels: scope.panels, found: found.exact.length });
  return found;
}

/** An id or a username. One that is right to the letter goes before one that differs in case. */
async function ofName(ctx: Context, text: string, scope: Scope): Promise<Exact> {
  const known = await findByName(ctx.store.sql, text, scope.panels);
  const literal = known.filter(({ username, accountId }) => username === text || accountId === text);
  if (known.length > 0) return { exact: (literal.length > 0 ? literal : known).map(referenceOf), unasked: null };
  return askPanels(ctx, scope, async (panel, call) => {
    const byId = await panel.get(text, call);
    const byUsername = await panel.find({ by: 'username', username: text }, call);
    return byId ? [byId, ...byUsername.filter(({ id }) => id !== byId.id)] : byUsername;
  });
}

/** The directory may not know an account yet. What the panels answer, it knows from then on; one that is down hides nothing of the others. */
async function askPanels(
  ctx: Context,
  { panels, directoryOnly }: Scope,
  ask: (panel: Panel, call: Parameters<Panel['get']>[1]) => ReturnType<Panel['find']>,
): Promise<Exact> {
  if (directoryOnly) return { exact: [], unasked: null };
  const answers = await Promise.all(
    panels
      .map((id) => ctx.panels.get(id))
      .map((panel) => look(ctx, panel, (call) => ask(panel, call)).catch(onlyRefusals)),
  );
  const accounts = answers.flatMap((answer) => (answer instanceof Refusal ? [] : answer));
  await recordAccounts(ctx, accounts);
  return {
    exact: accounts.map(({ panel, id }) => ({ panel, accountId: id })),
    unasked: answers.find((answer) => answer instanceof Refusal) ?? null,
  };
}

function onlyRefusals(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}

async function similarTo(ctx: Context, text: string, panels: readonly string[]): Promise<readonly DirectoryRow[]> {
  const visible = panelsWith(ctx, 'accounts.view').filter((panel) => panels.includes(panel));
  if (visible.length === 0) return [];
  return (await searchDirectory(ctx.store.sql, text, { panels: visible, limit: CANDIDATES })).map(({ row }) => row);
}

async function candidatesOf(
  ctx: Context,
  references: readonly AccountReference[],
  scope: Scope,
): Promise<readonly Candidate[]> {
  const found = await Promise.all(
    references.slice(0, CANDIDATES).map((reference) => candidateOf(ctx, reference, scope)),
  );
  return found.filter((candidate) => candidate !== null);
}

/** A link may be to an account that the directory has not read yet. Null for one that its panel does not have. */
async function candidateOf(
  ctx: Context,
  reference: AccountReference,
  { directoryOnly }: Scope,
): Promise<Candidate | null> {
  const unread = { ...reference, username: reference.accountId, name: null, status: null };
  const known = await directoryRow(ctx, reference);
  if (known || directoryOnly) return known ?? unread;
  const panel = ctx.panels.get(reference.panel);
  const account = await look(ctx, panel, (call) => panel.get(reference.accountId, call)).catch(onlyRefusals);
  if (account instanceof Refusal) return unread;
  if (account) await recordAccounts(ctx, [account]);
  return account && { ...reference, username: account.username, name: account.name, status: account.status };
}

function referenceOf({ panel, accountId }: DirectoryRow): AccountReference {
  return { panel, accountId };
}
