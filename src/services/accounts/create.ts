import type { Account } from '../../domain/account.ts';
import { type Money, parseAmount, subtract } from '../../domain/money.ts';
import type { Permission } from '../../domain/permission.ts';
import { refuse } from '../../domain/refusal.ts';
import { type FieldValues, type Panel, requireAbility } from '../../panels/panel.ts';
import { type Context, createContext, type Services } from '../context.ts';
import { keepAtPanel } from '../links/keep.ts';
import { linkInTransaction, refuseTakenLink } from '../links/set.ts';
import { type Outcome, operate } from '../operation.ts';
import type { VerbDefinition } from '../operations/verb.ts';
import { authorize } from '../policy/authorize.ts';
import { takenRefusal } from './edit.ts';
import { look } from './load.ts';
import type { AccountChange } from './plan.ts';
import { checkValues } from './values.ts';

/** What a creation did: `linked` says whether the member it was made for is linked to it. */
export interface Creation extends AccountChange {
  readonly linked: boolean;
}

type CreationInput = FieldValues & { readonly memberId: string | null };

/** A new account, with the credits that it was given to start with. */
interface Made extends AccountChange {
  readonly credits: Money | null;
}

export const CREATE: VerbDefinition<CreationInput, Made> = {
  verb: 'account.create',
  traits: (panel) => requireAbility(panel, 'create').traits,
  async plan(ctx, target, { memberId, ...wanted }) {
    const panel = ctx.panels.get(target.panel);
    await authorize(ctx, 'accounts.create', { panel: panel.id });
    const ability = requireAbility(panel, 'create');
    const values = checkValues(panel, ability.traits.fields, wanted, { complete: true });
    const credits = startingCredits(panel, values.credits);
    const permissions = await extraPermissions(ctx, panel, values, credits);
    if (memberId) {
      await authorize(ctx, 'links.manage', { panel: panel.id });
      await refuseTakenLink(ctx, panel.id, memberId);
    }
    const { role, username, ...personal } = values;
    return {
      panel,
      accountId: null,
      memberId,
      target: null,
      permissions: ['accounts.create', ...permissions],
      input: { ...values, memberId },
      before: null,
      reason: null,
      delta: credits,
      repeatWindowMinutes: 0,
      dueAt: null,
      facts: { ...(role ? { role } : {}), ...(credits ? { credits: credits.minor.toString() } : {}) },
      personal: { ...personal, ...(username ? { username } : {}) },
    };
  },
  async effect({ panel, input: { memberId: _, ...values } }, change) {
    const account = await requireAbility(panel, 'create').create(values, change);
    return { before: null, account, credits: startingCredits(panel, values.credits) };
  },
  async locate({ panel, input: { email = '', username } }, call) {
    const [found = null] = await panel.find({ by: 'email', email }, call);
    return found && (username === undefined || found.username === username) ? found : null;
  },
  // A name that was free when this was stated is taken by it; no account of that name means that it never came.
  shows: (_, now) => now !== null,
  result: ({ panel, input }, now) => ({ before: null, account: now, credits: startingCredits(panel, input.credits) }),
  account: ({ account }) => account,
  // A panel may give every new account something of its own: that is not ours.
  balance: ({ account: { balance }, credits }) =>
    credits && balance ? { before: subtract(balance, credits), after: balance } : null,
  refusal: takenRefusal,
  async afterwards(services, { memberId, actorId }, { account }) {
    if (memberId) await link(services, { account, memberId, actorId });
  },
};

/**
 * Creates an account on a panel (with one panel connected, on that one), and links it to the member it is made for. Starting credits
 * need `credits.grant` and count against its limits.
 */
export async function createAccount(
  ctx: Context,
  input: { panel: string | null; values: FieldValues; memberId: string | null },
): Promise<Outcome<Creation>> {
  const panel = choosePanel(ctx, input.panel);
  const { memberId } = input;
  const outcome = await operate(ctx, CREATE, { panel: panel.id, accountId: null }, { ...input.values, memberId });
  if (outcome.kind !== 'done') return outcome;
  const { account } = outcome.result;
  return { ...outcome, result: { before: null, account, linked: await isLinked(ctx, account, memberId) } };
}

function choosePanel(ctx: Context, id: string | null): Panel {
  if (id) return ctx.panels.get(id);
  const [only, ...others] = ctx.panels.all;
  if (!only || others.length > 0) throw refuse('input.invalid', { field: 'panel', problem: 'missing' });
  return only;
}

function startingCredits(panel: Panel, text: string | undefined): Money | null {
  if (text === undefined) return null;
  const amount = parseAmount(text, requireAbility(panel, 'credits').traits.unit);
  return amount.minor === 0n ? null : amount;
}

async function extraPermissions(
  ctx: Context,
  panel: Panel,
  values: FieldValues,
  credits: Money | null,
): Promise<Permission[]> {
  const permissions: Permission[] = [];
  if (values.role !== undefined) permissions.push('accounts.roles');
  if (credits) permissions.push('credits.grant');
  // Before the panel is asked: without the right nobody learns which roles it has.
  for (const permission of permissions) await authorize(ctx, permission, { panel: panel.id });
  if (values.role !== undefined) {
    const choices = await look(ctx, panel, (call) => requireAbility(panel, 'roles').choices(call));
    const role = choices.find((choice) => choice.name === values.role);
    if (!role) throw refuse('role.unknown', { role: values.role });
    if (role.administrator) {
      await authorize(ctx, 'accounts.protected', { panel: panel.id });
      permissions.push('accounts.protected');
    }
  }
  return permissions;
}

/** The account exists whether or not the link can be made; somebody may have been quicker. */
async function link(
  services: Services,
  { account, memberId, actorId }: { readonly account: Account; readonly memberId: string; readonly actorId: string },
): Promise<void> {
  try {
    const roleIds = (await services.members.rolesOf(actorId)) ?? [];
    const origin = `link:${account.panel}/${account.id}`;
    const ctx = createContext(services, { actor: { kind: 'member', userId: actorId, roleIds }, origin });
    const target = { panel: account.panel, accountId: account.id };
    await linkInTransaction(ctx, { target, memberId });
    await keepAtPanel(ctx, target, memberId);
  } catch (error) {
    services.log.warn({ error, account: account.id }, 'a new account could not be linked');
  }
}

async function isLinked({ store }: Services, account: Account, memberId: string | null): Promise<boolean> {
  const rows = await store.sql`
    select from links where panel = ${account.panel} and account_id = ${account.id} and user_id = ${memberId} and removed_at is null`;
  return rows.length > 0;
}
