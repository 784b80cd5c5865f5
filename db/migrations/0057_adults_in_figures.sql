-- Adults are a group of their own in the figures: everything is counted anew.
ALTER TABLE figure_change NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
INSERT INTO figure_change DEFAULT VALUES;--> statement-breakpoint
ALTER TABLE figure_change FORCE ROW LEVEL SECURITY;
