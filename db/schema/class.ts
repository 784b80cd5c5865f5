import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { account } from './account';
import { area } from './area';
import { oneOf } from './checks';
import { course, lesson } from './course';
import { anyone, own, walls, within } from './walls';

export const venue = pgTable(
  'venue',
  {
    id: uuid().primaryKey().defaultRandom(),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    name: text().notNull(),
    address: text().notNull(),
    wayThere: text('way_there').notNull().default(''),
    seats: integer(),
    stepFree: boolean('step_free').notNull().default(false),
    power: boolean().notNull().default(false),
    wifi: boolean().notNull().default(false),
    /** No new class is planned here from then on; what is planned stays. */
    retiredAt: timestamp('retired_at', { withTimezone: true }),
  },
  (t) => [
    index('venue_area_idx').on(t.areaId),
    ...walls('venue', { select: anyone, insert: within('class.write'), update: within('class.write'), public: anyone }),
  ],
).enableRLS();

export const teamKinds = ['digital_ambassadors', 'community_tech', 'shock_team', 'front'] as const;
/** Who set a team up: the Fatherland Front, one of its unions, the forces, a telecom, a school, the people's committee. */
export const organisations = [
  'front',
  'youth',
  'women',
  'farmers',
  'veterans',
  'trade_union',
  'elderly',
  'study_promotion',
  'police',
  'border_guard',
  'telecom',
  'school',
  'government',
  'other',
] as const;
export const memberRoles = ['lead', 'member'] as const;
export const classLanguages = ['vi', 'bru', 'pako'] as const;

/** Who teaches: a team of Digital Ambassadors, a Community Digital Technology Group, a youth shock team, the Front. */
export const team = pgTable(
  'team',
  {
    id: uuid().primaryKey().defaultRandom(),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    kind: text({ enum: teamKinds }).notNull(),
    organisation: text({ enum: organisations }).notNull().default('front'),
    name: text().notNull(),
    /** A team no more from then on: offered for nothing that is new; what it did stays. */
    closedOn: date('closed_on'),
  },
  (t) => [
    check('team_organisation_known', oneOf('organisation', organisations)),
    index('team_area_idx').on(t.areaId),
    ...walls('team', { select: anyone, insert: within('class.write'), update: within('class.write'), public: anyone }),
  ],
).enableRLS();

/** A member lies where the team does. */
const ofATeamThere = sql.raw(
  'exists (select from team k where k.id = team_member.team_id and k.area_id = team_member.area_id)',
);

/**
 * Somebody of a team, now or once. `account_id` is how they sign in, where they do: it stands for one member at a time. Their phone is
 * for those who run classes with them; the rows carry it, queries show it to holders of `contact.read`.
 */
export const teamMember = pgTable(
  'team_member',
  {
    id: uuid().primaryKey().defaultRandom(),
    teamId: uuid('team_id')
      .notNull()
      .references(() => team.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    accountId: uuid('account_id').references(() => account.id),
    fullName: text('full_name').notNull(),
    phone: text(),
    languages: text().array().notNull().default(['vi']),
    role: text({ enum: memberRoles }).notNull().default('member'),
    joinedOn: text('joined_on'),
    /** Asked for nothing any more from then on; what they did stays. */
    leftOn: date('left_on'),
    /** Left because the team was closed: comes back when it is opened again. */
    leftWithTeam: boolean('left_with_team').notNull().default(false),
  },
  (t) => [
    check('team_member_languages_known', sql`languages <@ array['vi', 'bru', 'pako'] and cardinality(languages) > 0`),
    check('team_member_role_known', oneOf('role', memberRoles)),
    check('team_member_left_with_team', sql`not left_with_team or left_on is not null`),
    uniqueIndex('team_member_account_now_idx')
      .on(t.accountId)
      .where(sql`left_on is null`),
    index('team_member_team_idx').on(t.teamId),
    index('team_member_account_idx').on(t.accountId),
    index('team_member_area_idx').on(t.areaId),
    ...walls('team_member', {
      select: sql`${within('class.read')} or ${own()}`,
      insert: sql`${within('class.write')} and ${ofATeamThere}`,
      update: sql`${within('class.write')} and ${ofATeamThere}`,
    }),
  ],
).enableRLS();

export const classStates = ['draft', 'published', 'cancelled', 'closed'] as const;
/** Whom a class may keep places for. The first two follow from the record, the others from a need the person agreed to have noted. */
export const reservedGroups = ['over_60', 'own_village', 'disability', 'poor_household'] as const;

/**
 * What one enrols in. `area_id` is where it is held: a village, or a unit. The seat counters are changed only together
 * with an enrolment, by one conditional statement; the checks refuse what would oversell.
 */
export const classes = pgTable(
  'class',
  {
    id: text().primaryKey(),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    courseId: uuid('course_id')
      .notNull()
      .references(() => course.id),
    venueId: uuid('venue_id')
      .notNull()
      .references(() => venue.id),
    teamId: uuid('team_id')
      .notNull()
      .references(() => team.id),
    status: text({ enum: classStates }).notNull().default('draft'),
    statusReason: text('status_reason'),
    language: text({ enum: classLanguages }).notNull().default('vi'),
    note: text().notNull().default(''),
    hotline: text().notNull().default(''),
    capacity: integer().notNull(),
    seatsConfirmed: integer('seats_confirmed').notNull().default(0),
    seatsOffered: integer('seats_offered').notNull().default(0),
    seatsHeld: integer('seats_held').notNull().default(0),
    seatsReserved: integer('seats_reserved').notNull().default(0),
    seatsOverbooked: integer('seats_overbooked').notNull().default(0),
    waiting: integer().notNull().default(0),
    minimumToRun: integer('minimum_to_run').notNull().default(1),
    /** The first session for which somebody decided to run with fewer than the minimum; another first session asks anew. */
    runAnywayFrom: timestamp('run_anyway_from', { withTimezone: true }),
    offerHours: integer('offer_hours').notNull().default(24),
    /** Places kept for a group until two days before the first session; `seats_reserved` counts those still free. */
    reservedPlaces: integer('reserved_places').notNull().default(0),
    reservedFor: text('reserved_for', { enum: reservedGroups }),
    reservedReleasedAt: timestamp('reserved_released_at', { withTimezone: true }),
    weeklyRule: jsonb('weekly_rule'),
    firstStartsAt: timestamp('first_starts_at', { withTimezone: true }),
    lastEndsAt: timestamp('last_ends_at', { withTimezone: true }),
    searchFolded: text('search_folded').notNull().default(''),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    createdBy: uuid('created_by').references(() => account.id),
    publishedAt: timestamp('published_at', { withTimezone: true }),
    /** When the results of its learners were last computed; see `closeClass`. */
    closedAt: timestamp('closed_at', { withTimezone: true }),
    /** Rises with every change people must hear of; kept by a trigger. */
    revision: integer().notNull().default(0),
    revisedAt: timestamp('revised_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    check('class_id_shape', sql`id ~ '^[2-9a-hjkmnp-z]{8}$'`),
    check('class_capacity_range', sql`capacity between 1 and 500`),
    check(
      'class_seats_not_negative',
      sql`seats_confirmed >= 0 and seats_offered >= 0 and seats_held >= 0 and seats_reserved >= 0 and seats_overbooked >= 0 and waiting >= 0`,
    ),
    check(
      'class_never_oversold',
      sql`seats_confirmed + seats_offered + seats_held + seats_reserved <= capacity + seats_overbooked`,
    ),
    check('class_overbooked_capped', sql`seats_overbooked <= greatest(2, capacity / 10)`),
    check('class_offer_hours_range', sql`offer_hours between 0 and 168`),
    check(
      'class_reserved_for_known',
      sql.raw(`reserved_for in (${reservedGroups.map((one) => `'${one}'`).join(', ')})`),
    ),
    check(
      'class_reserved_whole',
      sql`reserved_places between 0 and capacity and (reserved_places > 0) = (reserved_for is not null)`,
    ),
    check('class_state_known', sql`status in ('draft', 'published', 'cancelled', 'closed')`),
    check('class_cancelled_says_why', sql`status <> 'cancelled' or status_reason is not null`),
    index('class_area_idx').on(t.areaId, t.lastEndsAt),
    index('class_upcoming_idx').on(t.status, t.lastEndsAt, t.firstStartsAt),
    index('class_course_idx').on(t.courseId),
    index('class_venue_idx').on(t.venueId),
    index('class_team_idx').on(t.teamId),
    index('class_created_by_idx').on(t.createdBy),
    ...walls('class', {
      select: sql`${within('class.read')} or status <> 'draft'`,
      insert: within('class.write'),
      update: within('class.write'),
      public: sql`status <> 'draft'`,
    }),
  ],
).enableRLS();

/** No session is hung on another unit's class. */
const ofAClassInReach = sql.raw(
  "exists (select from class c where c.id = class_session.class_id and c.area_id = ANY (COALESCE((SELECT may_areas('class.read')), '{}')))",
);

const skipReasons = ['chosen', 'dayOff', 'venueTaken', 'past'] as const;

/**
 * A day a class's weekly rule makes on which it does not meet, and why: left out by choice, or for what the preview said. Gone once it
 * is put back.
 */
export const classSkippedDay = pgTable(
  'class_skipped_day',
  {
    classId: text('class_id')
      .notNull()
      .references(() => classes.id),
    day: date().notNull(),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    reason: text({ enum: skipReasons }).notNull(),
    /** Whose day off, or which class, in words of that day. */
    because: text().notNull().default(''),
  },
  (t) => [
    primaryKey({ columns: [t.classId, t.day] }),
    check('class_skipped_day_reason_known', sql`reason in ('chosen', 'dayOff', 'venueTaken', 'past')`),
    index('class_skipped_day_area_idx').on(t.areaId),
    ...walls('class_skipped_day', {
      select: within('class.read'),
      insert: sql`${within('class.write')} and exists (select from class c where c.id = class_skipped_day.class_id and c.area_id = class_skipped_day.area_id)`,
      delete: within('class.write'),
    }),
  ],
).enableRLS();

export const sessionStates = ['planned', 'published', 'cancelled', 'held', 'did_not_happen'] as const;

/**
 * One meeting of a class. `planned` until the class is published, `held` once its register is finished; that it awaits a
 * register follows from the clock and is not stored. Overlap at a venue is refused by an exclusion constraint.
 */
export const classSession = pgTable(
  'class_session',
  {
    id: uuid().primaryKey().defaultRandom(),
    classId: text('class_id')
      .notNull()
      .references(() => classes.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    lessonId: uuid('lesson_id').references(() => lesson.id),
    venueId: uuid('venue_id')
      .notNull()
      .references(() => venue.id),
    position: integer().notNull(),
    startsAt: timestamp('starts_at', { withTimezone: true }).notNull(),
    endsAt: timestamp('ends_at', { withTimezone: true }).notNull(),
    status: text({ enum: sessionStates }).notNull().default('planned'),
    statusReason: text('status_reason'),
    registerStartedAt: timestamp('register_started_at', { withTimezone: true }),
    registerFinishedAt: timestamp('register_finished_at', { withTimezone: true }),
    registerStartedBy: uuid('register_started_by').references(() => account.id),
    guests: integer().notNull().default(0),
    /** What those who come to just this one are told besides: who stands in, why it was moved. */
    note: text().notNull().default(''),
    /** When it was to begin before it was moved for the first time since people could read of it. */
    movedFrom: timestamp('moved_from', { withTimezone: true }),
    /** Rises with every change people must hear of; kept by a trigger. */
    revision: integer().notNull().default(0),
    revisedAt: timestamp('revised_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    check('class_session_times_in_order', sql`ends_at > starts_at`),
    check('class_session_state_known', sql`status in ('planned', 'published', 'cancelled', 'held', 'did_not_happen')`),
    check(
      'class_session_cancelled_says_why',
      sql`status not in ('cancelled', 'did_not_happen') or status_reason is not null`,
    ),
    uniqueIndex('class_session_position_idx').on(t.classId, t.position),
    index('class_session_starts_idx').on(t.startsAt),
    index('class_session_area_idx').on(t.areaId, t.startsAt),
    index('class_session_lesson_idx').on(t.lessonId),
    index('class_session_venue_idx').on(t.venueId),
    index('class_session_started_by_idx').on(t.registerStartedBy),
    ...walls('class_session', {
      select: sql`${within('class.read')} or status <> 'planned'`,
      insert: sql`${within('class.write')} and ${ofAClassInReach}`,
      update: sql`(${within('class.write')} or ${within('register.write')}) and ${ofAClassInReach}`,
      delete: sql`${within('class.write')} and status = 'planned'`,
      public: sql`status <> 'planned'`,
    }),
  ],
).enableRLS();
