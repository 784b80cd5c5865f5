import type { RecordTx } from '@/lib/access/scoped';
import { mostMembers, type HouseholdMember } from './schema';

/**
 * Everybody of somebody's household of today, themselves first; nobody when they are in none. Who lives where the caller does not look
 * people up is left out, and so are records merged away. The reading of the one asked for was written down.
 */
export async function householdOf(tx: RecordTx, language: 'vi' | 'en', personId: string): Promise<HouseholdMember[]> {
  const rows = await tx<HouseholdMember[]>`
    select p.id, p.full_name, p.birth_year, ${tx(`a.full_name_${language}`)} as village, m.joined_at as since
    from household_member mine join household_member m on m.household_id = mine.household_id and m.left_at is null
      join person p on p.id = m.person_id and p.merged_into is null join area a on a.id = p.area_id
    where mine.person_id = ${personId} and mine.left_at is null
      and p.area_id = any (coalesce((select may_areas('person.read')), '{}'))
    order by p.id <> ${personId}, p.birth_year nulls last, p.given_name collate "vi-x-icu", p.id limit ${mostMembers}`;
  return [...rows];
}
