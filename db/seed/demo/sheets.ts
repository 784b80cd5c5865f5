import type { SeedTx } from '../connection';
import { idOf } from '../ids';
import { lettersOf } from './dice';
import { richUnits } from './places';

const sheetLetters = '2346789ACDEFGHJKMNPQRTWXY';

/** In the units shown in full, the sessions whose register is still to be taken have a printed sheet that waits to be typed in. */
export async function makePaperSheets(tx: SeedTx, now: Date): Promise<void> {
  const sessions = await tx<{ id: string }[]>`
    select s.id from class_session s join area_tree t on t.area_id = s.area_id
    where t.ancestor_id in ${tx(richUnits)} and s.status = 'published' and s.starts_at <= ${now}
    order by s.starts_at desc, s.id limit 12`;
  for (const { id } of sessions)
    await tx`
      insert into register_sheet (id, session_id, area_id, code, people, skills, made_at)
      select ${idOf(`${id}/sheet`)}, s.id, s.area_id, ${lettersOf(`${id}/sheet`, sheetLetters, 6)},
        coalesce((select array_agg(p.id order by p.given_name collate "vi-x-icu", p.full_name collate "vi-x-icu", p.birth_year, p.id)
          from enrolment e join person p on p.id = e.person_id where e.class_id = s.class_id and e.status = 'confirmed'), '{}'),
        coalesce((select array_agg(k.code order by d.position, k.position)
          from lesson_skill l join skill k on k.code = l.skill_code join skill_domain d on d.code = k.domain_code
          where l.lesson_id = s.lesson_id), '{}'),
        s.starts_at - interval '1 day'
      from class_session s where s.id = ${id}`;
}
