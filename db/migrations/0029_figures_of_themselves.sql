ALTER TABLE "figure_block" DROP CONSTRAINT "figure_block_area_id_year_family_pk";--> statement-breakpoint
ALTER TABLE "figure_block" ADD CONSTRAINT "figure_block_area_id_family_pk" PRIMARY KEY("area_id","family");--> statement-breakpoint
ALTER TABLE "figure_person" DROP COLUMN "seen";--> statement-breakpoint
ALTER TABLE "figure_mark" DROP COLUMN "excused";--> statement-breakpoint
ALTER TABLE "figure_block" DROP COLUMN "year";