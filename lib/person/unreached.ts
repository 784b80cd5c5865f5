import type { ScopedTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { areasOf, byVillage } from '@/lib/step/queries';
import { peopleInBand } from '@/lib/unreached/queries';
import type { BandGroup, KnownBand } from '@/lib/unreached/schema';
import type { PeopleOfBand, PersonUnreached } from './schema';

type Language = 'vi' | 'en';

/** People on a page. */
export const unreachedPerPage = 50;

/** Who is in a band, of an area with all below it (`own`: of it alone), by village ("2" before "10") and as class lists are ordered; null where the caller may look nobody up. */
export async function listOfBand(
  tx: ScopedTx,
  language: Language,
  {
    area,
    own = false,
    whom,
    band,
    page,
  }: {
    readonly area: number | undefined;
    readonly own?: boolean;
    readonly whom: BandGroup;
    readonly band: KnownBand;
    readonly page: number;
  },
): Promise<PeopleOfBand | null> {
  const areas = await areasOf(tx, area, own);
  if (areas.length === 0) return null;
  const { ids, total } = await peopleInBand(tx, { areas, whom, band, page, perPage: unreachedPerPage });
  const people = await tx<PersonUnreached[]>`
    select p.id, p.full_name, p.birth_year, p.phone_hint, p.created_at, ${tx(`a.full_name_${language}`)} as village,
      a.kind in ${tx(unitKinds)} as village_unknown
    from person p join area a on a.id = p.area_id where p.id = any(${[...ids]}::uuid[])
    order by ${byVillage(tx)}`;
  return { people, total };
}
