import { idOf } from '../ids';
import type { Row } from '../connection';
import { accountOf } from './accounts';
import type { Place } from './places';

interface DuplicateRows {
  attendance: Row[];
  consent: Row[];
  person: Row[];
  person_merge: Row[];
  register_operation: Row[];
}

/**
 * Some who walked into a session and were written down a second time, from the first villages of a unit: pairs to decide about, and
 * one that was merged and can be taken apart again.
 */
export function makeDuplicates(places: readonly Place[], rows: DuplicateRows): void {
  for (const place of places) {
    const villages = new Set<unknown>(place.villages.map(({ id }) => id));
    const here = rows.person.filter((row) => villages.has(row.area_id) && row.birth_year !== null);
    const marked = rows.attendance.filter((row) => villages.has(row.area_id) && row.walk_in === true);
    const by = accountOf('organiser', place.unit.id);
    here.slice(0, 4).forEach((known, at) => {
      const twin = twinOf(known, at);
      rows.person.push(twin);
      const mark = marked[at];
      if (mark && at < 3) giveMark(mark, twin, rows);
      const merged = at === 3 && by !== null;
      const consentId = idOf(`demo/duplicate/consent/${String(twin.id)}`);
      rows.consent.push({
        id: consentId,
        person_id: (merged ? known.id : twin.id) ?? null,
        purpose: 'class',
        text_version: 1,
        given: true,
        how: 'oral',
        taken_by: null,
        at: twin.created_at ?? null,
      });
      if (!merged) return;
      twin.merged_into = known.id ?? null;
      rows.person_merge.push({
        id: idOf(`demo/merge/${String(twin.id)}`),
        kept_id: known.id ?? null,
        merged_id: twin.id ?? null,
        moved: JSON.stringify({ enrolments: { followed: [], ended: [] }, chain: [], 'rows.consent': [consentId] }),
        by,
      });
    });
  }
}

/** The same name; written down without a phone, and now and then with the year next to it or none. */
function twinOf(known: Row, at: number): Row {
  const year = Number(known.birth_year);
  return {
    ...known,
    id: idOf(`demo/duplicate/${String(known.id)}`),
    phone_hint: null,
    gender: null,
    birth_year: at === 1 ? year + 1 : at === 2 ? null : year,
    merged_into: null,
  };
}

/** They walked into that session too. */
function giveMark(mark: Row, twin: Row, rows: DuplicateRows): void {
  const act = rows.register_operation.find((row) => row.id === mark.operation_id);
  if (!act) return;
  const id = idOf(`demo/duplicate/mark/${String(twin.id)}`);
  rows.register_operation.push({ ...act, id, person_id: twin.id ?? null });
  rows.attendance.push({ ...mark, operation_id: id, person_id: twin.id ?? null });
}
