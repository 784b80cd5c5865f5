import type { ScopedTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { areasOf, byVillage } from '@/lib/step/queries';
import { peopleInBand, type Whom } from '@/lib/unreached/queries';
import type { KnownBand } from '@/lib/unreached/schema';
import type { NeverContacted, PersonUnreached, UnreachedAddress } from './schema';

type Language = 'vi' | 'en';

/** People on a page. */
export const unreachedPerPage = 50;

/**
 * People known to the portal whom nobody has had to do with: no enrolment of any state, no mark, no skill observed, not named at a desk, no step asked
 * about, of their own record or of one that was merged into it. Of the area asked for with all below it, as far as the caller may look people up there;
 * null where they may not. Whoever withdrew is not listed. The lowest of the bands (`peopleInBand`).
 */
export async function neverContacted(
  tx: ScopedTx,
  language: Language,
  { area, age, page }: UnreachedAddress,
): Promise<NeverContacted | null> {
  return listOfBand(tx, language, { area, whom: age === undefined ? 'all' : 'age60', band: 'never', page });
}

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
    readonly whom: Whom;
    readonly band: KnownBand;
    readonly page: number;
  },
): Promise<NeverContacted | null> {
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
