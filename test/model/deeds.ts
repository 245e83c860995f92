/** What people do to accounts, with all that a choice needs drawn beforehand, so that the same deed can be asked for again. */
import fc from 'fast-check';
import type { AccountReference } from '../../src/domain/account.ts';
import { createAccount } from '../../src/services/accounts/create.ts';
import { deleteAccount } from '../../src/services/accounts/delete.ts';
import { editAccount } from '../../src/services/accounts/edit.ts';
import { notifyAccount } from '../../src/services/accounts/notify.ts';
import { restoreAccount } from '../../src/services/accounts/restore.ts';
import { changeRole } from '../../src/services/accounts/role.ts';
import { suspendAccount } from '../../src/services/accounts/suspend.ts';
import { unsuspendAccount } from '../../src/services/accounts/unsuspend.ts';
import { verifyAccount } from '../../src/services/accounts/verify.ts';
import type { Context } from '../../src/services/context.ts';
import { deductCredits } from '../../src/services/credits/deduct.ts';
import { grantCredits } from '../../src/services/credits/grant.ts';
import { setCredits } from '../../src/services/credits/set.ts';
import type { Outcome } from '../../src/services/operation.ts';
import type { CallName } from '../harness/test-panel.ts';

const MINUTE_MS = 60_000;
const reason = 'a reason';

/** What is drawn for any deed; each uses what it needs. */
export interface Choices {
  readonly amount: '1' | '3' | '6' | '12';
  readonly balance: '0' | '4' | '30';
  readonly one: boolean;
  readonly other: boolean;
}

interface Deed {
  /** What it may ask of the panel, so that it can be made to go wrong. */
  readonly call: CallName;
  /** `name` is nobody's yet; `username` is the account's, and `made` whether it was made in this sequence. */
  run(
    ctx: Context,
    target: AccountReference,
    choices: Choices,
    given: { readonly name: string; readonly username: string; readonly made: boolean },
  ): Promise<Outcome<unknown>>;
}

export const DEEDS = {
  create: {
    call: 'create',
    run: (ctx, { panel }, { amount, one }, { name }) =>
      createAccount(ctx, {
        panel,
        values: { email: `${name}@example.com`, username: name, ...(one ? { credits: amount } : {}) },
        memberId: null,
      }),
  },
  edit: {
    call: 'edit',
    // By its address an account is found whose making is in doubt: then it stays as it is.
    run: (ctx, target, { one }, { name, made }) => {
      const values = one && !made ? { email: `${name}@example.com` } : { name };
      return editAccount(ctx, { target, values, expected: null });
    },
  },
  suspend: {
    call: 'suspend',
    run: (ctx, target, { one }) => suspendAccount(ctx, { target, reason, durationMs: one ? 30 * MINUTE_MS : null }),
  },
  unsuspend: { call: 'unsuspend', run: (ctx, target) => unsuspendAccount(ctx, { target, reason: null }) },
  delete: {
    call: 'delete',
    run: (ctx, target, _, { username }) => deleteAccount(ctx, { target, reason, typedUsername: username }),
  },
  restore: { call: 'restore', run: (ctx, target) => restoreAccount(ctx, { target }) },
  verify: { call: 'verify', run: (ctx, target) => verifyAccount(ctx, { target }) },
  role: {
    call: 'roles.set',
    run: (ctx, target, { one, other }) =>
      changeRole(ctx, { target, change: one ? 'add' : 'remove', role: other ? 'partner' : 'client' }),
  },
  grant: { call: 'credits.add', run: (ctx, target, { amount }) => grantCredits(ctx, { target, amount, reason }) },
  deduct: { call: 'credits.remove', run: (ctx, target, { amount }) => deductCredits(ctx, { target, amount, reason }) },
  set: { call: 'credits.set', run: (ctx, target, { balance }) => setCredits(ctx, { target, amount: balance, reason }) },
  notify: { call: 'notify', run: (ctx, target) => notifyAccount(ctx, { target, text: 'a word' }) },
} as const satisfies Readonly<Record<string, Deed>>;

export type DeedName = keyof typeof DEEDS;

export const anyChoices: fc.Arbitrary<Choices> = fc.record({
  amount: fc.constantFrom('1', '3', '6', '6', '12'),
  balance: fc.constantFrom('0', '4', '30'),
  one: fc.boolean(),
  other: fc.boolean(),
});

/** Movements of credits come most often: they are what must never go wrong. */
export const DEED_NAMES: readonly DeedName[] = [
  ...(Object.keys(DEEDS) as DeedName[]),
  ...(['grant', 'grant', 'deduct', 'set', 'suspend', 'delete', 'restore'] as const),
];
