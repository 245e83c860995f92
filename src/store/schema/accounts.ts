import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { AccountStatus } from '../../domain/account.ts';
import type { PanelFailure } from '../../domain/refusal.ts';
import { bytes, moment } from './columns.ts';

/** The accounts of built-in panels: here Steward is the panel. */
export const builtinAccounts = pgTable(
  'builtin_accounts',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity({ startWith: 1001 }),
    panel: text('panel').notNull(),
    email: text('email').notNull(),
    username: text('username').notNull(),
    name: text('name'),
    status: text('status').$type<AccountStatus>().notNull().default('active'),
    roles: text('roles').array().notNull().default(sql`'{}'`),
    verified: boolean('verified').notNull().default(false),
    balanceMinor: bigint('balance_minor', { mode: 'bigint' }).notNull().default(sql`0`),
    suspensionReason: text('suspension_reason'),
    createdAt: moment('created_at').notNull().defaultNow(),
    deletedAt: moment('deleted_at'),
  },
  (table) => [
    uniqueIndex('builtin_accounts_email').on(table.panel, sql`lower(${table.email})`),
    uniqueIndex('builtin_accounts_username').on(table.panel, sql`lower(${table.username})`),
    check('builtin_accounts_balance', sql`${table.balanceMinor} >= 0`),
  ],
);

/** What a built-in panel did, by the reference it was given: the same reference never acts twice. */
export const builtinReceipts = pgTable(
  'builtin_receipts',
  {
    panel: text('panel').notNull(),
    reference: text('reference').notNull(),
    /** Null where the action is `annulled`: a change with this reference was ruled out before it came. */
    accountId: bigint('account_id', { mode: 'bigint' }),
    action: text('action').notNull(),
    balanceBeforeMinor: bigint('balance_before_minor', { mode: 'bigint' }),
    balanceAfterMinor: bigint('balance_after_minor', { mode: 'bigint' }),
    at: moment('at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.panel, table.reference] })],
);

/** The last that was seen of each account of each panel: what lists, autocomplete and forms read instead of the panel. */
export const directory = pgTable(
  'directory',
  {
    panel: text('panel').notNull(),
    accountId: text('account_id').notNull(),
    email: text('email').notNull(),
    username: text('username').notNull(),
    name: text('name'),
    status: text('status').$type<AccountStatus>().notNull(),
    roles: text('roles').array().notNull().default(sql`'{}'`),
    administrator: boolean('administrator').notNull().default(false),
    verified: boolean('verified'),
    balanceMinor: bigint('balance_minor', { mode: 'bigint' }),
    unitCode: text('unit_code'),
    unitScale: bigint('unit_scale', { mode: 'number' }),
    discordId: text('discord_id'),
    createdAt: moment('created_at'),
    /** What only some panels know: `AccountDetails`. */
    details: jsonb('details').notNull().default(sql`'{}'`),
    seenAt: moment('seen_at').notNull(),
    vanishedAt: moment('vanished_at'),
    /** Lower-cased username, name and id, which substring search reads; e-mails are never searched by part. */
    searchText: text('search_text')
      .notNull()
      .generatedAlwaysAs(sql`lower(username || ' ' || coalesce(name, '') || ' ' || account_id)`),
  },
  (table) => [
    primaryKey({ columns: [table.panel, table.accountId] }),
    index('directory_search').using('gin', sql`${table.searchText} gin_trgm_ops`),
    index('directory_username_prefix').on(table.panel, sql`lower(${table.username}) text_pattern_ops`),
    index('directory_name_prefix').on(table.panel, sql`lower(${table.name}) text_pattern_ops`),
    index('directory_email').on(sql`lower(${table.email})`),
    index('directory_discord').on(table.discordId).where(sql`${table.discordId} is not null`),
    index('directory_vanished').on(table.vanishedAt).where(sql`${table.vanishedAt} is not null`),
    index('directory_by_username').on(table.panel, table.username, table.accountId),
    index('directory_by_balance').on(table.panel, sql`coalesce(${table.balanceMinor}, -1)`, table.accountId),
    index('directory_by_date').on(table.panel, sql`coalesce(${table.createdAt}, timestamptz 'epoch')`, table.accountId),
  ],
);

/** Where the reading of each panel's accounts is: one process reads at a time, and another goes on where it was. */
export const crawls = pgTable('crawls', {
  panel: text('panel').primaryKey(),
  /** The page to be read next; null where none is under way. */
  cursor: text('cursor'),
  /** Who reads it, and until when nobody else does. */
  leaseToken: text('lease_token'),
  leaseUntil: moment('lease_until'),
  /** When the crawl that is under way, or the last one, began. */
  startedAt: moment('started_at'),
  /** How many accounts it has seen so far. */
  seen: bigint('seen', { mode: 'number' }).notNull().default(0),
  /** How many there are, as the panel said; null where it does not. */
  total: bigint('total', { mode: 'number' }),
  /** What it does: reads pages, or asks once more for the accounts that it did not see. */
  phase: text('phase').$type<'idle' | 'reading' | 'confirming'>().notNull().default('idle'),
  /** When the last whole one ended, how many accounts it saw, and how many were gone. */
  finishedAt: moment('finished_at'),
  finishedSeen: bigint('finished_seen', { mode: 'number' }),
  finishedVanished: bigint('finished_vanished', { mode: 'number' }),
  /** Somebody asked for one before it is due. */
  requestedAt: moment('requested_at'),
  /** Why the last step failed, and when; null since one has succeeded. */
  failure: text('failure').$type<PanelFailure>(),
  failedAt: moment('failed_at'),
});

/** Credits that Steward keeps for a panel without any. */
export const houseBalances = pgTable(
  'house_balances',
  {
    panel: text('panel').notNull(),
    accountId: text('account_id').notNull(),
    balanceMinor: bigint('balance_minor', { mode: 'bigint' }).notNull().default(sql`0`),
  },
  (table) => [
    primaryKey({ columns: [table.panel, table.accountId] }),
    check('house_balances_balance', sql`${table.balanceMinor} >= 0`),
  ],
);

/** What was done to what Steward keeps for a panel, by the reference it was given: the same reference never acts twice. */
export const houseReceipts = pgTable(
  'house_receipts',
  {
    panel: text('panel').notNull(),
    reference: text('reference').notNull(),
    /** Null where the action is `annulled`: a change with this reference was ruled out before it came. */
    accountId: text('account_id'),
    action: text('action').notNull(),
    balanceBeforeMinor: bigint('balance_before_minor', { mode: 'bigint' }),
    balanceAfterMinor: bigint('balance_after_minor', { mode: 'bigint' }),
    at: moment('at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.panel, table.reference] })],
);

/** Accounts that are suspended on a panel that knows of suspended servers only. */
export const houseSuspensions = pgTable(
  'house_suspensions',
  {
    panel: text('panel').notNull(),
    accountId: text('account_id').notNull(),
    reason: text('reason').notNull(),
    since: moment('since').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.panel, table.accountId] })],
);

/** What only one person may see, once and for a while: sealed, so that whoever reads the database cannot. */
export const secrets = pgTable('secrets', {
  /** The operation that made it. */
  operation: bigint('operation', { mode: 'number' }).primaryKey(),
  sealed: bytes('sealed').notNull(),
  /** The Discord user who may see it. */
  userId: text('user_id').notNull(),
  expiresAt: moment('expires_at').notNull(),
});

/** The panels that this database belongs to. A start with another kind or address under the same id is refused. */
export const panels = pgTable('panels', {
  id: text('id').primaryKey(),
  kind: text('kind').notNull(),
  address: text('address'),
  firstSeenAt: moment('first_seen_at').notNull().defaultNow(),
});

/** Staff's notes on accounts. A withdrawn one stays, marked. */
export const notes = pgTable(
  'notes',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    panel: text('panel').notNull(),
    accountId: text('account_id').notNull(),
    text: text('text').notNull(),
    authorId: text('author_id').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    withdrawnAt: moment('withdrawn_at'),
    withdrawnBy: text('withdrawn_by'),
    /** The interaction that stated it, so that a redelivered one adds nothing. */
    origin: text('origin').notNull().unique(),
  },
  (table) => [index('notes_account').on(table.panel, table.accountId, table.createdAt)],
);

/** Which Discord user is which account. Rows of removed links stay: "oneself" is every account ever linked. */
export const links = pgTable(
  'links',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    panel: text('panel').notNull(),
    accountId: text('account_id').notNull(),
    userId: text('user_id').notNull(),
    /** How it was proven; `staff` is a decision, marked as unproven. */
    proof: text('proof').$type<'panel' | 'email' | 'code' | 'staff'>().notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    removedAt: moment('removed_at'),
    removedBy: text('removed_by'),
  },
  (table) => [
    uniqueIndex('links_user').on(table.panel, table.userId).where(sql`${table.removedAt} is null`),
    uniqueIndex('links_account').on(table.panel, table.accountId).where(sql`${table.removedAt} is null`),
    index('links_ever_user').on(table.userId),
    index('links_ever_account').on(table.panel, table.accountId),
  ],
);

/** What the team set for itself; one row per setting. */
export const settings = pgTable('settings', {
  name: text('name').primaryKey(),
  value: jsonb('value').notNull(),
  changedBy: text('changed_by').notNull(),
  changedAt: moment('changed_at').notNull().defaultNow(),
});
