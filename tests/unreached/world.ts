import type { Sql } from 'postgres';
import { newAddressId, newId, newSlipCode } from '../../lib/kernel/id';
import { bandOf, type KnownOf } from '../../lib/unreached/rules';
import { knownBands, type BandGroup, type KnownBand } from '../../lib/unreached/schema';
import { dice, type Dice } from '../figure/world';
import type { Cast } from '../support/cast';

type Row = Record<string, unknown>;

/** One village as it was thrown: what was declared of it, and how many of its people the pure rule puts into each band. */
export interface Village {
  readonly id: number;
  readonly declared: Record<BandGroup, number | null>;
  readonly expected: Record<BandGroup, Record<KnownBand, number>>;
}

const tables = {
  area: [] as Row[],
  area_parent: [] as Row[],
  eligible: [] as Row[],
  person: [] as Row[],
  consent: [] as Row[],
  class: [] as Row[],
  class_session: [] as Row[],
  enrolment: [] as Row[],
  attendance: [] as Row[],
  skill_observation: [] as Row[],
  desk_assist: [] as Row[],
  step_record: [] as Row[],
  task_work: [] as Row[],
};
type Tables = typeof tables;

interface Known {
  readonly core: readonly string[];
  readonly skills: readonly string[];
  readonly steps: readonly string[];
  readonly now: number;
}

/**
 * So many random villages of a unit, written in bulk as the owner: hamlets below some, people with every mixture of places, marks, observations, assists and
 * answers, some merged into another, some withdrawn, some without a year of birth; declared numbers of every kind, more and fewer than are known.
 */
export async function randomVillages(cast: Cast, seed: number, count: number, now: Date): Promise<Village[]> {
  const roll = dice(seed);
  const rows: Tables = structuredClone(tables);
  const skills = await cast.owner<{ code: string; core: boolean }[]>`
    select skill_code as code, core from skill_version where valid_to is null order by 1`;
  const steps = await cast.owner<{ code: string }[]>`select code from step order by position`;
  const known: Known = {
    core: skills.filter(({ core }) => core).map(({ code }) => code),
    skills: skills.map(({ code }) => code),
    steps: steps.map(({ code }) => code),
    now: now.getTime(),
  };
  const classes = aFewClasses(cast, rows, now);
  const villages: Village[] = [];
  for (let at = 0; at < count; at += 1) villages.push(aVillage(cast, 3_000_000 + at * 2, roll, rows, known, classes));
  await write(cast.owner, rows);
  return villages;
}

interface AClass {
  readonly id: string;
  readonly status: string;
  readonly endsAt: number;
  readonly sessionId: string;
}

/** Running and over, published, draft and cancelled: in the other unit, whose organiser does not see these people. */
function aFewClasses({ there, courseId, lessonId }: Cast, rows: Tables, now: Date): AClass[] {
  return ['published', 'published', 'draft', 'cancelled', 'completed'].map((wanted, at) => {
    const status = wanted === 'completed' ? 'published' : wanted;
    const endsAt = now.getTime() + (at === 1 || at === 4 ? -5 : 5) * 86_400_000;
    const one = { id: newAddressId(), status, endsAt, sessionId: newId() };
    const starts = new Date(endsAt - (40 + at) * 86_400_000);
    rows.class.push({
      id: one.id,
      area_id: there.villageId,
      course_id: courseId,
      venue_id: there.venueId,
      team_id: there.teamId,
      status,
      status_reason: status === 'cancelled' ? 'Thử' : null,
      capacity: 60,
      first_starts_at: starts,
      last_ends_at: new Date(endsAt),
      published_at: status === 'draft' ? null : starts,
    });
    rows.class_session.push({
      id: one.sessionId,
      class_id: one.id,
      area_id: there.villageId,
      lesson_id: lessonId,
      venue_id: there.venueId,
      position: 1,
      starts_at: starts,
      ends_at: new Date(starts.getTime() + 5_400_000),
      status: status === 'draft' ? 'planned' : 'published',
    });
    return one;
  });
}

const none = (): Record<KnownBand, number> =>
  Object.fromEntries(knownBands.map((band) => [band, 0])) as Record<KnownBand, number>;

function aVillage(cast: Cast, id: number, roll: Dice, rows: Tables, known: Known, classes: readonly AClass[]): Village {
  const place = (areaId: number, kind: string, parentId: number) => {
    const name = `Bản Ngẫu Nhiên ${areaId}`;
    rows.area.push({
      id: areaId,
      kind,
      name_vi: name,
      name_en: name,
      full_name_vi: name,
      full_name_en: name,
      name_folded: name.toLowerCase(),
      valid_from: '2025-07-01',
    });
    rows.area_parent.push({ area_id: areaId, parent_id: parentId, valid_from: '2025-07-01' });
  };
  place(id, 'village', cast.here.unitId);
  const hamlet = roll.upTo(5) === 0 ? id + 1 : null;
  if (hamlet !== null) place(hamlet, 'hamlet', id);
  const expected = { adults: none(), age60: none() };
  const thisYear = new Date(known.now + 7 * 3_600_000).getUTCFullYear();
  const people = roll.upTo(4) === 0 ? roll.upTo(2) : roll.upTo(9);
  for (let at = 0; at < people; at += 1) {
    const age = roll.upTo(8) === 0 ? null : roll.pick([3, 17, 18, 19, 40, 59, 60, 61, 75, 90]);
    const home = hamlet !== null && roll.upTo(3) === 0 ? hamlet : id;
    const band = aPerson(home, age === null ? null : thisYear - age, roll, rows, known, classes, cast);
    if (band === null) continue;
    if (age === null || age >= 18) expected.adults[band] += 1;
    if (age !== null && age >= 60) expected.age60[band] += 1;
  }
  const declared = { adults: aNumber(roll), age60: aNumber(roll) };
  for (const [grp, number] of Object.entries(declared)) {
    if (number === null) continue;
    // An older word, and one of a day to come, count for nothing.
    rows.eligible.push({ area_id: id, as_of: '2020-01-01', grp, people: roll.upTo(500), source: 'Sổ cũ' });
    rows.eligible.push({ area_id: id, as_of: '2026-01-01', grp, people: number, source: 'Sổ' });
    rows.eligible.push({ area_id: id, as_of: '2999-01-01', grp, people: roll.upTo(500), source: 'Sổ mai sau' });
  }
  return { id, declared, expected };
}

const aNumber = (roll: Dice) => (roll.upTo(6) === 0 ? null : roll.upTo(4) === 0 ? roll.upTo(5) : roll.upTo(700));

/** Writes one person and what is known of them, also under a record merged into theirs; says their band, null for whoever withdrew. */
function aPerson(
  areaId: number,
  birthYear: number | null,
  roll: Dice,
  rows: Tables,
  known: Known,
  classes: readonly AClass[],
  cast: Cast,
): KnownBand | null {
  const [id, twin] = [newId(), roll.upTo(6) === 0 ? newId() : null];
  const name = { full_name: 'Người Ngẫu Nhiên', given_name: 'Nhiên', name_folded: 'nguoi ngau nhien' };
  rows.person.push({ id, area_id: areaId, birth_year: birthYear, merged_into: null, ...name });
  if (twin) rows.person.push({ id: twin, area_id: areaId, birth_year: birthYear, merged_into: id, ...name });
  const withdrew = roll.upTo(10) === 0;
  // Some gave their consent again after taking it back, some were never asked.
  const consents = roll.pick([[], [false], [false, true]]);
  for (const over of withdrew ? [true] : consents)
    rows.consent.push({
      person_id: id,
      purpose: 'class',
      text_version: 1,
      given: true,
      how: 'oral',
      withdrawn_at: over ? new Date(known.now - 1000) : null,
    });
  if (!withdrew && consents.length === 2 && roll.upTo(2) === 0)
    rows.consent.push({
      person_id: id,
      purpose: 'need',
      text_version: 1,
      given: true,
      how: 'oral',
      withdrawn_at: new Date(known.now),
    });
  const whose = () => (twin && roll.upTo(2) === 0 ? twin : id);
  const facts = {
    ...learning(whose, roll, rows, known, classes),
    ...answered(id, roll, rows, known),
    assists: assisted(whose, roll, rows, known, cast),
    visits: 0,
    works: worked(whose, roll, rows, known, cast),
  };
  return withdrew ? null : bandOf(facts, known);
}

type Whose = () => string;

function learning(
  whose: Whose,
  roll: Dice,
  rows: Tables,
  known: Known,
  classes: readonly AClass[],
): Pick<KnownOf, 'places' | 'marks' | 'observed'> {
  const places: KnownOf['places'][number][] = [];
  const observed: KnownOf['observed'][number][] = [];
  let marks = 0;
  const in_ = roll.upTo(3) === 0 ? [roll.pick(classes)] : [];
  for (const one of in_) {
    const status = roll.pick(['confirmed', 'confirmed', 'waitlisted', 'cancelled', 'completed']);
    places.push({ status, classStatus: one.status, endsAt: one.endsAt });
    rows.enrolment.push({
      class_id: one.id,
      area_id: 1_900_002,
      person_id: whose(),
      status,
      code: newSlipCode(),
      channel: 'staff',
      idempotency_key: newId(),
    });
  }
  const marked = roll.upTo(4) === 0 ? roll.pick(classes) : null;
  const state = roll.pick(['present', 'absent', 'late', 'excused']);
  const there = whose();
  if (marked) {
    marks += 1;
    rows.attendance.push({
      session_id: marked.sessionId,
      person_id: there,
      area_id: 1_900_002,
      state,
      by_default: false,
      marked_at: new Date(known.now),
      operation_id: newId(),
      minutes_late: state === 'late' ? 5 : null,
    });
  }
  const see = (skill: string, level: number, daysAgo: number) => {
    const kind = roll.pick(['recheck', 'recheck', 'recheck', 'own_claim', marked ? 'session' : 'recheck'] as const);
    const at = known.now - daysAgo * 86_400_000 - roll.upTo(1000);
    const obs = { id: newId(), skill, level, at };
    const came = state === 'present' || state === 'late';
    observed.push({ ...obs, counts: kind === 'recheck' || (kind === 'session' && came) });
    rows.skill_observation.push({
      id: obs.id,
      person_id: kind === 'session' ? there : whose(),
      skill_code: skill,
      level,
      source: kind,
      session_id: kind === 'session' ? marked?.sessionId : null,
      area_id: 1_900_002,
      observed_at: new Date(at),
      place: null,
    });
  };
  const sort = roll.upTo(8);
  if (sort === 0) for (const skill of known.core) see(skill, 3 + roll.upTo(2), 30);
  if (sort <= 1) for (let at = 0; at < roll.upTo(4); at += 1) see(roll.pick(known.skills), roll.upTo(5), roll.upTo(60));
  return { places, marks, observed };
}

function answered(id: string, roll: Dice, rows: Tables, known: Known): Pick<KnownOf, 'steps'> {
  const steps: KnownOf['steps'][number][] = [];
  const times = roll.upTo(3) === 0 ? 1 + roll.upTo(5) : 0;
  for (let at = 0; at < times; at += 1) {
    const said = { step: roll.pick(known.steps), answer: roll.pick(['yes', 'yes', 'no', 'unknown'] as const) };
    const moment = {
      at: known.now - roll.upTo(4) * 86_400_000,
      recordedAt: known.now - roll.upTo(3) * 1000,
      id: newId(),
    };
    steps.push({ ...said, ...moment });
    rows.step_record.push({
      id: moment.id,
      person_id: id,
      step_code: said.step,
      answer: said.answer,
      source: 'self',
      at: new Date(moment.at),
      recorded_at: new Date(moment.recordedAt),
      key: newId(),
    });
  }
  return { steps };
}

function assisted(whose: Whose, roll: Dice, rows: Tables, known: Known, { there }: Cast): number {
  if (roll.upTo(8) > 0) return 0;
  const undone = roll.upTo(3) === 0;
  rows.desk_assist.push({
    id: newId(),
    desk_id: there.deskId,
    area_id: there.villageId,
    need_code: 'vneid',
    need_version: 1,
    level: 1,
    minutes: 10,
    person_id: whose(),
    at: new Date(known.now),
    undone_at: undone ? new Date(known.now) : null,
  });
  return undone ? 0 : 1;
}

/** Work on a task: only done or refused is having met them, and not what was done without them. */
function worked(whose: Whose, roll: Dice, rows: Tables, known: Known, { there }: Cast): number {
  if (roll.upTo(6) > 0) return 0;
  const kind = roll.pick(['never', 'absence', 'referral_home', 'recheck', 'correct', 'referral_returned']);
  const outcome = roll.pick(['done', 'refused', 'not_home', 'unsafe', 'moved']);
  rows.task_work.push({
    id: newId(),
    kind,
    person_id: whose(),
    fact: 'x',
    area_id: there.villageId,
    outcome,
    note: '',
    at: new Date(known.now),
  });
  const withThem = kind !== 'correct' && kind !== 'referral_returned';
  return withThem && (outcome === 'done' || outcome === 'refused') ? 1 : 0;
}

/** In bulk, each table as one list; the tables stand in the order in which they may be written. */
async function write(owner: Sql, rows: Tables): Promise<void> {
  for (const [table, list] of Object.entries(rows)) {
    for (let from = 0; from < list.length; from += 5000)
      await owner.unsafe(
        `insert into ${table} (${Object.keys(list[0] ?? {}).join()})
         select ${Object.keys(list[0] ?? {}).join()} from jsonb_populate_recordset(null::${table}, $1::text::jsonb)`,
        [JSON.stringify(list.slice(from, from + 5000))],
      );
  }
  await owner`select rebuild_area_tree()`;
  await owner`analyze`;
}
