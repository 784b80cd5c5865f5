import { useTranslations } from 'next-intl';
import { DefinitionList } from '@/components/ui/facts';
import { Notice } from '@/components/ui/notice';
import { formatDate } from '@/lib/i18n/format';
import { roundedTo } from '@/lib/disclosure/rules';
import type { IndicatorVersion } from '@/lib/indicator/schema';
import { KindPill } from './kind-pill';
import { useIndicatorNumbers } from './numbers';

/** What an indicator counts, of what, where from, for whom; and what it meant before. */
export function Definition({ versions }: { versions: readonly [IndicatorVersion, ...IndicatorVersion[]] }) {
  const t = useTranslations('indicator');
  const { locale } = useIndicatorNumbers();
  const say = (one: IndicatorVersion, what: 'numerator' | 'denominator' | 'source' | 'name') =>
    locale === 'en' ? one[`${what}En`] : one[`${what}Vi`];
  const [now] = versions;
  const step = roundedTo(now.measure ?? '');
  // A registry older than these words may still claim what nothing shows.
  const breakdowns = now.breakdowns
    .filter((key) => t.has(`breakdown.${key}`))
    .map((key) => t(`breakdown.${key}`))
    .join(', ');
  return (
    <>
      <div className="grid justify-items-start gap-2">
        <KindPill kind={now.kind} />
        <p className="max-w-prose">{t(`kindsLong.${now.kind}`)}</p>
        {step > 1 ? <p className="max-w-prose">{t('rounded', { step })}</p> : null}
      </div>
      {now.kind === 'computed' && now.measure === null ? <Notice title={t('notYet')} /> : null}
      <DefinitionList
        items={[
          { term: t('numerator'), value: say(now, 'numerator') },
          { term: t('denominator'), value: say(now, 'denominator') || t('noDenominator') },
          { term: t('source'), value: say(now, 'source') },
          { term: t('boundary'), value: t(`boundaries.${now.boundary}`) },
          { term: t('attribution'), value: t(`attributions.${now.attribution}`) },
          { term: t('grain'), value: t(`grains.${now.grain}`) },
          { term: t('breakdownsTitle'), value: breakdowns || t('none') },
          { term: t('evidenceTitle'), value: t(`evidence.${now.evidence}`) },
        ]}
      />
      <section aria-labelledby="versions" className="grid gap-3">
        <h2 id="versions" className="text-xl">
          {t('versions')}
        </h2>
        <ol className="grid gap-3">
          {versions.map((version) => (
            <li key={version.version} className="max-w-prose border-l-4 border-line pl-4">
              <p className="font-bold">
                {t('versionName', { version: version.version })} ·{' '}
                {t('versionDates', {
                  from: formatDate(locale, version.validFrom),
                  until: version.validTo ? formatDate(locale, version.validTo) : t('now'),
                })}
              </p>
              <p>{say(version, 'name')}</p>
              <p className="text-muted">{say(version, 'numerator')}</p>
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}
