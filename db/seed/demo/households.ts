import { idOf } from '../ids';
import type { Row } from '../connection';
import { accountOf } from './accounts';
import { Dice } from './dice';
import type { Place } from './places';

interface HouseholdRows {
  household: Row[];
  household_member: Row[];
  person: Row[];
}

/** In every village some who live together: two or three under one roof, linked when the last of them was written down. */
export function makeHouseholds(places: readonly Place[], rows: HouseholdRows): void {
  for (const place of places) {
    const by = accountOf('organiser', place.unit.id);
    for (const village of place.villages) {
      const dice = new Dice(`households/${village.id}`);
      const here = rows.person.filter((row) => row.area_id === village.id && !row.merged_into);
      for (let at = 0; at + 1 < here.length && at < 12; at += 4) {
        const together = here.slice(at, at + dice.int(2, 3));
        const id = idOf(`demo/household/${village.id}/${at}`);
        const since = new Date(
          Math.max(...together.map((row) => (row.created_at instanceof Date ? row.created_at.getTime() : 0))),
        );
        rows.household.push({ id, area_id: village.id, created_at: since, created_by: by });
        for (const row of together)
          rows.household_member.push({
            id: idOf(`demo/household/member/${String(row.id)}`),
            household_id: id,
            person_id: row.id ?? null,
            area_id: village.id,
            joined_at: since,
            added_by: by,
          });
      }
    }
  }
}
