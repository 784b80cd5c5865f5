import { useTranslations } from 'next-intl';
import { DefinitionList } from '@/components/ui/facts';
import type { Dashboard } from '@/lib/figure/schema';
import { cellOf, useFigureWords } from './words';

/** Who teaches and helps, and how many hours they gave. */
export function Teams({ dashboard }: { dashboard: Dashboard }) {
  const t = useTranslations('dashboard.teams');
  const { number } = useFigureWords();
  const of = (measure: Parameters<typeof cellOf>[1], group: Parameters<typeof cellOf>[2] = 'all') =>
    cellOf(dashboard.figures, measure, group);
  const said = (value: number | undefined) => number(value) ?? '—';
  const hours = (minutes: number) => number(Math.round(minutes / 60)) ?? '';
  const [helped, shock] = [of('helper_minutes'), of('shock_teams_active')];
  return (
    <section aria-labelledby="teams" className="grid content-start gap-4">
      <h2 id="teams" className="text-2xl">
        {t('title')}
      </h2>
      <DefinitionList
        items={[
          { id: 'teams', term: t('teams'), value: said(of('teams')?.value) },
          { id: 'members', term: t('members'), value: said(of('team_members')?.value) },
          { id: 'ambassadors', term: t('ambassadors'), value: said(of('ambassadors')?.value) },
          {
            id: 'shock',
            term: t('shock'),
            value: shock ? t('shockOf', { count: said(shock.value), all: said(shock.of) }) : '—',
          },
          {
            id: 'hours',
            term: t('hours'),
            value: helped ? t('hoursOf', { hours: hours(helped.value), agreed: hours(helped.of) }) : '—',
          },
        ]}
      />
    </section>
  );
}
