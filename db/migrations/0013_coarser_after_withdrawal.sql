ALTER TABLE "person" ADD COLUMN "born_about" integer;--> statement-breakpoint
ALTER TABLE "person" ADD CONSTRAINT "person_born_about_alone" CHECK (born_about is null or birth_year is null);