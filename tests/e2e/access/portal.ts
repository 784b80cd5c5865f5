import { request, type APIRequestContext, type APIResponse } from '@playwright/test';
import type { Sql } from 'postgres';
import { modelsNamed } from './model-pages';
import { actions, type PostedAction } from './discovery';
import type { Named } from './matrix';

export const password = 'cam-tay-demo-2026';
const empty = { errors: {}, values: {} };
/** Nothing is packed for the way: whatever asks thousands of pages would spend a seventh of its time on that. */
const plain = { 'accept-encoding': 'identity' };

/** A file as a form sends it. */
export interface SentFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}
export type Fields = Record<string, string | number | SentFile>;

/** Somebody's own cookies, signed in with a demo account ('' for nobody); from an address as nginx would name it; what is sent each time besides. */
export async function contextFor(
  baseURL: string,
  name: string,
  address?: string,
  more: Readonly<Record<string, string>> = {},
): Promise<APIRequestContext> {
  const from: Record<string, string> = address === undefined ? {} : { 'x-forwarded-for': address };
  const extraHTTPHeaders = { origin: baseURL, ...plain, ...from, ...more };
  const context = await request.newContext({ baseURL, extraHTTPHeaders });
  if (name === '') return context;
  const answer = await post(context, '/sign-in', actionNamed('/sign-in#signIn'), { name, password, next: '' });
  if (answer.status() !== 303) throw new Error(`${name} cannot sign in: ${answer.status()}`);
  return context;
}

export function actionNamed(name: string): PostedAction {
  const action = actions().find((one) => one.name === name);
  if (!action) throw new Error(`no action ${name} in the build`);
  return action;
}

/** A form as a browser without JavaScript posts it, for an action used with useActionState. */
export function formOf(action: PostedAction, fields: Fields): Fields {
  return {
    $ACTION_REF_1: '',
    '$ACTION_1:0': JSON.stringify({ id: action.id, bound: '$@1' }),
    '$ACTION_1:1': JSON.stringify([empty]),
    ...fields,
  };
}

export async function post(
  context: APIRequestContext,
  page: string,
  action: PostedAction,
  fields: Fields,
): Promise<APIResponse> {
  return context.post(page, { multipart: formOf(action, fields), maxRedirects: 0 });
}

type Piece = ReturnType<Sql>;
/** A team of the unit with somebody in it. */
const team = (sql: Sql) => sql`
  (select k.id from team k where k.area_id in (select area_id from under)
     and exists (select from team_member m where m.team_id = k.id and m.left_on is null and m.account_id is null) order by k.id limit 1)`;
/** Of the first question ahead that waits for an answer of somebody without an account. */
const asked = (sql: Sql, what: Piece) => sql`
  (select ${what} from session_helper h join class_session s on s.id = h.session_id join team_member m on m.id = h.member_id
   where h.area_id in (select area_id from under) and h.state = 'asked' and not h.called_off and h.starts_at > now() + interval '1 hour'
     and m.account_id is null order by h.starts_at, h.id limit 1)`;
/** Of the last session that took place to which somebody came. */
const came = (sql: Sql, what: Piece) => sql`
  (select ${what} from session_helper h join class_session s on s.id = h.session_id
   where h.area_id in (select area_id from under) and h.state = 'yes' and h.absent_at is null and s.status = 'held'
   order by h.starts_at desc, h.id limit 1)`;

/** Of home visits: the round ahead and one of its homes, a home of today's, a request nobody has matched or planned, one of somebody met. */
const visits = (sql: Sql, unit: number) => sql`
  (select r.id from visit_round r where r.area_id in (select area_id from under) and r.day > current_date + 1 and r.called_off_at is null
     and r.planned_by is not null order by r.day, r.planned_at, r.id limit 1) as round_id,
  (select v.id from visit v join visit_round r on r.id = v.round_id where v.area_id in (select area_id from area_tree where ancestor_id = ${unit})
     and r.day > current_date + 1 and r.called_off_at is null and v.taken_off_at is null order by r.day, r.planned_at, v.id limit 1) as ahead_visit_id,
  (select v.id from visit v join visit_round r on r.id = v.round_id where v.area_id in (select area_id from under) and r.day = (now() at time zone 'Asia/Ho_Chi_Minh')::date
     and v.person_id is not null and v.taken_off_at is null order by r.planned_at, v.id limit 1) as visit_id,
  (select q.id from visit_request q where q.area_id in (select area_id from under) and q.closed_at is null and q.person_id is null
     and not exists (select from visit v where v.request_id = q.id) order by q.created_at, q.id limit 1) as request_id,
  (select q.id from visit_request q where q.area_id in (select area_id from under) and q.closed_because = 'done' and q.person_id is null
     and q.full_name <> '' order by q.created_at, q.id limit 1) as met_request_id`;

/** A published class with a session to come, told aloud: one of the demo world, whatever a test made besides. */
const told = (sql: Sql) => sql`
  (select c.id from class c where c.status = 'published' and c.area_id in (select area_id from under)
   and exists (select from class_session f where f.class_id = c.id and f.status = 'published' and f.starts_at > now() + interval '1 day')
   and exists (select from class_recording r where r.class_id = c.id and r.media_type = 'audio/wav') order by c.id limit 1)`;

/** The unit's own report, the oldest in one of these states that was never reopened. */
const report = (sql: Sql, states: string[]) => sql`
  (select r.id from report r where r.area_id in (select area_id from under where depth = 0) and r.state = any(${states}) and r.revision = 1
     and not exists (select from report o where o.area_id = r.area_id and o.period = r.period and o.revision > 1) order by r.period limit 1)`;

/** What the demo world holds in a unit, for addresses and forms to name. There is a device only once the organiser signed in. */
export async function nameThings(sql: Sql, unit: number, optional: keyof Named | null = null): Promise<Named> {
  const [row] = await sql<Named[]>`
    with under as (select area_id, depth from area_tree where ancestor_id = ${unit})
    select ${unit}::int as unit,
      ${told(sql)} as class_id,
      (select id from class where status = 'draft' and area_id in (select area_id from under) order by id limit 1) as draft_id,
      (select id from class_session where status in ('held', 'published') and starts_at < now() and area_id in (select area_id from under) order by starts_at desc, id limit 1) as session_id,
      (select p.id from person p join enrolment e on e.person_id = p.id where e.area_id in (select area_id from under)
         and p.area_id in (select area_id from under)
         and not exists (select from enrolment x where x.person_id = p.id and x.area_id not in (select area_id from under))
         and not exists (select from attendance x where x.person_id = p.id and x.area_id not in (select area_id from under)) order by p.id limit 1) as person_id,
      (select e.id from enrolment e join class c on c.id = e.class_id where e.status = 'confirmed' and c.status = 'published' and c.last_ends_at > now() + interval '1 day' and e.area_id in (select area_id from under) order by e.id limit 1) as enrolment_id,
      (select e.class_id from enrolment e join class c on c.id = e.class_id where e.status = 'confirmed' and c.status = 'published' and c.last_ends_at > now() + interval '1 day' and e.area_id in (select area_id from under) order by e.id limit 1) as place_class_id,
      (select s.id from class_session s join class c on c.id = s.class_id where s.starts_at > now() + interval '1 day' and s.status = 'published'
         and c.id = ${told(sql)}
         order by s.starts_at desc limit 1) as future_session_id,
      (select g.id from account_grant g join account a on a.id = g.account_id where a.area_id = ${unit} and a.username like 'daisu.%' order by g.id limit 1) as grant_id,
      (select id from account where area_id = ${unit} and username like 'daisu.%') as account_id,
      (select s.id from auth_session s join account a on a.id = s.account_id where a.area_id = ${unit} and a.username like 'tochuc.%' and s.ended_at is null limit 1) as device_id,
      (select t.area_id from area_tree t where t.ancestor_id = ${unit} and t.depth = 1 order by 1 limit 1) as village_id,
      (select id from venue where retired_at is null and area_id in (select area_id from under) order by id limit 1) as venue_id,
      (select id from venue where retired_at is not null and area_id in (select area_id from under) order by id limit 1) as retired_venue_id,
      (select k.class_id from class_skipped_day k join class c on c.id = k.class_id where c.status = 'published' and k.day > current_date + 1
         and k.area_id in (select area_id from under) order by k.class_id limit 1) as skipped_class_id,
      (select k.day::text from class_skipped_day k join class c on c.id = k.class_id where c.status = 'published' and k.day > current_date + 1
         and k.area_id in (select area_id from under) order by k.class_id limit 1) as skipped_day,
      (select id from class where status = 'published' and seats_confirmed < minimum_to_run and first_starts_at > now()
         and run_anyway_from is null and area_id in (select area_id from under) order by first_starts_at, id limit 1) as too_few_id,
      (select press_id from postponement where area_id = ${unit} and undone_at is null order by at limit 1) as press_id,
      (select d.id from desk d where d.area_id = ${unit} and d.kind = 'service_centre' and d.retired_at is null order by d.created_at, d.id limit 1) as desk_id,
      (select h.id from desk_shift h join desk d on d.id = h.desk_id where d.area_id = ${unit} and d.kind = 'service_centre' and h.called_off_at is null
         and h.starts_at > now() + interval '1 hour' order by h.starts_at, h.id limit 1) as shift_id,
      (select s.id from desk_assist s where s.area_id = ${unit} and s.at < now() - interval '1 day' order by s.at, s.id limit 1) as assist_id,
      (select s.id from desk_assist s where s.area_id in (select area_id from under) and s.referred_to = 'home_visit' and s.person_id is null
         and s.undone_at is null order by s.at, s.id limit 1) as promised_id,
      (select f.id from referral f where f.to_area_id = ${unit} and f.from_area_id not in (18859, 18901) and f.state = 'open' and f.expires_at > now()
         order by f.sent_at, f.id limit 1) as referral_in_id,
      (select f.id from referral f where f.from_area_id = ${unit} and f.state = 'open' and f.expires_at > now() order by f.sent_at, f.id limit 1) as referral_out_id,
      (select r.id from outside_reading r where r.owner_area_id in (select area_id from under) and r.until < now() and r.objection is null
         order by r.opened_at, r.id limit 1) as reading_id,
      ${visits(sql, unit)},
      ${modelsNamed(sql, unit)},
      (select id from day_off where area_id = ${unit} order by id limit 1) as day_off_id,
      ${team(sql)} as team_id,
      (select m.id from team_member m where m.left_on is null and m.account_id is null
         and m.team_id = ${team(sql)} order by m.id limit 1) as member_id,
      (select id from helper_card where revoked_at is null and valid_until >= current_date and area_id = ${unit} order by issued_at, id limit 1) as helper_card_id,
      (select w.id from team_member_away w where w.area_id in (select area_id from under) and w.last_day > current_date order by w.id limit 1) as away_line_id,
      (select '/manage/teams/' || m.team_id || '/members/' || m.id from team_member_away w join team_member m on m.id = w.member_id
         where w.area_id in (select area_id from under) and w.last_day > current_date order by w.id limit 1) as away_page,
      (select l.id from team_member_training l where l.area_id in (select area_id from under) order by l.id limit 1) as training_id,
      (select '/manage/teams/' || m.team_id || '/members/' || m.id from team_member_training l join team_member m on m.id = l.member_id
         where l.area_id in (select area_id from under) order by l.id limit 1) as training_page,
      (select '/manage/teams/' || m.team_id || '/members/' || m.id from helper_card c join team_member m on m.id = c.member_id
         where c.revoked_at is null and c.valid_until >= current_date and c.area_id = ${unit} order by c.issued_at, c.id limit 1) as helper_card_page,
      ${asked(sql, sql`h.id`)} as asked_id, ${asked(sql, sql`s.class_id`)} as asked_class_id, ${asked(sql, sql`s.id`)} as asked_session_id,
      (select h.id from session_helper h join team_member m on m.id = h.member_id where m.account_id is not null
         and h.area_id in (select area_id from under) and h.state = 'asked' and h.starts_at > now() + interval '1 hour' order by h.starts_at, h.id limit 1) as own_ask_id,
      ${came(sql, sql`h.id`)} as came_id, ${came(sql, sql`s.class_id`)} as came_class_id,
      (select m.id from team_member m where m.area_id in (select area_id from under) and m.left_on is null and m.account_id is null
         and not exists (select from session_helper h where h.member_id = m.id
           and abs(extract(epoch from h.starts_at - ${asked(sql, sql`s.starts_at`)})) < 43200) order by m.id limit 1) as free_member_id,
      (select r.session_id from register_sheet r join class_session s on s.id = r.session_id where r.area_id in (select area_id from under) order by s.class_id desc, r.code limit 1) as sheet_session_id,
      (select r.code from register_sheet r join class_session s on s.id = r.session_id where r.area_id in (select area_id from under) order by s.class_id desc, r.code limit 1) as sheet_code,
      (select id from class_demand where outcome is null and area_id in (select area_id from under) order by id limit 1) as demand_id,
      (select '/manage/demand?area=' || area_id || '&skill=' || coalesce(skill_code, 'other') from class_demand
         where outcome is null and area_id in (select area_id from under) order by id limit 1) as demand_page,
      (select r.content_hash || '.wav' from class_recording r
         where r.class_id = ${told(sql)}
         and r.media_type = 'audio/wav' order by r.recorded_at limit 1) as recording_file,
      (select j.id from job j join account a on a.id = j.account_id where a.username like 'tochuc.%' and j.area_id = ${unit}
         and j.kind = 'import_check' and j.state = 'done' and j.file is not null order by j.created_at limit 1) as job_id,
      (select c.id from class c where c.status in ('published', 'closed') and c.last_ends_at < now() and c.area_id in (select area_id from under)
         and exists (select from class_session s where s.class_id = c.id and s.status = 'held') order by c.status desc, c.id limit 1) as over_class_id,
      (select c.id from class c join enrolment e on e.class_id = c.id and e.status = 'completed' where c.status = 'closed' and c.area_id in (select area_id from under)
         and not exists (select from certificate k join enrolment o on o.id = k.enrolment_id where o.class_id = c.id)
         and exists (select from skill_observation o join lesson_skill ls on ls.skill_code = o.skill_code join lesson l on l.id = ls.lesson_id
           where o.person_id = e.person_id and o.level >= 3 and l.course_id = c.course_id and (o.source = 'recheck' or o.observed_by not in (
             select s.register_started_by from class_session s where s.class_id = c.id and s.register_started_by is not null)))
         order by c.last_ends_at desc limit 1) as due_class_id,
      (select serial from certificate where revoked_at is null and area_id in (select area_id from under) order by serial limit 1) as serial,
      (select id from message where state = 'to_call' and purpose = 'change' and expires_at > now() and unit_id = ${unit} order by key limit 1) as to_call_id,
      ${report(sql, ['locked'])} as report_id, ${report(sql, ['returned', 'draft'])} as open_report_id,
      (select id from course where area_id = 44 and replaced_at is null and retired_at is null order by id limit 1) as course_id,
      (select id from course where area_id = ${unit} and replaced_at is null and retired_at is null order by id limit 1) as unit_course_id`;
  if (!row) throw new Error(`the demo world holds nothing of ${unit}`);
  const missing = Object.keys(row).filter((name) => name !== optional && Reflect.get(row, name) === null);
  if (missing.length > 0) throw new Error(`the demo world must hold these in ${unit}: ${missing.join(', ')}`);
  return row;
}
