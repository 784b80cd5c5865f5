import { createHash } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectionOptions } from '../../db/connection';
import { closePool, openScoped, type ScopedTx } from '../../lib/access/scoped';
import { newId, newToken } from '../../lib/kernel/id';
import { listOfBand } from '../../lib/person/unreached';
import { funnelOf } from '../../lib/step/queries';
import { bandsByVillage } from '../../lib/unreached/queries';
import { bandGroups, knownBands } from '../../lib/unreached/schema';
import { testDatabase } from '../support/database';

let sql: postgres.Sql;
const token = newToken();

/** The demo world, and an organiser who looks people up in the whole province. */
beforeAll(async () => {
  const { url } = await testDatabase({ demo: true });
  sql = postgres({ ...connectionOptions(url), max: 1, onnotice: () => {}, transform: postgres.camel });
  const id = newId();
  await sql`insert into account (id, username, full_name, password_hash, area_id) values (${id}, 'thu.tinh', 'Người thử', 'none', 44)`;
  await sql`insert into account_grant (account_id, role, area_id) values (${id}, 'organiser', 44)`;
  await sql`insert into auth_session (token_hash, account_id, expires_at, device)
    values (${createHash('sha256').update(token).digest()}, ${id}, now() + interval '1 day', 'test')`;
  // Somebody of whom only the ward is known.
  await sql`insert into person (id, area_id, full_name, given_name, name_folded, birth_year)
    values (${newId()}, 18859, 'Người Chưa Rõ Thôn', 'Thôn', 'nguoi chua ro thon', 1950)`;
}, 120_000);
afterAll(async () => {
  await closePool();
  await sql.end();
});

const asOrganiser = <R>(work: (tx: ScopedTx) => Promise<R>) => openScoped('read only', 'camtay_app', token, work);

test.each(bandGroups)(
  'of %s: the bands of every village of the demo world add up to its eligible people',
  async (group) => {
    const places = await asOrganiser((tx) => bandsByVillage(tx, 'vi', { area: undefined, group }));
    const declared = await sql<{ id: number; people: number | null }[]>`
    select a.id, (select e.people from eligible e where e.area_id = a.id and e.grp = ${group} and e.as_of <= current_date
      order by e.as_of desc, e.id desc limit 1) as people
    from area a where a.kind not in ('province', 'commune', 'ward', 'special_zone')`;
    const villages = places?.filter(({ villageUnknown }) => !villageUnknown) ?? [];
    expect(new Set(villages.map(({ id }) => id))).toEqual(new Set(declared.map(({ id }) => id)));
    const said = new Map(declared.map(({ id, people }) => [id, people]));
    const wrong = villages.filter((place) => {
      const sum = knownBands.reduce((all, band) => all + place.counts[band], place.unknown ?? 0);
      const people = said.get(place.id) ?? null;
      return people === null ? place.unknown !== null : sum !== Math.max(people, place.known);
    });
    expect(wrong).toEqual([]);
    // Every known person is in some place's line, whatever the group: the lines hold nobody twice.
    const [known] = await sql<{ people: number }[]>`
    select count(*)::int as people from person p where p.merged_into is null
      and not exists (select from consent c where c.person_id = p.id and c.purpose = 'class' and c.withdrawn_at is not null)
      and ${group === 'age60' ? sql`extract(year from now() at time zone 'Asia/Ho_Chi_Minh')::int - p.birth_year >= 60` : sql`(p.birth_year is null or extract(year from now() at time zone 'Asia/Ho_Chi_Minh')::int - p.birth_year >= 18)`}`;
    expect(places?.reduce((sum, place) => sum + place.known, 0)).toBe(known?.people);
    for (const band of knownBands.filter((one) => one !== 'alone'))
      expect(
        villages.some(({ counts }) => counts[band] > 0),
        band,
      ).toBe(true);
  },
);

test('the list behind each number of a line holds as many people, also of those whose village is not known', async () => {
  const places = await asOrganiser((tx) => bandsByVillage(tx, 'vi', { area: 18859, group: 'adults' }));
  expect(places?.some(({ villageUnknown }) => villageUnknown)).toBe(true);
  for (const { id, villageUnknown: own, counts } of places ?? [])
    for (const band of knownBands) {
      const list = await asOrganiser((tx) => listOfBand(tx, 'vi', { area: id, own, whom: 'adults', band, page: 1 }));
      expect(list?.total, `${id} ${band}`).toBe(counts[band]);
    }
});

test('people of mountain communes stop at other steps than those of wards', async () => {
  const shape = async (unit: number) => {
    const funnel = await asOrganiser((tx) => funnelOf(tx, 'vi', unit));
    return Object.fromEntries(funnel?.steps.map(({ code, stopped }) => [code, stopped]) ?? []);
  };
  const [ward, mountains] = [await shape(18859), await shape(18901)];
  const sum = (of: Record<string, number>, codes: readonly string[]) =>
    codes.reduce((all, code) => all + (of[code] ?? 0), 0);
  const early = ['phone', 'sim', 'signal'];
  const late = ['chip_card', 'vneid', 'account'];
  expect(sum(mountains, early)).toBeGreaterThan(sum(mountains, late));
  expect(sum(ward, late)).toBeGreaterThan(sum(ward, early));
});
