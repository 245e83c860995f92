import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import type { Permission, Preset } from '../../domain/permission.ts';
import { moment } from './columns.ts';

/** Who may do what. A revoked grant stays as a row. Limits are decimal text at the panel's scale. */
export const grants = pgTable(
  'grants',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    subjectKind: text('subject_kind').$type<'role' | 'user'>().notNull(),
    subjectId: text('subject_id').notNull(),
    permission: text('permission').$type<Permission>(),
    preset: text('preset').$type<Preset>(),
    /** Null: every panel. */
    panel: text('panel'),
    perAct: text('per_act'),
    perDay: text('per_day'),
    createdBy: text('created_by').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    revokedBy: text('revoked_by'),
    revokedAt: moment('revoked_at'),
    /** The interaction that stated it, so that a redelivered one adds nothing. */
    origin: text('origin').notNull().unique(),
  },
  (table) => [
    check('grants_one_of', sql`(${table.permission} is null) <> (${table.preset} is null)`),
    index('grants_subject').on(table.subjectId).where(sql`${table.revokedAt} is null`),
  ],
);

/** One row whose number rises with every change of grants or settings; triggers raise it and notify `steward_policy`. */
export const policyVersion = pgTable('policy_version', {
  id: integer('id').primaryKey(),
  version: bigint('version', { mode: 'number' }).notNull(),
});
