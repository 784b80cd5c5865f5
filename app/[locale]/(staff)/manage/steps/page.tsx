import { notFound } from 'next/navigation';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { FunnelTable, StopPlaces } from '@/components/step/funnel-table';
import { StoppedList } from '@/components/step/stopped-list';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterBar } from '@/components/ui/filter-bar';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Select } from '@/components/ui/inputs';
import { Pagination } from '@/components/ui/pagination';
import { PrintButton } from '@/components/ui/print-button';
import { addressWith } from '@/components/ui/address';
import { read } from '@/lib/access/doors';
import { areaChoices } from '@/lib/area/queries';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { funnelOf, stepList, stoppedAt, stoppedPerPage } from '@/lib/step/queries';
import { funnelAddress } from '@/lib/step/schema';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const path = '/manage/steps';

export const generateMetadata = titled('steps', 'funnel.title');

/** Where people stop before skills, place by place, and the list of who stops at one step. A place out of reach is not found. */
export default async function StepsFunnelPage({ params, searchParams }: Props) {
  const [{ locale }, given] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const asked = funnelAddress.safeParse(given);
  if (!asked.success) notFound();
  const { area, own, step, page } = asked.data;
  const { areas, funnel, list, stop, mayVisit } = await read('person.read', async (tx, caller) => {
    const at = step === undefined ? undefined : (await stepList(tx, locale)).find(({ code }) => code === step);
    return {
      areas: await areaChoices(tx, locale, { grants: caller.grants, capability: 'person.read', depth: 12 }),
      funnel: await funnelOf(tx, locale, area, own !== undefined),
      list: at ? await stoppedAt(tx, locale, { area, own, step: at.code, page }) : null,
      stop: at,
      mayVisit: caller.capabilities.includes('visit.plan'),
    };
  });
  if (!funnel) notFound();
  const t = await getTranslations('steps');
  const address = { path, params: { area: area?.toString(), own, step: stop?.code } };
  const whole = addressWith(address, { step: undefined });
  const stopped = funnel.steps.reduce((sum, one) => sum + one.stopped, 0);
  const most = funnel.steps.toSorted((one, other) => other.stopped - one.stopped)[0];
  if (stop && list)
    return (
      <div className="grid grid-cols-1 gap-6">
        <Breadcrumbs items={[{ label: t('funnel.title'), href: whole }, { label: stop.name }]} />
        <PageHeading
          above={t('list.count', { count: list.total })}
          lead={
            <>
              {t('next', { next: stop.next })} {stop.how}
            </>
          }
          actions={<PrintButton variant="secondary">{t('list.print')}</PrintButton>}
        >
          {t('list.title', { step: stop.name })}
        </PageHeading>
        <StoppedList step={stop} people={list.people} total={list.total} mayVisit={mayVisit} />
        <Pagination address={address} page={page} pageCount={Math.ceil(list.total / stoppedPerPage)} />
      </div>
    );
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeading
        lead={t('funnel.sentence', {
          known: funnel.known,
          stopped,
          most: most && most.stopped > 0 ? most.name : 'none',
        })}
        actions={
          <ButtonLink
            href={addressWith({ path: '/manage/unreached', params: {} }, { area: area?.toString() })}
            variant="secondary"
          >
            {t('toUnreached')}
          </ButtonLink>
        }
      >
        {t('funnel.title')}
      </PageHeading>
      <FilterBar path={path} label={t('funnel.filter')} submitLabel={t('funnel.show')} active={area !== undefined}>
        <Select
          name="area"
          label={t('funnel.village')}
          empty={t('funnel.anyVillage')}
          defaultValue={address.params.area ?? ''}
          choices={areas.map((one) => ({ value: String(one.id), label: one.name }))}
        />
      </FilterBar>
      {funnel.known === 0 ? (
        <EmptyState title={t('funnel.none')}>{t('funnel.noneBody')}</EmptyState>
      ) : (
        <>
          <FunnelTable funnel={funnel} address={address} />
          {funnel.places.length > 1 ? (
            <section aria-labelledby="places" className="grid grid-cols-1 gap-3">
              <h2 id="places" className="text-xl">
                {t('funnel.places')}
              </h2>
              <StopPlaces funnel={funnel} address={address} />
            </section>
          ) : null}
        </>
      )}
      <p className="max-w-prose text-sm text-muted">{t('funnel.note')}</p>
    </div>
  );
}
