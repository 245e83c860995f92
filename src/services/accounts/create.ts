import type { Account } from '../../domain/account.ts';
import { type Money, parseAmount, subtract } from '../../domain/money.ts';
import type { Permission } from '../../domain/permission.ts';
import { refuse } from '../../domain/refusal.ts';
import { type Change, type FieldValues, type Panel, requireAbility } from '../../panels/panel.ts';
import type { Context } from '../context.ts';
import { linkInTransaction, refuseTakenLink } from '../links/set.ts';
import { type Outcome, operate } from '../operation.ts';
import { authorize } from '../policy/authorize.ts';
import { takenRefusal } from './edit.ts';
import { look } from './load.ts';
import type { AccountChange } from './plan.ts';
import { checkValues } from './values.ts';

/** What a creation did: `linked` says whether the member it was made for could be linked to it. */
export interface Creation extends AccountChange {
  readonly linked: boolean;
}

/**
 * Creates an account on a panel (with one panel connected, on that one), and links it to the member it is made for. Starting credits
 * need `credits.grant` and count against its limits.
 */
export async function createAccount(
  ctx: Context,
  input: { panel: string | null; values: FieldValues; memberId: string | null },
): Promise<Outcome<Creation>> {
  const panel = choosePanel(ctx, input.panel);
  const outcome = await operate(ctx, null, async () => {
    await authorize(ctx, 'accounts.create', { panel: panel.id });
    const ability = requireAbility(panel, 'create');
    const values = checkValues(ability.traits.fields, input.values, { complete: true });
    const credits = startingCredits(panel, values.credits);
    const permissions = await extraPermissions(ctx, panel, values, credits);
    if (input.memberId) {
      await authorize(ctx, 'links.manage', { panel: panel.id });
      await refuseTakenLink(ctx, panel.id, input.memberId);
    }
    const { role, username, ...personal } = values;
    return {
      verb: 'account.create',
      panel,
      accountId: null,
      memberId: input.memberId,
      target: null,
      permissions: ['accounts.create', ...permissions],
      input: { ...values, memberId: input.memberId },
      before: null,
      reason: null,
      delta: credits,
      repeatWindowMinutes: 0,
      facts: { ...(role ? { role } : {}), ...(credits ? { credits: credits.minor.toString() } : {}) },
      personal: { ...personal, ...(username ? { username } : {}) },
      effect: async (change: Change) => ({ before: null, account: await ability.create(values, change) }),
      account: (result: AccountChange) => result.account,
      // A panel may give every new account something of its own: that is not ours.
      balance: ({ account: { balance } }: AccountChange) =>
        credits && balance ? { before: subtract(balance, credits), after: balance } : null,
      refusal: takenRefusal,
    };
  });
  if (outcome.kind !== 'done') return outcome;
  return { ...outcome, result: { ...outcome.result, linked: await link(ctx, outcome.result.account, input.memberId) } };
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
async function link(ctx: Context, account: Account, memberId: string | null): Promise<boolean> {
  if (!memberId) return false;
  try {
    await linkInTransaction(ctx, { target: { panel: account.panel, accountId: account.id }, memberId });
    return true;
  } catch (error) {
    ctx.log.warn({ error, account: account.id }, 'a new account could not be linked');
    return false;
  }
}
