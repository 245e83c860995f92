DROP INDEX "operations_open";--> statement-breakpoint
CREATE INDEX "operations_moved" ON "operations" USING btree ("panel","account_id","created_at") WHERE "operations"."delta_minor" is not null;--> statement-breakpoint
CREATE INDEX "operations_open" ON "operations" USING btree ("panel","account_id") WHERE "operations"."state" in ('pending', 'unknown', 'awaiting_approval');