import type { ScopedTx } from '@/lib/access/scoped';

export interface CatalogueRow {
  code: string;
  domainCode: string;
  domainVi: string;
  domainEn: string;
  titleVi: string;
  titleEn: string;
  core: boolean;
  level: number;
  version: number;
  validFrom: string;
}

/** The catalogue as it stands today, domain by domain. */
export function skillCatalogue(tx: ScopedTx) {
  return tx<CatalogueRow[]>`
    select s.code, s.domain_code, d.name_vi as domain_vi, d.name_en as domain_en, v.title_vi, v.title_en, v.core, v.level,
           v.version, v.valid_from
    from skill s join skill_domain d on d.code = s.domain_code join skill_version v on v.skill_code = s.code and v.valid_to is null
    order by d.position, s.position, s.code limit 1000`;
}

export interface SkillVersionRow {
  version: number;
  validFrom: string;
  validTo: string | null;
  level: number;
  core: boolean;
  titleVi: string;
  titleEn: string;
  canDoVi: string;
  canDoEn: string;
  evidenceVi: string;
  digcompArea: string;
  nationalRef: string;
}

/** Every wording a skill ever had, the current one first; empty when there is no such skill. At most 200. */
export function skillVersions(tx: ScopedTx, code: string) {
  return tx<SkillVersionRow[]>`
    select version, valid_from, valid_to, level, core, title_vi, title_en, can_do_vi, can_do_en, evidence_vi, digcomp_area, national_ref
    from skill_version where skill_code = ${code} order by version desc limit 200`;
}
