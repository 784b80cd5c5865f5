import { elevated, presentCode, type ScopedTx } from '@/lib/access/scoped';
import { slipCode } from '@/lib/kernel/input';
import { fold } from '@/lib/kernel/text';
import { activeStates, slipStatus, type EnrolmentState } from './rules';
import { releaseAt } from './queue';
import type { KeptPlaces, ReservedGroup, Slip, SlipSession } from './schema';

type SlipSessionRow = Omit<SlipSession, 'startsAt' | 'endsAt' | 'movedFrom'> & {
  startsAt: string;
  endsAt: string;
  movedFrom: string | null;
};

type Row = Omit<Slip, 'status' | 'sessions' | 'placeInQueue' | 'kept'> & {
  status: string;
  sessions: SlipSessionRow[];
} & Keeps;

/** What a class `c` keeps for a group, and how enrolment `e` stands to it: the columns of `keptColumns`. */
export interface Keeps {
  readonly reservedFor: ReservedGroup | null;
  readonly keptPlaces: number;
  readonly keptUntil: Date | null;
  readonly priority: number;
}

export const keptColumns = (tx: ScopedTx) => tx`
  c.reserved_for, c.seats_reserved as kept_places, ${releaseAt(tx)} as kept_until, e.queue_priority as priority`;

/** A row with those columns, as whoever waits is told of it: null when nothing is kept, or it is everybody's by now. */
export function withKept<R extends Keeps>({ reservedFor, keptPlaces: places, keptUntil, priority, ...row }: R) {
  const kept = reservedFor !== null && keptUntil !== null && keptUntil > new Date();
  return { ...row, kept: kept ? { places, group: reservedFor, until: keptUntil, mine: priority >= 2 } : null };
}

/** The slip with this code, under the wall that shows its holder just this one enrolment; null when there is none. */
export async function slipByCode(tx: ScopedTx, language: 'vi' | 'en', code: string): Promise<Slip | null> {
  await presentCode(tx, code);
  const [row] = await tx<Row[]>`
    select e.id as enrolment_id, e.code, e.status, p.full_name, e.signed_up_by, e.class_id,
      ${tx(`co.title_${language}`)} as class_title, coalesce(c.last_ends_at <= now(), false) as class_over,
      c.status_reason as class_status_reason, e.offer_expires_at as answer_by, e.unconfirmed_until,
      ${keptColumns(tx)}, v.name as venue, v.address, v.way_there,
      ${tx(`a.full_name_${language}`)} as place_name, ${tx(`co.bring_${language}`)} as bring, c.hotline, te.name as team_name,
      coalesce((select jsonb_agg(jsonb_build_object('startsAt', s.starts_at, 'endsAt', s.ends_at,
          'note', s.note, 'movedFrom', s.moved_from, 'venue', case when s.venue_id <> c.venue_id then sv.name || ', ' || sv.address end,
          'cancelled', s.status in ('cancelled', 'did_not_happen')) order by s.starts_at)
        from class_session s join venue sv on sv.id = s.venue_id where s.class_id = c.id and s.ends_at > now()), '[]') as sessions
    from enrolment e join person p on p.id = e.person_id join class c on c.id = e.class_id
      join course co on co.id = c.course_id join venue v on v.id = c.venue_id
      join team te on te.id = c.team_id join area a on a.id = c.area_id
    where e.code = ${code}`;
  if (!row) return null;
  const late = row.answerBy !== null && row.answerBy <= new Date();
  const status = row.classOver && row.status !== 'cancelled' ? 'over' : late ? 'offerGone' : slipStatus(row.status);
  return {
    ...withKept(row),
    status,
    sessions: row.sessions.map((one) => ({
      ...one,
      startsAt: new Date(one.startsAt),
      endsAt: new Date(one.endsAt),
      movedFrom: one.movedFrom === null ? null : new Date(one.movedFrom),
    })),
    placeInQueue:
      status === 'waitlisted' ? ((await placesInQueue(tx, [row.enrolmentId])).get(row.enrolmentId) ?? 1) : null,
  };
}

/**
 * Where each of these, which the caller was shown, stands in the queue of its class: how many go first, and itself. Counted as the
 * system role, since others' enrolments are nobody else's to see.
 */
export async function placesInQueue(tx: ScopedTx, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  return elevated(tx, 'slip: place in the queue', async (system) => {
    const rows = await system<{ id: string; place: number }[]>`
      select me.id, count(*)::integer as place from enrolment me join enrolment o on o.class_id = me.class_id and o.status = 'waitlisted'
      where me.id in ${system(ids)} and (o.id = me.id or o.unconfirmed_until is null and ( o.queue_priority > me.queue_priority
        or (o.queue_priority = me.queue_priority and (o.queued_at, o.id) < (me.queued_at, me.id))))
      group by me.id`;
    return new Map(rows.map(({ id, place }) => [id, Math.max(1, place)]));
  });
}

/** The places a class still keeps for a group; null when there are none, or they are everybody's by now. */
export async function keptPlaces(tx: ScopedTx, classId: string): Promise<KeptPlaces | null> {
  const [row] = await tx<KeptPlaces[]>`
    select c.seats_reserved as places, c.reserved_for as group, ${releaseAt(tx)} as until from class c
    where c.id = ${classId} and c.status = 'published' and c.seats_reserved > 0 and ${releaseAt(tx)} > now()`;
  return row ?? null;
}

/** The words people agree to when they answer the equality questions, and their version; null before any were loaded. */
export async function equalityConsentText(
  tx: ScopedTx,
  language: 'vi' | 'en',
): Promise<{ version: number; body: string } | null> {
  const [row] = await tx<{ version: number; body: string }[]>`
    select version, ${tx(`body_${language}`)} as body from consent_text
    where purpose = 'equality' and used_from <= now() order by version desc limit 1`;
  return row ?? null;
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
  status: 'confirmed' | 'offered' | 'waitlisted' | 'completed' | 'partial' | 'no_show' | 'class_cancelled';
  phone: string | null;
  phoneOfRelative: boolean;
  phoneHint: string | null;
  signedUpBy: string | null;
}

/** Who is in (or was, to the end, or until the class was called off and is to be told), by given name as Vietnamese lists are, then who waits, in the order of the queue. */
export async function classRoster(tx: ScopedTx, language: 'vi' | 'en', classId: string): Promise<RosterLine[]> {
  const rows = await tx<RosterLine[]>`
    select e.id, e.person_id, p.full_name, p.birth_year, ${tx(`a.name_${language}`)} as village, e.status, e.signed_up_by,
           n.phone, coalesce(n.belongs_to = 'relative', false) as phone_of_relative, p.phone_hint
    from enrolment e join person p on p.id = e.person_id join area a on a.id = p.area_id
    left join person_phone n on n.person_id = p.id
    where e.class_id = ${classId} and e.status in ('confirmed', 'offered', 'waitlisted', 'completed', 'partial', 'no_show', 'class_cancelled')
      and (e.status <> 'waitlisted' or e.unconfirmed_until is null)
    order by e.status = 'waitlisted',
      case when e.status = 'waitlisted' then e.queue_priority end desc, case when e.status = 'waitlisted' then e.queued_at end,
      p.given_name collate "vi-x-icu", p.full_name collate "vi-x-icu", e.id
    limit 1000`;
  return [...rows];
}

/** Somebody who is asked and has not answered yet. */
export interface OfferLine {
  id: string;
  fullName: string;
  phone: string | null;
  phoneOfRelative: boolean;
  phoneHint: string | null;
  answerBy: Date;
  offerBy: 'slip' | 'call';
}

/** Whose answer a class waits for, the most urgent first; those on the call list are to be rung. */
export async function offersOfClass(tx: ScopedTx, classId: string): Promise<OfferLine[]> {
  const rows = await tx<OfferLine[]>`
    select e.id, p.full_name, n.phone, coalesce(n.belongs_to = 'relative', false) as phone_of_relative, p.phone_hint,
      e.offer_expires_at as answer_by, e.offer_by
    from enrolment e join person p on p.id = e.person_id left join person_phone n on n.person_id = p.id
    where e.class_id = ${classId} and e.status = 'offered' and e.offer_expires_at > now()
    order by e.offer_expires_at, e.id limit 500`;
  return [...rows];
}

/** One transition as those who run the class read it. `by` is null where it happened by itself or the learner did it. */
export interface HistoryLine {
  id: string;
  at: Date;
  fullName: string;
  from: EnrolmentState | null;
  to: EnrolmentState;
  code: string | null;
  reason: string | null;
  by: string | null;
  itself: boolean;
}

/** Who got, left or was asked for a place, why and by whom: the latest first. */
export async function placeHistory(tx: ScopedTx, classId: string): Promise<HistoryLine[]> {
  const rows = await tx<HistoryLine[]>`
    select v.id, v.at, p.full_name, v.from_status as from, v.to_status as to, v.reason_code as code,
      case when v.reason_code in ('overbooked', 'class_cancelled') or (v.reason_code = 'left' and v.account_id is not null) then v.reason end as reason,
      a.full_name as by, v.channel in ('promotion', 'call') as itself
    from enrolment e join enrolment_event v on v.enrolment_id = e.id join person p on p.id = e.person_id left join account a on a.id = v.account_id
    where e.class_id = ${classId} and v.from_status is not null order by v.at desc, v.step desc, v.id limit 60`;
  return [...rows];
}

/** Whose an enrolment is and how it stands, for those who run its class; null when it is not theirs to see. */
export async function placeForStaff(
  tx: ScopedTx,
  enrolmentId: string,
): Promise<{ personId: string; classId: string; status: EnrolmentState } | null> {
  const [row] = await tx<{ personId: string; classId: string; status: EnrolmentState }[]>`
    select person_id, class_id, status from enrolment where id = ${enrolmentId}`;
  return row ?? null;
}

/** The words for noting a need, and their version; null before any were loaded. */
export async function needConsentText(
  tx: ScopedTx,
  language: 'vi' | 'en',
): Promise<{ version: number; body: string } | null> {
  const [row] = await tx<{ version: number; body: string }[]>`
    select version, ${tx(`body_${language}`)} as body from consent_text
    where purpose = 'need' and used_from <= now() order by version desc limit 1`;
  return row ?? null;
}

/** The slip of an enrolment in a class the caller runs, to be printed or read out; null when it is not theirs to see. */
export async function slipForStaff(tx: ScopedTx, language: 'vi' | 'en', enrolmentId: string): Promise<Slip | null> {
  const [row] = await tx<{ code: string }[]>`select code from enrolment where id = ${enrolmentId}`;
  return row ? slipByCode(tx, language, row.code) : null;
}

/** An unconfirmed place, for those who run the class. */
export interface Unconfirmed {
  readonly id: string;
  /** Any one enrolment of its batch: what came from the same network for the same reason. Says nothing of the network. */
  readonly batch: string;
  readonly fullName: string;
  readonly birthYear: number | null;
  readonly village: string;
  readonly phoneHint: string | null;
  readonly signedUpBy: string | null;
  readonly status: 'confirmed' | 'waitlisted' | 'offered';
  readonly at: Date;
  readonly until: Date;
}

/** At most so many are listed, so many of each batch before the rest of the largest; a batch's size is of all. */
const listed = 300;
const listedOfEach = 60;

/**
 * The unconfirmed places of a class the caller enrols people in, batch by batch, the largest first. `sought` finds, among however
 * many, whoever calls: by the code on their slip, or a part of the name.
 */
export async function unconfirmedPlaces(
  tx: ScopedTx,
  language: 'vi' | 'en',
  classId: string,
  sought = '',
): Promise<{
  places: readonly Unconfirmed[];
  batches: readonly { batch: string; size: number; from: Date; to: Date }[];
}> {
  const [mine] = await tx`
    select from class where id = ${classId} and area_id = any (coalesce((select may_areas('enrolment.write')), '{}'))`;
  if (!mine) return { places: [], batches: [] };
  return elevated(tx, 'unconfirmed places: list', async (system) => {
    const marked = system`
      select e.id, e.code, e.person_id, e.status, e.signed_up_by, e.unconfirmed_until as until, coalesce(s.at, e.created_at) as at,
        first_value(e.id) over of_batch as batch, count(*) over (partition by s.network, s.why) as size
      from enrolment e left join signup_sighting s on s.enrolment_id = e.id
      where e.class_id = ${classId} and e.unconfirmed_until > now() and e.status in ${system(activeStates)}
      window of_batch as (partition by s.network, s.why order by s.at, e.id)`;
    const batches = await system<{ batch: string; size: number; from: Date; to: Date }[]>`
      select batch, count(*)::integer as size, min(at) as "from", max(at) as "to" from (${marked}) m group by batch order by 2 desc, 3`;
    const places = await system<Unconfirmed[]>`
      select m.id, m.batch, p.full_name, p.birth_year, ${system(`a.name_${language}`)} as village, p.phone_hint, m.signed_up_by, m.status, m.at, m.until
      from (${marked}) m join person p on p.id = m.person_id join area a on a.id = p.area_id
      where ${sought === ''} or m.code = ${slipCode.safeParse(sought).data ?? null} or position(${fold(sought)} in p.name_folded) > 0
      order by row_number() over (partition by m.batch order by m.at, m.id) > ${listedOfEach}, m.size desc, m.batch, m.at, m.id
      limit ${listed}`;
    return { places: [...places], batches: [...batches] };
  });
}

/** How many unconfirmed places of the class wait for somebody to vouch, as far as the caller sees its roster. */
export async function unconfirmedCount(tx: ScopedTx, classId: string): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::integer as count from enrolment
    where class_id = ${classId} and unconfirmed_until > now() and status in ${tx(activeStates)}`;
  return row?.count ?? 0;
}

/** These places of a class the caller runs, in the order given: who got what, with the codes. */
export async function placesNamed(tx: ScopedTx, classId: string, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return tx<{ id: string; fullName: string; status: string; code: string }[]>`
    select e.id, p.full_name, e.status, e.code from enrolment e join person p on p.id = e.person_id
    where e.class_id = ${classId} and e.id in ${tx(ids)} order by array_position(${ids as string[]}::uuid[], e.id)`;
}
