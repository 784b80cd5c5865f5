import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closePool } from '../../lib/access/scoped';
import { closeClass, closeClassesWhereDue } from '../../lib/completion/commands';
import { resultsOfClass } from '../../lib/completion/queries';
import { newId } from '../../lib/kernel/id';
import { layDownTheLaws, watchTheBooks } from '../enrolment/books';
import { asStaff } from '../enrolment/scene';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { came, seated, taughtClass, twoLessons, type TaughtClass, type TaughtCourse } from './scene';

let cast: Cast;
let course: TaughtCourse;
let organiser: string;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  await layDownTheLaws(cast.owner);
  // Every class of this suite is watched: no transaction commits that breaks a law of places.
  await cast.owner`update class c set seats_confirmed = (select count(*) from enrolment e where e.class_id = c.id and e.status = 'confirmed')`;
  await watchTheBooks(cast.owner);
  course = await twoLessons(cast);
  organiser = await cast.token('organiser', cast.here);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const close = (classId: string, token = organiser) =>
  asStaff(token, async (tx) =>
    closeClass(tx, { classId }, { accountId: await cast.accountOf('organiser', cast.here) }),
  );
const statusOf = async (enrolmentId: string) => {
  const [row] = await cast.owner<{ status: string }[]>`select status from enrolment where id = ${enrolmentId}`;
  return row?.status;
};
const stateOf = async (classId: string) => {
  const [row] = await cast.owner<{ status: string; seatsConfirmed: number }[]>`
    select status, seats_confirmed from class where id = ${classId}`;
  return row;
};

/** A class with one who did it all, one who came once, and one who never came. */
async function three(options = {}) {
  const made = await taughtClass(cast, cast.here, course, options);
  const [all, once, never] = [
    await seated(cast, cast.here, made),
    await seated(cast, cast.here, made),
    await seated(cast, cast.here, made),
  ];
  const [first = '', second = ''] = made.sessionIds;
  await came(cast, cast.here, all.personId, first, { level: 3, by: made.trainer });
  await came(cast, cast.here, all.personId, second);
  await came(cast, cast.here, once.personId, first, { level: 3, by: made.trainer });
  return { made, all, once, never };
}

test('results follow from facts: all of it done, came at least once, never came; those who sat stay counted', async () => {
  const { made, all, once, never } = await three();
  const preview = await asStaff(organiser, (tx) => resultsOfClass(tx, 'vi', made.classId, new Date()));
  expect(await close(made.classId)).toEqual({ changed: 3 });
  expect([
    await statusOf(all.enrolmentId),
    await statusOf(once.enrolmentId),
    await statusOf(never.enrolmentId),
  ]).toEqual(['completed', 'partial', 'no_show']);
  for (const line of preview) expect(line.result).toBe(await statusOf(line.enrolmentId));
  expect(await stateOf(made.classId)).toEqual({ status: 'closed', seatsConfirmed: 3 });
  const [audited] =
    await cast.owner`select details from audit_event where action = 'class.close' and subject_id = ${made.classId}`;
  expect(audited).toEqual({ details: { completed: 1, partial: 1, noShow: 1, changed: 3 } });
  expect(await close(made.classId), 'closing again changes nothing').toEqual({ changed: 0 });
});

test('a corrected register and a lesson made up elsewhere are worked in by closing again, by hand or by the job', async () => {
  const { made, all, once } = await three();
  await close(made.classId);
  await cast.owner`update attendance set state = 'absent' where person_id = ${all.personId}`;
  expect(await close(made.classId)).toEqual({ changed: 1 });
  expect(await statusOf(all.enrolmentId)).toBe('no_show');
  const elsewhere = await taughtClass(cast, cast.there, course);
  await came(cast, cast.there, once.personId, elsewhere.sessionIds[1] ?? '');
  await cast.owner`update class set closed_at = now() - interval '1 day' where id = ${made.classId}`;
  await cast.owner`insert into register_operation (id, session_id, area_id, person_id, kind, content, content_hash, device_time, outcome)
    values (${newId()}, ${elsewhere.sessionIds[1] ?? ''}, ${cast.there.villageId}, ${once.personId}, 'mark', '{}', 'none', now(), 'applied')`;
  await closeClassesWhereDue();
  expect(await statusOf(once.enrolmentId)).toBe('completed');
});

test('a re-check that finds a skill faded does not take back what was completed, one that finds it there helps', async () => {
  const { made, all, once } = await three();
  const [, second = ''] = made.sessionIds;
  const slow = await seated(cast, cast.here, made);
  for (const id of made.sessionIds) await came(cast, cast.here, slow.personId, id);
  await came(cast, cast.here, once.personId, second);
  await close(made.classId);
  expect([await statusOf(slow.enrolmentId), await statusOf(once.enrolmentId)]).toEqual(['partial', 'completed']);
  for (const [personId, level] of [
    [all.personId, 1],
    [slow.personId, 3],
  ] as const)
    await cast.owner`insert into skill_observation (id, person_id, skill_code, level, source, area_id, observed_at, place)
      values (${newId()}, ${personId}, 'A1', ${level}, 'recheck', ${cast.here.villageId}, now(), 'home')`;
  await closeClassesWhereDue();
  expect([await statusOf(all.enrolmentId), await statusOf(slow.enrolmentId)]).toEqual(['completed', 'completed']);
});

test('refused: not one’s own, a helper, not over, a draft, called off, no register at all', async () => {
  const { made, all } = await three();
  expect(await close(made.classId, await cast.token('organiser', cast.there))).toEqual({ refused: 'notFound' });
  expect(await close(made.classId, await cast.token('helper', cast.here))).toEqual({ refused: 'notFound' });
  expect(await close(cast.here.classId)).toEqual({ refused: 'classNotOver' });
  expect(await close(cast.here.draftId)).toEqual({ refused: 'classNotOver' });
  const undone = await taughtClass(cast, cast.here, course, { taken: false });
  expect(await close(undone.classId)).toEqual({ refused: 'registersNone' });
  await cast.owner`update class set status = 'cancelled', status_reason = 'bão' where id = ${undone.classId}`;
  expect(await close(undone.classId)).toEqual({ refused: 'classCancelled' });
  expect(await statusOf(all.enrolmentId)).toBe('confirmed');
});

test('the job closes what is over a week and whole, and leaves alone what is younger or has a register missing', async () => {
  const old = await three({ daysAgo: 9 });
  const young = await three({ daysAgo: 5 });
  const gap = await three({ daysAgo: 9 });
  await cast.owner`update class_session set status = 'published' where id = ${gap.made.sessionIds[1] ?? ''}`;
  await closeClassesWhereDue();
  const states = [old, young, gap].map(({ made }) => stateOf(made.classId));
  expect((await Promise.all(states)).map((state) => state?.status)).toEqual(['closed', 'published', 'published']);
  expect(await statusOf(old.all.enrolmentId)).toBe('completed');
});

test('who still waits goes on having waited, and twenty who close at once close once', async () => {
  const { made } = await three();
  const waits = await seated(cast, cast.here, made, { status: 'waitlisted' });
  const done = await Promise.all(Array.from({ length: 20 }, () => close(made.classId)));
  expect(done.filter((one) => 'changed' in one && one.changed === 3)).toHaveLength(1);
  expect(done.filter((one) => 'changed' in one && one.changed === 0)).toHaveLength(19);
  expect(await statusOf(waits.enrolmentId)).toBe('waitlisted');
});

test('property: whatever facts there are, the stored results are those the rules give, and the books are in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ first: fc.boolean(), second: fc.boolean(), level: fc.integer({ min: 0, max: 4 }) }), {
        minLength: 1,
        maxLength: 6,
      }),
      async (people) => {
        const made: TaughtClass = await taughtClass(cast, cast.here, course);
        const [first = '', second = ''] = made.sessionIds;
        const learners = [];
        for (const facts of people) {
          const one = await seated(cast, cast.here, made);
          if (facts.first) await came(cast, cast.here, one.personId, first, { level: facts.level, by: made.trainer });
          if (facts.second) await came(cast, cast.here, one.personId, second);
          learners.push({ ...one, facts });
        }
        await close(made.classId);
        for (const { enrolmentId, facts } of learners) {
          const done = facts.first && facts.second && facts.level >= 3;
          const should = done ? 'completed' : facts.first || facts.second ? 'partial' : 'no_show';
          expect(await statusOf(enrolmentId)).toBe(should);
        }
      },
    ),
    { numRuns: 12, verbose: 1 },
  );
});
