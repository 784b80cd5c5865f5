import type { Caller, ScopedTx } from '@/lib/access/scoped';
import { kindOf } from './kinds';
import { tasksOf } from './queries';
import { gather, scoreOf } from './rules';
import type { TaskGroup, TaskLine, TaskListInput } from './schema';

export const groupsPerPage = 30;

interface Who {
  readonly id: string;
  readonly fullName: string;
  readonly birthYear: number | null;
  readonly villageId: number;
  readonly village: string;
  readonly phone: string | null;
}

/**
 * Open tasks as visits: everything about one person together, the weightiest first, what is overdue before what is not. Names as the caller's
 * own walls show them; whoever they do not reach is left out.
 */
export async function grouped(tx: ScopedTx, language: 'vi' | 'en', lines: readonly TaskLine[]): Promise<TaskGroup[]> {
  const ids = [...new Set(lines.flatMap(({ personId }) => (personId === null ? [] : [personId])))];
  const people = await tx<Who[]>`
    select p.id, p.full_name, p.birth_year, p.area_id as village_id, ${tx(`a.full_name_${language}`)} as village, n.phone
    from person p join area a on a.id = p.area_id left join person_phone n on n.person_id = p.id
    where p.id = any(${ids}::uuid[]) and p.merged_into is null`;
  const areas = await tx<{ id: number; name: string }[]>`
    select id, ${tx(`full_name_${language}`)} as name from area
    where id = any(${lines.filter(({ personId }) => personId === null).map(({ areaId }) => areaId)}::integer[])`;
  const [known, named] = [
    new Map(people.map((one) => [one.id, one])),
    new Map(areas.map(({ id, name }) => [id, name])),
  ];
  return [...gather(lines, ({ personId, key }) => personId ?? key)]
    .flatMap(([id, tasks]): TaskGroup[] => {
      const [first] = tasks;
      const who = first?.personId ? known.get(first.personId) : undefined;
      if (!first || (first.personId && !who)) return [];
      return [groupOf(id, tasks, first, who, named.get(first.areaId) ?? '')];
    })
    .toSorted(byUrgency);
}

function groupOf(
  id: string,
  tasks: readonly TaskLine[],
  first: TaskLine,
  who: Who | undefined,
  place: string,
): TaskGroup {
  return {
    id,
    personId: first.personId,
    fullName: who?.fullName ?? null,
    birthYear: who?.birthYear ?? null,
    villageId: who?.villageId ?? first.areaId,
    village: who?.village ?? place,
    phone: who?.phone ?? null,
    need: first.need,
    score: scoreOf(tasks.map(({ priority }) => priority)),
    tasks: tasks.toSorted((one, other) => other.priority - one.priority),
  };
}

const late = ({ tasks }: TaskGroup) => tasks.some(({ overdue }) => overdue);

function byUrgency(one: TaskGroup, other: TaskGroup): number {
  return (
    Number(late(other)) - Number(late(one)) ||
    other.score - one.score ||
    one.village.localeCompare(other.village, 'vi', { numeric: true }) ||
    (one.id < other.id ? -1 : 1)
  );
}

/** A page of the caller's open tasks as the address asks, with how many visits and how many overdue there are, and the villages to choose from. */
export async function taskBoard(tx: ScopedTx, language: 'vi' | 'en', caller: Caller, asked: TaskListInput, now: Date) {
  const open = (await tasksOf(tx, language, caller, {}, now)).filter(({ state }) => state === 'open');
  const wanted = open.filter(
    ({ kind, overdue, given }) =>
      (asked.kind === undefined || kind === asked.kind) &&
      (asked.late === undefined || overdue) &&
      (asked.whose === undefined ||
        (asked.whose === 'mine'
          ? given?.mine === true && !given.back
          : asked.whose === 'given'
            ? given !== null && !given.back
            : given === null || given.back)),
  );
  const all = await grouped(tx, language, wanted);
  const villages = [...new Map(all.map(({ villageId, village }) => [villageId, village]))]
    .map(([id, name]) => ({ id, name }))
    .toSorted((one, other) => one.name.localeCompare(other.name, 'vi', { numeric: true }));
  const here = asked.area === undefined ? all : all.filter(({ villageId }) => villageId === asked.area);
  const pageCount = Math.max(1, Math.ceil(here.length / groupsPerPage));
  const page = Math.min(asked.page, pageCount);
  return {
    groups: here.slice((page - 1) * groupsPerPage, page * groupsPerPage),
    total: here.length,
    late: here.filter(late).length,
    villages,
    page,
    pageCount,
    mayGive: caller.capabilities.includes('class.write'),
  };
}

/** What the today page tells of tasks: the first five visits of those it has no board for, or that were given to the caller, and how many there are. */
export async function tasksToday(tx: ScopedTx, language: 'vi' | 'en', caller: Caller, now: Date) {
  const open = (await tasksOf(tx, language, caller, {}, now)).filter(
    ({ state, kind, given }) => state === 'open' && (!kindOf(kind)?.onBoard || (given?.mine && !given.back)),
  );
  const all = await grouped(tx, language, open);
  return { groups: all.slice(0, 5), total: all.length, late: all.filter(late).length };
}
