import { sql, type SQL } from 'drizzle-orm';
import { pgPolicy, pgRole } from 'drizzle-orm/pg-core';
import type { Capability } from '../capabilities';

/** Callers who signed in. Owns nothing, bypasses nothing. */
const staffRole = pgRole('camtay_app').existing();
/** Callers without an account: residents, programs, crawlers. */
const publicRole = pgRole('camtay_public').existing();
/** Named elevation (`asSystem`, `elevated`) and the functions behind the policies. Still no owner, still under RLS. */
const systemRole = pgRole('camtay_system').existing();

/** Who passes, per verb, when signed in; `public` is what callers without an account may read. What is left out is refused. */
export interface Walls {
  select: SQL;
  insert?: SQL;
  update?: SQL;
  delete?: SQL;
  public?: SQL;
}

/**
 * The row-level policies of one table: one per verb for signed-in callers, one for the system role, one for the public
 * where it may read. A verb that is left out is written down as refused, so that the catalogue test sees it decided.
 */
export function walls(table: string, may: Walls) {
  const none = sql`false`;
  return [
    pgPolicy(`${table}_select`, { for: 'select', to: staffRole, using: may.select }),
    pgPolicy(`${table}_insert`, { for: 'insert', to: staffRole, withCheck: may.insert ?? none }),
    pgPolicy(`${table}_update`, {
      for: 'update',
      to: staffRole,
      using: may.update ?? none,
      withCheck: may.update ?? none,
    }),
    pgPolicy(`${table}_delete`, { for: 'delete', to: staffRole, using: may.delete ?? none }),
    pgPolicy(`${table}_system`, { for: 'all', to: systemRole, using: sql`true`, withCheck: sql`true` }),
    pgPolicy(`${table}_public`, { for: 'select', to: publicRole, using: may.public ?? none }),
  ];
}

/** Everybody who reaches the database through a door. */
export const anyone = sql`true`;

/** Rows whose area lies under an area where the caller's role holds the capability. Evaluated once per query. */
export function within(capability: Capability, column = 'area_id'): SQL {
  return sql.raw(`${column} = ANY (COALESCE((SELECT may_areas('${capability}')), '{}'))`);
}

/** The caller holds the capability somewhere; for data that belongs to no area. */
export function holds(capability: Capability): SQL {
  return sql.raw(`(SELECT COALESCE(cardinality(may_areas('${capability}')), 0) > 0)`);
}

/**
 * The person is one the caller already has to do with: lives where they may look people up, is or was on a roster they read, or
 * was typed in by them. Without it a row hung on a stranger's id would open that stranger's name and phone.
 */
export function reaches(person: string): SQL {
  return sql.raw(`person_in_reach(${person})`);
}

/**
 * The row is about somebody of another unit whom the caller may read with a purpose, and whose reading was written into the log in this very
 * transaction (`readOutside`): without the line in the log there is no row. Evaluated once per query.
 */
export function readWithPurpose(person = 'person_id'): SQL {
  return sql.raw(`${person} = ANY (COALESCE((SELECT outside_people()), '{}'))`);
}

/** A mark or an observation: of a session held just there, of somebody on its roll or otherwise within reach. */
export const recordable = sql.raw('may_record(session_id, area_id, person_id)');

/** The row is the caller's own account's. */
export function own(column = 'account_id'): SQL {
  return sql.raw(`${column} = (SELECT caller_account())`);
}

/** The row is about the person whose card was proven in this transaction: what a learner sees of themselves. */
export function ofCardHolder(column = 'person_id'): SQL {
  return sql.raw(`${column} = (SELECT card_person())`);
}
