import { tiers, type Over } from './schema';

interface About {
  readonly over: Over;
  /** What a value leaves of its whole are people who cannot do something: as much their own affair as the value. */
  readonly restTells: boolean;
  readonly byGroups: boolean;
  /** The measure of whose whole this one's value is a part: the two are read side by side, so that what it leaves of that whole tells as much as a rest of its own. */
  readonly partOf?: string;
  /**
   * Of how things stand, what only grows from one moment to the next: whoever was seen once, a home that is known or somebody came from, is so ever after, and everybody
   * knows it.
   */
  readonly grows?: readonly ('value' | 'of')[];
  /** The measure whose value is no more than this one's, mostly, and whose whole is no less; of what is counted over time, no more than all until then. */
  readonly bounds?: string;
  /** To what numbers are rounded for whoever may not look people up. */
  readonly rounded?: number;
  /** The measure whose numbers bound this one's and are bounded by them (`limitsOf`): the two are read side by side. */
  readonly beside?: string;
  /** Told of units and above, and there of everybody: of villages, and of groups, it would say what is hidden of the measure beside it. */
  readonly ofUnits?: true;
  /** Told of the administration’s years alone, as groups are: shorter ones would say of moments in between what is hidden of the measure it bounds. */
  readonly ofYears?: true;
  /** Told to nobody who may not look people up: what is told of another measure would give it away, and it would give that away. */
  readonly untold?: true;
}

const about: Readonly<Record<string, About>> = {
  attendance: { over: 'sums', restTells: false, byGroups: true },
  people_reached: { over: 'distinct', restTells: false, byGroups: true },
  service_guided: {
    over: 'distinct',
    restTells: false,
    byGroups: true,
    bounds: 'core_attained',
    rounded: 5,
    ofUnits: true,
    ofYears: true,
  },
  new_core: { over: 'sums', restTells: false, byGroups: true, untold: true },
  skills_attained: {
    over: 'sums',
    restTells: false,
    byGroups: true,
    beside: 'core_attained',
    rounded: 10,
    ofUnits: true,
  },
  retention: { over: 'sums', restTells: true, byGroups: true },
  core_attained: { over: 'stands', restTells: true, byGroups: true, grows: ['of'], beside: 'skills_attained' },
  households_reached: { over: 'stands', restTells: true, byGroups: false, grows: ['value', 'of'] },
  households_five: { over: 'stands', restTells: true, byGroups: false, partOf: 'households_reached' },
  home_visits: { over: 'sums', restTells: false, byGroups: false },
};
const aboutSkill: About = {
  over: 'stands',
  restTells: true,
  byGroups: false,
  bounds: 'core_attained',
  rounded: 5,
};
const aboutAssists: About = { over: 'sums', restTells: false, byGroups: false };
const isOfDesks = (measure: string) => measure.startsWith('assist_');

/** What is told of learners, beside single skills and what people were helped with. */
export const learnerMeasures: readonly string[] = Object.keys(about);

/** How the numbers of a measure about learners are to be read. */
export const aboutOf = (measure: string): About => about[measure] ?? (isOfDesks(measure) ? aboutAssists : aboutSkill);

/** Whether anything of a measure is told to whoever may not look people up. */
export const isUntold = (measure: string) => aboutOf(measure).untold === true;

/** Whether nothing of a measure is told of what lies below a unit. */
export const isOfUnits = (measure: string) => isOfMany(measure) || aboutOf(measure).ofUnits === true;

/** Whether the groups of a measure are told to anybody who may not look people up. */
export const tellsGroups = (measure: string) => aboutOf(measure).byGroups && aboutOf(measure).ofUnits !== true;

/** Told of a moment, not counted over time. */
export const isState = (measure: string) => aboutOf(measure).over === 'stands';

/** The measure of whose whole another's value is a part; null where its whole is its own. */
export const wholeOf = (measure: string): string | null => about[measure]?.partOf ?? null;

const isOfSkill = (measure: string) => measure.startsWith('skill_');

/** The measure a rounded one must not tell the bounds of; what is hidden of it is read with the other's cells. Null where there is none. */
export const boundedBy = (measure: string): string | null =>
  (isOfSkill(measure) ? aboutSkill : about[measure])?.bounds ?? null;

/** Those of `learnerMeasures` that must not tell the bounds of a measure. */
export const boundingOf = (measure: string): readonly string[] =>
  learnerMeasures.filter((one) => about[one]?.bounds === measure);

/** The measure whose numbers are read with another's, since each bounds the other; null where there is none. */
export const besideOf = (measure: string): string | null => about[measure]?.beside ?? null;

/** The measures whose values are parts of a measure's whole. */
export const partsOf = (measure: string): readonly string[] =>
  learnerMeasures.filter((one) => about[one]?.partOf === measure);

/** What is not about learners (sessions, classes, teams, hours) is never hidden. */
export const isAboutLearners = (measure: string) => measure in about || isOfMany(measure);

/**
 * To what numbers of a measure are rounded for whoever may not look people up. Single skills lie between the core set, who was seen at all and each other, who was
 * guided in public services above the core set, and all that was learnt above both, so that exact ones would tell what each other hides (docs/decisions/058-attack-on-everything-told.md).
 */
export const roundedTo = (measure: string): number => (isOfSkill(measure) ? aboutSkill : about[measure])?.rounded ?? 1;

/** One of many measures alike, told of units and above: of a village each is of so few people that nothing of it could be shown. */
export const isOfMany = (measure: string) => isOfSkill(measure) || isOfDesks(measure);
/** The same, as a pattern. */
export const ofMany = '^(skill|assist)_';

/**
 * The groups of a measure that are hidden, by those of which a cell is kept: of a way of dividing people that is hidden none is, so that it looks as if
 * there were nobody. Single skills are told of everybody only.
 */
export function groupsHidden(measure: string, kept: ReadonlySet<string>): readonly string[] {
  if (!aboutOf(measure).byGroups || !kept.has('all')) return [];
  return tiers.flatMap(({ sides }) => {
    const parts = sides.flatMap((side) => side.parts);
    return parts.some((group) => kept.has(group)) ? [] : parts;
  });
}

/** The periods in which groups of what is counted over time are told, as a pattern: the administration's years. */
export const groupsPeriods = '^k\\d{4}$';

const ofGroups = new RegExp(groupsPeriods);
/** Whether a period is one of them. */
export const isGroupsPeriod = (period: string) => ofGroups.test(period);
