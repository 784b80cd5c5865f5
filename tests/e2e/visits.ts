import type { APIRequestContext } from '@playwright/test';
import type { Sql } from 'postgres';
import { roleCapabilities } from '../../db/capabilities';
import { checkSign } from '../../lib/kernel/serial';
import { newSerial } from '../support/cast';
import { inDays } from './access/action-row';
import { pages, publicPages } from './access/discovery';
import { aRunningJob } from './access/list-posts';
import { mapDrawn } from './access/map-posts';
import { pageRows, people, type Named } from './access/matrix';
import { stormOf } from './access/plan-posts';
import { somebodyFound } from './access/away-scenes';
import { actionNamed, contextFor, nameThings, post } from './access/portal';

export interface Visit {
  /** An account, nobody, or somebody with a slip or a card in hand. */
  as: string;
  address: string;
}

const unit = 18859;
const local = people.filter((one) => one.unit === null || one.unit === unit);

/** A demo account that may open such a page. */
function fitting(may: string): string {
  if (may === 'public') return 'nobody';
  const holder = local
    .toReversed()
    .find(({ role }) => may === 'signedIn' || roleCapabilities[role].some((verb) => verb === may));
  if (!holder) throw new Error(`no demo account may ${may}`);
  return holder.name;
}

/** Every page there is, in the states that look different, each as somebody who may open it. A page without a row fails. */
export async function visits(sql: Sql): Promise<Visit[]> {
  const named = await nameThings(sql, unit, 'deviceId');
  const every = pages().map((page): Visit => {
    const row = pageRows[page];
    if (!row) throw new Error(`${page} has no row in tests/e2e/access/matrix.ts`);
    return { as: fitting(row.ofOrganiser ? 'class.write' : row.may), address: row.at?.(named) ?? page };
  });
  return [...every, ...(await otherStates(sql, named))];
}

/** The page of an address, by its pattern: `/classes/[id]`. */
export const pageOf = (address: string) =>
  pages()
    .toSorted((a, b) => Number(a.includes('[')) - Number(b.includes('[')))
    .find((page) => new RegExp(`^${page.replaceAll(/\[\w+\]/g, '[^/]+')}$`).test(address.split('?')[0] ?? ''));

/** The visits of residents' pages. */
export async function residentVisits(sql: Sql): Promise<Visit[]> {
  const theirs = publicPages();
  return (await visits(sql)).filter(({ address }) => theirs.includes(pageOf(address) ?? ''));
}

async function otherStates(sql: Sql, named: Named): Promise<Visit[]> {
  const [found] = await sql<
    {
      contested: string;
      begun: string;
      notBegun: string;
      full: string;
      cancelled: string;
      earlier: string;
      retired: string;
      revoked: string;
      closed: string;
      due: string;
      moved: string;
    }[]
  >`
    with under as (select area_id from area_tree where ancestor_id = ${unit})
    select
      (select o.session_id from register_operation o where o.outcome = 'conflict' and o.area_id in (select area_id from under) limit 1) as contested,
      (select id from class_session where register_started_at is not null and area_id in (select area_id from under) order by starts_at desc limit 1) as begun,
      (select id from class_session where register_started_at is null and status = 'published' and starts_at < now() and area_id in (select area_id from under) order by starts_at desc limit 1) as not_begun,
      (select id from class where status = 'published' and seats_confirmed >= capacity and last_ends_at > now() order by id limit 1) as "full",
      (select id from class where status = 'cancelled' order by id limit 1) as cancelled,
      (select class_id from class_session where moved_from is not null and area_id in (select area_id from under) order by id limit 1) as moved,
      (select id from course where replaced_at is not null and area_id = ${unit} order by id limit 1) as earlier,
      (select id from course where retired_at is not null and area_id = ${unit} order by id limit 1) as retired,
      (select serial from certificate where revoked_at is not null and area_id in (select area_id from under) order by serial limit 1) as revoked,
      (select o.class_id from certificate k join enrolment o on o.id = k.enrolment_id where k.area_id in (select area_id from under) order by o.class_id limit 1) as closed,
      (select p.id from person p where p.area_id in (select area_id from under) and (select count(distinct o.skill_code) from skill_observation o
         where o.person_id = p.id and o.level >= 3 and o.observed_at between now() - interval '80 days' and now() - interval '36 days') > 0
         and not exists (select from skill_observation o where o.person_id = p.id and o.observed_at > now() - interval '32 days') order by p.id limit 1) as due`;
  const plan = new URLSearchParams({
    step: 'preview',
    courseId: named.courseId,
    venueId: named.venueId,
    teamId: named.teamId,
    capacity: '20',
    minimumToRun: '5',
    language: 'vi',
    firstDay: '2028-03-01',
    weekdays: '3',
    startTime: '08:00',
    minutes: '90',
    count: '6',
  });
  const staff = fitting('class.write');
  const running = await aRunningJob(sql, named);
  await mapDrawn(sql);
  const edit = `/manage/classes/${named.classId}/sessions/${named.futureSessionId}`;
  return [
    ...(await helperCodes(sql)).map((code) => ({ as: 'nobody', address: `/helpers?code=${code}` })),
    { as: 'slip', address: '/my' },
    { as: 'slip', address: '/my?cancel=1' },
    { as: 'slip', address: '/my/all' },
    { as: 'slip', address: '/my/questions' },
    { as: 'slip', address: '/my/questions?done=kept' },
    { as: 'slip', address: '/my/card' },
    { as: 'nobody', address: '/my?done=withdrawn' },
    ...cardPages.map((address) => ({ as: 'card', address })),
    { as: 'card', address: `/my/card/certificates/${await serialOfDemoCard(sql)}` },
    { as: 'nobody', address: '/classes?q=khong%20co%20gi&day=week&open=1' },
    { as: 'nobody', address: `/classes?area=${named.villageId}&lang=vi` },
    { as: 'nobody', address: '/classes?q=thon%20mau%201' },
    { as: 'nobody', address: '/classes?q=Ho%C3%A0%20Tr%E1%BA%A1ch' },
    { as: 'nobody', address: '/classes?q=mihn%20hoa&stepFree=1' },
    { as: 'nobody', address: '/ask' },
    { as: 'nobody', address: '/ask?q=thon%20mau%201' },
    { as: 'nobody', address: `/ask?area=${named.villageId}&sent=1` },
    { as: staff, address: '/manage/venues?retired=1' },
    ...['waiting', 'sent', 'failed', 'ended'].map((show) => ({ as: staff, address: `/manage/messages?show=${show}` })),
    { as: 'daisu.dongthuan', address: '/manage/messages?done=no_answer' },
    { as: staff, address: `/manage/messages?class=${named.classId}` },
    { as: 'daisu.dongthuan', address: '/manage?done=saidYes' },
    { as: staff, address: `/manage/classes/${named.askedClassId}/helpers?session=${named.askedSessionId}&role=helps` },
    { as: staff, address: `/manage/classes/${named.cameClassId}/helpers?asked=2&passedOver=1` },
    { as: staff, address: `/manage/teams/${named.teamId}?done=memberAdded` },
    { as: staff, address: `/manage/teams/${named.teamId}/members/${named.memberId}` },
    { as: staff, address: `${named.awayPage}?done=away` },
    { as: staff, address: `/manage/teams/${named.teamId}/week?week=2026-01-07` },
    { as: staff, address: `/manage/calendar?area=${unit}&edit=${named.dayOffId}` },
    { as: 'admin', address: '/manage/calendar?area=44' },
    { as: staff, address: running.page },
    { as: staff, address: named.demandPage },
    { as: 'nobody', address: '/certificates?serial=ACDEF' },
    { as: 'nobody', address: '/certificates/ACDEFGHJKM' },
    { as: 'nobody', address: `/certificates/${nobodys}` },
    { as: 'nobody', address: `/certificates/${found?.revoked}` },
    { as: staff, address: `/manage/certificates/${found?.revoked}` },
    { as: staff, address: `/manage/classes/${found?.closed}/results?done=issued` },
    { as: staff, address: `/manage/classes/${named.overClassId}/results` },
    { as: staff, address: `/manage/classes/${named.classId}/results` },
    { as: staff, address: `/manage/rechecks/${found?.due}` },
    { as: 'nobody', address: '/trouble/forbidden' },
    { as: 'nobody', address: '/trouble/failed' },
    ...[found?.full, found?.cancelled].map((id) => ({ as: 'nobody', address: `/classes/${id}` })),
    ...[found?.begun, found?.notBegun, found?.contested].map((id) => ({
      as: staff,
      address: `/manage/sessions/${id}`,
    })),
    { as: staff, address: `/manage/sessions/${named.sessionId}/sheet` },
    ...['3 vắng, 5 trễ 15, +2; k1: 1 2=3', '3 vằn, 99 vắng; k9: 1=7', ''].map((said) => ({
      as: staff,
      address: `/manage/sessions/${named.sheetSessionId}/entry?${new URLSearchParams({ sheet: named.sheetCode, said })}`,
    })),
    { as: staff, address: `/manage/sessions/${named.sheetSessionId}/entry` },
    { as: staff, address: '/manage/sheets?code=khong' },
    { as: 'lanhdao.dongthuan', address: '/manage' },
    { as: 'lanhdao.tinh', address: '/manage/registers' },
    ...[found?.earlier, found?.retired].map((id) => ({ as: staff, address: `/manage/courses/${id}` })),
    { as: 'admin', address: `/manage/courses/${named.courseId}/edit` },
    { as: staff, address: '/manage/courses?q=khong%20co%20gi' },
    { as: staff, address: `/manage/classes/new?${plan}` },
    { as: staff, address: `/manage/classes/new?${plan}&decided=1&moves.2028-03-01.day=2028-03-02&count=7&wanted=12` },
    { as: staff, address: `/manage/classes/new?from=${named.classId}` },
    { as: staff, address: `${edit}?step=preview&scope=all&time=05:30&day=${inDays(300)}` },
    { as: staff, address: `${edit}?step=preview&time=` },
    { as: staff, address: `${edit}?step=preview` },
    { as: staff, address: `/manage/classes/postpone?step=preview&${stormOf(unit)}` },
    { as: staff, address: '/manage/classes/postpone?step=preview' },
    { as: 'admin', address: '/manage/classes/postpone' },
    { as: staff, address: '/manage/classes?view=week' },
    { as: staff, address: '/manage/classes?view=month' },
    { as: staff, address: '/manage/classes?view=month&day=2020-02-02' },
    { as: 'nobody', address: `/classes/${found?.moved}` },
    { as: staff, address: `/manage/classes/${found?.moved}` },
    { as: staff, address: `/manage/classes/${named.skippedClassId}` },
    { as: staff, address: '/manage/classes/new?step=preview' },
    { as: staff, address: `/manage/classes/${named.classId}` },
    { as: 'searching', address: '/manage/people' },
    { as: 'searching', address: '/manage/people/new' },
    { as: 'lanhdao.tinh', address: '/dashboard' },
    ...reportVisits(named),
    ...deskVisits(named),
    { as: staff, address: `/manage/referrals/${named.referralOutId}?done=sent` },
    { as: staff, address: '/manage/people/readings?done=objected' },
    { as: staff, address: await somebodyFound(sql, staff) },
    ...taskVisits(named),
    ...homeVisits(named),
    { as: 'lanhdao.tinh', address: `/manage/fairness?area=${unit}` },
    { as: staff, address: '/manage/fairness?year=2020' },
    { as: staff, address: `/manage/classes/${named.classId}/enrolled` },
    { as: 'lanhdao.dongthuan', address: `/dashboard?area=${named.villageId}` },
    { as: 'lanhdao.dongthuan', address: `/dashboard?period=${inDays(0).slice(0, 4)}&with=k${inDays(0).slice(0, 7)}` },
    { as: 'lanhdao.dongthuan', address: '/dashboard/rows?measure=people_reached&group=age60' },
    { as: staff, address: '/dashboard/rows?measure=attendance&period=k2020-03' },
    { as: staff, address: '/manage/unreached?group=age60&sort=name' },
    { as: staff, address: '/manage/unreached/people?band=blocked&group=age60' },
    { as: staff, address: `/manage/steps?area=${unit}` },
    { as: 'daisu.dongthuan', address: `/manage/people/${named.personId}/steps?done=recorded` },
    ...['teams', 'team_members', 'ambassadors', 'shock_teams_active', 'helper_minutes', 'home_visits'].map(
      (measure) => ({
        as: 'lanhdao.dongthuan',
        address: `/dashboard/rows?measure=${measure}`,
      }),
    ),
    { as: 'lanhdao.tinh', address: '/dashboard/quality' },
    { as: 'lanhdao.dongthuan', address: '/dashboard/quality' },
    { as: 'lanhdao.tinh', address: '/dashboard/indicators/R04' },
    { as: 'lanhdao.dongthuan', address: '/dashboard/indicators/R28b' },
    { as: 'lanhdao.tinh', address: '/dashboard?map=core' },
    { as: 'lanhdao.tinh', address: '/dashboard/indicators' },
    { as: 'lanhdao.tinh', address: '/dashboard/export?area=44' },
    { as: 'lanhdao.tinh', address: '/dashboard/rows?measure=assist_vneid' },
    { as: 'lanhdao.dongthuan', address: '/dashboard/rows?measure=households_reached' },
    { as: staff, address: '/dashboard/rows?measure=assist_service' },
    { as: 'lanhdao.dongthuan', address: '/dashboard/rows?measure=core_attained&group=age_60_69' },
    { as: staff, address: `/manage/declared?area=${unit}&period=${inDays(0).slice(0, 4)}&done=saved` },
    { as: staff, address: `/manage/eligible?area=${unit}&edit=${named.villageId}&done=saved` },
    { as: 'admin', address: '/manage/eligible?area=44' },
    { as: 'admin', address: '/admin/areas/18901' },
    { as: 'admin', address: '/admin/areas/terrain?done=terrain' },
    { as: 'lanhdao.tinh', address: '/admin/targets?area=44' },
    { as: 'lanhdao.dongthuan', address: `/admin/targets?area=${named.villageId}&done=set` },
  ];
}

/** Reports in the states that look different, to those whose turn it is. */
const reportVisits = ({ openReportId, villageId }: Named): Visit[] => [
  { as: 'tochuc.dongthuan', address: `/dashboard/reports/${openReportId}` },
  { as: 'lanhdao.dongthuan', address: `/dashboard/reports/${openReportId}?done=written` },
  { as: 'lanhdao.dongthuan', address: `/dashboard/reports/${openReportId}/print` },
  { as: 'lanhdao.dongthuan', address: `/dashboard/reports?area=${villageId}` },
  { as: 'lanhdao.tinh', address: '/dashboard/reports' },
  { as: 'lanhdao.tinh', address: '/dashboard/reports?period=k2020-03&done=due' },
  { as: 'tochuc.dongthuan', address: '/manage/reports?period=k2020-03' },
];

/** Tasks, in the states that look different. */
const taskVisits = ({ personId }: Named): Visit[] => [
  { as: 'tochuc.dongthuan', address: '/manage/tasks?done=given' },
  { as: 'tochuc.dongthuan', address: '/manage/tasks?view=done' },
  { as: 'tochuc.dongthuan', address: '/manage/tasks?kind=offer&whose=mine' },
  { as: 'daisu.dongthuan', address: '/manage/tasks' },
  { as: 'daisu.dongthuan', address: '/manage/tasks/week' },
  { as: 'tochuc.dongthuan', address: `/manage/tasks/door/${personId}?done=worked` },
];

/** Home visits, in the states that look different. */
const homeVisits = ({ villageId, roundId, visitId, aheadVisitId, requestId, metRequestId }: Named): Visit[] => [
  { as: 'nobody', address: '/help' },
  { as: 'nobody', address: '/help/slip' },
  { as: 'visitSlip', address: '/help/slip?sent=1' },
  { as: 'nobody', address: `/help/check?area=${villageId}&pin=0000` },
  { as: 'daisu.dongthuan', address: '/manage/visits' },
  { as: 'daisu.dongthuan', address: `/manage/visits/${visitId}` },
  { as: 'tochuc.dongthuan', address: `/manage/visits?area=${villageId}` },
  { as: 'tochuc.dongthuan', address: `/manage/visits/rounds/${roundId}?done=putOn` },
  { as: 'tochuc.dongthuan', address: `/manage/visits/${aheadVisitId}` },
  { as: 'tochuc.dongthuan', address: `/manage/visits/rounds/${roundId}/met` },
  { as: 'tochuc.dongthuan', address: `/manage/visits/rounds/new?area=${villageId}` },
  { as: 'searching', address: `/manage/visits/requests/${requestId}` },
  { as: 'tochuc.dongthuan', address: `/manage/visits/requests/${metRequestId}` },
];

/** Support desks, in the states that look different. */
const deskVisits = ({ deskId, personId, promisedId }: Named): Visit[] => [
  { as: 'daisu.dongthuan', address: `/manage/desk/visit?assist=${promisedId}` },
  { as: 'daisu.dongthuan', address: `/manage/desk?desk=${deskId}&done=asked&asked=${promisedId}` },
  { as: 'tochuc.dongthuan', address: `/manage/desk?desk=${deskId}&person=${personId}` },
  { as: 'tochuc.dongthuan', address: `/manage/desk?desk=${deskId}&done=logged` },
  { as: 'searching', address: `/manage/desk/person?desk=${deskId}` },
  { as: 'tochuc.dongthuan', address: `/manage/desks/${deskId}?done=planned` },
  { as: 'tochuc.dongthuan', address: '/dashboard/desks' },
  { as: 'lanhdao.tinh', address: '/dashboard/desks' },
  { as: 'lanhdao.dongthuan', address: '/dashboard/desks?period=2020-02' },
  { as: 'tochuc.dongthuan', address: '/manage/classes/new?course=00000000-0000-4000-8000-000000000000' },
];

/** A serial that could be one, and is none. */
const nobodys = `222222222${checkSign('222222222')}`;

const cardPages = [
  '/my',
  '/my/card',
  '/my/card?excuse=1',
  '/my/card?leave=1',
  '/my/card?done=excused',
  '/my/card/print',
  '/my/card/phone',
  '/my/card/messages',
  '/my/card/readers',
  '/my/card/data',
  '/my/card/withdraw',
  '/my/card/withdraw?sure=1',
];

/** The demo card everybody may try (docs/contract.md). */
export const demoCard = { code: 'CAMTAYHKM', birthYear: 1954 };

async function serialOfDemoCard(sql: Sql): Promise<string> {
  const [row] = await sql<{ serial: string }[]>`
    select c.serial from certificate c join card k on k.person_id = c.person_id where k.code = ${demoCard.code} and c.revoked_at is null limit 1`;
  if (!row) throw new Error('the holder of the demo card must hold a certificate');
  return row.serial;
}

/** A browser state for each kind of visitor. */
export async function stateOf(baseURL: string, as: string, sql: Sql) {
  const account = { nobody: '', slip: '', visitSlip: '', card: '', searching: fitting('person.read') }[as] ?? as;
  const context = await contextFor(baseURL, account);
  if (as === 'slip') await takeSlip(context, sql);
  if (as === 'visitSlip') await takeVisitSlip(context, sql);
  if (as === 'card') await post(context, '/my', actionNamed('/my#showSlip'), demoCard);
  if (as === 'searching')
    await post(context, '/manage/people', actionNamed('/manage/people#search'), { name: 'Nguyễn' });
  const state = await context.storageState();
  await context.dispose();
  return state;
}

async function takeSlip(context: APIRequestContext, sql: Sql): Promise<void> {
  const [slip] = await sql<{ code: string }[]>`
    select e.code from enrolment e join class c on c.id = e.class_id
    where e.status = 'confirmed' and c.status = 'published' and c.last_ends_at > now() + interval '1 day' order by e.id desc limit 1`;
  await post(context, '/my', actionNamed('/my#showSlip'), { code: slip?.code ?? '' });
}

async function takeVisitSlip(context: APIRequestContext, sql: Sql): Promise<void> {
  const [slip] = await sql<{ code: string }[]>`
    select code from visit_request where closed_at is null and code is not null order by created_at desc, id desc limit 1`;
  await post(context, '/help/slip', actionNamed('/help#showHelp'), { code: slip?.code ?? '' });
}

/** `/x` in Vietnamese, `/en/x` in English. */
export const inLanguage = (language: string, address: string) =>
  language === 'en' ? `/en${address === '/' ? '' : address}` : address;

/** Of each kind of helper's card one code: holds, expired, revoked; and one that is nobody's. */
async function helperCodes(sql: Sql): Promise<string[]> {
  const rows = await sql<{ code: string }[]>`
    select distinct on (revoked_at is null, valid_until < current_date) code from helper_card
    order by revoked_at is null, valid_until < current_date, code`;
  return [...rows.map(({ code }) => code), newSerial()];
}
