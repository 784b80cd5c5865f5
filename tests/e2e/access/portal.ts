import { request, type APIRequestContext, type APIResponse } from '@playwright/test';
import type { Sql } from 'postgres';
import { actions, type PostedAction } from './discovery';
import type { Named } from './matrix';

export const password = 'cam-tay-demo-2026';
const empty = { errors: {}, values: {} };

/** A file as a form sends it. */
export interface SentFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}
export type Fields = Record<string, string | number | SentFile>;

/** Somebody's own cookies, signed in with a demo account ('' for nobody); from an address as nginx would name it. */
export async function contextFor(baseURL: string, name: string, address?: string): Promise<APIRequestContext> {
  const from: Record<string, string> = address === undefined ? {} : { 'x-forwarded-for': address };
  const context = await request.newContext({ baseURL, extraHTTPHeaders: { origin: baseURL, ...from } });
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

/** What the demo world holds in a unit, for addresses and forms to name. There is a device only once the organiser signed in. */
export async function nameThings(sql: Sql, unit: number, optional: keyof Named | null = null): Promise<Named> {
  const [row] = await sql<Named[]>`
    with under as (select area_id from area_tree where ancestor_id = ${unit})
    select ${unit}::int as unit,
      (select c.id from class c where c.status = 'published' and c.area_id in (select area_id from under)
         and exists (select from class_session f where f.class_id = c.id and f.status = 'published' and f.starts_at > now() + interval '1 day') order by c.id limit 1) as class_id,
      (select id from class where status = 'draft' and area_id in (select area_id from under) order by id limit 1) as draft_id,
      (select id from class_session where status in ('held', 'published') and starts_at < now() and area_id in (select area_id from under) order by starts_at desc, id limit 1) as session_id,
      (select p.id from person p join enrolment e on e.person_id = p.id where e.area_id in (select area_id from under)
         and p.area_id in (select area_id from under)
         and not exists (select from enrolment x where x.person_id = p.id and x.area_id not in (select area_id from under))
         and not exists (select from attendance x where x.person_id = p.id and x.area_id not in (select area_id from under)) order by p.id limit 1) as person_id,
      (select e.id from enrolment e join class c on c.id = e.class_id where e.status = 'confirmed' and c.status = 'published' and c.last_ends_at > now() + interval '1 day' and e.area_id in (select area_id from under) order by e.id limit 1) as enrolment_id,
      (select e.class_id from enrolment e join class c on c.id = e.class_id where e.status = 'confirmed' and c.status = 'published' and c.last_ends_at > now() + interval '1 day' and e.area_id in (select area_id from under) order by e.id limit 1) as place_class_id,
      (select s.id from class_session s join class c on c.id = s.class_id where s.starts_at > now() + interval '1 day' and s.status = 'published'
         and c.id = (select c.id from class c where c.status = 'published' and c.area_id in (select area_id from under)
         and exists (select from class_session f where f.class_id = c.id and f.status = 'published' and f.starts_at > now() + interval '1 day') order by c.id limit 1)
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
      (select id from day_off where area_id = ${unit} order by id limit 1) as day_off_id,
      (select id from team where area_id in (select area_id from under) order by id limit 1) as team_id,
      (select id from class_demand where outcome is null and area_id in (select area_id from under) order by id limit 1) as demand_id,
      (select '/manage/demand?area=' || area_id || '&skill=' || coalesce(skill_code, 'other') from class_demand
         where outcome is null and area_id in (select area_id from under) order by id limit 1) as demand_page,
      (select r.content_hash || '.wav' from class_recording r
         where r.class_id = (select c.id from class c where c.status = 'published' and c.area_id in (select area_id from under)
         and exists (select from class_session f where f.class_id = c.id and f.status = 'published' and f.starts_at > now() + interval '1 day') order by c.id limit 1)
         and r.media_type = 'audio/wav' order by r.recorded_at limit 1) as recording_file,
      (select id from course where area_id = 44 and replaced_at is null and retired_at is null order by id limit 1) as course_id,
      (select id from course where area_id = ${unit} and replaced_at is null and retired_at is null order by id limit 1) as unit_course_id`;
  if (!row) throw new Error(`the demo world holds nothing of ${unit}`);
  const missing = Object.keys(row).filter((name) => name !== optional && Reflect.get(row, name) === null);
  if (missing.length > 0) throw new Error(`the demo world must hold these in ${unit}: ${missing.join(', ')}`);
  return row;
}
