CREATE TABLE "amendments" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "amendments_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"operation" bigint NOT NULL,
	"author_id" text NOT NULL,
	"reason" text,
	"message_link" text,
	"file_name" text,
	"file" "bytea",
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"origin" text NOT NULL,
	CONSTRAINT "amendments_origin_unique" UNIQUE("origin")
);
--> statement-breakpoint
CREATE TABLE "approvals" (
	"operation" bigint NOT NULL,
	"user_id" text NOT NULL,
	"decision" text NOT NULL,
	"reason" text,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "approvals_operation_user_id_pk" PRIMARY KEY("operation","user_id")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"user_id" text PRIMARY KEY NOT NULL,
	"told" boolean DEFAULT true NOT NULL,
	"dm_closed_at" timestamp (3) with time zone
);
--> statement-breakpoint
DROP INDEX "operations_pending";--> statement-breakpoint
DROP INDEX "notices_owed";--> statement-breakpoint
ALTER TABLE "operations" ALTER COLUMN "lease_until" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "lane" text DEFAULT 'audit' NOT NULL;--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "recipient_id" text;--> statement-breakpoint
ALTER TABLE "operation_steps" ADD COLUMN "repeatable" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "link_kind" text;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "settle_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "settle_attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "doubt" jsonb;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "settled_by" text;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "due_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "approval_because" jsonb;--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "approvals_needed" integer;--> statement-breakpoint
UPDATE "operations" SET "lease_until" = NULL WHERE "state" <> 'pending';--> statement-breakpoint
UPDATE "operations" SET "settle_at" = now() WHERE "state" = 'unknown';--> statement-breakpoint
ALTER TABLE "amendments" ADD CONSTRAINT "amendments_operation_operations_number_fk" FOREIGN KEY ("operation") REFERENCES "public"."operations"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_operation_operations_number_fk" FOREIGN KEY ("operation") REFERENCES "public"."operations"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "amendments_operation" ON "amendments" USING btree ("operation");--> statement-breakpoint
CREATE INDEX "approvals_user" ON "approvals" USING btree ("user_id","operation");--> statement-breakpoint
CREATE INDEX "notices_operation" ON "notices" USING btree ("operation","kind") WHERE "notices"."operation" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "operations_leased" ON "operations" USING btree ("panel","account_id") WHERE "operations"."lease_until" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "operations_undone" ON "operations" USING btree ("linked_number") WHERE "operations"."link_kind" = 'undo' and "operations"."state" <> 'failed';--> statement-breakpoint
CREATE INDEX "operations_linked" ON "operations" USING btree ("linked_number") WHERE "operations"."linked_number" is not null;--> statement-breakpoint
CREATE INDEX "operations_settle" ON "operations" USING btree ("settle_at") WHERE "operations"."settle_at" is not null;--> statement-breakpoint
CREATE INDEX "notices_owed" ON "notices" USING btree ("lane","id") WHERE "notices"."posted_at" is null and "notices"."abandoned" is null;