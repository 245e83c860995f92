DROP INDEX "directory_username_prefix";--> statement-breakpoint
DROP INDEX "directory_name_prefix";--> statement-breakpoint
CREATE INDEX "directory_by_balance" ON "directory" USING btree ("panel",coalesce("balance_minor", -1),"account_id");--> statement-breakpoint
CREATE INDEX "directory_username_prefix" ON "directory" USING btree ("panel",lower("username") text_pattern_ops);--> statement-breakpoint
CREATE INDEX "directory_name_prefix" ON "directory" USING btree ("panel",lower("name") text_pattern_ops);