import { disclose } from '@/lib/disclosure/disclose';
import { boundedBy, isOfUnits, isState, isUntold, wholeOf } from '@/lib/disclosure/rules';
import { isSafe, ofWhole, toNearest, type BlockCell, type BlockPart, type Disclosure } from '@/lib/disclosure/schema';
import { coreSkills, skills } from './learning';
import {
  dayOf,
  groupsOf,
  isToldNowhere,
  keyOf,
  measures,
  periods,
  type Area,
  type Numbers,
  type Shown,
  type Signed,
  type World,
} from './world';

const order = (measure: string) => Number(boundedBy(measure) !== null);

/**
 * What is shown: by the rule in force, asked as the worker asks it, or without complementary cells. Where nobody is counted and nothing is hidden, that is
 * shown too.
 */
export function shownOf(
  world: World,
  how: 'rule' | 'primary only',
  { signed, only = measures }: { signed?: Signed | undefined; only?: readonly string[] } = {},
): Shown {
  const parts = partsOf(world);
  /** As the worker reads it. */
  const read = ({ areaId, cells }: BlockPart, measure: string): BlockPart => {
    const counted = (which: string) => cells.filter((cell) => cell.measure === which);
    const whole = wholeOf(measure);
    const told = signed?.get(`${areaId} ${measure}`);
    return {
      areaId,
      cells: whole
        ? ofWhole(measure, counted(measure), counted(whole))
        : cells.filter((cell) => cell.measure === measure || isAsked(areaId, cell.measure)),
      ...(told && { told }),
    };
  };
  const shown = new Map<string, readonly [number, number, number?]>();
  const ask = (area: Area, above: unknown) => {
    const total = parts.exact(area.id);
    const children = world.areas.filter(({ parent, id }) => parent === area.id && parts.exact(id).cells.length > 0);
    const asked = only.filter((measure) => isAsked(area.id, measure));
    const decide = (measure: string, hiddenBeside: ReadonlySet<string>): Disclosure =>
      disclose({
        areaId: area.id,
        measure,
        now: dayOf(world.now),
        above: above === null ? null : ((above as Record<string, unknown>)[measure] ?? {}),
        total: read(total, measure),
        own: read(parts.own(area.id), measure),
        children: children.filter(({ id }) => isAsked(id, measure)).map(({ id }) => read(parts.exact(id), measure)),
        hiddenBeside,
        catalogue: { core: coreSkills.length, all: skills.length },
      });
    const said = how === 'rule' ? new Map<string, Disclosure>() : null;
    // What others must not tell the bounds of is decided first.
    for (const measure of said ? asked.toSorted((a, b) => order(a) - order(b)) : []) {
      const bounded = boundedBy(measure) ?? '';
      const isHidden = (period: string) => said?.get(bounded)?.hides({ period, measure: bounded, group: 'all' });
      said?.set(measure, decide(measure, new Set(periods.flatMap(({ key }) => (isHidden(key) ? [key] : [])))));
    }
    const known = new Map(
      total.cells.map((c) => [keyOf(area.id, c.period, c.measure, c.group), [c.value, c.of] as const]),
    );
    for (const { key: period, halves: held } of periods)
      for (const measure of asked)
        for (const group of groupsOf) {
          // How things will stand nobody says.
          if (isState(measure) && (held[0] ?? 0) > world.now) continue;
          const key = keyOf(area.id, period, measure, group);
          const [value, of] = known.get(key) ?? [0, 0];
          const hidden = said
            ? (said.get(measure)?.hides({ period, measure, group }) ?? true)
            : !isSafe(value, of, restIsTold(measure));
          const step = said?.get(measure)?.roundedTo?.({ period }) ?? 1;
          if (!hidden) shown.set(key, [toNearest(value, step), toNearest(of, step), step]);
        }
    // As it is kept between two questions.
    for (const child of children)
      ask(
        child,
        said
          ? JSON.parse(
              JSON.stringify(
                Object.fromEntries([...said].map(([measure, one]) => [measure, one.children.get(child.id)])),
              ),
            )
          : null,
      );
  };
  for (const top of world.areas.filter(({ parent }) => parent === null)) ask(top, null);
  return shown;
}

/** What there are many of is told of units and above, new core sets nowhere. */
export const isAsked = (area: number, measure: string) => !isUntold(measure) && (!isOfUnits(measure) || area < 10_000);

export const restIsTold = (measure: string) =>
  ['core_attained', 'retention', 'households_reached'].includes(measure) || measure.startsWith('skill_');

function partsOf(world: World) {
  const gather = (numbers: Numbers) => {
    const byArea = new Map<number, BlockCell[]>();
    for (const [key, [value, of]] of numbers) {
      const [area = '', period = '', measure = '', group = ''] = key.split(' ');
      const cells = byArea.get(Number(area)) ?? [];
      byArea.set(Number(area), cells);
      cells.push({ period, measure, group, value, of });
    }
    return (areaId: number): BlockPart => ({ areaId, cells: byArea.get(areaId) ?? [] });
  };
  const told = new Map([...world.own].filter(([key]) => !isToldNowhere(key.split(' ')[1] ?? '')));
  return { exact: gather(world.exact), own: gather(told) };
}
