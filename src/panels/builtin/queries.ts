import type { AccountStatus } from '../../domain/account.ts';
import type { Fragment, Sql } from '../../store/connect.ts';
import { inBatches } from '../../store/in-batches.ts';

/** A stored account, in the names of its table. */
export interface AccountRow {
  readonly id: bigint;
  readonly email: string;
  readonly username: string;
  readonly name: string | null;
  readonly status: AccountStatus;
  readonly roles: readonly string[];
  readonly verified: boolean;
  readonly balance_minor: bigint;
  readonly created_at: Date;
}

/** What a change did, by the reference that it was given. */
export interface ReceiptRow {
  /** Null where the reference was annulled before its change came. */
  readonly account_id: bigint | null;
  readonly action: string;
  readonly balance_before_minor: bigint | null;
  readonly balance_after_minor: bigint | null;
}

/** Which change is to be written, and its receipt. */
export interface Entry {
  readonly reference: string;
  readonly action: string;
}

export interface NewAccount {
  readonly email: string;
  readonly username: string;
  readonly name: string | null;
  readonly roles: readonly string[];
  readonly balanceMinor: bigint;
}

/**
 * The statements of one built-in panel. All are tagged templates, which postgres.js keeps prepared on each connection. A statement
 * that changes something writes its effect and its receipt, both or neither; it changes nothing when the reference has a receipt,
 * and fails on `builtin_receipts_panel_reference_pk` when another one with the same reference overtook it.
 */
export function builtinQueries(sql: Sql, panel: string) {
  const unused = ({ reference }: Entry) => sql`
    not exists (select from builtin_receipts where panel = ${panel} and reference = ${reference})`;

  return {
    byId: inBatches<bigint, AccountRow | null>(async (ids) => {
      const rows = await sql<AccountRow[]>`
        select id, email, username, name, status, roles, verified, balance_minor, created_at
        from builtin_accounts where panel = ${panel} and id = any(${ids.map(String)}::bigint[])`;
      const byId = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => byId.get(id) ?? null);
    }),

    byEmail: (email: string) => sql<AccountRow[]>`
      select * from builtin_accounts where panel = ${panel} and lower(email) = ${email} and email = ${email}`,

    byUsername: (username: string) => sql<AccountRow[]>`
      select * from builtin_accounts
      where panel = ${panel} and lower(username) = ${username.toLowerCase()} and username = ${username}`,

    after: (id: bigint, limit: number) => sql<AccountRow[]>`
      select * from builtin_accounts where panel = ${panel} and id > ${id} order by id limit ${limit}`,

    async receipt(reference: string): Promise<ReceiptRow | null> {
      const [row] = await sql<ReceiptRow[]>`
        select account_id, action, balance_before_minor, balance_after_minor
        from builtin_receipts where panel = ${panel} and reference = ${reference}`;
      return row ?? null;
    },

    /** The receipt of a reference. One that has none gets one of nothing, so that its change never acts. */
    async annul(reference: string): Promise<ReceiptRow | null> {
      await sql`
        insert into builtin_receipts (panel, reference, action) values (${panel}, ${reference}, 'annulled') on conflict do nothing`;
      return this.receipt(reference);
    },

    async insert(entry: Entry, account: NewAccount): Promise<AccountRow | null> {
      const [row] = await sql<AccountRow[]>`
        with created as (
          insert into builtin_accounts (panel, email, username, name, roles, balance_minor)
          select ${panel}, ${account.email}, ${account.username}, ${account.name}, ${[...account.roles]}::text[], ${account.balanceMinor}
          where ${unused(entry)}
          returning *
        ), receipt as (
          insert into builtin_receipts (panel, reference, account_id, action, balance_before_minor, balance_after_minor)
          select panel, ${entry.reference}, id, ${entry.action},
            case when balance_minor > 0 then 0 end, case when balance_minor > 0 then balance_minor end
          from created
        )
        select * from created`;
      return row ?? null;
    },

    /** `deltaMinor` is what the assignments add to the balance, null when they leave it alone. */
    async update(
      entry: Entry,
      id: bigint,
      { set, where, deltaMinor }: { set: Fragment; where: Fragment; deltaMinor: bigint | null },
    ): Promise<AccountRow | null> {
      const [row] = await sql<AccountRow[]>`
        with changed as (
          update builtin_accounts set ${set}
          where panel = ${panel} and id = ${id} and ${where} and ${unused(entry)}
          returning *
        ), receipt as (
          insert into builtin_receipts (panel, reference, account_id, action, balance_before_minor, balance_after_minor)
          select panel, ${entry.reference}, id, ${entry.action},
            balance_minor - ${deltaMinor}::bigint, case when ${deltaMinor}::bigint is not null then balance_minor end
          from changed
        )
        select * from changed`;
      return row ?? null;
    },
  };
}

export type BuiltinQueries = ReturnType<typeof builtinQueries>;
