import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ClientWords } from '@/components/layout/client-words';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterBar } from '@/components/ui/filter-bar';
import { PageHeading } from '@/components/ui/headings';
import { Select } from '@/components/ui/inputs';
import { CarryRounds } from '@/components/visit/carry-rounds';
import { VisitQueue } from '@/components/visit/queue';
import { RoundLines } from '@/components/visit/round-lines';
import { read } from '@/lib/access/doors';
import { areaChoices } from '@/lib/area/queries';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { addDays, dayOf } from '@/lib/kernel/clock';
import { roundsAround, visitQueue } from '@/lib/visit/queries';
import { queueAddress } from '@/lib/visit/schema';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('visits', 'title');

/** Who waits for a visit, and the rounds. Helpers see the rounds they go on, and nobody else's names. */
export default async function VisitsPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const { area } = queueAddress.parse(await searchParams);
  const now = new Date();
  const { rounds, queue, areas, mayPlan, owner } = await read('visit.record', async (tx, caller) => {
    const plans = caller.capabilities.includes('visit.plan');
    const places = plans
      ? await areaChoices(tx, locale, { grants: caller.grants, capability: 'visit.plan', depth: 12 })
      : [];
    if (area !== undefined && !places.some(({ id }) => id === area)) notFound();
    return {
      rounds: await roundsAround(tx, locale, addDays(dayOf(now), -14), now),
      queue: plans ? await visitQueue(tx, locale, area, now) : [],
      areas: places,
      mayPlan: plans,
      owner: caller.accountId,
    };
  });
  const t = await getTranslations('visits');
  const today = dayOf(now);
  const ahead = rounds.filter(({ day }) => day >= today);
  const past = rounds.filter(({ day }) => day < today);
  return (
    <div className="grid grid-cols-1 gap-8">
      <PageHeading
        lead={mayPlan ? t('lead', { count: queue.length }) : t('leadHelper')}
        actions={
          mayPlan ? (
            <ButtonLink href={`/manage/visits/rounds/new${area === undefined ? '' : `?area=${area}`}`} icon="plus">
              {t('newRound')}
            </ButtonLink>
          ) : null
        }
      >
        {t('title')}
      </PageHeading>
      <section aria-labelledby="ahead" className="grid grid-cols-1 gap-3">
        <h2 id="ahead" className="text-xl">
          {t('roundsAhead')}
        </h2>
        {ahead.length > 0 ? (
          <RoundLines rounds={ahead} locale={locale} />
        ) : (
          <EmptyState icon="home" title={t('noRounds')}>
            {mayPlan ? t('noRoundsBody') : t('noRoundsHelper')}
          </EmptyState>
        )}
        <ClientWords of={['register']}>
          <CarryRounds owner={owner} />
        </ClientWords>
      </section>
      {mayPlan ? (
        <section aria-labelledby="queue" className="grid grid-cols-1 gap-3">
          <h2 id="queue" className="text-xl">
            {t('queue')}
          </h2>
          <p className="max-w-prose text-muted">{t('queueLead')}</p>
          {areas.length > 1 ? (
            <FilterBar path="/manage/visits" landing="queue" label={t('where')} submitLabel={t('show')}>
              <Select
                name="area"
                label={t('where')}
                empty={t('everywhere')}
                defaultValue={area === undefined ? '' : String(area)}
                choices={areas.map(({ id, name }) => ({ value: String(id), label: name }))}
              />
            </FilterBar>
          ) : null}
          <VisitQueue lines={queue} locale={locale} />
        </section>
      ) : null}
      {past.length > 0 ? (
        <section aria-labelledby="past" className="grid grid-cols-1 gap-3">
          <h2 id="past" className="text-xl">
            {t('roundsPast')}
          </h2>
          <RoundLines rounds={past} locale={locale} />
        </section>
      ) : null}
    </div>
  );
}
