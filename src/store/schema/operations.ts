import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type {
  LinkKind,
  NoticeKind,
  NoticeLane,
  OperationState,
  OwnFailure,
  SettledBy,
  Verb,
} from '../../domain/operation.ts';
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
    failure: text('failure').$type<PanelFailure | OwnFailure>(),
    failureDetail: text('failure_detail'),
    /** Whoever works on it holds this token; each further attempt has a new one. */
    attemptToken: text('attempt_token').notNull(),
    /** How often the panel was asked to do it: that one of them surely changed nothing says so of no other. */
    attempts: integer('attempts').notNull().default(1),
    /** Until when it is nobody else's business; null while nobody works on it. */
    leaseUntil: moment('lease_until'),
    /** An outcome that came when another was stored already. Evidence only. */
    lateOutcome: jsonb('late_outcome'),
    /** The operation that this one takes back, carries out or corrects. */
    linkedNumber: bigint('linked_number', { mode: 'number' }),
    linkKind: text('link_kind').$type<LinkKind>(),
    /** When its outcome is looked for next, while it is `unknown`; null where nobody looks: a person is asked. */
    settleAt: moment('settle_at'),
    settleAttempts: integer('settle_attempts').notNull().default(0),
    /** Why a person is asked how it ended, with what they need to know; null while nobody is. */
    doubt: jsonb('doubt'),
    /** How it was found out after it had been `unknown`. */
    settledBy: text('settled_by').$type<SettledBy>(),
    /** When what it began ends by itself: a timed suspension, the grace before a deletion, the wait for an approval. */
    dueAt: moment('due_at'),
    /** Why it waits for another person: the code of the refusal that it would have been, and its parameters. */
    approvalBecause: jsonb('approval_because'),
    approvalsNeeded: integer('approvals_needed'),
    createdAt: moment('created_at').notNull().defaultNow(),
    endedAt: moment('ended_at'),
    /** Whether the personal values in it are to be taken out as soon as it is over, or were. */
    forgotten: text('forgotten').$type<'asked' | 'done'>(),
  },
  (table) => [
    /** The account's lock: at most one operation on it is worked on. */
    uniqueIndex('operations_leased').on(table.panel, table.accountId).where(sql`${table.leaseUntil} is not null`),
    /** Taken back at most once. */
    uniqueIndex('operations_undone')
      .on(table.linkedNumber)
      .where(sql`${table.linkKind} = 'undo' and ${table.state} <> 'failed'`),
    index('operations_linked').on(table.linkedNumber).where(sql`${table.linkedNumber} is not null`),
    index('operations_settle').on(table.settleAt).where(sql`${table.settleAt} is not null`),
    index('operations_to_forget').on(table.number).where(sql`${table.forgotten} = 'asked'`),
    index('operations_account').on(table.panel, table.accountId, table.number),
    /** What an account was given in a day, however much was done elsewhere. */
    index('operations_moved')
      .on(table.panel, table.accountId, table.createdAt)
      .where(sql`${table.deltaMinor} is not null`),
    index('operations_actor').on(table.actorId, table.createdAt),
    index('operations_open')
      .on(table.panel, table.accountId)
      .where(sql`${table.state} in ('pending', 'unknown', 'awaiting_approval')`),
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
    /** Running it again does no harm, whether or not it has acted. */
    repeatable: boolean('repeatable').notNull().default(false),
    result: jsonb('result'),
    startedAt: moment('started_at').notNull().defaultNow(),
    endedAt: moment('ended_at'),
  },
  (table) => [primaryKey({ columns: [table.operation, table.name] })],
);

/** What each approver said to an operation that waits for one. */
export const approvals = pgTable(
  'approvals',
  {
    operation: bigint('operation', { mode: 'number' })
      .notNull()
      .references(() => operations.number),
    userId: text('user_id').notNull(),
    decision: text('decision').$type<'approved' | 'declined'>().notNull(),
    reason: text('reason'),
    at: moment('at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.operation, table.userId] }),
    index('approvals_user').on(table.userId, table.operation),
    index('approvals_at').on(table.at),
  ],
);

/** What was added to an operation afterwards: a corrected reason, the message that it was about, a file. Append-only. */
export const amendments = pgTable(
  'amendments',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    operation: bigint('operation', { mode: 'number' })
      .notNull()
      .references(() => operations.number),
    authorId: text('author_id').notNull(),
    reason: text('reason'),
    messageLink: text('message_link'),
    fileName: text('file_name'),
    file: bytes('file'),
    at: moment('at').notNull().defaultNow(),
    /** The interaction that stated it, so that a redelivered one adds nothing. */
    origin: text('origin').notNull().unique(),
  },
  (table) => [index('amendments_operation').on(table.operation)],
);

/** What is remembered of people on Discord. */
export const people = pgTable('people', {
  userId: text('user_id').primaryKey(),
  /** Whether they want to be told of what is done to their accounts. */
  told: boolean('told').notNull().default(true),
  /** Since when they accept no direct messages of ours; null while they do, as far as is known. */
  dmClosedAt: moment('dm_closed_at'),
});

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
    /** Which life of the database it was written in: transactions are counted anew in each. */
    era: integer('era').notNull().default(sql`current_audit_era()`),
  },
  (table) => [
    /** The order of the seals. */
    index('audit_order').on(table.era, table.transactionId, table.id),
    index('audit_at').on(table.at),
    index('audit_actor').on(table.actorId, table.at),
    index('audit_account').on(table.panel, table.accountId, table.at),
  ],
);

/** The lives of the database. A new one begins where it was restored into a server whose transactions count from less. Append-only. */
export const auditEras = pgTable('audit_eras', {
  era: integer('era').primaryKey(),
  startedAt: moment('started_at').notNull().defaultNow(),
});

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

/**
 * Messages owed to channels and to people, brought in the order of their lane by one process at a time. What they say is read when they are
 * brought; one that was brought before about the same operation is changed instead of repeated.
 */
export const notices = pgTable(
  'notices',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    kind: text('kind').$type<NoticeKind>().notNull(),
    /** Those of one lane keep their order, and wait for no other lane. */
    lane: text('lane').$type<NoticeLane>().notNull().default('audit'),
    /** Whom it is for, when it is for one person. */
    recipientId: text('recipient_id'),
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
  (table) => [
    index('notices_owed').on(table.lane, table.id).where(sql`${table.postedAt} is null and ${table.abandoned} is null`),
    index('notices_heads').on(table.id).where(sql`${table.kind} = 'head'`),
    index('notices_operation').on(table.operation, table.kind).where(sql`${table.operation} is not null`),
  ],
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

/** Answers that people still wait for: kept for the 15 minutes that their tokens live, and for an hour where they tell of an operation. */
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
