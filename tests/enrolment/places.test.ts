import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool } from '@/lib/access/scoped';
import type { Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { classOf, command, openWorld, perform, setUp, type Stage } from './acts';
import { layDownTheLaws } from './books';
import { isActive, type ModelPlace } from './model';

/** Commands of many kinds on two small classes, on real Postgres beside the model; after each of them both are compared. */
const runs = Number(process.env.PLACES_RUNS ?? 2000);
const seed = Number(process.env.PLACES_SEED ?? Date.now() % 1_000_000_000);
const lanes = 4;

let cast: Cast;

beforeAll(async () => {
  cast = await openWorld((await testDatabase()).url);
  await layDownTheLaws(cast.owner);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

interface Seen {
  id: string;
  classId: string;
  personId: string;
  status: string;
  reserved: boolean;
  rank: number;
  queuedAt: string;
}

/** Everything the database says of these classes: rows, seats, and laws broken. */
async function look({ ids: named }: Stage) {
  const ids = [...named];
  const [found] = await cast.owner<{ rows: Seen[]; seats: object[]; broken: string[] }[]>`
    select array(select laws_broken(${ids})) as broken,
      coalesce((select jsonb_agg(jsonb_build_object('id', id, 'classId', class_id, 'personId', person_id, 'status', status,
        'reserved', reserved, 'rank', queue_priority, 'queuedAt', queued_at)) from enrolment where class_id = any (${ids})), '[]') as rows,
      (select jsonb_agg(jsonb_build_object('id', id, 'capacity', capacity, 'seatsHeld', seats_held, 'seatsReserved', seats_reserved,
        'seatsOverbooked', seats_overbooked) order by id) from class where id = any (${ids})) as seats`;
  if (!found) throw new Error('a select without from gave no row');
  return found;
}

function compare({ model, ids, people, made }: Stage, { rows, seats, broken }: Awaited<ReturnType<typeof look>>): void {
  expect(broken).toEqual([]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const told = (place: ModelPlace) => {
    const row = byId.get(made[place.nth]?.id ?? '');
    return row && [row.classId, row.personId, row.status, row.reserved && isActive(place)];
  };
  expect(model.places.map(told)).toEqual(
    model.places.map((place) => [
      ids[place.klass.index],
      people[place.person.index]?.id,
      place.status,
      place.reserved && isActive(place),
    ]),
  );
  expect(seats).toEqual(
    model.classes.map((klass, at) => ({
      id: ids[at],
      capacity: klass.capacity,
      seatsHeld: klass.held,
      seatsReserved: model.kept(klass),
      seatsOverbooked: klass.overbooked,
    })),
  );
}

/** Whoever came from the queue to a seat went before everybody who is still waiting, by what the database itself holds. */
function orderKept(before: readonly Seen[], after: readonly Seen[], exempt: string | undefined): void {
  const was = new Map(before.map(({ id, status }) => [id, status]));
  const promoted = after.filter(
    (row) => was.get(row.id) === 'waitlisted' && ['offered', 'confirmed'].includes(row.status),
  );
  const jumped = promoted.flatMap((row) =>
    after
      .filter((other) => other.status === 'waitlisted' && other.classId === row.classId && row.id !== exempt)
      .filter((other) => other.rank > row.rank || (other.rank === row.rank && other.queuedAt < row.queuedAt)),
  );
  expect(jumped).toEqual([]);
}

describe('places', () => {
  it(`go as the model says, whatever happens in whatever order (${runs} runs, seed ${seed})`, async () => {
    const property = fc.asyncProperty(
      fc.tuple(classOf, classOf),
      fc.array(command, { minLength: 3, maxLength: 9 }),
      async (settings, list) => {
        const stage = await setUp(settings);
        let before: readonly Seen[] = [];
        for (const one of list) {
          const answers = await perform(stage, one);
          if (!answers) continue;
          expect(answers[1]).toBe(answers[0]);
          const now = await look(stage);
          compare(stage, now);
          const place =
            one.does === 'overbook'
              ? stage.model.active(stage.model.who(one.who), stage.model.at(one.where))
              : undefined;
          orderKept(before, now.rows, stage.made[place?.nth ?? -1]?.id);
          before = now.rows;
        }
      },
    );
    const perLane = Math.ceil(runs / lanes);
    await Promise.all(
      Array.from({ length: lanes }, (_, lane) => fc.assert(property, { numRuns: perLane, seed: seed + lane })),
    );
  }, 300_000);
});
