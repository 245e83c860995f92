DROP INDEX "operations_account";--> statement-breakpoint
CREATE INDEX "operations_account" ON "operations" USING btree ("panel","account_id","number");