import { afterAll, beforeAll, expect, test } from 'vitest';
import { closePool, type ScopedTx } from '@/lib/access/scoped';
import { newId } from '@/lib/kernel/id';
import { comparedAtOnce } from '@/lib/model/queries';
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

/**
 * Classes of six sessions each, sixteen people at every one who are seen to do something there; held by models in turn, or by none. Written
 * past the triggers: what is asked is what reading costs.
 */
async function hold(classes: number, models: readonly string[]): Promise<void> {
  const { owner, here, courseId, skillCode } = scene.cast;
  await owner.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`create temp table made on commit drop as
      select n, substr(translate(md5(random()::text || n), '01', 'xy'), 1, 8) as id, gen_random_uuid() as venue_id
      from generate_series(1, ${classes}) n`;
    await tx`insert into venue (id, area_id, name, address) select venue_id, ${here.villageId}, 'Nhà thử ' || id, 'Đường Thử' from made`;
    await tx`insert into class (id, area_id, course_id, venue_id, team_id, status, capacity, published_at)
      select id, ${here.villageId}, ${courseId}, venue_id, ${here.teamId}, 'published', 30, now() from made`;
    if (models.length > 0)
      await tx`insert into model_class (class_id, model_id, area_id, version)
        select id, (${[...models]}::uuid[])[1 + n % ${models.length}], ${here.villageId}, 1 from made`;
    await tx`create temp table met on commit drop as select gen_random_uuid() as id, id as class_id, venue_id, at from made, generate_series(1, 6) at`;
    await tx`insert into class_session (id, class_id, area_id, venue_id, position, starts_at, ends_at, status)
      select id, class_id, ${here.villageId}, venue_id, at, now() - make_interval(days => 7 * at), now() - make_interval(days => 7 * at) + interval '90 minutes', 'held'
      from met`;
    await tx`create temp table pupil on commit drop as select gen_random_uuid() as id, id as class_id from made, generate_series(1, 16)`;
    await tx`insert into person (id, area_id, full_name, given_name, name_folded)
      select id, ${here.villageId}, 'Người Đông', 'Đông', 'nguoi dong' from pupil`;
    await tx`insert into attendance (session_id, person_id, area_id, state, by_default, marked_at, operation_id)
      select m.id, p.id, ${here.villageId}, 'present', false, now(), gen_random_uuid() from met m join pupil p using (class_id)`;
    await tx`insert into skill_observation (id, person_id, skill_code, level, source, session_id, area_id, observed_at)
      select gen_random_uuid(), p.id, ${skillCode}, 3, 'session', m.id, ${here.villageId}, now() from met m join pupil p using (class_id)`;
  });
  for (const table of ['class', 'class_session', 'attendance', 'skill_observation', 'person', 'model_class'])
    await owner.unsafe(`analyze ${table}`);
}

/** Rows the database has read in this transaction, of all that models’ results are counted from. */
const worked = async (tx: ScopedTx) => {
  const [row] = await tx<{ done: number }[]>`
    with read as (select unnest('{class,class_session,attendance,skill_observation,person,model_class,model_round,visit,session_helper}'::regclass[]) as id)
    select sum(pg_stat_get_xact_tuples_returned(id))::int as done
    from (select id from read union all select indexrelid from pg_index where indrelid in (select id from read)) parts`;
  return row?.done ?? 0;
};
const cost = (ids: readonly string[]) =>
  scene.as('province_leader', scene.cast.here, async (tx) => {
    const before = await worked(tx);
    const began = performance.now();
    const found = await resultsOf(tx, ids, new Date());
    return { rows: (await worked(tx)) - before, ms: Math.round(performance.now() - began), found };
  });

test('comparing reads what there is once at most, and one model’s results only what that held', async () => {
  const { owner, here, courseId } = scene.cast;
  const ids = Array.from({ length: comparedAtOnce }, newId);
  for (const id of ids)
    await owner`insert into model (id, area_id, status, published_at, name, what, audience, course_id, weekdays, start_time, minutes, sessions, capacity,
        minimum_to_run, venue_kind)
      values (${id}, ${here.unitId}, 'published', now(), 'Đông', 'Đông', '{everyone}', ${courseId}, '{1}', '08:00', 90, 6, 20, 5, 'home')`;
  await hold(4 * ids.length, ids);
  await hold(12 * ids.length, []);
  const [{ all } = { all: 0 }] = await owner<{ all: number }[]>`
    select ((select count(*) from attendance) + (select count(*) from skill_observation) + (select count(*) from class_session)
      + (select count(*) from person))::int as all`;
  const page = await cost(ids);
  expect(page.found.every(({ total }) => total.reached?.count === 65 && total.sessions === 24)).toBe(true);
  const one = await cost(ids.slice(0, 1));
  process.stdout.write(
    `models: a page of ${ids.length} ${page.rows} rows in ${page.ms} ms, one ${one.rows} in ${one.ms} ms, of ${all} there are\n`,
  );
  // Once through what there is at most, however it is read; and for one model by what it held alone.
  expect(page.rows).toBeLessThan(all * 2);
  expect(one.rows).toBeLessThan(all / 20);
}, 60_000);
