import { useTranslations } from 'next-intl';
import { DefinitionList } from '@/components/ui/facts';
import type { Dashboard, Measure } from '@/lib/figure/schema';
import { Link } from '@/lib/i18n/navigation';
import { rowsHref } from './rows-link';
import { cellOf, useFigureWords } from './words';

/** Who teaches and helps, and how many hours they gave. */
export function Teams({ dashboard }: { dashboard: Dashboard }) {
  const t = useTranslations('dashboard.teams');
  const { number, hidden } = useFigureWords();
  const of = (measure: Parameters<typeof cellOf>[1], group: Parameters<typeof cellOf>[2] = 'all') =>
    cellOf(dashboard.figures, measure, group);
  const said = (value: number | undefined) => number(value) ?? '—';
  /** What is told opens into what it is made of. */
  const opens = (measure: Measure, words: string) =>
    of(measure) ? (
      <Link
        href={rowsHref(dashboard.area.id, dashboard.period.key, measure)}
        prefetch={false}
        className="link inline-flex min-h-target items-center"
      >
        {words}
      </Link>
    ) : (
      words
    );
  const hours = (minutes: number) => number(Math.round(minutes / 60)) ?? '';
  const [helped, shock] = [of('helper_minutes'), of('shock_teams_active')];
  const visits = dashboard.figures.home_visits?.all;
  return (
    <section aria-labelledby="teams" className="grid content-start gap-4">
      <h2 id="teams" className="text-2xl">
        {t('title')}
      </h2>
      <DefinitionList
        items={[
          { id: 'teams', term: t('teams'), value: opens('teams', said(of('teams')?.value)) },
          { id: 'members', term: t('members'), value: opens('team_members', said(of('team_members')?.value)) },
          { id: 'ambassadors', term: t('ambassadors'), value: opens('ambassadors', said(of('ambassadors')?.value)) },
          {
            id: 'shock',
            term: t('shock'),
            value: opens(
              'shock_teams_active',
              shock ? t('shockOf', { count: said(shock.value), all: said(shock.of) }) : '—',
            ),
          },
          {
            id: 'hours',
            term: t('hours'),
            value: opens(
              'helper_minutes',
              helped ? t('hoursOf', { hours: hours(helped.value), agreed: hours(helped.of) }) : '—',
            ),
          },
          {
            id: 'visits',
            term: t('visits'),
            value: opens('home_visits', visits === null ? hidden : said(visits?.value)),
          },
        ]}
      />
    </section>
  );
}
