import type { ScopedTx } from '@/lib/access/scoped';
import { mine } from '@/lib/class/queries';
import type { MeetsThere, VenueLine, VenueListInput } from './schema';

type Language = 'vi' | 'en';
export const venuesPerPage = 50;

const on = (tx: ScopedTx) => tx`s.status in ('planned', 'published') and s.ends_at > now()`;

/** The venues of the caller's areas, or of one of them and below: those in use, or (`retired`) those that are not; one page, with how many. */
export async function venueList(
  tx: ScopedTx,
  language: Language,
  { area, retired, page }: VenueListInput,
): Promise<{ total: number; rows: readonly VenueLine[] }> {
  const under =
    area === undefined ? tx`true` : tx`v.area_id in (select area_id from area_tree where ancestor_id = ${area})`;
  const rows = await tx<(VenueLine & { total: number })[]>`
    select v.id, v.name, v.seats, v.step_free, v.power, v.wifi, v.retired_at, ${tx(`a.name_${language}`)} as area,
           s.sessions_to_come, s.next_starts_at, count(*) over () as total
    from venue v join area a on a.id = v.area_id
      cross join lateral (select count(*) as sessions_to_come, min(s.starts_at) as next_starts_at
                          from class_session s where s.venue_id = v.id and ${on(tx)}) s
    where v.area_id = ${mine(tx, 'class.read')} and ${under} and (v.retired_at is not null) = ${retired === '1'}
    order by a.name_vi collate "vi-x-icu", v.name collate "vi-x-icu", v.id
    limit ${venuesPerPage} offset ${(page - 1) * venuesPerPage}`;
  return { total: rows[0]?.total ?? 0, rows };
}

/** A venue of the caller's areas with all that is known of it, and whether it is the caller's to change; null otherwise. */
export async function venueForStaff(tx: ScopedTx, language: Language, id: string) {
  const [venue] = await tx<
    (Omit<VenueLine, 'sessionsToCome' | 'nextStartsAt'> & {
      address: string;
      wayThere: string;
      mayWrite: boolean;
    })[]
  >`
    select v.id, v.name, v.address, v.way_there, v.seats, v.step_free, v.power, v.wifi, v.retired_at,
           ${tx(`a.full_name_${language}`)} as area, v.area_id = ${mine(tx, 'class.write')} as may_write
    from venue v join area a on a.id = v.area_id where v.id = ${id} and v.area_id = ${mine(tx, 'class.read')}`;
  return venue ?? null;
}

/** The classes that still meet at a venue, the next one first. */
export function classesAt(tx: ScopedTx, language: Language, venueId: string) {
  return tx<MeetsThere[]>`
    select c.id as class_id, ${tx(`co.title_${language}`)} as title, c.capacity, count(*) as sessions_to_come,
           min(s.starts_at) as next_starts_at, (array_agg(s.ends_at order by s.starts_at))[1] as next_ends_at
    from class_session s join class c on c.id = s.class_id join course co on co.id = c.course_id
    where s.venue_id = ${venueId} and ${on(tx)}
    group by c.id, co.id order by min(s.starts_at), c.id limit 200`;
}
