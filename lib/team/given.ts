import type { ScopedTx } from '@/lib/access/scoped';

type Fragment = ReturnType<typeof piece>;
const piece = (tx: ScopedTx) => tx`true`;

/** Which rows of each kind are asked about: conditions on `h` (session_helper), `d` (desk_shift), `v` (visit_round_helper), `e` (desk_assist) and `w` (door_visit). */
export interface GivenBy {
  readonly sessions: Fragment | null;
  readonly shifts: Fragment | null;
  readonly rounds: Fragment | null;
  readonly assists: Fragment | null;
  readonly doors: Fragment | null;
}

const minutes = (tx: ScopedTx, of: string) =>
  tx.unsafe(`round(extract(epoch from ${of}.ends_at - ${of}.starts_at) / 60)::int`);

/** An assist `e` was logged in a shift `d`: at its desk, between its ends, by the account on duty, or, for somebody without one, by anybody. */
const inShift = (tx: ScopedTx) =>
  tx`e.desk_id = d.desk_id and e.at between d.starts_at and d.ends_at and (d.account_id is null or e.logged_by = d.account_id)`;

/**
 * The one rule of whose time counts as given, from what was done and never typed; a row for each time: `kind, id, of_id, area_id, starts_at, minutes, came,
 * member_id, account_id, people`. A session held that they had agreed to (`came` says whether they came), duty at a desk in which somebody was helped, a round of
 * visits of which anything was recorded, and, of help logged outside any such duty and of homes gone to for tasks outside any of these, the minutes it took. Nothing called off. Rows only as far as the
 * transaction's walls let them through: ask it elevated after the area or team was checked.
 */
export const timeGiven = (tx: ScopedTx, { sessions, shifts, rounds, assists, doors }: GivenBy): Fragment => {
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
    where ${assists ?? nothing} and e.undone_at is null and not exists (select from desk_shift d where d.called_off_at is null and ${inShift(tx)})
    union all
    select 'door', w.id, w.id, w.area_id, w.at, w.minutes, true, null, w.by, 0
    from door_visit w
    where ${doors ?? nothing} and w.elsewhere is null and not exists (
      select from visit_round_helper n join visit_round r on r.id = n.round_id
      where n.id = w.round_helper_id and n.called_off_at is null and r.called_off_at is null
        and exists (select from visit x join visit_outcome o on o.visit_id = x.id where x.round_id = r.id))`;
};

/**
 * Whether a home gone to for tasks (`w`, a door_visit) is a home visit of its own: somebody was met, it is the first of those of that home and day, and no
 * round met them there that day, by what was said last.
 */
export const ownVisit = (tx: ScopedTx): Fragment => tx`(
  w.met and not exists (select from door_visit n where n.home = w.home and n.day = w.day and n.met and (n.at, n.id) < (w.at, w.id))
  and not exists (select from door_visit n where n.home = w.home and n.day = w.day and 'done' = (
    select o.outcome from visit_outcome o where o.visit_id = n.visit_id order by o.at desc, o.id desc limit 1)))`;
