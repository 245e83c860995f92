import type { AccountReference } from '../../domain/account.ts';
import { refuse } from '../../domain/refusal.ts';
import { requireAbility } from '../../panels/panel.ts';
import type { Context } from '../context.ts';
import { type Outcome, operate } from '../operation.ts';
import { authorize } from '../policy/authorize.ts';
import { loadForChange, look } from './load.ts';
import { type AccountChange, changePlan } from './plan.ts';

export type RoleChange = 'add' | 'remove' | 'set';

/** Gives or takes a role of the panel. A role that makes a panel administrator needs `accounts.protected`. */
export async function changeRole(
  ctx: Context,
  input: { target: AccountReference; change: RoleChange; role: string },
): Promise<Outcome<AccountChange>> {
  return operate(ctx, input.target, async () => {
    const loaded = await loadForChange(ctx, ['accounts.roles'], input.target);
    const ability = requireAbility(loaded.panel, 'roles');
    const choices = await look(ctx, loaded.panel, (call) => ability.choices(call));
    const role = choices.find((choice) => choice.name.toLowerCase() === input.role.trim().toLowerCase());
    if (!role) throw refuse('role.unknown', { role: input.role });
    if (role.administrator)
      await authorize(ctx, 'accounts.protected', { account: loaded.account, facts: loaded.facts });
    const roles = nextRoles(loaded.account.roles, input.change, role.name, ability.traits.several);
    const plan = changePlan(ctx, loaded, {
      verb: 'account.role',
      permission: 'accounts.roles',
      input: { change: input.change, role: role.name },
      facts: { change: input.change, role: role.name, before: [...loaded.account.roles] },
      effect: (change) => ability.set(loaded.account.id, roles, change),
    });
    return role.administrator ? { ...plan, permissions: [...plan.permissions, 'accounts.protected'] } : plan;
  });
}

function nextRoles(current: readonly string[], change: RoleChange, role: string, several: boolean): readonly string[] {
  const has = current.includes(role);
  if (change === 'remove') {
    if (!has) throw refuse('role.has_not', { role });
    return current.filter((name) => name !== role);
  }
  const next = change === 'add' && several ? [...current.filter((name) => name !== role), role] : [role];
  if (has && next.length === current.length) throw refuse('role.already_has', { role });
  return next;
}
