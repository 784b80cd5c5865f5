import path from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { roleCapabilities } from './capabilities';
import { connectionOptions } from './connection';

/**
 * Brings a database up to date: migrations, then the walls (forced row-level security, grants, owners of the functions
 * behind the policies) and the table of verbs. Safe to run again and from several processes at once.
 */
export async function migrate(url: string): Promise<void> {
  const sql = postgres({ ...connectionOptions(url), max: 1, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(hashtext('camtay.migrate'))`;
    await runMigrations(drizzle(sql), { migrationsFolder: path.join(process.cwd(), 'db/migrations') });
    await raiseWalls(sql);
    await copyCapabilities(sql);
  } finally {
    await sql.end();
  }
}

/** What drizzle-kit does not write: FORCE, grants by role, and the functions' owner (a role that is itself under RLS). */
async function raiseWalls(sql: postgres.Sql): Promise<void> {
  await sql.unsafe(`
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
    GRANT USAGE ON SCHEMA public TO camtay_app, camtay_public, camtay_system;
    REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, camtay_public;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO camtay_app, camtay_system;
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO camtay_app, camtay_system;
    DO $$
    DECLARE item record;
    BEGIN
      FOR item IN SELECT c.oid::regclass AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                  WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', item.name);
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', item.name);
      END LOOP;
      FOR item IN SELECT DISTINCT tablename AS name FROM pg_policies
                  WHERE schemaname = 'public' AND 'camtay_public' = ANY (roles) AND qual <> 'false' LOOP
        EXECUTE format('GRANT SELECT ON %I TO camtay_public', item.name);
      END LOOP;
      GRANT CREATE ON SCHEMA public TO camtay_system;
      -- Functions that change something with the system's rights are called by the system role alone (elevated, jobs).
      FOR item IN SELECT p.oid::regprocedure AS name, p.provolatile = 'v' AS changes FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                  WHERE n.nspname = 'public' AND p.prosecdef LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO camtay_system', item.name);
        -- Left unnamed, the caller's own temporary tables come first: a made-up auth_session would make anybody anyone.
        EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, public, pg_temp', item.name);
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC, camtay_app, camtay_public', item.name);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO camtay_system', item.name);
        IF NOT item.changes THEN
          EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO camtay_app, camtay_public', item.name);
        END IF;
      END LOOP;
      REVOKE CREATE ON SCHEMA public FROM camtay_system;
      EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
    END $$;`);
}

/** Makes `role_capability` equal to the table in code. */
async function copyCapabilities(sql: postgres.Sql): Promise<void> {
  const rows = Object.entries(roleCapabilities).flatMap(([role, held]) =>
    held.map((capability) => ({ role, capability })),
  );
  await sql.begin(async (tx) => {
    await tx`select set_config('role', 'camtay_system', true)`;
    await tx`delete from role_capability`;
    await tx`insert into role_capability ${tx(rows)}`;
  });
}
