import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ClientWords } from '@/components/layout/client-words';
import { PlacePeriodFilter } from '@/components/period/place-period-filter';
import { TargetForm } from '@/components/target/target-form';
import { StandingTable, TargetHistory } from '@/components/target/target-tables';
import { ButtonLink } from '@/components/ui/button';
import { Disclosure } from '@/components/ui/disclosure';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import { areaChoices } from '@/lib/area/queries';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { indicators } from '@/lib/indicator/queries';
import { dayOf } from '@/lib/kernel/clock';
import { periodAsked, periodsToChoose } from '@/lib/period/rules';
import { standings, targetLines, targetPlace } from '@/lib/target/queries';
import { targetAddress } from '@/lib/target/schema';
import { set } from './actions';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('target', 'title');

export default async function TargetsPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const asked = targetAddress.parse(await searchParams);
  const today = dayOf(new Date());
  const period = periodAsked(asked.period, today);
  const found = await read('target.write', async (tx, caller) => {
    const mine = { grants: caller.grants, capability: 'target.write', depth: 1 } as const;
    const places = await areaChoices(tx, locale, mine);
    const place = await targetPlace(tx, locale, asked.area ?? places[0]?.id ?? 0);
    if (!place) return null;
    return {
      places,
      place,
      rows: await standings(tx, place.id, period, today),
      lines: await targetLines(tx, place.id, period),
      registry: await indicators(tx),
    };
  });
  if (!found) notFound();
  const { places, place, rows, lines, registry } = found;
  const t = await getTranslations('target');
  const choices = registry
    .filter(({ kind }) => kind !== 'remark')
    .map((one) => {
      const name = `${one.code} · ${locale === 'en' ? one.nameEn : one.nameVi}`;
      return { value: one.code, label: one.shownAs === 'share' ? t('percent', { name }) : name };
    });
  return (
    <div className="grid grid-cols-1 gap-7">
      <PageHeading
        above={place.name}
        lead={t('lead')}
        actions={
          <ButtonLink href="/dashboard/indicators" variant="quiet" icon="info">
            {t('definitions')}
          </ButtonLink>
        }
      >
        {t('title')}
      </PageHeading>
      {asked.done ? <Notice tone="good" live title={t(`done.${asked.done}`)} /> : null}
      <PlacePeriodFilter
        path="/admin/targets"
        label={t('place')}
        submitLabel={t('show')}
        place={place}
        places={places}
        period={period}
        periods={periodsToChoose(today)}
      />
      {rows.length > 0 ? (
        <>
          <StandingTable rows={rows} areaId={place.id} period={period} />
          {rows.some(({ hidden }) => hidden) ? (
            <p className="max-w-prose text-sm text-muted">{t('hiddenWhy')}</p>
          ) : null}
          <Disclosure summary={t('how')}>
            <p>{t('howBody')}</p>
          </Disclosure>
        </>
      ) : (
        <EmptyState icon="chart" title={t('none')}>
          {place.maySet ? t('noneBody') : null}
        </EmptyState>
      )}
      {place.maySet ? (
        <ClientWords of={['target', 'errors']}>
          <TargetForm
            key={`${place.id}-${period.key}-${asked.indicator ?? ''}`}
            action={set}
            areaId={place.id}
            period={period.key}
            place={place.name}
            indicators={choices}
            indicator={asked.indicator ?? ''}
          />
        </ClientWords>
      ) : (
        <Notice title={t('notYours')} />
      )}
      {lines.length > 0 ? (
        <Disclosure summary={t('history')}>
          <TargetHistory rows={lines} period={period} />
        </Disclosure>
      ) : null}
    </div>
  );
}
