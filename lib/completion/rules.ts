import type { ResultState } from '@/lib/enrolment/rules';

/** From this level on a skill is attained: one does it alone. */
export const attainedFrom = 3;

/** What a course asks for: its lessons by lineage, how many of them one must take (null: all), and the skills one must do alone. */
export interface CourseAsks {
  readonly lessons: readonly string[];
  readonly lessonsRequired: number | null;
  readonly required: readonly string[];
}

/** A session still to come that the person may go to: of their own class, or another where a lesson may be made up. */
export interface SessionToCome {
  readonly own: boolean;
  readonly lineageId: string | null;
  readonly skills: readonly string[];
}

export const pathStates = ['done', 'on_track', 'can_still', 'cannot'] as const;
export type PathState = (typeof pathStates)[number];

/** Where somebody stands in a course. */
export interface Path {
  readonly state: PathState;
  /** How many lessons were taken, of how many that must be. */
  readonly taken: number;
  readonly needed: number;
  /** Lessons not taken yet, in the course's order, as long as too few were; skills not done alone yet. */
  readonly lessons: readonly string[];
  readonly skills: readonly string[];
}

/**
 * The learner's path (mechanisms of completion: enough lessons, and every required skill at level 3). `covered` are the lineages of all
 * lessons the person came to, in whatever class; `levels` their current level per skill. Done; on track when the sessions of their own class still to
 * come are enough; can still finish when those elsewhere are needed as well; cannot when even these are not enough.
 */
export function pathOf({
  lessons,
  lessonsRequired,
  required,
  covered,
  levels,
  sessionsToCome,
}: CourseAsks & {
  readonly covered: ReadonlySet<string>;
  readonly levels: ReadonlyMap<string, number>;
  readonly sessionsToCome: readonly SessionToCome[];
}): Path {
  const needed = Math.min(lessonsRequired ?? lessons.length, lessons.length);
  const missing = lessons.filter((lesson) => !covered.has(lesson));
  const taken = lessons.length - missing.length;
  const skills = required.filter((code) => (levels.get(code) ?? 0) < attainedFrom);
  const enoughWith = (sessions: readonly SessionToCome[]) => {
    const taught = new Set(sessions.map(({ lineageId }) => lineageId));
    const practised = new Set(sessions.flatMap((session) => session.skills));
    const takable = taken + missing.filter((lesson) => taught.has(lesson)).length;
    return takable >= needed && skills.every((code) => practised.has(code));
  };
  const state = enoughWith([])
    ? 'done'
    : enoughWith(sessionsToCome.filter(({ own }) => own))
      ? 'on_track'
      : enoughWith(sessionsToCome)
        ? 'can_still'
        : 'cannot';
  return { state, taken: Math.min(taken, needed), needed, lessons: taken >= needed ? [] : missing, skills };
}

/** What an enrolment becomes when its class closes: done, came at least once, or never. */
export function outcomeOf(path: Pick<Path, 'state'>, cameHere: boolean): ResultState {
  return path.state === 'done' ? 'completed' : cameHere ? 'partial' : 'no_show';
}

/** A class closes by itself so many days after its last session, if every register was taken. */
export const closesAfterDays = 7;
