import type { Account } from '../../domain/account.ts';
import type { Sql } from '../../store/connect.ts';
import { type Call, type Panel, PanelError, type Traits } from '../panel.ts';
import { ask } from './ask.ts';
import { builtinChanges } from './changes.ts';
import {
  CREATE_FIELDS,
  cleanRoles,
  cleanStartingCredits,
  cleanValues,
  couldBe,
  EDIT_FIELDS,
  minorOf,
  ROLES,
  rejected,
  UNIT,
} from './fields.ts';
import { DELETION_SENTENCES, notFound, parseId, toAccount, toBalanceChange, toReceipt } from './map.ts';
import { type AccountRow, builtinQueries } from './queries.ts';

/** Raised when accounts of a built-in panel behave differently than before. */
const VERSION = '1';

/** The store ends a statement after this time: later than that, one that was given up cannot act any more. */
const SETTLE_AFTER_MS = 30_000;

const LARGEST_PAGE = 500;

const MISSING: Panel['missing'] = {
  notifications: 'Steward’s own panel sends no messages; linked members are written to on Discord.',
  password: 'Nobody logs in to Steward’s own panel: its accounts have no passwords.',
  servers: 'Steward’s own panel keeps accounts only; it knows of no servers.',
  serverLimit: 'Steward’s own panel keeps accounts only; it knows of no servers.',
  vouchers: 'Steward’s own panel has no vouchers.',
  payments: 'Steward’s own panel knows of no payments.',
  discordLinks: 'Steward’s own panel holds no links beside those that Steward keeps itself.',
};

function traits(...effects: readonly string[]): Traits {
  return { idempotent: true, proof: 'reference', settleAfterMs: SETTLE_AFTER_MS, effects };
}

/** The panel that keeps its accounts in Steward's own database. Several may share it, told apart by their ids. */
export function createBuiltinPanel({ id: panel, label, sql }: { id: string; label: string; sql: Sql }): Panel {
  const queries = builtinQueries(sql, panel);
  const changes = builtinChanges(sql, queries);
  const accountOf = (row: AccountRow): Account => toAccount(panel, row);

  async function read(accountId: string, call: Call): Promise<AccountRow | null> {
    const id = parseId(accountId);
    return id === null ? null : ask(call, 'none', () => queries.byId(id));
  }

  return {
    id: panel,
    kind: 'builtin',
    address: null,
    label,
    rate: null,
    missing: MISSING,

    async probe(call) {
      await ask(call, 'none', async () => sql`select from builtin_accounts limit 1`);
      return { product: 'Steward’s own panel', version: VERSION, warnings: [] };
    },

    async find(query, call) {
      const value = query.by === 'email' ? query.email.toLowerCase() : query.username;
      if (!couldBe(query.by, value)) return [];
      const rows = await ask(call, 'none', async () =>
        query.by === 'email' ? queries.byEmail(value) : queries.byUsername(value),
      );
      return rows.map(accountOf);
    },

    async get(accountId, call) {
      const row = await read(accountId, call);
      return row && accountOf(row);
    },

    async list({ after, limit }, call) {
      const start = after === null ? 0n : parseId(after);
      if (start === null) throw rejected('the page is not one of ours', 'There is no such page.');
      const size = Math.min(Math.max(1, Math.trunc(limit)), LARGEST_PAGE);
      const rows = await ask(call, 'none', async () => queries.after(start, size));
      return { accounts: rows.map(accountOf), next: rows.length < size ? null : String(rows.at(-1)?.id), total: null };
    },

    create: {
      traits: { ...traits('The e-mail is taken as it is, without a message to it.'), fields: CREATE_FIELDS },
      async create(values, change) {
        const clean = cleanValues(CREATE_FIELDS, values, { complete: true });
        const balance = cleanStartingCredits(values.credits);
        const { row } = await changes.create(change, {
          email: clean.email ?? '',
          username: clean.username ?? '',
          name: clean.name ?? null,
          roles: cleanRoles([values.role || ROLES[0].name]),
          balanceMinor: balance.minor,
        });
        return accountOf(row);
      },
    },

    edit: {
      traits: { ...traits('A new e-mail is not verified until somebody verifies it.'), fields: EDIT_FIELDS },
      async edit(accountId, values, change) {
        const clean = cleanValues(EDIT_FIELDS, values, { complete: false });
        const { row } = await changes.update(change, 'edit', accountId, {
          set: sql`
            email = coalesce(${clean.email ?? null}, email),
            verified = verified and email = coalesce(${clean.email ?? null}, email),
            username = coalesce(${clean.username ?? null}, username),
            name = case when ${clean.name !== undefined} then ${clean.name ?? null} else name end`,
        });
        return accountOf(row);
      },
    },

    credits: {
      traits: { ...traits(), unit: UNIT, by: 'panel' },
      async add(accountId, amount, change) {
        const delta = minorOf(amount);
        const outcome = await changes.update(change, 'credits.add', accountId, {
          set: sql`balance_minor = balance_minor + ${delta}::bigint`,
          deltaMinor: delta,
        });
        return toBalanceChange(outcome.receipt);
      },
      async remove(accountId, amount, change) {
        const delta = minorOf(amount);
        const outcome = await changes.update(change, 'credits.remove', accountId, {
          set: sql`balance_minor = balance_minor - ${delta}::bigint`,
          where: sql`balance_minor >= ${delta}::bigint`,
          otherwise: () => rejected('the balance is smaller than the amount', 'balance'),
          deltaMinor: -delta,
        });
        return toBalanceChange(outcome.receipt);
      },
      async set(accountId, balance, expected, change) {
        const after = minorOf(balance, { zero: true });
        const before = minorOf(expected, { zero: true });
        const outcome = await changes.update(change, 'credits.set', accountId, {
          set: sql`balance_minor = ${after}::bigint`,
          where: sql`balance_minor = ${before}::bigint`,
          otherwise: () =>
            new PanelError('conflict', 'none', 'the balance is not as expected', {
              detail: 'The balance has changed meanwhile.',
            }),
          deltaMinor: after - before,
        });
        return toBalanceChange(outcome.receipt);
      },
    },

    suspension: {
      traits: { ...traits(), reversible: true },
      async suspend(accountId, reason, change) {
        const { row } = await changes.update(change, 'suspend', accountId, {
          set: sql`status = 'suspended', suspension_reason = ${reason.replaceAll('\0', '')}`,
        });
        return accountOf(row);
      },
      async unsuspend(accountId, change) {
        const { row } = await changes.update(change, 'unsuspend', accountId, {
          set: sql`status = 'active', suspension_reason = null`,
        });
        return accountOf(row);
      },
    },

    deletion: {
      traits: { ...traits(), soft: true },
      async preview(accountId, call) {
        if (!(await read(accountId, call))) throw notFound(accountId);
        return DELETION_SENTENCES;
      },
      async delete(accountId, change) {
        await changes.update(change, 'delete', accountId, {
          set: sql`status = 'deleted', deleted_at = now()`,
        });
      },
    },

    restoration: {
      traits: traits(),
      async restore(accountId, status, change) {
        const { row } = await changes.update(change, 'restore', accountId, {
          set: sql`
            status = ${status}, deleted_at = null,
            suspension_reason = case when ${status} = 'suspended' then suspension_reason end`,
          on: 'deleted',
        });
        return accountOf(row);
      },
    },

    roles: {
      traits: {
        ...traits('The role “administrator” protects the account from staff who may not touch administrators.'),
        several: true,
      },
      choices: async () => ROLES,
      async set(accountId, roles, change) {
        const { row } = await changes.update(change, 'roles.set', accountId, {
          set: sql`roles = ${[...cleanRoles(roles)]}::text[]`,
        });
        return accountOf(row);
      },
    },

    verification: {
      traits: traits('Nothing is sent: verified means that staff say so.'),
      async verify(accountId, change) {
        const { row } = await changes.update(change, 'verify', accountId, { set: sql`verified = true` });
        return accountOf(row);
      },
    },

    receipts: {
      async receipt(reference, call) {
        return toReceipt(await ask(call, 'none', () => queries.receipt(reference)));
      },
      async annul(reference, call) {
        return toReceipt(await ask(call, 'none', () => queries.annul(reference)));
      },
    },
  };
}
