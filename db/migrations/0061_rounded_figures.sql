-- All that was learnt, and who was guided, are told rounded from now on: everything is counted and judged anew.
ALTER TABLE figure_change NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
INSERT INTO figure_change DEFAULT VALUES;--> statement-breakpoint
ALTER TABLE figure_change FORCE ROW LEVEL SECURITY;
