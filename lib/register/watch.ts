import type { Caller, ScopedTx } from '@/lib/access/scoped';
import { mine } from '@/lib/class/queries';
import { sessionLinesOf, type SessionLine } from '@/lib/manage/queries';
import type { Locale } from '@/lib/i18n/routing';
import { notTakenBefore, onRoll, runsMissed } from './queries';
import { escalated, toldAfterMs, type RollCounts, type Watcher } from './rules';

/** As what somebody watches over registers: who takes them themselves sees all that are missing, leaders what has come up to them. */
export function watcherOf(caller: Caller): Watcher {
  if (caller.capabilities.includes('register.write')) return 'organiser';
  return caller.grants.some(({ role }) => role === 'province_leader' || role === 'province_admin')
    ? 'province'
    : 'leader';
}

/** A session whose register is missing: the line of work, who teaches it, whom it has come up to. */
export interface RegisterMissing extends SessionLine {
  readonly team: string;
  readonly reached: Watcher;
}

/** Registers that were not taken, of the caller's areas, as far as they have come up to such a watcher; the oldest first. */
export async function registersNotTaken(
  tx: ScopedTx,
  locale: Locale,
  watcher: Watcher,
  now: Date,
  limit = 200,
): Promise<{ total: number; rows: RegisterMissing[] }> {
  const before = new Date(now.getTime() - toldAfterMs[watcher]);
  const found = await tx<{ id: string; team: string; total: number }[]>`
    select s.id, k.name as team, count(*) over () as total
    from class_session s join class c on c.id = s.class_id join team k on k.id = c.team_id
    where ${notTakenBefore(tx, before)} and s.area_id = ${mine(tx, 'class.read')}
    order by s.ends_at, s.id limit ${limit}`;
  const lines = await sessionLinesOf(
    tx,
    locale,
    found.map(({ id }) => id),
  );
  const teams = new Map(found.map(({ id, team }) => [id, team]));
  const rows = lines.map((line) => ({
    ...line,
    team: teams.get(line.id) ?? '',
    reached: escalated(line.endsAt, now),
  }));
  return { total: found[0]?.total ?? 0, rows };
}

/** Somebody of a class who missed its last sessions without a word. `phone` only where the wall lets it through. */
export interface MissedInARow {
  readonly personId: string;
  readonly fullName: string;
  readonly village: string;
  readonly classId: string;
  readonly title: string;
  readonly times: number;
  readonly lastAt: Date;
  readonly lastSessionId: string;
  readonly phone: string | null;
  readonly phoneOfRelative: boolean;
  readonly phoneHint: string | null;
}

/**
 * Who missed two marked sessions of a class in a row, or more, without an excuse (mechanisms.md 6), is in it still, and can still be won
 * back: the class runs or ended within two weeks. Derived from the marks that stand: correcting one, or coming again, takes them off.
 */
export async function missedInARow(
  tx: ScopedTx,
  locale: Locale,
  now: Date,
  limit = 200,
): Promise<{ total: number; rows: MissedInARow[] }> {
  const rows = await tx<(MissedInARow & { total: number })[]>`
    select m.person_id, p.full_name, ${tx(`v.name_${locale}`)} as village, m.class_id, ${tx(`k.title_${locale}`)} as title,
           m.times, m.last_at, m.last_session_id, n.phone,
           coalesce(n.belongs_to = 'relative', false) as phone_of_relative, p.phone_hint, count(*) over () as total
    from (${runsMissed(tx, mine(tx, 'roster.read'), now)}) m
    join person p on p.id = m.person_id join area v on v.id = p.area_id
    join class c on c.id = m.class_id join course k on k.id = c.course_id
    left join person_phone n on n.person_id = p.id
    order by m.times desc, m.last_at desc, p.given_name collate "vi-x-icu", p.id limit ${limit}`;
  return { total: rows[0]?.total ?? 0, rows: [...rows] };
}

/** What the registers of a class say: of its roll in the sessions that are over, and beside it who came without being on it. */
export interface ClassCounts extends RollCounts {
  readonly sessions: number;
  readonly walkIns: number;
  readonly guests: number;
}

/** The counts of a class's sessions that are over and took place or were to; null where none is. */
export async function countsOfClass(tx: ScopedTx, classId: string, now: Date): Promise<ClassCounts | null> {
  const [counts] = await tx<ClassCounts[]>`
    with over as (
      select s.id, s.class_id, s.starts_at, s.ends_at, s.guests from class_session s
      where s.class_id = ${classId} and s.status in ('published', 'held') and s.ends_at <= ${now}
        and s.area_id = ${mine(tx, 'roster.read')}
    ), marks as (
      select a.session_id, a.person_id, a.state, a.walk_in from attendance a join over on over.id = a.session_id
    ), rolled as (
      select s.id as session_id, e.person_id from over s join enrolment e on e.class_id = s.class_id where ${onRoll(tx)}
      union select session_id, person_id from marks where not walk_in
    )
    select (select count(*) from over) as sessions, (select count(*) from rolled) as expected,
           count(*) filter (where not walk_in) as marked,
           count(*) filter (where not walk_in and state in ('present', 'late', 'left_early')) as came,
           count(*) filter (where not walk_in and state = 'excused') as excused,
           count(*) filter (where walk_in and state in ('present', 'late', 'left_early')) as walk_ins,
           (select coalesce(sum(guests), 0) from over) as guests
    from marks`;
  return counts && counts.sessions > 0 ? counts : null;
}
