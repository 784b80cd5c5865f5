import { elevated, presentCode, type ScopedTx } from '@/lib/access/scoped';
import { slipStatus } from './rules';
import { releaseAt } from './queue';
import type { ReservedGroup, Slip } from './schema';

type Row = Omit<Slip, 'status' | 'sessions' | 'placeInQueue' | 'kept'> & {
  status: string;
  reservedFor: ReservedGroup | null;
  keptPlaces: number;
  keptUntil: Date | null;
  priority: number;
  sessions: { startsAt: string; endsAt: string; cancelled: boolean }[];
};

/** The slip with this code, under the wall that shows its holder just this one enrolment; null when there is none. */
export async function slipByCode(tx: ScopedTx, language: 'vi' | 'en', code: string): Promise<Slip | null> {
  await presentCode(tx, code);
  const [row] = await tx<Row[]>`
    select e.id as enrolment_id, e.code, e.status, p.full_name, e.signed_up_by, e.class_id,
      ${tx(`co.title_${language}`)} as class_title, coalesce(c.last_ends_at <= now(), false) as class_over,
      c.status_reason as class_status_reason, e.offer_expires_at as answer_by, e.queue_priority as priority,
      c.reserved_for, c.seats_reserved as kept_places, ${releaseAt(tx)} as kept_until, v.name as venue, v.address, v.way_there,
      ${tx(`a.full_name_${language}`)} as place_name, ${tx(`co.bring_${language}`)} as bring, c.hotline, te.name as team_name,
      coalesce((select jsonb_agg(jsonb_build_object('startsAt', s.starts_at, 'endsAt', s.ends_at,
          'cancelled', s.status in ('cancelled', 'did_not_happen')) order by s.starts_at)
        from class_session s where s.class_id = c.id and s.ends_at > now()), '[]') as sessions
    from enrolment e join person p on p.id = e.person_id join class c on c.id = e.class_id
      join course co on co.id = c.course_id join venue v on v.id = c.venue_id
      join team te on te.id = c.team_id join area a on a.id = c.area_id
    where e.code = ${code}`;
  if (!row) return null;
  const { reservedFor, keptPlaces, keptUntil, priority, ...slip } = row;
  const late = row.answerBy !== null && row.answerBy <= new Date();
  const status = row.classOver && row.status !== 'cancelled' ? 'over' : late ? 'offerGone' : slipStatus(row.status);
  const kept = reservedFor && keptUntil && keptUntil > new Date();
  return {
    ...slip,
    status,
    kept: kept ? { places: keptPlaces, group: reservedFor, until: keptUntil, mine: priority >= 2 } : null,
    sessions: row.sessions.map((one) => ({
      ...one,
      startsAt: new Date(one.startsAt),
      endsAt: new Date(one.endsAt),
    })),
    placeInQueue: status === 'waitlisted' ? await placeInQueue(tx, row.enrolmentId) : null,
  };
}

/** How many go first, and this one: counted as the system role, since others' enrolments are nobody else's to see. */
async function placeInQueue(tx: ScopedTx, enrolmentId: string): Promise<number> {
  return elevated(tx, 'slip: place in the queue', async (system) => {
    const [row] = await system<{ place: number }[]>`
      select count(*) as place from enrolment me join enrolment o on o.class_id = me.class_id and o.status = 'waitlisted'
      where me.id = ${enrolmentId} and (o.id = me.id or o.unconfirmed_until is null and ( o.queue_priority > me.queue_priority
        or (o.queue_priority = me.queue_priority and (o.queued_at, o.id) < (me.queued_at, me.id))))`;
    return Math.max(1, row?.place ?? 1);
  });
}

/** The words people agree to when they join a class, and their version; null before any were loaded. */
export async function currentConsentText(
  tx: ScopedTx,
  language: 'vi' | 'en',
): Promise<{ version: number; body: string; usedFrom: Date } | null> {
  const [row] = await tx<{ version: number; body: string; usedFrom: Date }[]>`
    select version, ${tx(`body_${language}`)} as body, used_from from consent_text
    where purpose = 'class' and used_from <= now() order by version desc limit 1`;
  return row ?? null;
}

/** A person's place in a class, for those who run it. `phone` only where the wall lets it through, else the hint. */
export interface RosterLine {
  id: string;
  personId: string;
  fullName: string;
  birthYear: number | null;
  village: string;
  status: 'confirmed' | 'offered' | 'waitlisted' | 'completed' | 'partial' | 'no_show';
  phone: string | null;
  phoneOfRelative: boolean;
  phoneHint: string | null;
  signedUpBy: string | null;
}

/** Who is in (or was, to the end), by given name as Vietnamese lists are, then who waits, in the order of the queue. */
export async function classRoster(tx: ScopedTx, language: 'vi' | 'en', classId: string): Promise<RosterLine[]> {
  const rows = await tx<RosterLine[]>`
    select e.id, e.person_id, p.full_name, p.birth_year, ${tx(`a.name_${language}`)} as village, e.status, e.signed_up_by,
           n.phone, coalesce(n.belongs_to = 'relative', false) as phone_of_relative, p.phone_hint
    from enrolment e join person p on p.id = e.person_id join area a on a.id = p.area_id
    left join person_phone n on n.person_id = p.id
    where e.class_id = ${classId} and e.status in ('confirmed', 'offered', 'waitlisted', 'completed', 'partial', 'no_show')
      and (e.status <> 'waitlisted' or e.unconfirmed_until is null)
    order by e.status = 'waitlisted',
      case when e.status = 'waitlisted' then e.queue_priority end desc, case when e.status = 'waitlisted' then e.queued_at end,
      p.given_name collate "vi-x-icu", p.full_name collate "vi-x-icu", e.id
    limit 1000`;
  return [...rows];
}

/** The slip of an enrolment in a class the caller runs, to be printed or read out; null when it is not theirs to see. */
export async function slipForStaff(tx: ScopedTx, language: 'vi' | 'en', enrolmentId: string): Promise<Slip | null> {
  const [row] = await tx<{ code: string }[]>`select code from enrolment where id = ${enrolmentId}`;
  return row ? slipByCode(tx, language, row.code) : null;
}
