import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ActForm } from '@/components/class/act-form';
import { ClientWords } from '@/components/layout/client-words';
import { DefinitionList } from '@/components/ui/facts';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { VenueForm } from '@/components/venue/venue-form';
import { MeetingsThere, useVenueHas } from '@/components/venue/venue-table';
import { read } from '@/lib/access/doors';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { id as uuid } from '@/lib/kernel/input';
import { classesAt, venueForStaff } from '@/lib/venue/queries';
import { changeDetails, reopen, retire } from '../actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const outcomes = ['added', 'changed', 'retired', 'reopened'] as const;

export const generateMetadata = titled('venues', 'one');

export default async function VenuePage({ params, searchParams }: Props) {
  const [{ locale, id }, { done }] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const wanted = uuid.safeParse(id);
  if (!wanted.success) notFound();
  const { venue, meetings } = await read('class.read', async (tx) => ({
    venue: await venueForStaff(tx, locale, wanted.data),
    meetings: await classesAt(tx, locale, wanted.data),
  }));
  if (!venue) notFound();
  const t = await getTranslations('venues');
  const outcome = outcomes.find((known) => known === done);
  const act = venue.retiredAt
    ? ({ action: reopen, label: t('reopen'), variant: 'secondary' } as const)
    : ({ action: retire, label: t('retire'), variant: 'danger' } as const);
  return (
    <div className="grid max-w-4xl grid-cols-1 gap-7">
      <Breadcrumbs items={[{ label: t('title'), href: '/manage/venues' }, { label: venue.name }]} />
      {outcome ? <Notice tone="good" live title={t(`done.${outcome}`)} /> : null}
      <PageHeading above={venue.area}>{venue.name}</PageHeading>
      {venue.retiredAt ? (
        <Notice tone="warn" title={t('retiredSince', { day: formatDate(locale, venue.retiredAt) })} />
      ) : null}
      <VenueFacts venue={venue} />
      <MeetingsThere rows={meetings} locale={locale} />
      {venue.mayWrite ? (
        <ClientWords of={['venues', 'errors']}>
          <VenueForm
            action={changeDetails}
            now={{
              id: venue.id,
              name: venue.name,
              address: venue.address,
              wayThere: venue.wayThere,
              seats: venue.seats === null ? '' : String(venue.seats),
              stepFree: venue.stepFree,
              power: venue.power,
              wifi: venue.wifi,
            }}
          />
          <section className="grid gap-3">
            <p className="max-w-prose text-muted">{t(venue.retiredAt ? 'reopenBody' : 'retireBody')}</p>
            <ActForm {...act} fields={{ id: venue.id }} pendingLabel={t('working')} />
          </section>
        </ClientWords>
      ) : null}
    </div>
  );
}

function VenueFacts({ venue }: { venue: NonNullable<Awaited<ReturnType<typeof venueForStaff>>> }) {
  const { has, t } = useVenueHas();
  return (
    <DefinitionList
      items={[
        { term: t('address'), value: venue.address },
        { term: t('wayThere'), value: venue.wayThere || '—' },
        { term: t('seats'), value: venue.seats ?? '—' },
        { term: t('has'), value: has(venue) },
      ]}
    />
  );
}
