import type { AccountReference } from '../../domain/account.ts';
import type { Permission } from '../../domain/permission.ts';
import { refuse } from '../../domain/refusal.ts';
import { requireAbility } from '../../panels/panel.ts';
import type { Context } from '../context.ts';
import { type Outcome, operate } from '../operation.ts';
import { authorize } from '../policy/authorize.ts';
import { type Loaded, loadForChange, look } from './load.ts';
import { type AccountChange, accountOf, accountPlan, accountVerb } from './plan.ts';

export type RoleChange = 'add' | 'remove' | 'set';

/** One role given or taken; or, to take back what was done, all of them as they were. */
type RoleInput =
  | { readonly change: RoleChange; readonly role: string }
  | { readonly change: 'restore'; readonly roles: readonly string[]; readonly expected: readonly string[] };

export const CHANGE_ROLE = accountVerb<RoleInput>({
  verb: 'account.role',
  ability: 'roles',
  async plan(ctx, target, input) {
    const loaded = await loadForChange(ctx, ['accounts.roles'], accountOf(target));
    const { input: meant, roles, administrators } = await readRoles(ctx, loaded, input);
    const { account, facts } = loaded;
    const changed = [...roles, ...account.roles].filter(
      (role) => roles.includes(role) !== account.roles.includes(role),
    );
    const permissions: Permission[] = ['accounts.roles'];
    if (changed.some((role) => administrators.has(role))) {
      permissions.push('accounts.protected');
      await authorize(ctx, 'accounts.protected', { account, facts });
    }
    return accountPlan(ctx, loaded, {
      permissions,
      input: meant,
      facts: { change: input.change, roles: [...roles], before: [...account.roles] },
    });
  },
  change: (account, { panel, input }, change) => {
    const ability = requireAbility(panel, 'roles');
    return ability.set(account.id, nextRoles(account.roles, input, ability.traits.several), change);
  },
  shows: ({ panel, before, input }, now) =>
    now && before
      ? sameRoles(now.roles, nextRoles(before.roles, input, requireAbility(panel, 'roles').traits.several))
      : null,
});

/** Gives or takes a role of the panel. A role that makes a panel administrator needs `accounts.protected`. */
export async function changeRole(
  ctx: Context,
  input: { target: AccountReference; change: RoleChange; role: string },
): Promise<Outcome<AccountChange>> {
  return operate(ctx, CHANGE_ROLE, input.target, { change: input.change, role: input.role });
}

/** The roles that are wanted, by the names that the panel knows. @throws Refusal `role.…`, `undo.moved_on` */
async function readRoles(ctx: Context, { panel, account }: Loaded, input: RoleInput) {
  const ability = requireAbility(panel, 'roles');
  const choices = await look(ctx, panel, (call) => ability.choices(call));
  const administrators = new Set(choices.filter(({ administrator }) => administrator).map(({ name }) => name));
  if (input.change === 'restore') {
    if (!sameRoles(account.roles, input.expected)) throw refuse('target.changed', {});
    return { input, roles: input.roles, administrators };
  }
  const role = choices.find((choice) => choice.name.toLowerCase() === input.role.trim().toLowerCase());
  if (!role) throw refuse('role.unknown', { role: input.role });
  const meant = { change: input.change, role: role.name };
  return { input: meant, roles: nextRoles(account.roles, meant, ability.traits.several), administrators };
}

function nextRoles(current: readonly string[], input: RoleInput, several: boolean): readonly string[] {
  if (input.change === 'restore') return input.roles;
  const { change, role } = input;
  const has = current.includes(role);
  if (change === 'remove') {
    if (!has) throw refuse('role.has_not', { role });
    return current.filter((name) => name !== role);
  }
  const next = change === 'add' && several ? [...current.filter((name) => name !== role), role] : [role];
  if (has && next.length === current.length) throw refuse('role.already_has', { role });
  return next;
}

function sameRoles(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((role) => right.includes(role));
}
