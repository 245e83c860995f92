CREATE TABLE "audit_eras" (
	"era" integer PRIMARY KEY NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
INSERT INTO "audit_eras" ("era") VALUES (0);
--> statement-breakpoint
CREATE TRIGGER audit_eras_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_eras
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE FUNCTION current_audit_era() RETURNS integer LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT max(era) FROM audit_eras);
END
$$;
--> statement-breakpoint
DROP INDEX "audit_unsealed";--> statement-breakpoint
-- The rows that are there belong to the first era; only those to come are asked for theirs.
ALTER TABLE "audit" ADD COLUMN "era" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "audit" ALTER COLUMN "era" SET DEFAULT current_audit_era();--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "forgotten" text;--> statement-breakpoint
CREATE INDEX "audit_order" ON "audit" USING btree ("era","transaction_id","id");--> statement-breakpoint
CREATE INDEX "notices_heads" ON "notices" USING btree ("id") WHERE "notices"."kind" = 'head';--> statement-breakpoint
CREATE INDEX "operations_to_forget" ON "operations" USING btree ("number") WHERE "operations"."forgotten" = 'asked';
