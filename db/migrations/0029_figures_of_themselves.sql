TRUNCATE TABLE "figure_block";--> statement-breakpoint
ALTER TABLE "figure_block" DROP CONSTRAINT "figure_block_area_id_year_family_pk";--> statement-breakpoint
ALTER TABLE "figure_block" ADD COLUMN "measure" text NOT NULL;--> statement-breakpoint
ALTER TABLE "figure_block" ADD CONSTRAINT "figure_block_area_id_measure_pk" PRIMARY KEY("area_id","measure");--> statement-breakpoint
ALTER TABLE "figure_block" DROP COLUMN "year";--> statement-breakpoint
ALTER TABLE "figure_block" DROP COLUMN "family";--> statement-breakpoint
ALTER TABLE "figure_person" DROP COLUMN "seen";--> statement-breakpoint
ALTER TABLE "figure_mark" DROP COLUMN "excused";--> statement-breakpoint
-- What is counted of what reads differently now: everything anew.
INSERT INTO "figure_change" DEFAULT VALUES;
