import type { ScopedTx } from '@/lib/access/scoped';
import { computedUnder, type Footing } from '@/lib/indicator/queries';
import { grouped } from '@/lib/kernel/group';
import { partsOf, periodAfter } from '@/lib/period/rules';
import type { Period } from '@/lib/period/schema';
import { courseOf, standingOf, yearOfOtherCalendar } from '@/lib/target/rules';
import { aimsOf } from './rules';
import type { Aims } from './schema';

interface Aim {
  readonly areaId: number;
  readonly code: string;
  readonly value: number;
}

/**
 * Targets set for the places directly below an area themselves, for the period or the same year of the other calendar: what a share above asks of all is
 * no target of theirs.
 */
const aimsSet = (tx: ScopedTx, areaId: number, period: Period) => tx<Aim[]>`
  select n.area_id, n.code, n.value from (
    select distinct on (g.area_id, g.indicator_code) g.area_id, g.indicator_code as code, g.value
    from area_tree t join target g on g.area_id = t.area_id
    where t.ancestor_id = ${areaId} and t.depth = 1 and g.period = any (${[period.key, yearOfOtherCalendar(period) ?? period.key]})
    order by g.area_id, g.indicator_code, g.period = ${period.key} desc, g.id desc) n
  where n.value is not null`;

const nothingPast = { gains: [], sessions: [] };

/**
 * How the places directly below an area stand to their own targets of the period, as far as the caller may see it: the same pace as on each place's own
 * page, asked for all of them at once. A place without a target is not in it. `footing`: of the area and period.
 */
export async function aimsBelow(
  tx: ScopedTx,
  areaId: number,
  footing: Footing,
  today: string,
): Promise<ReadonlyMap<number, Aims>> {
  const { period } = footing;
  const set = await aimsSet(tx, areaId, period);
  if (set.length === 0) return new Map();
  const ofPlace = grouped(set, (aim) => aim.areaId);
  const areas = [...ofPlace.keys()];
  const codes = [...new Set(set.map(({ code }) => code))];
  const [first] = partsOf(period, 'month');
  const before = first ? periodAfter(first, -1) : null;
  const registry = new Map(footing.registry.map((version) => [version.code, version]));
  const told = await computedUnder(tx, footing, { areas, earlier: before ? [before] : [] }, codes, 'byCaller');
  const rows = (place: number) =>
    (ofPlace.get(place) ?? []).flatMap(({ code, value: target }) => {
      const version = registry.get(code);
      if (!version) return [];
      const now = told(place, period, code);
      const { value, of } = now ?? { value: null, of: null };
      const { shownAs } = version;
      const course = now ? courseOf(version) : 'none';
      // As on the place's own page: where nothing at all was counted before, one stood at nothing; what is hidden is not known.
      const then = before ? told(place, before, code) : null;
      const start = then?.value ?? (then?.hidden ? null : 0);
      const { pace } = standingOf({ value, of, target, shownAs, course, start, past: nothingPast }, period, today);
      return [{ shownAs, actual: value, of, pace }];
    });
  return new Map(
    areas.flatMap((place) => {
      const aims = aimsOf(rows(place));
      return aims ? [[place, aims] as const] : [];
    }),
  );
}
