DROP INDEX "area_words_idx";--> statement-breakpoint
DROP INDEX "area_inside_idx";--> statement-breakpoint
DROP INDEX "area_alias_words_idx";--> statement-breakpoint
DROP INDEX "area_alias_inside_idx";--> statement-breakpoint
ALTER TABLE "area" ADD COLUMN "words" text GENERATED ALWAYS AS (place_words(full_name_vi)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "area_alias" ADD COLUMN "words" text GENERATED ALWAYS AS (place_words(name)) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "area_words_idx" ON "area" USING btree (words);--> statement-breakpoint
CREATE INDEX "area_inside_idx" ON "area" USING gin ((' ' || words) gin_trgm_ops) WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "area_alias_words_idx" ON "area_alias" USING btree (words);--> statement-breakpoint
CREATE INDEX "area_alias_inside_idx" ON "area_alias" USING gin ((' ' || words) gin_trgm_ops) WITH (fastupdate=false);--> statement-breakpoint
-- What it takes, so that nobody ever plans to fold every name anew instead of looking into the index.
ALTER FUNCTION place_near(text) COST 20000;
