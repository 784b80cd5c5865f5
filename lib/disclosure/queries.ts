import type { ScopedTx } from '@/lib/access/scoped';

/**
 * Whether a row of `figure f` tells the caller anything. That a number is hidden does not where they may look people up: what they see is exact, and of nobody
 * there is no exact row.
 */
export const tellsCaller = (tx: ScopedTx) =>
  tx`(f.value is not null or not f.area_id = any(coalesce((select may_areas('person.read')), '{}')))`;

/** As the caller, or as anybody who reads figures there, may see them. */
export type Seen = 'byCaller' | 'byAnyone';

export interface CellsAsked {
  /** Areas, or the SQL that makes an array of them. */
  readonly areas: readonly number[] | ReturnType<ScopedTx>;
  readonly periods: readonly string[];
  /** A place has hundreds of cells. */
  readonly only: { readonly measures: readonly string[]; readonly groups: readonly string[] } | 'all';
}

/**
 * Cells of areas and periods as rows of SQL (area_id, period, measure, grp, value, denominator, computed_at, exact): exact where the wall lets the caller see
 * that (then said so), else as they are shown to everybody who sees figures, empty where hidden. All places in one scan: every mention of a table asks the
 * wall anew, and a scan for each place would hold it against all areas of the caller again.
 */
export const cellsTold = (tx: ScopedTx, { areas, periods, only }: CellsAsked, seen: Seen = 'byCaller') => {
  const places = Array.isArray(areas) ? tx`${[...areas]}::int[]` : (areas as ReturnType<ScopedTx>);
  const wanted = (t: string) =>
    only === 'all'
      ? tx`true`
      : tx`${tx(`${t}.measure`)} = any (${[...only.measures]}::text[]) and ${tx(`${t}.grp`)} = any (${[...only.groups]}::text[])`;
  return tx`(
    select area_id, period, measure, grp, coalesce(e.value, f.value) as value, coalesce(e.denominator, f.denominator) as denominator,
      coalesce(f.computed_at, now()) as computed_at, e.value is not null as exact
    from (
      select * from figure f where f.area_id = any (${places}) and f.period = any (${[...periods]}::text[]) and ${wanted('f')}
        and ${seen === 'byCaller' ? tellsCaller(tx) : tx`true`}) f
    full join (
      select x.area_id, p.period, x.measure, x.grp, sum(x.value)::int as value, sum(x.denominator)::int as denominator
      from unnest(${[...periods]}::text[]) p (period)
      join figure_exact x on x.area_id = any (${places}) and (x.period = p.period or x.period between 's' and standing_until(p.period))
      where ${seen === 'byCaller'} and ${wanted('x')}
      group by x.area_id, p.period, x.measure, x.grp having sum(x.denominator) > 0) e
      using (area_id, period, measure, grp))`;
};
