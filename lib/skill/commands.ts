import type { Caller, ScopedTx } from '@/lib/access/scoped';
import { refuse, type Refusal } from '@/lib/kernel/result';
import type { SkillRevision } from './schema';

/**
 * Gives a skill a new wording or standing from today: a new version; the one before ends today and is kept, with everything
 * observed under it. Refuses `notFound`, `changedMeanwhile`, `nothingChanged`.
 */
export async function reviseSkill(tx: ScopedTx, caller: Caller, given: SkillRevision): Promise<Refusal | null> {
  const [known] = await tx<{ version: number; same: boolean }[]>`
    select version, (title_vi, title_en, can_do_vi, can_do_en, evidence_vi, level, core) is not distinct from
      (${given.titleVi}, ${given.titleEn}, ${given.canDoVi}, ${given.canDoEn}, ${given.evidenceVi}, ${given.level}::int, ${given.core}::boolean) as same
    from skill_version where skill_code = ${given.skill} and valid_to is null for update`;
  if (!known) return refuse('notFound');
  if (known.version !== given.version) return refuse('changedMeanwhile');
  if (known.same) return refuse('nothingChanged');
  await tx`update skill_version set valid_to = current_date where skill_code = ${given.skill} and version = ${given.version}`;
  await tx`
    insert into skill_version (skill_code, version, valid_from, level, core, title_vi, title_en, can_do_vi, can_do_en, evidence_vi, digcomp_area, national_ref)
    select skill_code, version + 1, current_date, ${given.level}, ${given.core}, ${given.titleVi}, ${given.titleEn}, ${given.canDoVi},
           ${given.canDoEn}, ${given.evidenceVi}, digcomp_area, national_ref
    from skill_version where skill_code = ${given.skill} and version = ${given.version}`;
  await tx`
    insert into audit_event (account_id, action, subject_kind, subject_id, details)
    values (${caller.accountId}, 'skill.revise', 'skill', ${given.skill}, ${tx.json({ version: given.version + 1 })})`;
  return null;
}
