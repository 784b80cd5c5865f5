import { addDays, momentOf, timeOf, weekdayOf } from '../../../lib/kernel/clock';
import type { Row, SeedTx } from '../connection';
import { idOf } from '../ids';
import { accountOf } from './accounts';
import type { PlannedClass } from './classes';
import type { Place } from './places';

interface MessageRows {
  person: Row[];
  person_phone: Row[];
  consent: Row[];
  enrolment: Row[];
  postponement: Row[];
  message_choice: Row[];
  class_change: Row[];
  message: Row[];
  message_attempt: Row[];
  message_call: Row[];
  message_budget: Row[];
}

interface Told {
  purpose: string;
  enrolment: Row;
  at: Date;
  until: Date;
  more: Row;
}

const weekdays = ['Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy', 'Chủ Nhật'] as const;
/** As the portal says it: "Thứ Ba, 24/11/2026, 19:30". */
const said = (day: string, moment: Date) =>
  `${weekdays[weekdayOf(day) - 1] ?? ''}, ${day.split('-').toReversed().join('/')}, ${timeOf(moment)}`;

/** A moment of the day that is neither before seven nor after nine in the evening. */
const waking = (day: string, time: string) => momentOf(day, time);

/**
 * What residents of one unit were told, and who is still to be called: one in four agreed to Zalo, and got last week's reminders by it; a session
 * put off for a storm was told to some by a call and is to be told to the others; somebody is asked whether they want a place; a class called
 * off was told to everybody. All of it invented, none of it ever sent.
 */
export function makeMessages(place: Place, classes: readonly PlannedClass[], today: string, rows: MessageRows): void {
  const of = new Map(classes.map((one) => [one.id, one]));
  const places = rows.enrolment.filter((row) => of.has(String(row.class_id)));
  const agreed = choose(places, rows);
  const used = remind(place, classes, places, agreed, today, rows);
  putOff(place, places, of, today, rows);
  for (const row of places) {
    const planned = of.get(String(row.class_id));
    if (!planned || !(row.status_at instanceof Date)) continue;
    if (row.status === 'offered' && row.offer_expires_at instanceof Date)
      toCall(
        place,
        { purpose: 'offer', enrolment: row, at: row.status_at, until: row.offer_expires_at, more: {} },
        rows,
      );
    if (row.status === 'class_cancelled') {
      const until = new Date(
        Math.max(planned.sessions.at(-1)?.startsAt.getTime() ?? 0, row.status_at.getTime() + 86_400_000),
      );
      called(place, { purpose: 'class_off', enrolment: row, at: row.status_at, until, more: {} }, rows);
    }
  }
  rows.message_budget.push({ area_id: place.unit.id, month: `${today.slice(0, 7)}-01`, allowed: 1000, used });
}

/** One in four of those with a phone of their own agreed to be written to by Zalo. */
function choose(places: readonly Row[], rows: MessageRows): ReadonlySet<unknown> {
  const phones = new Set(rows.person_phone.filter((row) => row.belongs_to === 'self').map((row) => row.person_id));
  const people = [...new Set(places.filter((row) => row.status === 'confirmed').map((row) => String(row.person_id)))];
  const agreed = people.filter((id, at) => at % 4 === 0 && phones.has(id));
  for (const id of agreed) {
    const consentId = idOf(`demo/message/consent/${id}`);
    const first = rows.consent.find((row) => row.person_id === id && row.purpose === 'class');
    rows.consent.push({
      id: consentId,
      person_id: id,
      purpose: 'message',
      text_version: 1,
      given: true,
      how: 'oral',
      representative: null,
      taken_by: first?.taken_by ?? null,
      at: first?.at ?? null,
    });
    rows.message_choice.push({
      id: idOf(`demo/message/choice/${id}`),
      person_id: id,
      consent_id: consentId,
      zalo: true,
    });
  }
  return new Set(agreed);
}

/** Yesterday's and last week's sessions were reminded of by Zalo the evening before. Says how many went out this month. */
function remind(
  place: Place,
  classes: readonly PlannedClass[],
  places: readonly Row[],
  agreed: ReadonlySet<unknown>,
  today: string,
  rows: MessageRows,
): number {
  let used = 0;
  for (const planned of classes.filter(({ wish }) => wish.fate === 'runs'))
    for (const session of planned.sessions.filter(({ day }) => day < today && day > addDays(today, -8)))
      for (const enrolment of places) {
        const known =
          enrolment.class_id === planned.id && enrolment.status === 'confirmed' && agreed.has(enrolment.person_id);
        const at = waking(addDays(session.day, -1), '17:00');
        if (!known || !(enrolment.status_at instanceof Date) || enrolment.status_at > at) continue;
        const until = waking(addDays(session.day, -1), '20:59');
        const message = base(place, {
          purpose: 'evening',
          enrolment,
          at,
          until,
          more: { session_id: session.id, day: session.day },
        });
        const person = rows.person.find(({ id }) => id === enrolment.person_id);
        const values = {
          to: `gửi ${String(person?.full_name ?? '')}`,
          class: planned.wish.course.title[0],
          hotline: String(planned.row.hotline ?? ''),
          when: said(session.day, session.startsAt),
          where: planned.venue.name,
          bring: planned.wish.course.bring[0].slice(0, 120),
        };
        rows.message.push({
          ...message,
          state: 'delivered',
          why: null,
          channel: 'zalo',
          tries: 1,
          settled_at: new Date(at.getTime() + 60_000),
          template: 'evening',
          version: 1,
          values: JSON.stringify(values),
        });
        rows.message_attempt.push({
          id: idOf(`demo/message/attempt/${String(message.id)}`),
          message_id: message.id ?? null,
          area_id: enrolment.area_id ?? null,
          channel: 'zalo',
          outcome: 'delivered',
          answer: '200',
          parts: 1,
          at,
          ended_at: new Date(at.getTime() + 1000),
        });
        if (session.day.slice(0, 7) === today.slice(0, 7)) used += 1;
      }
  return used;
}

/** The session put off for a storm: one in three was reached by a call, the others are on the list. */
function putOff(
  place: Place,
  places: readonly Row[],
  of: ReadonlyMap<string, PlannedClass>,
  today: string,
  rows: MessageRows,
): void {
  const storm = rows.postponement.find(({ area_id }) => area_id === place.unit.id);
  const changed = [...of.values()].flatMap(({ sessions }) => sessions).find(({ row }) => row.moved_from !== null);
  if (!storm || !(storm.at instanceof Date) || !changed || !(changed.row.moved_from instanceof Date)) return;
  const [at, was] = [storm.at, changed.row.moved_from];
  // `loadWorld` lets the numbers go on from here.
  const number = rows.class_change.length + 1;
  rows.class_change.push({
    id: number,
    class_id: changed.row.class_id ?? null,
    session_id: changed.id,
    area_id: changed.row.area_id ?? null,
    was_starts_at: was,
    was_venue_id: changed.row.venue_id ?? null,
    was_off: false,
    at,
  });
  const told = places.filter(
    (row) =>
      row.class_id === changed.row.class_id &&
      row.status === 'confirmed' &&
      row.status_at instanceof Date &&
      row.status_at <= at,
  );
  const until = changed.row.starts_at instanceof Date ? changed.row.starts_at : waking(addDays(today, 7), '09:00');
  for (const [nth, enrolment] of told.entries())
    (nth % 3 === 0 ? called : toCall)(
      place,
      { purpose: 'change', enrolment, at, until, more: { told_to: nth % 3 === 0 ? number : null } },
      rows,
    );
}

function base(place: Place, { purpose, enrolment, at, until, more }: Told): Row {
  const { session_id: sessionId = null, day = null } = more;
  const key =
    [purpose, String(sessionId ?? ''), String(enrolment.id)].filter(Boolean).join(':') +
    (day ? `:${String(day)}` : purpose === 'change' ? ':demo' : '');
  return {
    id: idOf(`demo/message/${key}`),
    key,
    purpose,
    person_id: enrolment.person_id ?? null,
    enrolment_id: enrolment.id ?? null,
    class_id: enrolment.class_id ?? null,
    session_id: sessionId,
    day,
    area_id: enrolment.area_id ?? null,
    unit_id: place.unit.id,
    not_before: at,
    due_at: at,
    made_at: at,
    expires_at: until,
    state: 'to_call',
    why: null,
    channel: null,
    tries: 0,
    settled_at: null,
    template: null,
    version: null,
    values: null,
    told_to: more.told_to ?? null,
  };
}

const toCall = (place: Place, told: Told, rows: MessageRows) =>
  void rows.message.push({ ...base(place, told), state: 'to_call', why: 'notAgreed' });

/** Told by a call of the unit's helper, an hour or so after. */
function called(place: Place, told: Told, rows: MessageRows): void {
  const message = base(place, told);
  const at = new Date(told.at.getTime() + 3_600_000);
  const by = accountOf('helper', place.unit.id);
  rows.message.push({ ...message, state: 'told', settled_at: at });
  if (by)
    rows.message_call.push({
      id: idOf(`demo/message/call/${String(message.id)}`),
      message_id: message.id ?? null,
      area_id: message.area_id ?? null,
      outcome: 'reached',
      at,
      by,
    });
}

/**
 * What triggers wrote down of visits and of helpers while the world was loaded, as the portal would have left it by now, and the same whenever on that day it is
 * loaded: one helper in three chose Zalo and was told by it; households and the other helpers are to be called. None of it was ever sent.
 */
export async function tellOfVisits(tx: SeedTx, today: string): Promise<void> {
  const ofTriggers = tx`(visit_id is not null or member_id is not null)`;
  await tx`delete from message where ${ofTriggers} and expires_at < ${momentOf(addDays(today, 1), '00:00')}`;
  await tx`
    update message m set key = w.key, id = md5('demo/message/' || w.key)::uuid, made_at = w.at, not_before = w.at, due_at = w.at
    from (
      select o.id, o.purpose || ':' || coalesce(o.visit_id::text, o.round_helper_id::text, o.member_id || ':' || o.class_id) || ':demo' as key,
        ${momentOf(addDays(today, -1), '17:00')}::timestamptz as at
      from message o where ${ofTriggers}) w
    where m.id = w.id`;
  await tx`
    insert into member_choice (member_id, zalo, changed_at)
    select distinct m.member_id, true, ${momentOf(addDays(today, -9), '19:00')}::timestamptz from message m join team_member t on t.id = m.member_id
    where t.phone is not null and abs(hashtext(t.id::text)) % 3 = 0`;
  await tx`
    update message m set state = 'delivered', channel = 'zalo', tries = 1, settled_at = m.made_at, ask_ids = case when m.purpose = 'ask' then array(
      select q.id from session_helper q join class_session s on s.id = q.session_id where q.member_id = m.member_id and s.class_id = m.class_id and q.state = 'asked'
      order by q.id) end
    from member_choice c where c.member_id = m.member_id`;
  await tx`update message set state = 'to_call', why = 'notAgreed' where state = 'waiting' and ${ofTriggers}`;
}
