import { addDays, momentOf } from '../../../lib/kernel/clock';
import { provinceId } from '../areas';
import type { Row } from '../connection';
import { accountOf } from './accounts';
import { Dice } from './dice';
import type { Place } from './places';

/** What happened, by which targets that mean something are set. */
export interface Happened {
  class_session: Row[];
  attendance: Row[];
}

export interface DeclaredRows extends Happened {
  eligible: Row[];
  declared_figure: Row[];
  target: Row[];
}

const source = 'Số liệu mẫu (demo)';

/** How many live in a village, by group: invented, but such that every part fits into its whole. */
function people(dice: Dice, mountain: boolean): Record<string, number> {
  const all = dice.int(320, 980);
  const share = (of: number, from: number, to: number) => Math.round(of * dice.between(from, to));
  const young = share(all, 0.24, mountain ? 0.34 : 0.28);
  const adults = all - young;
  const age60 = share(adults, 0.16, 0.24);
  const age_70 = share(age60, 0.36, 0.46);
  const age_18_34 = share(adults, 0.28, 0.36);
  return {
    all,
    adults,
    age14: adults + share(young, 0.18, 0.24),
    women: share(all, 0.48, 0.52),
    age_0_17: young,
    age_18_34,
    age_35_59: adults - age60 - age_18_34,
    age60,
    age_60_69: age60 - age_70,
    age_70,
    ethnic_minority: mountain ? share(all, 0.4, 0.9) : share(all, 0, 0.02),
    disability: share(all, 0.012, 0.03),
    poor_household: share(all, mountain ? 0.15 : 0.03, mountain ? 0.35 : 0.08),
    households: Math.round(all / dice.between(3.6, 4.4)),
  };
}

/**
 * What people said of every village and unit, and what is aimed at this year. Most units have a number of their own, the sum of their
 * villages; of some only the villages spoke, and of one not all of them. The province itself knows how many adults it has, by whom the national target is.
 */
export function makeDeclared(places: readonly Place[], today: string, rows: DeclaredRows): void {
  const seen = happened(rows, `${today.slice(0, 4)}-01-01`);
  aimOfProvince(seen, today, rows);
  let adults = 0;
  for (const [index, place] of places.entries()) {
    const dice = new Dice(`declared/${place.unit.id}`);
    const total = sayPeople(place, index, dice, today, rows);
    adults += total.adults ?? 0;
    sayFigures(place, total, dice, today, rows);
    aim(place, seen, dice, today, rows);
  }
  rows.eligible.push({
    area_id: provinceId,
    as_of: `${today.slice(0, 4)}-01-01`,
    grp: 'adults',
    people: adults,
    source,
    recorded_by: accountOf('province_admin', provinceId),
    at: momentOf(addDays(today, -120), '09:00'),
  });
}

type Counts = Record<string, number>;
type Seen = ReadonlyMap<number, { sessions: number; people: Set<string> }>;

/** Sessions held and people who came this year, by the area taught in. */
function happened({ class_session, attendance }: Happened, since: string): Seen {
  const seen = new Map<number, { sessions: number; people: Set<string> }>();
  const at = (area: number) => {
    const found = seen.get(area) ?? { sessions: 0, people: new Set<string>() };
    seen.set(area, found);
    return found;
  };
  const from = momentOf(since, '00:00');
  const held = new Set<unknown>();
  for (const { id, area_id, status, starts_at } of class_session) {
    if (status !== 'held' || !(starts_at instanceof Date) || starts_at < from) continue;
    held.add(id);
    at(Number(area_id)).sessions += 1;
  }
  for (const { session_id, person_id, area_id, state } of attendance)
    if (held.has(session_id) && ['present', 'late', 'left_early'].includes(String(state)))
      at(Number(area_id)).people.add(String(person_id));
  return seen;
}

/** Who says it for a unit: its organiser where there is one, else the province's administrator. */
const speaker = (unit: number) => accountOf('organiser', unit) ?? accountOf('province_admin', provinceId);

function sayPeople({ unit, mountain, villages }: Place, index: number, dice: Dice, today: string, rows: DeclaredRows) {
  const as_of = `${today.slice(0, 4)}-01-01`;
  const at = momentOf(addDays(today, -120), '09:00');
  const say = (area_id: number, counts: Counts) => {
    for (const [grp, number] of Object.entries(counts))
      rows.eligible.push({ area_id, as_of, grp, people: number, source, recorded_by: speaker(unit.id), at });
  };
  const total: Counts = {};
  for (const [nth, village] of villages.entries()) {
    const counts = people(dice, mountain);
    for (const [grp, number] of Object.entries(counts)) total[grp] = (total[grp] ?? 0) + number;
    if (index !== 30 || nth > 1) say(village.id, counts);
  }
  if (index % 9 !== 3) say(unit.id, total);
  return total;
}

function sayFigures({ unit, villages }: Place, total: Counts, dice: Dice, today: string, rows: DeclaredRows): void {
  const year = today.slice(0, 4);
  const as_of = addDays(today, -20);
  const part = (of: number, from: number, to: number) => Math.round(of * dice.between(from, to));
  const say = (indicator_code: string, value: number, denominator: number | null, period = year, day = as_of) =>
    rows.declared_figure.push({
      indicator_code,
      area_id: unit.id,
      period,
      value,
      denominator,
      source,
      as_of: day,
      note: '',
      recorded_by: speaker(unit.id),
      at: momentOf(addDays(day, 1), '10:00'),
    });
  const { adults = 0, age14 = 0, households = 0, all = 0 } = total;
  const confirmed = part(adults, 0.3, 0.6);
  // Said twice: the newer one counts, the older one is its history.
  say('R09', Math.round(confirmed * 0.8), adults, year, addDays(today, -80));
  say('R09', confirmed, adults);
  say('R10', part(age14, 0.72, 0.96), age14);
  say('R11', part(adults, 0.04, 0.2), null);
  say('R12', part(adults, 0.6, 0.9), adults);
  say('R14', part(households, 0.7, 0.96), households);
  say('R14b', part(all, 0.5, 0.75), all);
  say('R15', villages.length - (dice.chance(0.3) ? 1 : 0), villages.length);
  say('R19', dice.int(0, 4), null);
}

/** Sets targets for the running year as both calendars count it: leaders look at either. */
function setter(today: string, rows: DeclaredRows) {
  const at = momentOf(addDays(today, -200), '09:00');
  const year = Number(today.slice(0, 4));
  // The administration's year begins on 15 December.
  const years = [`${year}`, `k${today.slice(5) >= '12-15' ? year + 1 : year}`];
  return (indicator_code: string, value: number, area_id: number, by: string | null) => {
    const aimed = Math.max(10, Math.round(value / 10) * 10);
    for (const period of years)
      rows.target.push({ indicator_code, area_id, period, value: aimed, source, recorded_by: by, at });
  };
}

/** What the province aims at: a little more than it is on the way to. */
function aimOfProvince(seen: Seen, today: string, rows: DeclaredRows): void {
  const set = setter(today, rows);
  const leader = accountOf('province_leader', provinceId);
  const all = [...seen.values()];
  const people = new Set(all.flatMap((one) => [...one.people])).size;
  set('R01', all.reduce((sum, { sessions }) => sum + sessions, 0) * 1.15, provinceId, leader);
  set('R03', people * 1.2, provinceId, leader);
  set('R22', people * 0.6, provinceId, leader);
}

/** Targets for the year a little above or below what an even pace leads to, so that some places are ahead and some behind. */
function aim({ unit, rich, villages }: Place, seen: Seen, dice: Dice, today: string, rows: DeclaredRows) {
  const set = setter(today, rows);
  const leader = accountOf('province_leader', provinceId);
  const areas = [unit.id, ...villages.map(({ id }) => id)];
  const sessions = areas.reduce((sum, id) => sum + (seen.get(id)?.sessions ?? 0), 0);
  const people = new Set(areas.flatMap((id) => [...(seen.get(id)?.people ?? [])])).size;
  set('R01', sessions * dice.between(0.9, 1.5), unit.id, leader);
  set('R03', people * dice.between(0.9, 1.5), unit.id, leader);
  set('R22', people * dice.between(0.45, 0.8), unit.id, leader);
  set('R28b', people * dice.between(0.08, 0.2), unit.id, leader);
  if (rich)
    for (const { id } of villages)
      set('R03', (seen.get(id)?.people.size ?? 0) * dice.between(0.9, 1.6), id, accountOf('unit_leader', unit.id));
}
