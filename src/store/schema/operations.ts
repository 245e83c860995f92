import { sql } from 'drizzle-orm';
import { bigint, bigserial, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { OperationState, Verb } from '../../domain/operation.ts';
import type { PanelFailure } from '../../domain/refusal.ts';
import { bytes, moment } from './columns.ts';

/** One intended change with its outcome. The row is written before the panel is asked, and is the account's lock while `pending`. */
export const operations = pgTable(
  'operations',
  {
    /** The short number that people see: #1042. */
    number: bigint('number', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity({ startWith: 1000 }),
    /** `<origin>:<n>`: the same key never acts twice. */
    key: text('key').notNull().unique(),
    inputHash: text('input_hash').notNull(),
    verb: text('verb').$type<Verb>().notNull(),
    state: text('state').$type<OperationState>().notNull(),
    actorId: text('actor_id').notNull(),
    panel: text('panel').notNull(),
    /** Null for a creation until its outcome is known; a creation locks its key and the panel's own uniqueness. */
    accountId: text('account_id'),
    /** The Discord user linked to the account when it was stated. */
    memberId: text('member_id'),
    input: jsonb('input').notNull(),
    stateBefore: jsonb('state_before'),
    result: jsonb('result'),
    reason: text('reason'),
    /** Signed change of the balance as intended; what counts against limits when above zero. */
    deltaMinor: bigint('delta_minor', { mode: 'bigint' }),
    unitCode: text('unit_code'),
    unitScale: integer('unit_scale'),
    /** What failed, when it did: the panel's kind of failure, or that Steward's own code did. */
    failure: text('failure').$type<PanelFailure | 'internal'>(),
    failureDetail: text('failure_detail'),
    attemptToken: text('attempt_token').notNull(),
    leaseUntil: moment('lease_until').notNull(),
    /** Why its outcome is doubted: an outcome that came after another was stored. Evidence only. */
    lateOutcome: jsonb('late_outcome'),
    linkedNumber: bigint('linked_number', { mode: 'number' }),
    createdAt: moment('created_at').notNull().defaultNow(),
    endedAt: moment('ended_at'),
  },
  (table) => [
    uniqueIndex('operations_pending').on(table.panel, table.accountId).where(sql`${table.state} = 'pending'`),
    index('operations_account').on(table.panel, table.accountId, table.number),
    index('operations_actor').on(table.actorId, table.createdAt),
    index('operations_open').on(table.state).where(sql`${table.state} in ('pending', 'unknown', 'awaiting_approval')`),
  ],
);

/** One part of an operation that needs several calls. */
export const operationSteps = pgTable(
  'operation_steps',
  {
    operation: bigint('operation', { mode: 'number' })
      .notNull()
      .references(() => operations.number),
    name: text('name').notNull(),
    position: integer('position').notNull(),
    state: text('state').$type<'pending' | 'succeeded' | 'failed' | 'unknown'>().notNull(),
    result: jsonb('result'),
    startedAt: moment('started_at').notNull().defaultNow(),
    endedAt: moment('ended_at'),
  },
  (table) => [primaryKey({ columns: [table.operation, table.name] })],
);

/** Append-only movements of balances: `ours` by an operation, `outside` when a balance was seen that ours do not explain. */
export const ledger = pgTable(
  'ledger',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    panel: text('panel').notNull(),
    accountId: text('account_id').notNull(),
    kind: text('kind').$type<'ours' | 'outside'>().notNull(),
    deltaMinor: bigint('delta_minor', { mode: 'bigint' }).notNull(),
    balanceMinor: bigint('balance_minor', { mode: 'bigint' }).notNull(),
    unitCode: text('unit_code').notNull(),
    unitScale: integer('unit_scale').notNull(),
    operation: bigint('operation', { mode: 'number' }).references(() => operations.number),
    at: moment('at').notNull().defaultNow(),
  },
  (table) => [
    index('ledger_account').on(table.panel, table.accountId, table.id),
    uniqueIndex('ledger_operation').on(table.operation).where(sql`${table.operation} is not null`),
  ],
);

/** Append-only: who did what to whom and how it ended. Personal values stand in `audit_personal`; here is only their digest. */
export const audit = pgTable(
  'audit',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    at: moment('at').notNull().defaultNow(),
    actorId: text('actor_id').notNull(),
    /** An operation's verb, or the name of another audited act such as `account.reveal` or `policy.grant`. */
    action: text('action').notNull(),
    outcome: text('outcome').notNull(),
    panel: text('panel'),
    accountId: text('account_id'),
    memberId: text('member_id'),
    operation: bigint('operation', { mode: 'number' }),
    /** Facts without personal values. */
    facts: jsonb('facts').notNull(),
    /** SHA-256 of salt and personal values, when there are any. */
    personalDigest: bytes('personal_digest'),
    /** Of the writing transaction: the sealer takes only rows below the oldest running one. */
    transactionId: bigint('transaction_id', { mode: 'bigint' })
      .notNull()
      .default(sql`pg_current_xact_id()::text::bigint`),
  },
  (table) => [
    index('audit_unsealed').on(table.transactionId, table.id),
    index('audit_at').on(table.at),
    index('audit_actor').on(table.actorId, table.at),
    index('audit_account').on(table.panel, table.accountId, table.at),
  ],
);

/** The personal part of an audit row; deleting it leaves the chain whole. */
export const auditPersonal = pgTable('audit_personal', {
  auditId: bigint('audit_id', { mode: 'number' }).primaryKey(),
  salt: bytes('salt').notNull(),
  values: jsonb('values').notNull(),
});

/** The chain over audit rows, in the order in which they were surely visible. */
export const auditSeals = pgTable('audit_seals', {
  position: bigint('position', { mode: 'number' }).primaryKey(),
  auditId: bigint('audit_id', { mode: 'number' }).notNull().unique(),
  seal: bytes('seal').notNull(),
  sealedAt: moment('sealed_at').notNull().defaultNow(),
});

/** Lines owed to the audit channel and to owners, posted in order by one process at a time. */
export const notices = pgTable(
  'notices',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    kind: text('kind').$type<'operation' | 'policy' | 'audit'>().notNull(),
    operation: bigint('operation', { mode: 'number' }),
    content: jsonb('content').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    postedAt: moment('posted_at'),
    /** Set when it was given up, with why. */
    abandoned: text('abandoned'),
    attempts: integer('attempts').notNull().default(0),
    channelId: text('channel_id'),
    messageId: text('message_id'),
  },
  (table) => [index('notices_owed').on(table.id).where(sql`${table.postedAt} is null and ${table.abandoned} is null`)],
);

/** Buttons, selects and forms that were shown: what each does when pressed. One row per message or form. */
export const componentState = pgTable(
  'component_state',
  {
    key: text('key').primaryKey(),
    version: integer('version').notNull(),
    /** Who may press: `user:<id>`, or `permission:<name>` for whoever holds it at the press. */
    audience: text('audience').notNull(),
    /** Array of invocations, by their position in the custom id. */
    actions: jsonb('actions').notNull(),
    /** The interaction that stated the intent, for actions that carry it on. */
    origin: text('origin').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [index('component_state_expiry').on(table.expiresAt)],
);

/** Which once-only group of a message's actions was pressed. Inserted in the transaction of what the press does. */
export const componentPresses = pgTable(
  'component_presses',
  {
    key: text('key').notNull(),
    group: text('group').notNull(),
    interactionId: text('interaction_id').notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.key, table.group] })],
);

/** Answers that people still wait for, kept for the 15 minutes that their tokens live. */
export const owedAnswers = pgTable(
  'owed_answers',
  {
    interactionId: text('interaction_id').primaryKey(),
    /** Application id, token, visibility, sealed with the secret key. */
    sealed: bytes('sealed').notNull(),
    operationKey: text('operation_key'),
    /** Process that is working on it; another process takes it only when this one is gone. */
    owner: text('owner').notNull(),
    ownerSeenAt: moment('owner_seen_at').notNull().defaultNow(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [index('owed_answers_created').on(table.createdAt)],
);
