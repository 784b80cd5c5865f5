import { afterAll, beforeAll, expect, test } from 'vitest';
import { closePool } from '@/lib/access/scoped';
import { dayOf } from '@/lib/kernel/clock';
import { newId } from '@/lib/kernel/id';
import { resultsOf } from '@/lib/model/results';
import { teamScene } from '../team/scene';

let scene: Awaited<ReturnType<typeof teamScene>>;
beforeAll(async () => {
  scene = await teamScene();
});
afterAll(async () => {
  await closePool();
  await scene.cast.owner.end();
});

const now = new Date();
/** A die of its own, so that a failing world can be made again. */
function dieOf(seed: number) {
  let state = seed;
  const next = () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
  return {
    chance: (share: number) => next() < share,
    int: (from: number, to: number) => from + Math.floor(next() * (to - from + 1)),
  };
}
type Die = ReturnType<typeof dieOf>;

async function newModel(): Promise<string> {
  const { cast } = scene;
  const id = newId();
  await cast.owner`insert into model (id, area_id, status, published_at, name, what, audience, course_id, weekdays, start_time, minutes, sessions, capacity,
      minimum_to_run, venue_kind)
    values (${id}, ${cast.here.unitId}, 'published', now(), 'Thử', 'Thử', '{everyone}', ${cast.courseId}, '{1}', '08:00', 90, 4, 20, 5, 'home')`;
  return id;
}

async function people(count: number, die: Die, merging = 0.2): Promise<string[]> {
  const { cast } = scene;
  const ids: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const id = newId();
    const merged = at > 3 && die.chance(merging) ? (ids[at % 3] ?? null) : null;
    await cast.owner`insert into person (id, area_id, full_name, given_name, name_folded, birth_year, merged_into)
      values (${id}, ${cast.here.villageId}, ${`Người Thử ${at}`}, ${String(at)}, ${`nguoi thu ${at}`}, 1950, ${merged})`;
    ids.push(id);
  }
  return ids;
}

/** Classes with all that can happen to a session, and whoever came to them; some of it of no model. */
async function classesBy(modelId: string, who: readonly string[], die: Die, most: number): Promise<void> {
  const { cast, classOn, member } = scene;
  for (let at = 0; at < 3; at += 1) {
    const days = [...new Set(Array.from({ length: die.int(1, 5) }, () => -die.int(2, 150)))];
    const { classId, sessionIds } = await classOn(cast.here, days);
    if (at < 2)
      await cast.owner`insert into model_class (class_id, model_id, area_id, version) values (${classId}, ${modelId}, ${cast.here.villageId}, 1)`;
    for (const sessionId of sessionIds) {
      const fate = die.int(0, 9);
      const status = fate < 7 ? 'held' : fate < 8 ? 'published' : fate < 9 ? 'cancelled' : 'did_not_happen';
      for (let helpers = die.int(0, 3); helpers > 0; helpers -= 1) {
        const state = die.chance(0.7) ? 'yes' : 'no';
        await cast.owner`insert into session_helper (session_id, member_id, role, state, no_because, answered_at, absent_at)
          values (${sessionId}, ${await member(cast.here)}, 'helps', ${state}, ${state === 'no' ? 'said' : null}, ${now}, ${state === 'yes' && die.chance(0.2) ? now : null})`;
      }
      await cast.owner`update class_session set status = ${status}, status_reason = ${status === 'held' ? null : 'Bão'} where id = ${sessionId}`;
      for (const person of who.slice(0, most)) {
        if (die.chance(0.4)) continue;
        const state = ['present', 'late', 'left_early', 'absent', 'excused'][die.int(0, 4)] ?? 'present';
        await cast.owner`insert into attendance (session_id, person_id, area_id, state, by_default, marked_at, operation_id)
          values (${sessionId}, ${person}, ${cast.here.villageId}, ${state}, false, ${now}, ${newId()})`;
        for (let seen = die.int(0, 2); seen > 0; seen -= 1)
          await cast.owner`insert into skill_observation (id, person_id, skill_code, level, source, session_id, area_id, observed_at)
            values (${newId()}, ${person}, ${cast.skillCode}, ${die.int(0, 4)}, 'session', ${sessionId}, ${cast.here.villageId},
              ${new Date(now.getTime() - die.int(1, 1000) * 60_000)})`;
      }
    }
  }
}

/** Rounds of visits, some called off; homes with one outcome, several or none; somebody seen to do something alone there. */
async function roundsBy(modelId: string, who: readonly string[], die: Die): Promise<void> {
  const { cast, member } = scene;
  for (let at = 0; at < 3; at += 1) {
    const [roundId, day] = [newId(), dayOf(new Date(now.getTime() - die.int(2, 90) * 86_400_000))];
    await cast.owner`insert into visit_round (id, area_id, team_id, day, starts_at, ends_at)
      values (${roundId}, ${cast.here.villageId}, ${cast.here.teamId}, ${day}, ${`${day}T08:00:00+07:00`}, ${`${day}T10:30:00+07:00`})`;
    for (let helpers = 2; helpers > 0; helpers -= 1)
      await cast.owner`insert into visit_round_helper (id, round_id, area_id, member_id, who_id, starts_at, ends_at)
        select ${newId()}, ${roundId}, ${cast.here.villageId}, id, id, now(), now() from team_member where id = ${await member(cast.here)}`;
    // Somebody else was to come along, and was let go of it.
    await cast.owner`insert into visit_round_helper (id, round_id, area_id, member_id, who_id, starts_at, ends_at, called_off_at)
      select ${newId()}, ${roundId}, ${cast.here.villageId}, id, id, now(), now(), now() from team_member where id = ${await member(cast.here)}`;
    if (at < 2)
      await cast.owner`insert into model_round (round_id, model_id, area_id, version) values (${roundId}, ${modelId}, ${cast.here.villageId}, 1)`;
    for (const [home, person] of who.slice(0, 6).entries()) {
      const visitId = newId();
      await cast.owner`insert into visit (id, round_id, area_id, day, person_id, pin, taken_off_at)
        values (${visitId}, ${roundId}, ${cast.here.villageId}, ${day}, ${person}, ${String(1000 + die.int(0, 8000) + home)}, ${die.chance(0.1) ? now : null})
        on conflict do nothing`;
      const [there] = await cast.owner`select from visit where id = ${visitId}`;
      for (let said = there ? die.int(0, 2) : 0; said > 0; said -= 1)
        await cast.owner`insert into visit_outcome (id, visit_id, area_id, outcome, at)
          values (${newId()}, ${visitId}, ${cast.here.villageId}, ${die.chance(0.6) ? 'done' : 'not_home'}, ${new Date(now.getTime() - die.int(1, 500) * 60_000)})`;
      if (there && die.chance(0.5))
        await cast.owner`insert into skill_observation (id, person_id, skill_code, level, source, visit_id, area_id, observed_at)
          values (${newId()}, ${person}, ${cast.skillCode}, ${die.int(1, 4)}, 'visit', ${visitId}, ${cast.here.villageId}, ${now})`;
    }
    if (die.chance(0.2)) await cast.owner`update visit_round set called_off_at = now() where id = ${roundId}`;
  }
}

interface Tally {
  sessions: number;
  rounds: number;
  noted: number;
  minutes: number;
  came: Set<string>;
  alone: Set<string>;
  /** Of each class or round, who came there. */
  at: Map<string, Set<string>>;
}
const emptyTally = (): Tally => ({
  sessions: 0,
  rounds: 0,
  noted: 0,
  minutes: 0,
  came: new Set(),
  alone: new Set(),
  at: new Map(),
});

/** The same counted row by row, one thing at a time. */
async function countedByHand(modelId: string): Promise<Map<string, Tally>> {
  const { owner } = scene.cast;
  const tallies = new Map<string, Tally>();
  const root = new Map(
    (await owner<{ id: string; into: string | null }[]>`select id, merged_into as into from person`).map(
      ({ id, into }) => [id, into ?? id],
    ),
  );
  const add = (month: string, change: (tally: Tally) => void) => {
    for (const key of [month, 'all']) {
      const tally = tallies.get(key) ?? emptyTally();
      tallies.set(key, tally);
      change(tally);
    }
  };
  const meet = async (
    month: string,
    came: readonly string[],
    column: 'session_id' | 'visit_id',
    event: string,
    part: string,
  ) => {
    const seen = await owner<{ personId: string; level: number }[]>`
      select person_id, level from skill_observation where ${owner(column)} = ${event} and source <> 'own_claim' order by observed_at, id`;
    const last = new Map(seen.map(({ personId, level }) => [personId, level]));
    const here = new Set(came.map((one) => root.get(one) ?? one));
    const able = [...last].filter(([, level]) => level >= 3).map(([one]) => root.get(one) ?? one);
    add(month, (tally) => {
      here.forEach((one) => tally.came.add(one));
      if (here.size > 0) tally.at.set(part, new Set([...(tally.at.get(part) ?? []), ...here]));
    });
    // Seen at one meeting and come to another of the same month is come and seen.
    add(month, (tally) => able.forEach((one) => tally.alone.add(one)));
  };
  const sessions = await owner<{ id: string; classId: string; startsAt: Date; endsAt: Date }[]>`
    select s.id, s.class_id, s.starts_at, s.ends_at from class_session s where s.status = 'held' and s.class_id in (select class_id from model_class where model_id = ${modelId})`;
  for (const { id, classId, startsAt, endsAt } of sessions) {
    const month = dayOf(startsAt).slice(0, 7);
    const helpers =
      await owner`select from session_helper where session_id = ${id} and state = 'yes' and absent_at is null`;
    const came = await owner<{ personId: string }[]>`
      select person_id from attendance where session_id = ${id} and state not in ('absent', 'excused')`;
    add(month, (tally) => {
      tally.sessions += 1;
      tally.noted += helpers.length > 0 ? 1 : 0;
      tally.minutes += helpers.length * ((endsAt.getTime() - startsAt.getTime()) / 60_000);
    });
    await meet(
      month,
      came.map(({ personId }) => personId),
      'session_id',
      id,
      classId,
    );
  }
  const rounds = await owner<{ id: string; day: string }[]>`
    select r.id, r.day::text from visit_round r join model_round l on l.round_id = r.id where l.model_id = ${modelId} and r.called_off_at is null`;
  for (const { id, day } of rounds) {
    const visits = await owner<
      { id: string; personId: string }[]
    >`select id, person_id from visit where round_id = ${id} and taken_off_at is null`;
    let met = 0;
    let recorded = false;
    for (const visit of visits) {
      const said = await owner<
        { outcome: string }[]
      >`select outcome from visit_outcome where visit_id = ${visit.id} order by at, id`;
      recorded ||= said.length > 0;
      if (said.at(-1)?.outcome !== 'done') continue;
      met += 1;
      await meet(day.slice(0, 7), [visit.personId], 'visit_id', visit.id, id);
    }
    // Time is given whether anybody is at home or not: hours do not tell how many rounds met somebody.
    if (!recorded) continue;
    add(day.slice(0, 7), (tally) => {
      tally.rounds += met > 0 ? 1 : 0;
      tally.noted += met > 0 ? 1 : 0;
      tally.minutes += 2 * 150;
    });
  }
  return tallies;
}

test('results are what counting the rows one by one gives, in all and month by month, in random worlds', async () => {
  const { cast, as } = scene;
  const first = Math.floor(Date.now() / 1000) % 1_000_000;
  let told = 0;
  for (let world = 0; world < 6; world += 1) {
    const seed = first + world;
    process.stdout.write(`model results: seed ${seed}\n`);
    const die = dieOf(seed);
    const [modelId, who] = [await newModel(), await people(24, die)];
    await classesBy(modelId, who, die, die.int(3, 24));
    await roundsBy(modelId, who, die);
    const byHand = await countedByHand(modelId);
    const [exact] = await as('organiser', cast.here, (tx) => resultsOf(tx, [modelId], now));
    const [rounded] = await as('province_leader', cast.here, (tx) => resultsOf(tx, [modelId], now));
    const rows = [
      { key: 'all', exact: exact?.total, rounded: rounded?.total },
      ...(exact?.months ?? []).map((row, at) => ({ key: row.month, exact: row, rounded: rounded?.months[at] })),
    ];
    for (const row of rows) {
      const tally = byHand.get(row.key) ?? emptyTally();
      const months = [...byHand].filter(([key]) => (row.key === 'all' ? key !== 'all' : key === row.key));
      // Whoever came and was seen in the same month.
      const alone = new Set(months.flatMap(([, of]) => [...of.alone].filter((one) => of.came.has(one))));
      const counts = { sessions: tally.sessions, helperMinutes: Math.round(tally.minutes) };
      expect(row.exact, `seed ${seed} ${row.key}`).toMatchObject({
        ...counts,
        noted: tally.noted,
        rounds: { count: tally.rounds, about: false },
        reached: { count: tally.came.size, about: false },
        attained: { count: alone.size, about: false },
      });
      // A leader is told of the same sessions and hours; of people nothing of fewer than ten, nor of one class or two, and the others to the nearest five.
      expect(row.rounded).toMatchObject(counts);
      const ableAt = new Map<string, Set<string>>();
      for (const [, of] of months)
        for (const [part, here] of of.at)
          ableAt.set(part, new Set([...(ableAt.get(part) ?? []), ...[...here].filter((one) => of.alone.has(one))]));
      const able = [...ableAt.values()].map(({ size }) => size);
      for (const [said, count, sizes] of [
        [row.rounded?.rounds, tally.rounds, null],
        [row.rounded?.reached, tally.came.size, [...tally.at.values()].map((of) => of.size)],
        [row.rounded?.attained, alone.size, able.filter((size) => size > 0)],
      ] as const) {
        if (tally.sessions + tally.rounds === 0) expect(said).toEqual({ count: 0, about: false });
        else if (count < 10) expect(said).toBeNull();
        else if (sizes && (sizes.length < 3 || count - Math.max(...sizes) < 10))
          expect(said, 'of one class').toBeNull();
        else if (said !== null || row.key === 'all')
          expect(said).toEqual({ count: Math.round(count / 5) * 5, about: true });
        told += 1;
      }
    }
    // Every month in which something was held is among those shown.
    const held = [...byHand.keys()].filter((key) => key !== 'all');
    expect(exact?.months.map(({ month }) => month)).toEqual(expect.arrayContaining(held));
  }
  expect(told).toBeGreaterThan(40);
}, 120_000);

/** Three classes, so many people at each, the first ones of whom did something alone there; a month for each session. */
async function classesOf(
  modelId: string,
  sizes: readonly number[],
  able: number,
  days: readonly number[][],
): Promise<void> {
  const { cast, classOn } = scene;
  for (const [at, size] of sizes.entries()) {
    const who = await people(size, dieOf(1_000_000 + at), 0);
    const { classId, sessionIds } = await classOn(cast.here, days[at] ?? [-20]);
    await cast.owner`insert into model_class (class_id, model_id, area_id, version) values (${classId}, ${modelId}, ${cast.here.villageId}, 1)`;
    for (const sessionId of sessionIds) {
      await cast.owner`update class_session set status = 'held' where id = ${sessionId}`;
      for (const [index, person] of who.entries()) {
        await cast.owner`insert into attendance (session_id, person_id, area_id, state, by_default, marked_at, operation_id)
          values (${sessionId}, ${person}, ${cast.here.villageId}, 'present', false, ${now}, ${newId()})`;
        if (index < able)
          await cast.owner`insert into skill_observation (id, person_id, skill_code, level, source, session_id, area_id, observed_at)
            values (${newId()}, ${person}, ${cast.skillCode}, 3, 'session', ${sessionId}, ${cast.here.villageId}, ${now})`;
      }
    }
  }
}

test('a leader is told of three classes together, and never how many came to one of them', async () => {
  const { cast, as } = scene;
  const results = async (modelId: string) => {
    const [one] = await as('province_leader', cast.here, (tx) => resultsOf(tx, [modelId], now));
    return { people: [one?.total.reached, one?.total.attained], months: one?.months.map(({ reached }) => reached) };
  };
  const one = await newModel();
  await classesOf(one, [23], 15, [[-40]]);
  expect((await results(one)).people, 'one class').toEqual([null, null]);
  const three = await newModel();
  await classesOf(three, [12, 11, 10], 8, [[-40], [-40], [-40]]);
  const told = { about: true };
  expect(await results(three)).toMatchObject({
    people: [
      { ...told, count: 35 },
      { ...told, count: 25 },
    ],
  });
  expect((await results(three)).months?.[0]).toEqual({ ...told, count: 35 });
  // A fourth in another month: who sees both would know of how many it is.
  await classesOf(three, [14], 8, [[-100]]);
  const four = await results(three);
  expect(four.people[0]).toEqual({ ...told, count: 45 });
  expect(four.months?.filter((reached) => reached !== null && reached?.count !== 0)).toEqual([]);
  const large = await newModel();
  await classesOf(large, [30, 2, 1], 0, [[-40], [-40], [-40]]);
  expect((await results(large)).people[0], 'nearly all at one').toBeNull();
});

test('a hundred models are counted at once, each its own', async () => {
  const { cast, as } = scene;
  const ids = await Promise.all(Array.from({ length: 100 }, newModel));
  const results = await as('organiser', cast.here, (tx) => resultsOf(tx, ids, now));
  expect(results.map(({ modelId }) => modelId)).toEqual(ids);
  expect(results.every(({ total, months }) => total.sessions === 0 && months.length === 0)).toBe(true);
});
