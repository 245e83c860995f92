import type { Account, AccountReference } from '../../domain/account.ts';
import type { Permission } from '../../domain/permission.ts';
import { type Refusal, refuse } from '../../domain/refusal.ts';
import { fieldValue } from '../../panels/fields.ts';
import { type FieldName, type FieldValues, type PanelError, requireAbility } from '../../panels/panel.ts';
import type { Context } from '../context.ts';
import { type Outcome, operate } from '../operation.ts';
import { authorize } from '../policy/authorize.ts';
import { loadForChange } from './load.ts';
import { type AccountChange, accountOf, accountPlan, accountVerb } from './plan.ts';
import { checkValues } from './values.ts';

/** The new values, and those that the person saw: when the account has others by now, nothing is changed. */
type Edit = FieldValues & { readonly expected?: FieldValues };

export const EDIT = accountVerb<Edit>({
  verb: 'account.edit',
  ability: 'edit',
  async plan(ctx, target, { expected, ...wanted }) {
    const loaded = await loadForChange(ctx, ['accounts.edit'], accountOf(target));
    const edit = requireAbility(loaded.panel, 'edit');
    const { account } = loaded;
    if (expected && !has(account, expected)) throw refuse('target.changed', {});
    const values = changedValues(account, checkValues(loaded.panel, edit.traits.fields, wanted, { complete: false }));
    const names = Object.keys(values) as FieldName[];
    if (names.length === 0) throw refuse('account.unchanged', {});
    const permissions: Permission[] = ['accounts.edit'];
    if (values.email !== undefined) {
      permissions.push('accounts.email');
      await authorize(ctx, 'accounts.email', { account, facts: loaded.facts });
    }
    return accountPlan(ctx, loaded, {
      permissions,
      input: { ...values, ...(expected ? { expected } : {}) },
      facts: { fields: names },
      personal: { before: valuesOf(account, names), after: { ...values } },
    });
  },
  change: (account, { panel, input: { expected: _, ...values } }, change) =>
    requireAbility(panel, 'edit').edit(account.id, values, change),
  shows: ({ input: { expected: _, ...values } }, now) => now && has(now, values),
  refusal: takenRefusal,
});

/** Edits the fields that were given and differ. A new e-mail needs `accounts.email` as well. */
export async function editAccount(
  ctx: Context,
  { target, values, expected }: { target: AccountReference; values: FieldValues; expected: FieldValues | null },
): Promise<Outcome<AccountChange>> {
  return operate(ctx, EDIT, target, { ...values, ...(expected ? { expected } : {}) });
}

/** A panel's conflict names the field that is taken. */
export function takenRefusal(error: PanelError): Refusal | null {
  if (error.kind !== 'conflict') return null;
  return refuse('account.taken', { field: error.detail === 'email' ? 'email' : 'username' });
}

function valuesOf(account: Account, names: readonly FieldName[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, fieldValue(account, name)]));
}

function changedValues(account: Account, values: FieldValues): FieldValues {
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => value !== fieldValue(account, name as FieldName)),
  );
}

function has(account: Account, values: FieldValues): boolean {
  return (Object.entries(values) as [FieldName, string][]).every(
    ([name, value]) => fieldValue(account, name) === value,
  );
}
