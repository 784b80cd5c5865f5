/** At most so many lessons in a course. */
export const mostLessons = 40;
/** How long a lesson is unless somebody says otherwise, in minutes. */
export const usualMinutes = 90;

type Typed = Readonly<Record<string, unknown>>;
const wordsOf = (value: unknown) => (typeof value === 'string' ? value : '');

/** A repeated field however it comes: as a list, or echoed with commas. */
export function codesOf(value: unknown): string[] {
  const given: unknown[] = Array.isArray(value) ? value : wordsOf(value).split(',');
  return [...new Set(given.map(wordsOf).filter((one) => one !== ''))];
}

/** One lesson as its line of the form has it. `lineageId` is empty for a lesson that is new. */
export interface LessonTyped {
  readonly titleVi: string;
  readonly titleEn: string;
  readonly minutes: string;
  readonly lineageId: string;
  readonly skills: readonly string[];
}

export const emptyLesson: LessonTyped = {
  titleVi: '',
  titleEn: '',
  minutes: String(usualMinutes),
  lineageId: '',
  skills: [],
};

/** Nobody filled this line in. */
export const empties = ({ titleVi, titleEn, lineageId, skills }: LessonTyped) =>
  `${titleVi}${titleEn}${lineageId}`.trim() === '' && skills.length === 0;

/** The field of a lesson, counted from 0, in the form. */
export const lessonField = (name: string, at: number) => `${name}${at + 1}`;

/** The lessons of the form, line by line: at least one, at most as many as a course may have. */
export function lessonsTyped(typed: Typed): LessonTyped[] {
  const lines = Math.min(mostLessons, Math.max(1, Math.trunc(Number(typed.lines)) || 1));
  return Array.from({ length: lines }, (_, at) => ({
    titleVi: wordsOf(typed[lessonField('titleVi', at)]),
    titleEn: wordsOf(typed[lessonField('titleEn', at)]),
    minutes: wordsOf(typed[lessonField('minutes', at)]),
    lineageId: wordsOf(typed[lessonField('lineageId', at)]),
    skills: codesOf(typed[lessonField('skills', at)]),
  }));
}

type Given = Readonly<Record<string, string | number | null | readonly string[]>>;

/** What the form of a stored course begins with, as the form's own fields. */
export function fieldsOfCourse(course: Given, lessons: readonly Given[]): Record<string, string> {
  const ofLessons = lessons.flatMap((lesson, at) =>
    Object.entries(lesson).map(([name, value]) => [lessonField(name, at), value ?? '']),
  );
  const fields = [...Object.entries(course), ['lines', lessons.length] as const, ...ofLessons];
  return Object.fromEntries(fields.map(([name, value]) => [name, String(value ?? '')]));
}

/** Where the form names what is wrong: a lesson's field carries its line, all else its own name. */
export function fieldAt(path: readonly PropertyKey[], lineOf: (lesson: number) => number): string {
  const [first, at, name] = path;
  return first === 'lessons' && typeof at === 'number'
    ? lessonField(typeof name === 'string' ? name : 'titleVi', lineOf(at))
    : first === 'lessons'
      ? lessonField('titleVi', 0)
      : String(first ?? 'form');
}

/** Which line a button pressed is about, and what it does to it; null for a button about none. */
export function stepOf(step: string | undefined): { act: 'up' | 'down' | 'remove'; at: number } | null {
  const [, act, line] = /^(up|down|remove)-(\d{1,2})$/.exec(step ?? '') ?? [];
  const known = (['up', 'down', 'remove'] as const).find((one) => one === act);
  return known ? { act: known, at: Number(line) - 1 } : null;
}

/** The lessons after a button of the form was pressed: `add`, `up-2`, `down-2`, `remove-2`. Nothing else changes them. */
export function afterStep(lessons: readonly LessonTyped[], step: string | undefined): LessonTyped[] {
  if (step === 'add') return lessons.length < mostLessons ? [...lessons, emptyLesson] : [...lessons];
  const pressed = stepOf(step);
  const moved = pressed ? lessons[pressed.at] : undefined;
  if (!pressed || !moved) return [...lessons];
  const others = lessons.filter((_, at) => at !== pressed.at);
  if (pressed.act === 'remove') return others.length > 0 ? others : [emptyLesson];
  const to = pressed.at + (pressed.act === 'up' ? -1 : 1);
  return to < 0 || to >= lessons.length ? [...lessons] : others.toSpliced(to, 0, moved);
}

/**
 * Which skills one must be able to do alone in the end: those ticked; of those nobody was asked about yet, what the catalogue calls core
 * (docs/decisions/017-courses.md).
 */
export function requiredOf(
  taught: readonly string[],
  asked: { required: readonly string[]; shown: readonly string[] },
  core: ReadonlySet<string>,
): string[] {
  return [...new Set(taught)].filter((code) =>
    asked.shown.includes(code) ? asked.required.includes(code) : core.has(code),
  );
}
