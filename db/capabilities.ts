/**
 * The one table of verbs: which role may do what, in the areas it was granted for. The migration copies it into
 * `role_capability`, where the row-level policies read it; the doors read it from there too.
 */
export const roles = [
  'helper',
  'organiser',
  'desk_officer',
  'unit_leader',
  'province_leader',
  'province_admin',
] as const;
export type Role = (typeof roles)[number];

export const capabilities = [
  'class.read', // classes and sessions, drafts included
  'class.write', // plan, publish, change and cancel classes
  'class.postpone', // put off all sessions of whole units, after a storm
  'course.write', // write and copy what is taught
  'calendar.write', // days without classes in the area
  'roster.read', // names of those enrolled in the area's classes
  'enrolment.write', // enrol and cancel for somebody
  'contact.read', // full phone numbers of those enrolled in a class one runs
  'register.write', // take the roll, record skills
  'person.read', // look up people who live in the area
  'person.write', // correct people's details
  'desk.log', // log who was helped at the area's desks, see who is on duty
  'desk.manage', // desks, who is on duty when, classes proposed by what repeats
  'visit.plan', // requests for home visits, rounds into villages, who is visited
  'visit.record', // what came of the visits of rounds one goes on
  'figures.read', // dashboards: counts, never names
  'report.write', // write the reports of the area, hand in those of its villages
  'report.approve', // sign the own area's report; return, approve and lock those of the areas below
  'declared.write', // say what the portal cannot count: figures with a source, how many live where
  'target.write', // set targets; a unit's leader for the places below the unit (`target_areas`)
  'area.manage',
  'account.manage',
  'skill.manage',
  'audit.read',
] as const;
export type Capability = (typeof capabilities)[number];

export const roleCapabilities: Record<Role, readonly Capability[]> = {
  helper: [
    'class.read',
    'roster.read',
    'enrolment.write',
    'contact.read',
    'register.write',
    'desk.log',
    'visit.record',
  ],
  organiser: [
    'class.read',
    'class.write',
    'class.postpone',
    'course.write',
    'calendar.write',
    'roster.read',
    'enrolment.write',
    'contact.read',
    'register.write',
    'person.read',
    'person.write',
    'desk.log',
    'desk.manage',
    'visit.plan',
    'visit.record',
    'figures.read',
    'report.write',
    'declared.write',
  ],
  desk_officer: ['class.read', 'roster.read', 'enrolment.write', 'person.read', 'desk.log'],
  unit_leader: ['class.read', 'figures.read', 'target.write', 'report.approve'],
  province_leader: ['class.read', 'figures.read', 'target.write', 'report.approve'],
  province_admin: [
    'class.read',
    'class.postpone',
    'course.write',
    'calendar.write',
    'figures.read',
    'declared.write',
    'target.write',
    'area.manage',
    'account.manage',
    'skill.manage',
    'audit.read',
  ],
};
