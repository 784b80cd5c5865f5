import type { ScopedTx } from '@/lib/access/scoped';
import type { AuditFilter } from './schema';

export const eventsPerPage = 50;

export interface AuditRow {
  id: string;
  at: Date;
  action: string;
  accountId: string | null;
  accountName: string | null;
  subjectKind: string;
  subjectId: string;
  /** The name behind an account, area or skill; never a resident's. */
  subjectVi: string | null;
  subjectEn: string | null;
  areaVi: string | null;
  areaEn: string | null;
  details: Record<string, unknown>;
}

/** What was done and read, newest first: one page and one more row, which says that there are older ones. No personal data. */
export function auditEvents(tx: ScopedTx, { action, account, area, from, until, before }: AuditFilter) {
  return tx<AuditRow[]>`
    select e.id, e.at, e.action, e.account_id, a.full_name as account_name, e.subject_kind, e.subject_id, e.details,
           ar.full_name_vi as area_vi, ar.full_name_en as area_en,
           coalesce(sa.full_name, sar.full_name_vi, sv.title_vi) as subject_vi,
           coalesce(sa.full_name, sar.full_name_en, sv.title_en) as subject_en
    from audit_event e
    left join account a on a.id = e.account_id
    left join area ar on ar.id = e.area_id
    left join account sa on e.subject_kind = 'account' and sa.id = case when e.subject_kind = 'account' then e.subject_id::uuid end
    left join area sar on sar.id = case when e.subject_kind = 'area' then e.subject_id::int end
    left join skill_version sv on e.subject_kind = 'skill' and sv.skill_code = e.subject_id and sv.valid_to is null
    where (${action ?? null}::text is null or e.action = ${action ?? null})
      and (${account ?? null}::uuid is null or e.account_id = ${account ?? null})
      and (${area ?? null}::int is null or e.area_id in (select area_id from area_tree where ancestor_id = ${area ?? null}))
      and (${from ?? null}::date is null or e.at >= ${from ?? null}::date)
      and (${until ?? null}::date is null or e.at < ${until ?? null}::date + 1)
      and (${before ?? null}::uuid is null or (e.at, e.id) < (select b.at, b.id from audit_event b where b.id = ${before ?? null}))
    order by e.at desc, e.id desc limit ${eventsPerPage + 1}`;
}

/** Every kind of act that was ever written down. Walks the index from one to the next, however many events there are. */
export async function auditActions(tx: ScopedTx): Promise<string[]> {
  const rows = await tx<{ action: string }[]>`
    with recursive seen (action) as (
      (select action from audit_event order by action limit 1)
      union all
      select (select e.action from audit_event e where e.action > seen.action order by e.action limit 1) from seen where seen.action is not null
    )
    select action from seen where action is not null limit 200`;
  return rows.map(({ action }) => action);
}

/** Areas to narrow by: those with an official code. */
export function auditAreas(tx: ScopedTx) {
  return tx<{ id: number; nameVi: string; nameEn: string }[]>`
    select id, full_name_vi as name_vi, full_name_en as name_en from area where official_code is not null
    order by (select max(depth) from area_tree t where t.area_id = area.id), name_vi collate "vi-x-icu" limit 400`;
}
