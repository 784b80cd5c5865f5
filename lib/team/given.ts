import type { ScopedTx } from '@/lib/access/scoped';

type Fragment = ReturnType<typeof piece>;
const piece = (tx: ScopedTx) => tx`true`;

/** Which rows of each kind are asked about: conditions on `h` (session_helper), `d` (desk_shift), `v` (visit_round_helper) and `e` (desk_assist). */
export interface GivenBy {
  readonly sessions: Fragment | null;
  readonly shifts: Fragment | null;
  readonly rounds: Fragment | null;
  readonly assists: Fragment | null;
}

const minutes = (tx: ScopedTx, of: string) =>
  tx.unsafe(`round(extract(epoch from ${of}.ends_at - ${of}.starts_at) / 60)::int`);

/** An assist `e` was logged in a shift `d`: at its desk, between its ends, by the account on duty, or, for somebody without one, by anybody. */
const inShift = (tx: ScopedTx) =>
  tx`e.desk_id = d.desk_id and e.at between d.starts_at and d.ends_at and (d.account_id is null or e.logged_by = d.account_id)`;

/**
 * The one rule of whose time counts as given, from what was done and never typed; a row for each time: `kind, id, of_id, area_id, starts_at, minutes, came,
 * member_id, account_id, people`. A session held that they had agreed to (`came` says whether they came), duty at a desk in which somebody was helped, a round of
 * visits of which anything was recorded, and, of help logged outside any such duty, the minutes it took. Nothing called off. Rows only as far as the
 * transaction's walls let them through: ask it elevated after the area or team was checked.
 */
export const timeGiven = (tx: ScopedTx, { sessions, shifts, rounds, assists }: GivenBy): Fragment => {
  const nothing = tx`false`;
  return tx`
    select 'session' as kind, h.id, s.id as of_id, s.area_id, s.starts_at, ${minutes(tx, 's')} as minutes, h.absent_at is null as came, h.member_id,
      null::uuid as account_id, 0 as people
    from session_helper h join class_session s on s.id = h.session_id where ${sessions ?? nothing} and h.state = 'yes' and s.status = 'held'
    union all
    select 'shift', d.id, d.desk_id, d.area_id, d.starts_at, ${minutes(tx, 'd')}, true, d.member_id, d.account_id, a.people
    from desk_shift d cross join lateral (select count(*)::int as people from desk_assist e where e.undone_at is null and ${inShift(tx)}) a
    where ${shifts ?? nothing} and d.called_off_at is null and a.people > 0
    union all
    select 'round', v.id, r.id, r.area_id, r.starts_at, ${minutes(tx, 'r')}, true, v.member_id, null, 0
    from visit_round_helper v join visit_round r on r.id = v.round_id
    where ${rounds ?? nothing} and v.called_off_at is null and r.called_off_at is null
      and exists (select from visit x join visit_outcome o on o.visit_id = x.id where x.round_id = r.id)
    union all
    select 'assist', e.id, e.desk_id, e.area_id, e.at, e.minutes, true, null, e.logged_by, 1
    from desk_assist e
    where ${assists ?? nothing} and e.undone_at is null and not exists (select from desk_shift d where d.called_off_at is null and ${inShift(tx)})`;
};
