import type {
  Abilities,
  Ability,
  BalanceChange,
  Call,
  Change,
  DiscordLinksAbility,
  Receipt,
  Traits,
} from '../../../src/panels/panel.ts';
import { PanelError } from '../../../src/panels/panel.ts';
import { testServerLimit } from './limits.ts';
import type { Performer } from './perform.ts';
import { testServers } from './servers.ts';
import {
  assertFree,
  type ChangeName,
  insertAccount,
  liveAccount,
  ROLES,
  type StoredAccount,
  storedAccount,
  type TestPanelState,
  toAccount,
  toMoney,
} from './state.ts';
import { fieldsOf, readCredits, readMinor, readRoles, readValues } from './values.ts';
import { testVouchers } from './vouchers.ts';

/** The abilities that the test panel can have. */
export const TEST_ABILITIES = [
  'create',
  'edit',
  'credits',
  'suspension',
  'deletion',
  'restoration',
  'roles',
  'verification',
  'receipts',
  'notifications',
  'password',
  'servers',
  'serverLimit',
  'vouchers',
  'payments',
  'discordLinks',
] as const satisfies readonly Ability[];

export type TestAbility = (typeof TEST_ABILITIES)[number];

/** Those of them that have traits. */
export type ChangingAbility = Exclude<TestAbility, 'receipts' | 'payments'>;

/** `reversible` is of suspension alone, and true by default. */
export type TestTraits = Traits & { readonly reversible?: boolean };

export interface TestAbilityOptions {
  readonly traits: Readonly<Record<ChangingAbility, TestTraits>>;
  /** Who keeps the credits: where it is the house, nobody else moves a balance. */
  readonly creditsBy: 'panel' | 'house';
  readonly names: 'whole' | 'parts';
  /** Whether a change that has not come yet can be ruled out by its reference. */
  readonly annuls: boolean;
  /** Whether the Discord user of an account can be written down; else it is what its owner has proven. */
  readonly keepsDiscordIds: boolean;
}

/** Every ability of the port. Creating and suspending take two steps each, so that they can stop half way. */
export function testAbilities(
  state: TestPanelState,
  performer: Performer,
  { traits, creditsBy, names, annuls, keepsDiscordIds }: TestAbilityOptions,
): Required<Pick<Abilities, TestAbility>> {
  const fields = fieldsOf(names);

  /** Changes one account in a single step and gives it back. */
  function edit(
    ability: ChangingAbility,
    action: ChangeName,
    accountId: string,
    change: Change,
    act: (account: StoredAccount) => void,
  ) {
    return performer.change(action, accountId, { traits: traits[ability], change }, async ({ once }) => {
      const effected = once(() => {
        act(action === 'restore' ? storedAccount(state, accountId) : liveAccount(state, accountId));
        return { accountId, balance: null };
      });
      return { effected, result: toAccount(state, storedAccount(state, accountId)) };
    });
  }

  /** Moves a balance by what `deltaOf` makes of it. */
  function move(action: ChangeName, accountId: string, change: Change, deltaOf: (balanceMinor: bigint) => bigint) {
    return performer.change(action, accountId, { traits: traits.credits, change }, async ({ once }) => {
      const effected = once(() => ({ accountId, balance: moveBalance(state, liveAccount(state, accountId), deltaOf) }));
      if (!effected.balance) throw new Error('a movement has a balance');
      return { effected, result: effected.balance };
    });
  }

  function suspend(action: 'suspend' | 'unsuspend', accountId: string, change: Change) {
    const suspended = action === 'suspend';
    return performer.change(action, accountId, { traits: traits.suspension, change }, async ({ step }) => {
      const effected = { accountId, balance: null };
      await step('account', () => {
        liveAccount(state, accountId).status = suspended ? 'suspended' : 'active';
        return effected;
      });
      await step('servers', () => {
        liveAccount(state, accountId).serversSuspended = suspended;
        return effected;
      });
      return { effected, result: toAccount(state, storedAccount(state, accountId)) };
    });
  }

  function annul(reference: string, call: Call): Promise<Receipt | null> {
    return performer.read('annul', null, call, () => {
      const receipt = receiptOf(state, reference);
      if (!receipt) state.annulled.add(reference);
      return receipt;
    });
  }

  const keeping: NonNullable<DiscordLinksAbility['keeping']> = {
    traits: traits.discordLinks,
    keep: (accountId, userId, change) =>
      edit('discordLinks', 'discord.keep', accountId, change, (account) => {
        const taken = [...state.accounts.values()].some(
          ({ id, discordId }) => id !== accountId && discordId === userId,
        );
        if (userId !== null && taken) throw new PanelError('conflict', 'none', 'another account has this Discord user');
        account.discordId = userId;
      }),
  };

  return {
    create: {
      traits: { ...traits.create, fields: fields.create },
      async create(values, change) {
        const clean = { email: '', username: '', ...readValues(fields.create, values, { complete: true }) };
        const roles = values.role ? readRoles([values.role]) : [ROLES[0].name];
        const startingMinor = readCredits(state, values.credits);
        return performer.change('create', null, { traits: traits.create, change }, async ({ step }) => {
          const accountId = await step('account', () => {
            return { accountId: insertAccount(state, { ...clean, roles }).id, balance: null };
          });
          const balance =
            startingMinor > 0n ? { before: toMoney(state, 0n), after: toMoney(state, startingMinor) } : null;
          if (balance) {
            await step('credits', () => {
              moveBalance(state, liveAccount(state, accountId), () => startingMinor);
              return { accountId, balance };
            });
          }
          return { effected: { accountId, balance }, result: toAccount(state, storedAccount(state, accountId)) };
        });
      },
    },
    edit: {
      traits: { ...traits.edit, fields: fields.edit },
      async edit(accountId, values, change) {
        const clean = readValues(fields.edit, values, { complete: false });
        return edit('edit', 'edit', accountId, change, (account) => {
          assertFree(state, clean, accountId);
          Object.assign(account, { ...clean, details: { ...account.details, ...clean.details } });
        });
      },
    },
    credits: {
      traits: { ...traits.credits, unit: state.unit, by: creditsBy },
      async add(accountId, added, change) {
        const minor = readMinor(state, added);
        return move('credits.add', accountId, change, () => minor);
      },
      async remove(accountId, removed, change) {
        const minor = readMinor(state, removed);
        return move('credits.remove', accountId, change, (balanceMinor) => {
          if (balanceMinor < minor)
            throw new PanelError('rejected', 'none', 'the balance is smaller', { detail: 'balance' });
          return -minor;
        });
      },
      async set(accountId, balance, expected, change) {
        const after = readMinor(state, balance, { zero: true });
        const before = readMinor(state, expected, { zero: true });
        return move('credits.set', accountId, change, (balanceMinor) => {
          if (balanceMinor !== before) throw new PanelError('conflict', 'none', 'the balance is not as expected');
          return after - before;
        });
      },
    },
    suspension: {
      traits: { reversible: true, ...traits.suspension },
      suspend: (accountId, _reason, change) => suspend('suspend', accountId, change),
      unsuspend: (accountId, change) => suspend('unsuspend', accountId, change),
    },
    deletion: {
      traits: { ...traits.deletion, soft: true },
      preview: (accountId, call) =>
        performer.read('deletion.preview', accountId, call, () => [
          `${storedAccount(state, accountId).username} goes.`,
        ]),
      async delete(accountId, change) {
        await edit('deletion', 'delete', accountId, change, (account) => {
          account.status = 'deleted';
        });
      },
    },
    restoration: {
      traits: traits.restoration,
      restore: (accountId, status, change) =>
        edit('restoration', 'restore', accountId, change, (account) => {
          if (account.status !== 'deleted') throw new PanelError('rejected', 'none', 'the account is not deleted');
          account.status = status;
        }),
    },
    roles: {
      traits: { ...traits.roles, several: true },
      choices: (call) => performer.read('roles.choices', null, call, () => ROLES),
      async set(accountId, names, change) {
        const roles = readRoles(names);
        return edit('roles', 'roles.set', accountId, change, (account) => {
          account.roles = roles;
        });
      },
    },
    verification: {
      traits: traits.verification,
      verify: (accountId, change) =>
        edit('verification', 'verify', accountId, change, (account) => {
          account.verified = true;
        }),
    },
    receipts: {
      receipt: (reference, call) => performer.read('receipt', null, call, () => receiptOf(state, reference)),
      ...(annuls ? { annul } : {}),
    },
    password: {
      traits: { ...traits.password, minLength: 8, maxLength: 72 },
      set: (accountId, password, change) =>
        edit('password', 'password.set', accountId, change, (account) => {
          if (password.length < 8 || password.length > 72)
            throw new PanelError('rejected', 'none', 'the password is not valid');
          account.password = password;
        }),
    },
    servers: testServers(state, performer, traits.servers),
    serverLimit: testServerLimit(state, performer, traits.serverLimit),
    vouchers: testVouchers(state, performer, traits.vouchers),
    payments: {
      list: (accountId, limit, call) =>
        performer.read('payments.list', accountId, call, () =>
          storedAccount(state, accountId).payments.slice(0, limit),
        ),
    },
    discordLinks: { proves: !keepsDiscordIds, ...(keepsDiscordIds ? { keeping } : {}) },
    notifications: {
      traits: traits.notifications,
      notify: (accountId, _message, change) =>
        performer.change('notify', accountId, { traits: traits.notifications, change }, async ({ once }) => ({
          effected: once(() => ({ accountId: liveAccount(state, accountId).id, balance: null })),
          result: undefined,
        })),
    },
  };
}

function receiptOf(state: TestPanelState, reference: string): Receipt | null {
  const receipt = state.receipts.get(reference);
  return receipt ? { accountId: receipt.action.startsWith('voucher.') ? null : receipt.accountId } : null;
}

function moveBalance(
  state: TestPanelState,
  account: StoredAccount,
  deltaOf: (balanceMinor: bigint) => bigint,
): BalanceChange {
  const before = account.balanceMinor;
  account.balanceMinor += deltaOf(before);
  return { before: toMoney(state, before), after: toMoney(state, account.balanceMinor) };
}
