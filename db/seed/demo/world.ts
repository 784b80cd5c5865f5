import { addDays, momentOf } from '../../../lib/kernel/clock';
import { insertMany, type Row, type SeedTx } from '../connection';
import { makeAccounts } from './accounts';
import { makeAway } from './away';
import { makeCards } from './cards';
import { planClass, type PlannedClass } from './classes';
import { makeConflict } from './conflicts';
import { makeCourses } from './courses';
import { makeDaysOff } from './daysoff';
import { makeDeclared } from './declared';
import { makeDemand } from './demand';
import { makeDesks } from './desks';
import { Dice } from './dice';
import { makeDuplicates } from './duplicates';
import { enrol } from './enrolments';
import { makeDuty } from './duty';
import { closeTeams, makeEndedTeams } from './endedteams';
import { makeEquality } from './equality';
import { makeHouseholds } from './households';
import { makeJobs } from './jobs';
import { makeHelperCards } from './helpercards';
import { makeHelpers } from './helpers';
import { makeMessages, tellOfVisits } from './messages';
import { makeModels } from './models';
import { makePeople } from './people';
import { makePlaces, type Place } from './places';
import { wishesOf } from './plan';
import { putOffLast } from './postponed';
import { recordingsOf } from './recordings';
import { recheck, runClass, type Closing } from './registers';
import { makeReports } from './reports';
import { makeCertificates, makeResults } from './results';
import { makePaperSheets } from './sheets';
import { makeSteps } from './steps';
import { demoTables } from './tables';
import { makeTasks } from './tasks';
import { makeVisits, seeAtHome } from './visits';
import { sayTerrains } from './terrain';
import { writeDownOnly } from './unreached';

type World = Record<keyof typeof demoTables, Row[]>;

/** The demo world of a day, without its accounts: the same for everyone who asks on that day. */
export function makeWorld(today: string): World {
  const world: World = {
    area: [],
    area_parent: [],
    account: [],
    account_grant: [],
    venue: [],
    day_off: [],
    team: [],
    team_member: [],
    team_member_skill: [],
    helper_card: [],
    team_member_free: [],
    team_member_away: [],
    team_member_training: [],
    course: [],
    lesson: [],
    lesson_skill: [],
    class: [],
    class_session: [],
    session_helper: [],
    class_skipped_day: [],
    postponement: [],
    class_recording: [],
    person: [],
    person_merge: [],
    household: [],
    household_member: [],
    person_phone: [],
    consent: [],
    equality_answer: [],
    card: [],
    enrolment: [],
    enrolment_event: [],
    message_choice: [],
    class_change: [],
    message: [],
    message_attempt: [],
    message_call: [],
    message_budget: [],
    register_operation: [],
    attendance: [],
    skill_observation: [],
    step_record: [],
    certificate: [],
    desk: [],
    desk_hours: [],
    desk_shift: [],
    desk_assist: [],
    desk_dismissal: [],
    task_work: [],
    task_given: [],
    door_visit: [],
    person_pause: [],
    visit_request: [],
    visit_round: [],
    visit_round_helper: [],
    visit: [],
    visit_outcome: [],
    model: [],
    model_class: [],
    model_round: [],
    class_demand: [],
    class_demand_contact: [],
    job: [],
    report: [],
    report_remark: [],
    report_step: [],
    report_figure: [],
    report_due: [],
    eligible: [],
    declared_figure: [],
    target: [],
    outside_reading: [],
    referral: [],
    referral_step: [],
    audit_event: [],
  };
  const places = makePlaces(world);
  const closings: Closing[] = [];
  for (const place of places) {
    if (place.rich) makeCourses(place, today, world);
    live(place, today, world, closings);
    makeDemand(place, today, world);
    makeDaysOff(place, today, world);
  }
  recheck(today, new Dice('recheck'), world);
  makeResults(closings, world);
  makeCertificates(closings, world);
  makeCards(momentOf(today, '00:00'), world);
  makeEquality(places, world);
  makeHouseholds(places, world);
  makeDuplicates(places, world);
  makeSteps(places, today, world);
  for (const place of places) makeDesks(place, today, world);
  for (const place of places) makeTasks(place, today, world);
  for (const place of places) makeVisits(place, today, world);
  makeModels(places, today, world);
  makeJobs(places, today, world);
  makeReports(places, today, world);
  makeDeclared(places, today, world);
  makeAway(places, today, world);
  makeEndedTeams(places, today, world);
  return world;
}

/** What happened, happens and will happen in one unit. */
function live(place: Place, today: string, world: World, closings: Closing[]): void {
  const dice = new Dice(`life/${place.unit.id}`);
  const people = makePeople(place, Number(today.slice(0, 4)), dice);
  const classes = wishesOf(place, dice)
    .map((wish, at) => planClass(place, wish, at + 1, today, dice))
    .filter((planned): planned is PlannedClass => planned !== null)
    .sort((one, other) => (one.firstDay < other.firstDay ? -1 : one.firstDay > other.firstDay ? 1 : 0));
  for (const planned of classes) {
    const enrolments = enrol(planned, people, today, dice, world);
    const closing = planned.wish.fate === 'runs' ? runClass(planned, enrolments, people, today, dice, world) : null;
    if (closing) closings.push(closing);
    world.class.push(planned.row);
    if (place.rich && planned.lastDay > today) world.class_skipped_day.push(planned.skipped);
    world.class_recording.push(...recordingsOf(planned, today));
    world.class_session.push(...planned.sessions.map(({ row }) => row));
  }
  if (place.rich) putOffLast(place, classes, today, world);
  if (place.rich) makeMessages(place, classes, today, world);
  makeHelpers(place, classes, today, world);
  makeHelperCards(place, today, world);
  makeDuty(place, today, world);
  if (place.rich) makeConflict(place, classes, world);
  if (place.rich) writeDownOnly(place, today, world);
}

/** Writes the demo world of a day into a database without one. */
export async function loadWorld(tx: SeedTx, today: string): Promise<void> {
  const world = makeWorld(today);
  const accounts = await makeAccounts();
  world.account.push(...accounts.account);
  world.account_grant.push(...accounts.account_grant);
  world.team_member.push(...accounts.team_member);
  world.team_member_skill.push(...accounts.team_member_skill);
  for (const [table, columns] of Object.entries(demoTables)) {
    const rows = Object.entries(world).find(([name]) => name === table)?.[1] ?? [];
    // No "on conflict": a row that is there already would mean two worlds in one.
    await insertMany(tx, table, columns, rows, '');
  }
  await seeAtHome(tx);
  await closeTeams(tx, today);
  await tellOfVisits(tx, today);
  await tx`select rebuild_area_tree()`;
  await sayTerrains(tx);
  await tx`select nextval(pg_get_serial_sequence('class_change', 'id')) from generate_series(1, ${world.class_change.length})`;
  await makePaperSheets(tx, momentOf(addDays(today, 1), '00:00'));
}
