CREATE TABLE "crawls" (
	"panel" text PRIMARY KEY NOT NULL,
	"cursor" text,
	"lease_token" text,
	"lease_until" timestamp (3) with time zone,
	"started_at" timestamp (3) with time zone,
	"seen" bigint DEFAULT 0 NOT NULL,
	"total" bigint,
	"phase" text DEFAULT 'idle' NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"finished_seen" bigint,
	"finished_vanished" bigint,
	"requested_at" timestamp (3) with time zone,
	"failure" text,
	"failed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "house_balances" (
	"panel" text NOT NULL,
	"account_id" text NOT NULL,
	"balance_minor" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "house_balances_panel_account_id_pk" PRIMARY KEY("panel","account_id"),
	CONSTRAINT "house_balances_balance" CHECK ("house_balances"."balance_minor" >= 0)
);
--> statement-breakpoint
CREATE TABLE "house_receipts" (
	"panel" text NOT NULL,
	"reference" text NOT NULL,
	"account_id" text,
	"action" text NOT NULL,
	"balance_before_minor" bigint,
	"balance_after_minor" bigint,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "house_receipts_panel_reference_pk" PRIMARY KEY("panel","reference")
);
--> statement-breakpoint
CREATE TABLE "house_suspensions" (
	"panel" text NOT NULL,
	"account_id" text NOT NULL,
	"reason" text NOT NULL,
	"since" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "house_suspensions_panel_account_id_pk" PRIMARY KEY("panel","account_id")
);
--> statement-breakpoint
CREATE TABLE "secrets" (
	"operation" bigint PRIMARY KEY NOT NULL,
	"sealed" "bytea" NOT NULL,
	"user_id" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "directory" ADD COLUMN "details" jsonb DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX "directory_discord" ON "directory" USING btree ("discord_id") WHERE "directory"."discord_id" is not null;--> statement-breakpoint
CREATE INDEX "directory_vanished" ON "directory" USING btree ("vanished_at") WHERE "directory"."vanished_at" is not null;