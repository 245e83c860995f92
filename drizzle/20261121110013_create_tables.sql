CREATE TABLE "builtin_accounts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "builtin_accounts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1001 CACHE 1),
	"panel" text NOT NULL,
	"email" text NOT NULL,
	"username" text NOT NULL,
	"name" text,
	"status" text DEFAULT 'active' NOT NULL,
	"roles" text[] DEFAULT '{}' NOT NULL,
	"verified" boolean DEFAULT false NOT NULL,
	"balance_minor" bigint DEFAULT 0 NOT NULL,
	"suspension_reason" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	CONSTRAINT "builtin_accounts_balance" CHECK ("builtin_accounts"."balance_minor" >= 0)
);
--> statement-breakpoint
CREATE TABLE "builtin_receipts" (
	"panel" text NOT NULL,
	"reference" text NOT NULL,
	"account_id" bigint,
	"action" text NOT NULL,
	"balance_before_minor" bigint,
	"balance_after_minor" bigint,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "builtin_receipts_panel_reference_pk" PRIMARY KEY("panel","reference")
);
--> statement-breakpoint
CREATE TABLE "directory" (
	"panel" text NOT NULL,
	"account_id" text NOT NULL,
	"email" text NOT NULL,
	"username" text NOT NULL,
	"name" text,
	"status" text NOT NULL,
	"roles" text[] DEFAULT '{}' NOT NULL,
	"administrator" boolean DEFAULT false NOT NULL,
	"verified" boolean,
	"balance_minor" bigint,
	"unit_code" text,
	"unit_scale" bigint,
	"discord_id" text,
	"created_at" timestamp (3) with time zone,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"vanished_at" timestamp (3) with time zone,
	"search_text" text GENERATED ALWAYS AS (lower(username || ' ' || coalesce(name, '') || ' ' || account_id)) STORED NOT NULL,
	CONSTRAINT "directory_panel_account_id_pk" PRIMARY KEY("panel","account_id")
);
--> statement-breakpoint
CREATE TABLE "links" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "links_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"panel" text NOT NULL,
	"account_id" text NOT NULL,
	"user_id" text NOT NULL,
	"proof" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp (3) with time zone,
	"removed_by" text
);
--> statement-breakpoint
CREATE TABLE "notes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "notes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"panel" text NOT NULL,
	"account_id" text NOT NULL,
	"text" text NOT NULL,
	"author_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"withdrawn_at" timestamp (3) with time zone,
	"withdrawn_by" text,
	"origin" text NOT NULL,
	CONSTRAINT "notes_origin_unique" UNIQUE("origin")
);
--> statement-breakpoint
CREATE TABLE "panels" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"address" text,
	"first_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"name" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"actor_id" text NOT NULL,
	"action" text NOT NULL,
	"outcome" text NOT NULL,
	"panel" text,
	"account_id" text,
	"member_id" text,
	"operation" bigint,
	"facts" jsonb NOT NULL,
	"personal_digest" "bytea",
	"transaction_id" bigint DEFAULT pg_current_xact_id()::text::bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_personal" (
	"audit_id" bigint PRIMARY KEY NOT NULL,
	"salt" "bytea" NOT NULL,
	"values" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_seals" (
	"position" bigint PRIMARY KEY NOT NULL,
	"audit_id" bigint NOT NULL,
	"seal" "bytea" NOT NULL,
	"sealed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "audit_seals_audit_id_unique" UNIQUE("audit_id")
);
--> statement-breakpoint
CREATE TABLE "component_presses" (
	"key" text NOT NULL,
	"group" text NOT NULL,
	"interaction_id" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "component_presses_key_group_pk" PRIMARY KEY("key","group")
);
--> statement-breakpoint
CREATE TABLE "component_state" (
	"key" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"audience" text NOT NULL,
	"actions" jsonb NOT NULL,
	"origin" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ledger" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"panel" text NOT NULL,
	"account_id" text NOT NULL,
	"kind" text NOT NULL,
	"delta_minor" bigint NOT NULL,
	"balance_minor" bigint NOT NULL,
	"unit_code" text NOT NULL,
	"unit_scale" integer NOT NULL,
	"operation" bigint,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"operation" bigint,
	"content" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"posted_at" timestamp (3) with time zone,
	"abandoned" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"channel_id" text,
	"message_id" text
);
--> statement-breakpoint
CREATE TABLE "operation_steps" (
	"operation" bigint NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL,
	"state" text NOT NULL,
	"result" jsonb,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "operation_steps_operation_name_pk" PRIMARY KEY("operation","name")
);
--> statement-breakpoint
CREATE TABLE "operations" (
	"number" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "operations_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1000 CACHE 1),
	"key" text NOT NULL,
	"input_hash" text NOT NULL,
	"verb" text NOT NULL,
	"state" text NOT NULL,
	"actor_id" text NOT NULL,
	"panel" text NOT NULL,
	"account_id" text,
	"member_id" text,
	"input" jsonb NOT NULL,
	"state_before" jsonb,
	"result" jsonb,
	"reason" text,
	"delta_minor" bigint,
	"unit_code" text,
	"unit_scale" integer,
	"failure" text,
	"failure_detail" text,
	"attempt_token" text NOT NULL,
	"lease_until" timestamp (3) with time zone NOT NULL,
	"late_outcome" jsonb,
	"linked_number" bigint,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "operations_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "owed_answers" (
	"interaction_id" text PRIMARY KEY NOT NULL,
	"sealed" "bytea" NOT NULL,
	"operation_key" text,
	"owner" text NOT NULL,
	"owner_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "grants" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "grants_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"permission" text,
	"preset" text,
	"panel" text,
	"per_act" text,
	"per_day" text,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"revoked_by" text,
	"revoked_at" timestamp (3) with time zone,
	"origin" text NOT NULL,
	CONSTRAINT "grants_origin_unique" UNIQUE("origin"),
	CONSTRAINT "grants_one_of" CHECK (("grants"."permission" is null) <> ("grants"."preset" is null))
);
--> statement-breakpoint
CREATE TABLE "policy_version" (
	"id" integer PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "ledger" ADD CONSTRAINT "ledger_operation_operations_number_fk" FOREIGN KEY ("operation") REFERENCES "public"."operations"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operation_steps" ADD CONSTRAINT "operation_steps_operation_operations_number_fk" FOREIGN KEY ("operation") REFERENCES "public"."operations"("number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "builtin_accounts_email" ON "builtin_accounts" USING btree ("panel",lower("email"));--> statement-breakpoint
CREATE UNIQUE INDEX "builtin_accounts_username" ON "builtin_accounts" USING btree ("panel",lower("username"));--> statement-breakpoint
CREATE INDEX "directory_search" ON "directory" USING gin ("search_text" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "directory_username_prefix" ON "directory" USING btree (lower("username") text_pattern_ops);--> statement-breakpoint
CREATE INDEX "directory_name_prefix" ON "directory" USING btree (lower("name") text_pattern_ops);--> statement-breakpoint
CREATE INDEX "directory_email" ON "directory" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "directory_by_username" ON "directory" USING btree ("panel","username","account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "links_user" ON "links" USING btree ("panel","user_id") WHERE "links"."removed_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "links_account" ON "links" USING btree ("panel","account_id") WHERE "links"."removed_at" is null;--> statement-breakpoint
CREATE INDEX "links_ever_user" ON "links" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "links_ever_account" ON "links" USING btree ("panel","account_id");--> statement-breakpoint
CREATE INDEX "notes_account" ON "notes" USING btree ("panel","account_id","created_at");--> statement-breakpoint
CREATE INDEX "audit_unsealed" ON "audit" USING btree ("transaction_id","id");--> statement-breakpoint
CREATE INDEX "audit_at" ON "audit" USING btree ("at");--> statement-breakpoint
CREATE INDEX "audit_actor" ON "audit" USING btree ("actor_id","at");--> statement-breakpoint
CREATE INDEX "audit_account" ON "audit" USING btree ("panel","account_id","at");--> statement-breakpoint
CREATE INDEX "component_state_expiry" ON "component_state" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "ledger_account" ON "ledger" USING btree ("panel","account_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_operation" ON "ledger" USING btree ("operation") WHERE "ledger"."operation" is not null;--> statement-breakpoint
CREATE INDEX "notices_owed" ON "notices" USING btree ("id") WHERE "notices"."posted_at" is null and "notices"."abandoned" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "operations_pending" ON "operations" USING btree ("panel","account_id") WHERE "operations"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "operations_account" ON "operations" USING btree ("panel","account_id","created_at");--> statement-breakpoint
CREATE INDEX "operations_actor" ON "operations" USING btree ("actor_id","created_at");--> statement-breakpoint
CREATE INDEX "operations_open" ON "operations" USING btree ("state") WHERE "operations"."state" in ('pending', 'unknown', 'awaiting_approval');--> statement-breakpoint
CREATE INDEX "owed_answers_created" ON "owed_answers" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "grants_subject" ON "grants" USING btree ("subject_id") WHERE "grants"."revoked_at" is null;