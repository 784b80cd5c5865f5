ALTER TABLE "visit_operation" DROP CONSTRAINT "visit_operation_kind_known";--> statement-breakpoint
ALTER TABLE "visit_operation" ALTER COLUMN "visit_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "visit_operation" ADD CONSTRAINT "visit_operation_of_a_home" CHECK ((visit_id is null) = (kind = 'work'));--> statement-breakpoint
ALTER TABLE "visit_operation" ADD CONSTRAINT "visit_operation_kind_known" CHECK (kind in ('outcome', 'skill', 'steps', 'met', 'work'));