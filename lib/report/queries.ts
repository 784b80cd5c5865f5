import type { ScopedTx } from '@/lib/access/scoped';
import { unitKinds, type AreaKind, type PlaceChoice } from '@/lib/area/schema';
import { speaker } from '@/lib/i18n/messages';
import { indicatorValues } from '@/lib/indicator/queries';
import type { IndicatorValue } from '@/lib/indicator/schema';
import { dayOf } from '@/lib/kernel/clock';
import { periodOf } from '@/lib/period/rules';
import type { Period } from '@/lib/period/schema';
import { byUrgency, changedSince, dueOn, isOverdue, lastClosed, periodChoices, toldToday, usualDueDay } from './rules';
import type { BelowWords, ReportFigure, ReportHand, ReportInFull, ReportLine, ReportState, ReportStep } from './schema';

type Language = 'vi' | 'en';
/** Where figures come from: `indicatorValues`, as anybody may see them who reads figures there. A test brings its own. */
export type Figures = (tx: ScopedTx, areaId: number, period: Period) => Promise<IndicatorValue[]>;

/** What reports say of figures. Obstacles and proposals (R30) are no figure: a report says them in words. */
export const shownFigures: Figures = async (tx, areaId, period) =>
  (await indicatorValues(tx, areaId, period, 'byAnyone')).filter(({ code }) => code !== 'R30');

/** Figures in the reader's language. */
export const inLanguage = (language: Language, figures: readonly IndicatorValue[]): ReportFigure[] => {
  const unit = speaker(language, 'indicator');
  return figures.map((figure) => ({
    ...figure,
    name: language === 'en' ? figure.nameEn : figure.nameVi,
    unitWord: unit(`unit.${figure.unit}`),
  }));
};

/** The day by which reports of an area are due, of the month in which their period closed: the nearest area above it decides. */
export const dueDay = (tx: ScopedTx, area: ReturnType<ScopedTx>) => tx`
  coalesce((select d.day from area_tree up join report_due d on d.area_id = up.ancestor_id
    where up.area_id = ${area} and (up.depth > 0 or not exists (select from area_tree above where above.area_id = ${area} and above.depth > 0))
    order by up.depth limit 1), ${usualDueDay})`;

/** The highest areas whose figures, and so whose reports, the caller may see. */
export async function reportAreas(tx: ScopedTx, language: Language): Promise<PlaceChoice[]> {
  const rows = await tx<PlaceChoice[]>`
    with mine as (select unnest(may_areas('figures.read')) as area_id)
    select a.id, ${tx(`a.full_name_${language}`)} as name from mine m join area a on a.id = m.area_id
    where not exists (select from area_tree t join mine above on above.area_id = t.ancestor_id where t.area_id = m.area_id and t.depth > 0)
    order by a.name_vi collate "vi-x-icu", a.id limit 50`;
  return [...rows];
}

type Found = Omit<ReportLine, 'dueOn' | 'overdue'> & { day: number };

/**
 * The reports of a period: of the area itself and of those right below it, those that wait for an answer first, then the overdue. Units are listed whether they have begun or not;
 * villages where somebody writes reports for them, in this period or ever before. Null when the area is none of the caller's.
 */
export async function reportList(
  tx: ScopedTx,
  language: Language,
  areaId: number,
  period: Period,
  now: Date,
): Promise<readonly ReportLine[] | null> {
  const rows = await tx<Found[]>`
    select a.id as area_id, ${tx(`a.full_name_${language}`)} as area_name, a.kind as area_kind, t.depth = 0 as own,
      r.id as report_id, r.revision, r.state, s.at, s.by_name, s.reason, ${dueDay(tx, tx`a.id`)} as day
    from area_tree t join area a on a.id = t.area_id
      left join lateral (select id, revision, state from report r where r.area_id = a.id and r.period = ${period.key} order by revision desc limit 1) r on true
      left join lateral (select at, by_name, reason from report_step s where s.report_id = r.id order by nth desc limit 1) s on true
    where t.ancestor_id = ${areaId} and t.depth <= 1 and t.area_id = any(coalesce((select may_areas('figures.read')), '{}'))
      and (t.depth = 0 or a.kind in ('commune', 'ward', 'special_zone') or exists (select from report r where r.area_id = a.id))
    order by t.depth, a.name_vi collate "vi-x-icu", a.id limit 600`;
  if (!rows.some(({ own }) => own)) return null;
  const today = dayOf(now);
  const lines = rows.map(({ day, ...row }): ReportLine => {
    const due = dueOn(period, day);
    return { ...row, dueOn: due, overdue: isOverdue(row.state, due, today) };
  });
  return byUrgency(lines);
}

/** Areas whose report of the period the caller may begin: those without one, of the area and right below it. */
export async function reportsToBegin(
  tx: ScopedTx,
  language: Language,
  areaId: number,
  period: Period,
): Promise<PlaceChoice[]> {
  const rows = await tx<PlaceChoice[]>`
    select a.id, ${tx(`a.full_name_${language}`)} as name from area_tree t join area a on a.id = t.area_id
    where t.ancestor_id = ${areaId} and ${areaId} = any(coalesce((select may_areas('figures.read')), '{}')) and t.depth <= 1
      -- Who only leads writes for the area they lead, which is the one on top: the rest need not be asked one by one.
      and (t.depth = 0 or a.id = any(coalesce((select may_areas('report.write')), '{}')))
      and 'write' = any(report_hands(a.id))
      and not exists (select from report r where r.area_id = a.id and r.period = ${period.key})
    order by t.depth, a.name_vi collate "vi-x-icu", a.id limit 300`;
  return [...rows];
}

/**
 * How many reports of the area and right below it are still to be handed in of earlier months, by period, the newest first: the same that the list of that
 * month says. A unit that never began one owes it too, of the months since something was first taught, or reported, in the area asked about.
 */
export async function earlierOverdue(
  tx: ScopedTx,
  areaId: number,
  periods: readonly Period[],
  now: Date,
): Promise<{ period: Period; count: number }[]> {
  const rows = await tx<{ period: string; day: number; state: ReportState | null }[]>`
    with since as (
      select least(
        (select min(s.starts_at)::date from area_tree t join class_session s on s.area_id = t.area_id where t.ancestor_id = ${areaId} and s.status = 'held'),
        (select min(r.closes_on) - 1 from area_tree t join report r on r.area_id = t.area_id where t.ancestor_id = ${areaId})) as day)
    select p.period, ${dueDay(tx, tx`a.id`)} as day, r.state
    from since, unnest(${periods.map(({ key }) => key)}::text[], ${periods.map(({ to }) => to)}::date[]) p (period, closes)
      cross join area_tree t join area a on a.id = t.area_id
      left join lateral (select state from report r where r.area_id = a.id and r.period = p.period order by revision desc limit 1) r on true
    where t.ancestor_id = ${areaId} and t.depth <= 1 and t.area_id = any(coalesce((select may_areas('figures.read')), '{}'))
      and (r.state in ('draft', 'returned') or (r.state is null and a.kind in ${tx(unitKinds)} and since.day < p.closes))`;
  const today = dayOf(now);
  return periods.flatMap((period) => {
    const late = rows.filter((row) => row.period === period.key && isOverdue(row.state, dueOn(period, row.day), today));
    return late.length > 0 ? [{ period, count: late.length }] : [];
  });
}

/** The day by which those below an area hand in, as it was set or is usual, and whether the caller may set it. */
export async function dueDayBelow(tx: ScopedTx, areaId: number): Promise<{ day: number; maySet: boolean }> {
  const [row] = await tx<{ day: number; maySet: boolean }[]>`
    select coalesce((select d.day from area_tree up join report_due d on d.area_id = up.ancestor_id
        where up.area_id = ${areaId} order by up.depth limit 1), ${usualDueDay}) as day,
      ${areaId} = any(coalesce((select may_areas('report.approve')), '{}')) as may_set`;
  return row ?? { day: usualDueDay, maySet: false };
}

interface Head {
  readonly id: string;
  readonly areaId: number;
  readonly areaKind: AreaKind;
  readonly areaName: string;
  readonly nameVi: string;
  readonly fullNameVi: string;
  readonly aboveKind: AreaKind | null;
  readonly aboveNameVi: string | null;
  readonly period: string;
  readonly revision: number;
  readonly state: ReportState;
  readonly day: number;
  readonly hands: readonly ReportHand[];
  readonly number: string;
  readonly obstacles: string;
  readonly proposals: string;
  readonly version: number;
  readonly carriedFrom: string | null;
}

async function headOf(tx: ScopedTx, language: Language, id: string): Promise<Head | null> {
  const [row] = await tx<Head[]>`
    select r.id, r.area_id, a.kind as area_kind, ${tx(`a.full_name_${language}`)} as area_name, a.name_vi, a.full_name_vi,
      up.kind as above_kind, up.full_name_vi as above_name_vi, r.period, r.revision, r.state, ${dueDay(tx, tx`r.area_id`)} as day,
      report_hands(r.area_id) as hands, coalesce(m.number, '') as number, coalesce(m.obstacles, '') as obstacles,
      coalesce(m.proposals, '') as proposals, coalesce(m.version, 1) as version, case when m.version = 1 then m.carried_from end as carried_from
    from report r join area a on a.id = r.area_id left join report_remark m on m.report_id = r.id
      left join area_tree t on t.area_id = r.area_id and t.depth = 1 left join area up on up.id = t.ancestor_id
    where r.id = ${id} and r.area_id = any(coalesce((select may_areas('figures.read')), '{}'))`;
  return row ?? null;
}

/** What the areas right below say in their own reports of the period, as far as they were handed in. */
export async function wordsBelow(tx: ScopedTx, areaId: number, period: string): Promise<BelowWords[]> {
  const rows = await tx<BelowWords[]>`
    select a.id as area_id, a.full_name_vi as name, coalesce(s.content ->> 'obstacles', '') as obstacles, coalesce(s.content ->> 'proposals', '') as proposals
    from area_tree t join area a on a.id = t.area_id
      join lateral (select id, state from report r where r.area_id = a.id and r.period = ${period} and r.state in ('submitted', 'approved', 'locked')
        order by revision desc limit 1) r on true
      join lateral (select content from report_step s where s.report_id = r.id and s.to_state = 'submitted' order by nth desc limit 1) s on true
    where t.ancestor_id = ${areaId} and t.depth = 1 and (s.content ->> 'obstacles' <> '' or s.content ->> 'proposals' <> '')
    order by a.name_vi collate "vi-x-icu", a.id limit 600`;
  return [...rows];
}

interface Signed {
  readonly stepId: string;
  readonly at: Date;
  readonly byName: string;
  readonly content: { number: string; obstacles: string; proposals: string; below: readonly BelowWords[] };
}

/** The last submission with the words it signed; null while the report is being written. */
async function signedOf(tx: ScopedTx, { id, state }: Head): Promise<Signed | null> {
  if (state === 'draft' || state === 'returned') return null;
  const [row] = await tx<Signed[]>`
    select id as step_id, at, by_name, content from report_step where report_id = ${id} and to_state = 'submitted' order by nth desc limit 1`;
  return row ?? null;
}

const frozenOf = (tx: ScopedTx, stepId: string) => tx<IndicatorValue[]>`
  select code, name_vi, name_en, unit, kind, value, "of", hidden, source, as_of::text, computed_at
  from report_figure where step_id = ${stepId} order by position, code`;

/**
 * One report whole: its words and figures as they were signed or, while it is being written, as they are; who did what; what has changed
 * since. Null when there is none of the caller's by that id.
 */
export async function reportInFull(
  tx: ScopedTx,
  language: Language,
  id: string,
  figures: Figures = shownFigures,
): Promise<ReportInFull | null> {
  const head = await headOf(tx, language, id);
  const period = head && periodOf(head.period);
  if (!head || !period) return null;
  const signed = await signedOf(tx, head);
  const [now, frozen, below, steps, revisions] = await Promise.all([
    figures(tx, head.areaId, period),
    signed ? frozenOf(tx, signed.stepId) : null,
    signed ? signed.content.below : wordsBelow(tx, head.areaId, head.period),
    tx<ReportStep[]>`
      select id, from_state, to_state, reason, at, by_name from report_step where report_id = ${id} order by nth limit 200`,
    tx<ReportInFull['revisions'][number][]>`
      select id, revision, state from report where area_id = ${head.areaId} and period = ${head.period} order by revision desc limit 50`,
  ]);
  const current = inLanguage(language, now);
  const shown = frozen ? inLanguage(language, toldToday(head.areaKind, frozen, now)) : current;
  const { day, period: _key, ...rest } = head;
  return {
    ...rest,
    ...(signed && { ...words(signed), carriedFrom: null }),
    period,
    dueOn: dueOn(period, day),
    below,
    figures: shown,
    frozenAt: signed?.at ?? null,
    changed: frozen ? changedSince(shown, current) : null,
    steps,
    signedBy: signed?.byName ?? null,
    revisions,
  };
}

const words = ({ content: { number, obstacles, proposals } }: Signed) => ({ number, obstacles, proposals });

/**
 * All the list of a period shows, of the area and period asked for; by default the caller's own highest area and the month that closed last.
 * Null for who has no area at all, `notFound` for one of others.
 */
export async function reportBoard(
  tx: ScopedTx,
  language: Language,
  asked: { readonly area?: number | undefined; readonly period?: string | undefined },
  now: Date,
) {
  const today = dayOf(now);
  const areas = await reportAreas(tx, language);
  const areaId = asked.area ?? areas[0]?.id;
  if (areaId === undefined) return null;
  const period = (asked.period === undefined ? null : periodOf(asked.period)) ?? lastClosed(today);
  const periods = periodChoices(today);
  if (!periods.some(({ key }) => key === period.key)) periods.push(period);
  const lines = await reportList(tx, language, areaId, period, now);
  if (!lines) return 'notFound';
  const months = periods.filter(({ grain, key }) => grain === 'month' && key !== period.key);
  const [toBegin, late, due] = await Promise.all([
    reportsToBegin(tx, language, areaId, period),
    earlierOverdue(tx, areaId, months, now),
    dueDayBelow(tx, areaId),
  ]);
  return { areas, areaId, period, periods, lines, toBegin, late, due };
}
