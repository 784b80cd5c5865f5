import type { Capability } from '../../db/capabilities';
import type { Place } from '../support/cast';

/** Who passes: everybody signed in, nobody, holders of a capability for rows under their areas, or (anywhere) holders of one. */
export type Rule =
  | 'everyone'
  | 'nobody'
  | 'ownAccount'
  | Capability
  | `anywhere:${Capability}`
  | readonly Rule[]
  | { readonly both: readonly Rule[] };
interface Wall {
  /** Finds the place's row; by default through area_id. */
  at?: (place: Place) => string;
  select: Rule;
  insert?: Rule;
  update?: Rule;
  delete?: Rule;
  public?: boolean;
}

const ofPerson = (place: Place) => `person_id = '${place.personId}'`;
const classRows: Pick<Wall, 'at'> = { at: (place) => `id = '${place.classId}'` };
const bringsIn: Rule = ['anywhere:enrolment.write', 'anywhere:register.write'];
const hasToDoWithThem: Rule = ['enrolment.write', 'register.write'];
// Which step is whose, triggers say (tests/report).
const reports: Rule = ['report.write', 'report.approve'];

/** Every table's walls, by who passes them. */
export const walls: Record<string, Wall> = {
  account: {
    select: ['account.manage', 'ownAccount'],
    insert: 'account.manage',
    update: ['account.manage', 'ownAccount'],
  },
  account_grant: { select: ['account.manage', 'ownAccount'], insert: 'account.manage', update: 'account.manage' },
  area: {
    at: (place) => `id = ${place.villageId}`,
    select: 'everyone',
    insert: 'anywhere:area.manage',
    update: 'anywhere:area.manage',
    public: true,
  },
  area_alias: {
    at: (place) => `area_id = ${place.unitId}`,
    select: 'everyone',
    insert: 'anywhere:area.manage',
    delete: 'anywhere:area.manage',
    public: true,
  },
  area_boundary: {
    at: (place) => `area_id = ${place.unitId}`,
    select: 'everyone',
    insert: 'anywhere:area.manage',
    delete: 'anywhere:area.manage',
    public: true,
  },
  area_parent: {
    at: (place) => `area_id = ${place.villageId}`,
    select: 'everyone',
    insert: 'anywhere:area.manage',
    update: 'anywhere:area.manage',
    public: true,
  },
  area_tree: { at: (place) => `area_id = ${place.villageId}`, select: 'everyone', public: true },
  attendance: { select: 'roster.read', insert: 'register.write', update: 'register.write' },
  audit_event: { select: 'anywhere:audit.read', insert: 'nobody' },
  auth_session: {
    at: (place) => `account_id = (select id from account where username = 'organiser.${place.unitId}')`,
    select: 'ownAccount',
    update: 'ownAccount',
  },
  // The organiser's own, who sends none: only who keeps the tree may.
  boundary_draft: {
    at: (place) => `account_id = (select id from account where username = 'organiser.${place.unitId}')`,
    select: 'ownAccount',
    delete: 'ownAccount',
  },
  card: { at: ofPerson, select: 'person.read' },
  card_attempt: { at: () => 'true', select: 'nobody' },
  certificate: { select: 'roster.read' },
  class: { ...classRows, select: 'everyone', insert: 'class.write', update: 'class.write', public: true },
  class_change: { select: 'class.read' },
  class_demand: { select: 'class.read', update: 'class.write' },
  class_demand_contact: { select: 'class.write', delete: 'class.write' },
  class_recording: {
    select: 'everyone',
    insert: 'class.write',
    update: 'class.write',
    delete: 'class.write',
    public: true,
  },
  class_session: {
    at: (place) => `id = '${place.sessionIds[0]}'`,
    select: 'everyone',
    insert: 'class.write',
    update: ['class.write', 'register.write'],
    public: true,
  },
  class_skipped_day: { select: 'class.read', insert: 'class.write', delete: 'class.write' },
  consent: {
    at: (place) => `${ofPerson(place)} and purpose = 'class'`,
    select: 'person.read',
    insert: hasToDoWithThem,
  },
  consent_text: { at: () => 'version = 1', select: 'everyone', public: true },
  course: { select: 'everyone', insert: 'course.write', update: 'course.write', public: true },
  day_off: {
    select: 'everyone',
    insert: 'calendar.write',
    update: 'calendar.write',
    delete: 'calendar.write',
  },
  desk: { select: 'desk.log', insert: 'desk.manage', update: 'desk.manage' },
  // Undone by whoever logged it: of the cast that is nobody with a role.
  desk_assist: { select: 'desk.log', insert: 'desk.log' },
  desk_dismissal: { select: 'desk.log', insert: 'desk.manage' },
  desk_hours: { select: 'desk.log', insert: 'desk.manage', delete: 'desk.manage' },
  desk_need: { at: () => 'true', select: 'everyone' },
  desk_operation: { select: 'desk.log' },
  desk_shift: { select: 'desk.log', insert: 'desk.manage', update: 'desk.manage' },
  // Written as oneself: of the cast that is nobody with a role.
  door_visit: { select: 'visit.plan' },
  declared_figure: { select: 'figures.read', insert: 'declared.write' },
  eligible: { select: 'figures.read', insert: 'declared.write' },
  enrolment: { select: 'roster.read' },
  enrolment_event: { select: 'roster.read' },
  equality_answer: { at: () => 'true', select: 'nobody' },
  // Of villages; what is told of units to everybody is in tests/progress.
  figure: { at: (place) => `area_id = ${place.villageId}`, select: 'figures.read' },
  figure_block: { at: () => 'true', select: 'nobody' },
  figure_change: { at: () => 'true', select: 'nobody' },
  figure_core: { select: 'nobody' },
  figure_exact: { select: { both: ['figures.read', 'person.read'] } },
  figure_help: { select: 'nobody' },
  figure_household: { select: 'nobody' },
  figure_mark: { select: 'nobody' },
  figure_member: { select: 'nobody' },
  figure_own: { select: 'nobody' },
  figure_person: { select: 'nobody' },
  figure_run: { at: () => 'true', select: 'anywhere:figures.read' },
  figure_session: { select: 'nobody' },
  helper_card: { select: 'class.write', insert: 'class.write', update: 'class.write' },
  household: { select: 'person.read', insert: 'person.write', update: 'person.write' },
  household_member: { select: 'person.read', insert: 'person.write', update: 'person.write' },
  figure_skill: { select: 'nobody' },
  indicator: { at: () => 'true', select: 'everyone', public: true },
  indicator_version: { at: () => 'true', select: 'everyone', public: true },
  job: {
    at: (place) => `account_id = (select id from account where username = 'organiser.${place.unitId}')`,
    select: 'ownAccount',
  },
  // Published ones are for everybody who organises or leads.
  model: { select: ['class.write', 'anywhere:figures.read'], insert: 'class.write', update: 'class.write' },
  // Counted as oneself, as the model is now: of the cast that is nobody with a role (tests/model).
  model_class: { select: 'class.read', delete: 'class.write' },
  model_round: { select: 'visit.plan', delete: { both: ['visit.plan', 'class.write'] } },
  // Of the reader themselves, who is nobody with a role; opened of one's people it is the organiser's to see.
  outside_hit: { at: ofPerson, select: 'nobody' },
  outside_reading: { at: ofPerson, select: 'person.write' },
  outside_search: { at: () => 'true', select: 'nobody' },
  person_residence: { at: ofPerson, select: 'person.read' },
  referral: { at: ofPerson, select: 'person.write' },
  referral_step: {
    at: (place) => `referral_id in (select id from referral where ${ofPerson(place)})`,
    select: 'person.write',
  },
  lesson: {
    select: 'everyone',
    insert: 'course.write',
    update: 'course.write',
    delete: 'course.write',
    public: true,
  },
  lesson_skill: { select: 'everyone', insert: 'course.write', delete: 'course.write', public: true },
  message: { select: 'contact.read' },
  message_attempt: { select: 'contact.read' },
  message_budget: { select: ['contact.read', 'area.manage'] },
  message_call: { select: 'contact.read' },
  // Their own, and of whoever may change the team.
  member_choice: { at: (place) => `member_id = '${place.memberId}'`, select: 'class.write' },
  message_choice: { at: ofPerson, select: ['contact.read', 'person.write'] },
  person: { select: ['person.read', 'roster.read'], insert: bringsIn, update: 'person.write' },
  person_merge: { at: () => 'true', select: 'nobody' },
  person_need: { at: ofPerson, select: 'nobody' },
  person_pair: { at: () => 'true', select: 'nobody' },
  // Written as oneself: of the cast that is nobody with a role.
  person_pause: { select: 'register.write', update: 'register.write' },
  person_phone: { at: ofPerson, select: 'contact.read', insert: hasToDoWithThem, update: 'contact.read' },
  register_sheet: { select: 'roster.read', insert: 'register.write' },
  postponement: { select: 'class.read', insert: 'class.postpone', update: 'class.postpone' },
  register_operation: { select: 'roster.read', insert: 'register.write', update: 'register.write' },
  report: { select: 'figures.read', insert: reports },
  report_due: { select: 'everyone', insert: 'report.approve', update: 'report.approve' },
  report_figure: { select: 'figures.read', insert: reports },
  report_remark: { select: 'figures.read', insert: reports, update: reports },
  step: { at: () => 'true', select: 'everyone', public: true },
  step_record: { at: ofPerson, select: ['roster.read', 'person.read'], insert: 'register.write' },
  report_step: { select: 'figures.read', insert: reports },
  role_capability: { at: () => 'true', select: 'everyone' },
  session_helper: { select: 'class.read' },
  sign_in_attempt: { at: () => 'true', select: 'nobody' },
  signing_key: { at: () => 'true', select: 'everyone', public: true },
  signup_sighting: { at: () => 'true', select: 'nobody' },
  skill: {
    at: () => 'true',
    select: 'everyone',
    insert: 'anywhere:skill.manage',
    update: 'anywhere:skill.manage',
    public: true,
  },
  skill_domain: {
    at: () => 'true',
    select: 'everyone',
    insert: 'anywhere:skill.manage',
    update: 'anywhere:skill.manage',
    public: true,
  },
  skill_observation: { select: 'roster.read', insert: 'register.write' },
  skill_version: {
    at: () => 'true',
    select: 'everyone',
    insert: 'anywhere:skill.manage',
    update: 'anywhere:skill.manage',
    public: true,
  },
  slip_attempt: { at: () => 'true', select: 'nobody' },
  target: { at: (place) => `area_id = ${place.villageId}`, select: 'figures.read', insert: 'target.write' },
  // Written as oneself: of the cast that is nobody with a role.
  task_given: { select: 'class.write', update: 'class.write' },
  task_work: { select: 'class.write' },
  team: { select: 'everyone', insert: 'class.write', update: 'class.write', public: true },
  team_member: { select: 'class.read', insert: 'class.write', update: 'class.write' },
  team_member_away: { select: 'class.read', insert: 'class.write', delete: 'class.write' },
  team_member_free: { select: 'class.read', insert: 'class.write', delete: 'class.write' },
  team_member_skill: { select: 'class.read', insert: 'class.write', delete: 'class.write' },
  team_member_training: { select: 'class.read', insert: 'class.write', delete: 'class.write' },
  venue: { select: 'everyone', insert: 'class.write', update: 'class.write', public: true },
  // Helpers pass for the rounds they go on, around their day (tests/visit); the cast's was long ago.
  visit: { select: 'visit.plan', insert: 'visit.plan', update: 'visit.plan' },
  visit_check_attempt: { select: 'nobody' },
  // Recorded under one's own name: of the cast that is nobody with a role.
  visit_operation: { select: 'visit.plan' },
  visit_outcome: { select: 'visit.plan' },
  visit_request: { select: 'visit.plan', insert: 'visit.plan', update: 'visit.plan' },
  visit_request_sighting: { at: () => 'true', select: 'nobody' },
  visit_round: { select: 'visit.plan', insert: 'visit.plan', update: 'visit.plan' },
  visit_round_helper: { select: 'visit.plan', insert: 'visit.plan' },
};
