import { useTranslations } from 'next-intl';
import { useIndicatorNumbers } from '@/components/indicator/numbers';
import { StatFigure } from '@/components/ui/figures';
import { StatusPill } from '@/components/ui/pill';
import { roundedTo } from '@/lib/disclosure/rules';
import { headlines, judged } from '@/lib/figure/rules';
import { percent, rateOf, type Cell, type Dashboard } from '@/lib/figure/schema';
import { formatDateTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import { dayOf } from '@/lib/kernel/clock';
import { periodOf } from '@/lib/period/rules';
import { elapsed } from '@/lib/target/rules';
import type { Standing } from '@/lib/target/schema';
import { indicatorHref, rowsHref } from './rows-link';
import { useSessionsNeeded } from './sessions-needed';
import { SmallNumberNote } from './small-number';
import { Spark } from './spark';
import { cellOf, headlineKey, useFigureWords } from './words';

type Headline = (typeof headlines)[number];

/** The few figures that matter: of what it is a part, what it is in the period beside, how it stands to its target, its months, how it is counted. */
export function Headlines({ dashboard }: { dashboard: Dashboard }) {
  const t = useTranslations('dashboard');
  return (
    <section aria-labelledby="headlines">
      <h2 id="headlines" className="sr-only">
        {t('headline')}
      </h2>
      <div className="grid gap-3 sm:grid-cols-2 sm:gap-4 xl:grid-cols-3 print:grid-cols-3">
        {headlines.map((headline) => (
          <One key={headline.code} dashboard={dashboard} headline={headline} />
        ))}
      </div>
      {headlines.some(({ measure, group }) => cellOf(dashboard.figures, measure, group) === null) ? (
        <div className="mt-3">
          <SmallNumberNote period={dashboard.period} />
        </div>
      ) : null}
    </section>
  );
}

function One({ dashboard, headline }: { dashboard: Dashboard; headline: Headline }) {
  const t = useTranslations('dashboard');
  const f = useTranslations('figures');
  const { hidden, locale, period, share, cell: said } = useFigureWords();
  const { code, measure, group } = headline;
  const { figures, before, beside, months, standings, area, coreSkills: skills } = dashboard;
  const [cell, past] = [cellOf(figures, measure, group), cellOf(before, measure, group)];
  const isRate = measure === 'attendance';
  const shown = (one: Cell) =>
    one === null ? hidden : one === undefined ? null : isRate ? share(rateOf(one)) : said(one);
  const key = headlineKey(headline);
  // Of a period in which nobody was counted, or all is hidden, there is nothing to say.
  const was = past ? shown(past) : null;
  const standing = standings.find((one) => one.code === code);
  const href = rowsHref(area.id, dashboard.period.key, measure, group);
  return (
    <StatFigure
      label={f(`${key}.name`, { skills })}
      value={shown(cell)}
      href={href}
      target={
        <div className="grid gap-1.5">
          <Whole dashboard={dashboard} headline={headline} cell={cell} />
          {was ? <p className="text-muted">{t('beside', { when: period(beside), value: was })}</p> : null}
          <Towards standing={standing} dashboard={dashboard} />
          {months.some(({ figures: month }) => cellOf(month, measure, group)) ? (
            <Spark
              values={months.map(({ figures: month }) => {
                const one = cellOf(month, measure, group);
                return isRate ? rateOf(one) : (one?.value ?? null);
              })}
            />
          ) : (
            <BesideYear dashboard={dashboard} cell={cell} past={past} />
          )}
        </div>
      }
      definition={
        <>
          <p>{f(`${key}.definition`)}</p>
          {standing?.byYear && standing.forecast ? <p className="mt-1">{t('towards.byYear')}</p> : null}
          {dashboard.freshAt ? (
            <p className="mt-1">{t('fresh', { time: formatDateTime(locale, dashboard.freshAt) })}</p>
          ) : null}
          <Link
            href={indicatorHref(code, area.id, dashboard.period.key)}
            prefetch={false}
            className="link inline-flex min-h-target items-center"
          >
            {t('definition', { code })}
          </Link>
        </>
      }
    />
  );
}

/** In place of a trend where no month is told: how far the year has come beside the whole one before, and how much of it is over. */
function BesideYear({
  dashboard: { period, beside, freshAt },
  cell,
  past,
}: {
  dashboard: Dashboard;
  cell: Cell;
  past: Cell;
}) {
  const t = useTranslations('dashboard.towards');
  const { period: words, share } = useFigureWords();
  const over = freshAt ? elapsed(period, dayOf(freshAt)) : 1;
  if (!cell || !past || past.value === 0 || period.grain !== 'year' || beside.grain !== 'year' || over >= 1)
    return null;
  const said = { share: share(percent(cell.value, past.value)) ?? '', over: share(100 * over) ?? '' };
  return <p className="text-muted">{t('ofYear', { ...said, when: words(beside) })}</p>;
}

/** Of how many. */
function Whole({ dashboard, headline, cell }: { dashboard: Dashboard; headline: Headline; cell: Cell }) {
  const f = useTranslations('figures');
  const { number, share } = useFigureWords();
  if (!cell) return null;
  const said = (value: number | null | undefined) => number(value) ?? '—';
  const words = () => {
    if (headline.measure === 'attendance') return f('outOfMarks', { came: said(cell.value), marked: said(cell.of) });
    if (headline.measure === 'sessions_held') return f('outOfSessions', { count: said(cell.of) });
    if (headline.measure === 'core_attained') return f('outOfSeen', { count: said(cell.of) });
    const step = roundedTo(headline.measure);
    if (step > 1 && !dashboard.area.mayLookUp) return f('roundedTo', { step });
    const living = dashboard.eligible[headline.group];
    if (headline.measure !== 'people_reached' || !living) return null;
    if (!living.complete || living.people === null) return f('livingUnknown');
    if (living.people < cell.value) return f('livingTooFew', { count: said(living.people) });
    return f('outOfLiving', { count: said(living.people), share: share(percent(cell.value, living.people)) ?? '—' });
  };
  const line = words();
  return line ? <p className="text-muted">{line}</p> : null;
}

/** Target, pace and forecast in words. */
function Towards({
  standing,
  dashboard: { period, freshAt },
}: {
  standing: Standing | undefined;
  dashboard: Dashboard;
}) {
  const t = useTranslations('dashboard.towards');
  const { shown } = useIndicatorNumbers();
  const { period: words } = useFigureWords();
  const needed = useSessionsNeeded(period, freshAt);
  if (!standing?.target) return <p className="text-muted">{t('none')}</p>;
  const { shownAs, pace, forecast, target } = standing;
  const said = (value: number) => shown(value, shownAs);
  const [verdict] = judged([standing]);
  const other = target.period === period.key ? null : periodOf(target.period);
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {t('aim', { value: said(target.value) })}
        {verdict ? (
          <StatusPill tone={verdict.ahead ? 'good' : 'warn'}>{t(verdict.ahead ? 'ahead' : 'behind')}</StatusPill>
        ) : null}
      </p>
      {other ? <p className="text-muted">{t('setFor', { period: words(other) })}</p> : null}
      {pace === null ? null : <p>{t('pace', { value: said(pace) })}</p>}
      {forecast ? (
        <p>
          {forecast.band
            ? t('forecastBand', {
                value: said(forecast.value),
                low: said(forecast.band.low),
                high: said(forecast.band.high),
              })
            : t('forecast', { value: said(forecast.value) })}
        </p>
      ) : null}
      {standing.sessions ? <p>{needed(standing)}</p> : null}
    </>
  );
}
