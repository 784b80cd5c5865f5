import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { ClassCard } from '@/components/class/class-card';
import { ClientWords } from '@/components/layout/client-words';
import { FindForm } from '@/components/class/find-form';
import { Chips, NothingFound } from '@/components/class/schedule-result';
import { PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { Pagination } from '@/components/ui/pagination';
import { read } from '@/lib/access/doors';
import type { ScopedTx } from '@/lib/access/scoped';
import { placeNamed, unitChoices } from '@/lib/area/queries';
import { classesWithout, classSchedule, skillChoices } from '@/lib/class/queries';
import { classesPerPage, scheduleFilters, type ScheduleFilters } from '@/lib/class/schema';
import { formatNumber } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';

type Props = {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'schedule' });
  return { title: t('title'), description: t('lead') };
}

/** Everything the page shows, asked for at once on one connection. */
async function schedulePage(tx: ScopedTx, locale: Locale, asked: ScheduleFilters) {
  const place = asked.area ? await placeNamed(tx, locale, asked.area) : null;
  const filters = asked.area && !place ? { ...asked, area: undefined } : asked;
  const [units, skills, found] = await Promise.all([
    unitChoices(tx, locale),
    skillChoices(tx, locale),
    classSchedule(tx, locale, filters),
  ]);
  const without = found.total === 0 ? await classesWithout(tx, filters) : [];
  return { place, filters, units, skills, found, without };
}

export default async function SchedulePage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const { filters: asked, ignored } = scheduleFilters(await searchParams);
  const [{ place, filters, units, skills, found, without }, t] = await Promise.all([
    read('public', (tx) => schedulePage(tx, locale, asked)),
    getTranslations('schedule'),
  ]);
  const address = { path: '/classes', params: asAddress(filters) };
  const unknownArea = asked.area !== undefined && !place;
  return (
    <div className="grid gap-8">
      <PageHeading lead={t('lead')}>{t('title')}</PageHeading>
      <FindForm
        key={JSON.stringify(filters)}
        locale={locale}
        filters={filters}
        units={units}
        place={place?.isUnit ? null : place}
        skills={skills}
      />
      {ignored.length > 0 || unknownArea ? (
        <Notice tone="info" title={ignored.length > 0 ? t('ignored') : t('unknownArea')} />
      ) : null}
      <section aria-labelledby="found" className="grid gap-5">
        <h2 id="found" className="text-2xl">
          {t('found', { count: found.total, shown: formatNumber(locale, found.total) })}
        </h2>
        <Chips
          locale={locale}
          address={address}
          filters={filters}
          placeName={place?.name ?? null}
          skillTitle={skills.find(({ code }) => code === filters.skill)?.title ?? null}
        />
        {found.total === 0 ? <NothingFound address={address} without={without} /> : null}
        <ClientWords of={['class']}>
          {found.classes.map((card) => (
            <ClassCard key={card.id} card={card} locale={locale} heading="h3" />
          ))}
        </ClientWords>
      </section>
      <Pagination
        address={address}
        page={found.page}
        pageCount={Math.ceil(found.total / classesPerPage)}
        landing="found"
      />
    </div>
  );
}

const asAddress = ({ area, q, skill, day, part, open }: ScheduleFilters) => ({
  area: area ? String(area) : undefined,
  q,
  skill,
  day,
  part,
  open: open ? '1' : undefined,
});
