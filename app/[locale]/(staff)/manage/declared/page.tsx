import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { DeclaredForm } from '@/components/declared/declared-form';
import { DeclaredTable } from '@/components/declared/declared-table';
import { ClientWords } from '@/components/layout/client-words';
import { PlacePeriodFilter } from '@/components/period/place-period-filter';
import { ButtonLink } from '@/components/ui/button';
import { Disclosure } from '@/components/ui/disclosure';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import { areaChoices } from '@/lib/area/queries';
import { declaredLines, declaringPlace } from '@/lib/declared/queries';
import { declaredAddress } from '@/lib/declared/schema';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { indicators } from '@/lib/indicator/queries';
import { dayOf } from '@/lib/kernel/clock';
import { periodAround, periodOf, periodsToChoose } from '@/lib/period/rules';
import { record } from './actions';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('declared', 'title');

export default async function DeclaredPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const asked = declaredAddress.parse(await searchParams);
  const today = dayOf(new Date());
  const period = periodOf(asked.period ?? '') ?? periodAround(today, 'administrative', 'month');
  const { places, place, lines, registry } = await read('declared.write', async (tx, caller) => {
    const mine = { grants: caller.grants, capability: 'declared.write', depth: 1 } as const;
    const choices = await areaChoices(tx, locale, mine);
    const areaId = asked.area ?? choices[0]?.id ?? 0;
    return {
      places: choices,
      place: await declaringPlace(tx, locale, areaId),
      lines: await declaredLines(tx, areaId, period.key),
      registry: await indicators(tx),
    };
  });
  if (!place) notFound();
  const t = await getTranslations('declared');
  const newest = lines.filter((line) => line.newest);
  const older = lines.filter((line) => !line.newest);
  const choices = registry
    .filter(({ kind }) => kind === 'declared')
    .map((one) => {
      const name = `${one.code} · ${locale === 'en' ? one.nameEn : one.nameVi}`;
      return { value: one.code, label: one.whole === 'declared' ? t('share', { name }) : name };
    });
  return (
    <div className="grid grid-cols-1 gap-7">
      <PageHeading
        above={place.name}
        lead={t('lead')}
        actions={
          <>
            <ButtonLink href={`/manage/eligible?area=${place.id}`} variant="secondary" icon="people">
              {t('toEligible')}
            </ButtonLink>
            <ButtonLink href="/dashboard/indicators" variant="quiet" icon="info">
              {t('definitions')}
            </ButtonLink>
          </>
        }
      >
        {t('title')}
      </PageHeading>
      {asked.done ? <Notice tone="good" live title={t('saved')} /> : null}
      <PlacePeriodFilter
        path="/manage/declared"
        label={t('place')}
        submitLabel={t('show')}
        place={place}
        places={places}
        period={period}
        periods={periodsToChoose(today).filter(({ from }) => from <= today)}
      />
      {newest.length > 0 ? (
        <DeclaredTable caption={t('current')} rows={newest} />
      ) : (
        <EmptyState icon="list" title={t('none')}>
          {t('noneBody')}
        </EmptyState>
      )}
      <ClientWords of={['declared', 'errors']}>
        <DeclaredForm
          key={`${place.id}-${period.key}-${asked.indicator ?? ''}`}
          action={record}
          areaId={place.id}
          period={period.key}
          place={place.name}
          indicators={choices}
          indicator={asked.indicator ?? ''}
        />
      </ClientWords>
      {older.length > 0 ? (
        <Disclosure summary={t('history')}>
          <DeclaredTable caption={t('history')} rows={older} />
        </Disclosure>
      ) : null}
    </div>
  );
}
