import type { ScopedTx } from '@/lib/access/scoped';
import { z } from 'zod';
import { tileLayout } from './rules';
import { shape, type Boundary, type BoundarySet, type Position, type TileLayout } from './schema';

/** The layout made last, and of what: positions change once in years, pages ask all day. */
let last: { of: string; layout: TileLayout } | null = null;

/** The squares of the places directly below one, as far as their positions are known; special zones are islands and set apart. */
export async function tilesOf(tx: ScopedTx, parentId: number): Promise<TileLayout> {
  const places = await tx<Position[]>`
    select a.id, a.latitude, a.longitude, a.kind = 'special_zone' as apart
    from area_tree t join area a on a.id = t.area_id
    where t.ancestor_id = ${parentId} and t.depth = 1 and a.latitude is not null and a.longitude is not null
      and (a.valid_to is null or a.valid_to > current_date)
    order by a.id limit 500`;
  const of = JSON.stringify(places);
  if (last?.of !== of) last = { of, layout: tileLayout(places) };
  return last.layout;
}

/** The boundaries of the places directly below one, with where they come from. None where nobody has imported any. */
export async function boundariesOf(tx: ScopedTx, parentId: number): Promise<BoundarySet> {
  const rows = await tx<(Boundary & { source: string })[]>`
    select b.area_id, b.path, b.box, b.spot, b.source, a.kind = 'special_zone' as apart
    from area_tree t join area_boundary b on b.area_id = t.area_id join area a on a.id = t.area_id
    where t.ancestor_id = ${parentId} and t.depth = 1 and (a.valid_to is null or a.valid_to > current_date)
    order by b.area_id limit 500`;
  return {
    source: rows[0]?.source ?? null,
    boundaries: rows.map(({ areaId, path, box, spot, apart }) => ({ areaId, path, box, spot, apart })),
  };
}

/** Open places with an official code that lie under another: those boundaries can be of. */
export async function codedPlaces(tx: ScopedTx) {
  return tx<CodedPlace[]>`
    select a.id, a.official_code as code, a.kind = 'special_zone' as apart, a.name_vi, a.name_en, a.full_name_vi, a.full_name_en,
      p.ancestor_id as parent_id,
      (select count(*)::int from area_tree b where b.ancestor_id = a.id and b.depth = 1) as below
    from area a join area_tree p on p.area_id = a.id and p.depth = 1
    where a.official_code is not null and (a.valid_to is null or a.valid_to > current_date)
    order by a.name_vi collate "vi-x-icu", a.id limit 2000`;
}

export interface CodedPlace {
  readonly id: number;
  readonly code: string;
  readonly apart: boolean;
  readonly nameVi: string;
  readonly nameEn: string;
  readonly fullNameVi: string;
  readonly fullNameEn: string;
  readonly parentId: number;
  /** How many open places lie directly below. */
  readonly below: number;
}

/** Who sent the boundaries in use, when, and how many places have one; null while there are none. */
export async function boundariesInUse(tx: ScopedTx) {
  const [row] = await tx<{ source: string; by: string; at: Date; count: number }[]>`
    select min(b.source) as source, coalesce(min(c.full_name), '—') as by, max(b.imported_at) as at, count(*)::int as count
    from area_boundary b left join account c on c.id = b.imported_by having count(*) > 0`;
  return row ?? null;
}

export interface BoundaryDraft {
  readonly id: string;
  readonly source: string;
  readonly fileName: string;
  readonly shapes: readonly z.output<typeof shape>[];
  readonly unmatched: readonly string[];
  readonly pointsBefore: number;
  readonly pointsAfter: number;
}

/** What the caller has sent and not yet saved; null where there is nothing. */
export async function boundaryDraft(tx: ScopedTx): Promise<BoundaryDraft | null> {
  const [row] = await tx<BoundaryDraft[]>`
    select id, source, file_name, shapes, unmatched, points_before, points_after from boundary_draft where account_id = caller_account()`;
  return row ? { ...row, shapes: z.array(shape).parse(row.shapes) } : null;
}
