import { z } from 'zod';
import { attempt, type ScopedTx } from '@/lib/access/scoped';
import { planClass } from '@/lib/class/commands';
import { planningChoices } from '@/lib/class/queries';
import { weeklyDates } from '@/lib/class/rules';
import { planInput, type PlanInput } from '@/lib/class/schema';
import { daysOffOf } from '@/lib/dayoff/queries';
import { dayOffOn } from '@/lib/dayoff/rules';
import { day, optionalText, text, time, wholeNumber } from '@/lib/kernel/input';
import { phoneNumber } from '@/lib/kernel/phone';
import { isRefusal, type Refusal } from '@/lib/kernel/result';
import { fold } from '@/lib/kernel/text';
import { kindOf } from './kinds';
import { spoken } from './cells';
import { typedDay, weekdaysTyped, wordFor } from './rules';

/** "19:30", "7h30", "19 giờ". */
const timeTyped = (typed: string) => {
  const [, hours, minutes = '00'] = /^(\d{1,2})\s*(?:[:h.]|giờ)?\s*(\d{2})?(?:\s*phút)?$/i.exec(typed) ?? [];
  return hours ? `${hours.padStart(2, '0')}:${minutes}` : typed;
};

const planned = z.object({
  course: text(200, 'chooseCourse'),
  venue: text(200, 'chooseVenue'),
  place: optionalText(120),
  team: text(200, 'chooseTeam'),
  firstDay: z.string('dayShape').transform(typedDay).pipe(day),
  weekdays: z
    .string('chooseWeekday')
    .transform((typed) => weekdaysTyped(typed))
    .refine((days) => days !== null, 'chooseWeekday'),
  startTime: z.string('timeShape').transform(timeTyped).pipe(time),
  minutes: wholeNumber(30, 480, 'minutesRange'),
  sessions: wholeNumber(1, 60, 'countRange'),
  capacity: wholeNumber(1, 500, 'capacityRange'),
  minimum: z.preprocess(
    (typed) => (typed === '' || typed === undefined ? 1 : typed),
    wholeNumber(1, 500, 'minimumRange'),
  ),
  language: z
    .string()
    .default('')
    .transform((typed) => (typed === '' ? 'vi' : (wordFor(typed, spoken) ?? null)))
    .refine((word) => word !== null, 'languageWord'),
  hotline: optionalText(40).refine((typed) => typed === '' || phoneNumber(typed) !== null, 'phoneShape'),
  note: optionalText(500),
});
type Planned = z.output<typeof planned>;
type Choices = Awaited<ReturnType<typeof planningChoices>>;

/** The one thing of a list whose name was typed; several of one name are told apart by the place where one is named. */
function named<T extends { id: string }>(
  all: readonly T[],
  names: (one: T) => readonly string[],
  typed: string,
): T | 'unknown' | 'ambiguous' {
  const said = fold(typed);
  const found = all.filter((one) => names(one).some((name) => fold(name) === said));
  return found.length === 1 && found[0] ? found[0] : found.length === 0 ? 'unknown' : 'ambiguous';
}

interface Around {
  readonly vi: Choices;
  readonly en: Choices;
}

const unknownAs = { course: 'courseUnknown', venue: 'venueUnknown', team: 'teamUnknown' } as const;

/** Finds course, venue and team by name; says which of them is not there, or is there twice. */
function chosen(row: Partial<Planned>, { vi, en }: Around, say: Say) {
  const titles = new Map(en.courses.map(({ id, title }) => [id, title]));
  const here = !row.place ? vi.venues : vi.venues.filter(({ area }) => fold(area) === fold(row.place ?? ''));
  const found = {
    course: named(vi.courses, ({ id, title }) => [title, titles.get(id) ?? ''], row.course ?? ''),
    venue: named(here, ({ name }) => [name], row.venue ?? ''),
    team: named(vi.teams, ({ name }) => [name], row.team ?? ''),
  };
  for (const column of ['course', 'venue', 'team'] as const) {
    const one = found[column];
    if (typeof one === 'string' && row[column] !== undefined)
      say(column, one === 'ambiguous' ? 'nameAmbiguous' : unknownAs[column]);
  }
  const { course, venue, team } = found;
  return typeof course === 'string' || typeof venue === 'string' || typeof team === 'string'
    ? null
    : { course, venue, team };
}

/** The plan a row stands for: every day its rule makes that is no day off at the venue, as a draft. Null when none is left. */
async function planOf(
  tx: ScopedTx,
  row: Planned,
  ids: { courseId: string; venueId: string; teamId: string },
): Promise<PlanInput | null> {
  const [venue] = await tx<{ areaId: number }[]>`select area_id from venue where id = ${ids.venueId}`;
  const rule = {
    firstDay: row.firstDay,
    weekdays: row.weekdays ?? [],
    startTime: row.startTime,
    minutes: row.minutes,
    count: row.sessions,
  };
  const off = await daysOffOf(tx, 'vi', venue?.areaId ?? 0, row.firstDay);
  const typed = planInput.safeParse({
    ...rule,
    ...ids,
    capacity: row.capacity,
    minimumToRun: Math.min(row.minimum, row.capacity),
    language: row.language,
    hotline: row.hotline,
    note: row.note,
    dates: weeklyDates(rule).filter((date) => !dayOffOn(date, off)),
    saveAs: 'draft',
  });
  return typed.success ? typed.data : null;
}

/** Where the planning page would show a refusal, as a column of the list. */
const columnOfField = (field = '') => {
  const columns: Readonly<Record<string, string>> = {
    courseId: 'course',
    venueId: 'venue',
    teamId: 'team',
    count: 'sessions',
  };
  return columns[field] ?? 'firstDay';
};

type Say = (column: string, reason: string) => void;

/** Plans the class of a row just as the planning page does; where it is refused, says why at the column to blame. */
async function plan(
  tx: ScopedTx,
  caller: { accountId: string },
  row: Planned,
  around: Around,
  say: Say,
): Promise<void> {
  const found = chosen(row, around, say);
  if (!found) return;
  const wanted = await planOf(tx, row, {
    courseId: found.course.id,
    venueId: found.venue.id,
    teamId: found.team.id,
  });
  if (!wanted) return say('firstDay', 'noDayLeft');
  const done = await attempt(tx, (inner) => planClass(inner, wanted, caller, new Date()));
  if (isRefusal(done)) say(columnOfField(done.field), done.refused);
}

const around = async (tx: ScopedTx): Promise<Around> => ({
  vi: await planningChoices(tx, 'vi'),
  en: await planningChoices(tx, 'en'),
});

/** Classes of one's own areas, as drafts; publishing stays with a person who has looked at them. */
export const classes = kindOf<Planned>({
  kind: 'classes',
  may: 'class.write',
  mostRows: 300,
  columns: {
    course: { required: true, also: ['Khóa'] },
    venue: { required: true, also: ['Nơi học', 'Nhà văn hóa'] },
    place: { also: ['Thôn', 'Bản'] },
    team: { required: true, also: ['Tổ', 'Đội'] },
    firstDay: { required: true, also: ['Ngày khai giảng', 'Start day'] },
    weekdays: { required: true, also: ['Thứ', 'Days'] },
    startTime: { required: true, also: ['Giờ', 'Time'] },
    minutes: { required: true, also: ['Phút'] },
    sessions: { required: true, also: ['Số buổi học'] },
    capacity: { required: true, also: ['Chỗ'] },
    minimum: {},
    language: { also: ['Tiếng'] },
    hotline: { also: ['Điện thoại'] },
    note: {},
  },
  schema: planned,
  cells: planned.partial(),
  // Planned for good, and undone with all the rest of what a check does: so two rows at one venue and hour clash here already.
  async check(tx, caller, rows, blame, tell) {
    const choices = await around(tx);
    for (const [at, { line, row, whole }] of rows.entries()) {
      const say: Say = (column, reason) => blame(line, column, reason);
      if (whole) await plan(tx, caller, whole, choices, say);
      else chosen(row, choices, say);
      await tell(at, rows.length);
    }
  },
  async write(tx, caller, rows, tell) {
    const choices = await around(tx);
    for (const [at, row] of rows.entries()) {
      let refused: Refusal | null = null;
      await plan(tx, caller, row, choices, (_column, reason) => {
        refused = { refused: reason };
      });
      if (refused) return refused;
      await tell(at, rows.length);
    }
  },
});
