import { asSystem } from '@/lib/access/scoped';

/** Reminders are written down so long before: more than from an evening to the next. */
const aheadHours = 36;
/** Of whom to remind at once, at most. */
const mostPlanned = 20_000;

/**
 * Writes down the reminders of visits, and of the sessions of the next day and a half, each once, and says how many were new: the evening before from five,
 * and in the morning of those that begin at nine or later. They rest on the session and the place until they go out, so nothing has to take
 * them back.
 */
export async function planReminders(now: Date): Promise<number> {
  const made = await asSystem(
    'messages: remind of sessions',
    (tx) => tx`
      with coming as (
        select s.id, s.class_id, s.starts_at, (s.starts_at at time zone 'Asia/Ho_Chi_Minh')::date as day
        from class_session s join class c on c.id = s.class_id and c.status = 'published'
        where s.status = 'published' and s.starts_at > ${now} and s.starts_at < ${now}::timestamptz + make_interval(hours => ${aheadHours})
      ), reminders as (
        select s.*, r.purpose, r.from_at at time zone 'Asia/Ho_Chi_Minh' as from_at, least(r.until at time zone 'Asia/Ho_Chi_Minh', s.starts_at) as until
        from coming s cross join lateral (values
          ('evening', (s.day - 1) + time '17:00', (s.day - 1) + time '20:59'),
          ('morning', s.day + time '07:00', (s.starts_at at time zone 'Asia/Ho_Chi_Minh') - interval '1 hour')) r (purpose, from_at, until)
        where r.purpose = 'evening' or (s.starts_at at time zone 'Asia/Ho_Chi_Minh')::time >= time '09:00'
      )
      insert into message (key, purpose, person_id, enrolment_id, class_id, session_id, day, area_id, unit_id, not_before, due_at, expires_at)
      select r.purpose || ':' || r.id || ':' || e.id || ':' || r.day, r.purpose, e.person_id, e.id, e.class_id, r.id, r.day, e.area_id, unit_of(e.area_id),
        r.from_at, r.from_at, r.until
      from reminders r join enrolment e on e.class_id = r.class_id and e.status = 'confirmed'
      where r.until > ${now} and r.until > r.from_at
        and not exists (select from message m where m.key = r.purpose || ':' || r.id || ':' || e.id || ':' || r.day)
      limit ${mostPlanned}
      on conflict (key) do nothing`,
  );
  return made.count + (await planVisitReminders(now));
}

/** Of the visits of tomorrow, the evening before, for whoever agreed to be written to: nobody is rung to be told again. */
async function planVisitReminders(now: Date): Promise<number> {
  const made = await asSystem(
    'messages: remind of visits',
    (tx) => tx`
      insert into message (key, purpose, person_id, visit_id, area_id, unit_id, not_before, due_at, expires_at)
      select 'visit_soon:' || v.id, 'visit_soon', h.person_id, v.id, v.area_id, unit_of(v.area_id), w.from_at, w.from_at, w.until
      from visit v join visit_round r on r.id = v.round_id and r.called_off_at is null left join visit_request q on q.id = v.request_id
        join message_choice h on h.person_id = coalesce(v.person_id, q.person_id) and (h.zalo or h.sms or h.email is not null)
        cross join lateral (select (r.day - 1 + time '17:00') at time zone 'Asia/Ho_Chi_Minh' as from_at, (r.day - 1 + time '20:59') at time zone 'Asia/Ho_Chi_Minh' as until) w
      where r.starts_at > ${now} and r.starts_at < ${now}::timestamptz + make_interval(hours => ${aheadHours}) and w.until > ${now}
        and v.taken_off_at is null and v.told_at is not null
      limit ${mostPlanned}
      on conflict (key) do nothing`,
  );
  return made.count;
}
