import { afterAll, beforeAll, expect, test } from 'vitest';
import { asSystem, closePool } from '@/lib/access/scoped';
import type { Block, BlockCell } from '@/lib/disclosure/schema';
import { refreshFigures } from '@/lib/figure/commands';
import { toldInReports } from '@/lib/figure/told';
import { closed, indicator, reportScene } from './scene';

let scene: Awaited<ReturnType<typeof reportScene>>;
beforeAll(async () => {
  scene = await reportScene();
});
afterAll(async () => {
  await closePool();
  await scene.cast.owner.end();
});

test('whoever decides what is hidden is told what signed reports say and is still so', async () => {
  const { cast, book } = scene;
  const { unitId } = cast.here;
  book.set('all', [
    indicator('R03', 412),
    indicator('R02', 930),
    indicator('R22', 180),
    // Several ages added up: no number of the figures is said by it.
    indicator('R08', 77),
    indicator('R28b', null, { hidden: true }),
    indicator('R27', 0),
  ]);
  await scene.brought(cast.here, 'submitted');
  const cell = (measure: string, group: string, value: number): BlockCell => {
    return { period: closed.key, measure, group, value, of: value };
  };
  const cells = new Map([
    [
      unitId,
      new Map([
        ['people_reached', [cell('people_reached', 'all', 412), cell('people_reached', 'age60', 180)]],
        // Somebody's mark was corrected after the report was signed.
        ['attendance', [cell('attendance', 'all', 929)]],
        ['core_attained', [cell('core_attained', 'all', 77), cell('core_attained', 'age_18_34', 77)]],
      ]),
    ],
  ]);
  const measures = ['people_reached', 'attendance', 'core_attained', 'home_visits', 'sessions_held'];
  const told = await asSystem('test', (tx) => toldInReports(tx, [unitId, cast.there.unitId], measures, cells));
  expect([...told].map(([key, said]) => [key, [...said].sort()]).sort()).toEqual([
    // Nobody was visited, and so it was said.
    [`${unitId} home_visits`, [`${closed.key} all`]],
    [`${unitId} people_reached`, [`${closed.key} age60`, `${closed.key} all`]],
  ]);
  expect(await asSystem('test', (tx) => toldInReports(tx, [cast.there.unitId], measures, cells))).toEqual(new Map());
});

test('the block of a place that signed, and that of the place above, carry it', async () => {
  const { cast } = scene;
  while ((await refreshFigures()).changes > 0);
  const asked: Block[] = [];
  await cast.owner`insert into figure_own (area_id, period, measure, grp, value, denominator)
    values (${cast.here.unitId}, ${closed.key}, 'people_reached', 'all', 412, 430)
    on conflict (area_id, period, measure, grp) do update set value = 412, denominator = 430`;
  await cast.owner`insert into figure_change (tree) values (true)`;
  await refreshFigures(new Date(), (block) => {
    asked.push(block);
    return { hides: () => false, children: new Map() };
  });
  const said = [`${closed.key} all`];
  const ofPeople = asked.filter(({ measure }) => measure === 'people_reached');
  for (const block of ofPeople) {
    const own = [...(block.total.told ?? [])];
    if (block.areaId === cast.here.unitId) expect(own).toEqual(expect.arrayContaining(said));
    const child = block.children.find(({ areaId }) => areaId === cast.here.unitId);
    if (child) expect([...(child.told ?? [])]).toEqual(expect.arrayContaining(said));
  }
  expect(ofPeople.map(({ areaId }) => areaId)).toEqual(expect.arrayContaining([44, cast.here.unitId]));
});

test('a village’s report tells no more than today’s figures do; a unit’s stands as it was signed', async () => {
  const { cast, book } = scene;
  const { unitId, villageId } = cast.here;
  await scene.clear();
  book.set('all', [indicator('R03', 412, { of: 430 }), indicator('R01', 12)]);
  const village = await scene.brought(cast.here, 'submitted', closed.key, villageId);
  const unit = await scene.brought(cast.here, 'submitted', closed.key, unitId);
  const read = async (id: string) => {
    const report = await scene.view('unit_leader', cast.here, id);
    const { value, of, hidden } = report?.figures.find(({ code }) => code === 'R03') ?? {};
    return { value, of, hidden, changed: report?.changed?.map(({ code }) => code) };
  };
  const signed = { value: 412, of: 430, hidden: false };
  expect([await read(village), await read(unit)]).toEqual([
    { ...signed, changed: [] },
    { ...signed, changed: [] },
  ]);
  // Another village’s few people are hidden behind this one’s many by now.
  book.set('all', [indicator('R03', null, { hidden: true }), indicator('R01', 12)]);
  expect(await read(village)).toEqual({ value: null, of: null, hidden: true, changed: [] });
  expect(await read(unit)).toEqual({ ...signed, changed: ['R03'] });
});
