import { afterAll, beforeAll, expect, test } from 'vitest';
import { closePool, openScoped } from '@/lib/access/scoped';
import { fairness } from '@/lib/enrolment/fairness';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { handsOf, openClass } from './scene';

let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});
const { come, leave } = handsOf(() => cast);

/** What one plain statement for each group counts. */
async function plainly(year: number): Promise<Record<string, string>> {
  const base = `from class c join enrolment e on e.class_id = c.id join person p on p.id = e.person_id
    where extract(year from coalesce(c.first_starts_at, c.created_at) at time zone 'Asia/Ho_Chi_Minh') = ${year}`;
  const ever = (states: string) =>
    `exists (select from enrolment_event v where v.enrolment_id = e.id and v.to_status in (${states}))`;
  const age = `extract(year from coalesce(c.first_starts_at, e.created_at) at time zone 'Asia/Ho_Chi_Minh') - coalesce(p.birth_year, p.born_about)`;
  const groups: Record<string, string> = {
    'total total': 'true',
    'age unknown': `${age} is null`,
    'age under_40': `${age} < 40`,
    'age 40_59': `${age} >= 40 and ${age} < 60`,
    'age 60_79': `${age} >= 60 and ${age} < 80`,
    'age 80_up': `${age} >= 80`,
    'home own': 'exists (select from area_tree t where t.ancestor_id = c.area_id and t.area_id = p.area_id)',
    'wait waited': ever(`'waitlisted'`),
    'wait straight': `not ${ever(`'waitlisted'`)}`,
    'signup self': `e.channel = 'web' and e.signed_up_by is null`,
  };
  const found: Record<string, string> = {};
  for (const [group, is] of Object.entries(groups)) {
    const [row] = await cast.owner.unsafe<{ asked: number; got: number; waited: number }[]>(
      `select count(*)::int as asked, (count(*) filter (where ${ever(`'confirmed', 'offered'`)}))::int as got,
        (count(*) filter (where ${ever(`'waitlisted'`)}))::int as waited ${base} and ${is}`,
    );
    if (row && row.asked > 0) found[group] = `${row.asked} ${row.got} ${row.waited}`;
  }
  return found;
}

test('who asked and who got a place is what plain statements count, however often it is asked', async () => {
  for (const [at, birthYear] of [1931, 1950, 1970, 2001, 1948].entries()) {
    const classId = await openClass(cast, cast.here, 2, { hoursAhead: 96 + at });
    const { code } = await come(classId, { birthYear });
    for (let more = 0; more < 3; more += 1) await come(classId, { birthYear: birthYear + more });
    if (at % 2 === 0) await leave(code);
  }
  const [when] = await cast.owner<{ year: number }[]>`
    select extract(year from (now() + interval '96 hours') at time zone 'Asia/Ho_Chi_Minh')::int as year`;
  const year = when?.year ?? 0;
  const token = await cast.token('province_admin', cast.here);
  // More often than a statement is planned for what it is given.
  for (let turn = 0; turn < 7; turn += 1) {
    const found = await openScoped('read only', 'camtay_app', token, (tx) => fairness(tx, { areaId: null, year }));
    const counts = Object.fromEntries(
      (found?.rows ?? []).map((row) => [`${row.by} ${row.group}`, `${row.asked} ${row.got} ${row.waited}`]),
    );
    expect(counts).toMatchObject(await plainly(year));
  }
});
