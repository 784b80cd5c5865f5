import { getTranslations, setRequestLocale } from 'next-intl/server';
import { ClientWords } from '@/components/layout/client-words';
import { LookupForm } from '@/components/lookup/lookup-form';
import { OpenForm } from '@/components/lookup/open-form';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import { formatTime } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { id as uuid } from '@/lib/kernel/input';
import { foundElsewhere, runningReadings } from '@/lib/lookup/queries';
import type { FoundElsewhere, RunningReading } from '@/lib/lookup/schema';
import { find, open } from './actions';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('lookup', 'title');

/** Somebody who lives in another unit: found by two things known of them, shown masked, opened with a purpose for three hours. */
export default async function ElsewherePage({ params, searchParams }: Props) {
  const [{ locale }, address] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const search = uuid.safeParse(address.search);
  const { found, running } = await read('person.read', async (tx) => ({
    found: search.success ? await foundElsewhere(tx, locale, search.data) : null,
    running: await runningReadings(tx, locale),
  }));
  const [t, p] = await Promise.all([getTranslations('lookup'), getTranslations('people')]);
  return (
    <div className="grid gap-7">
      <Breadcrumbs items={[{ label: p('title'), href: '/manage/people' }, { label: t('title') }]} />
      {address.done === 'closed' ? <Notice tone="good" live title={t('closed')} /> : null}
      <PageHeading lead={t('lead')}>{t('title')}</PageHeading>
      {running.length > 0 ? <Running readings={running} locale={locale} /> : null}
      <ClientWords of={['lookup', 'errors']}>
        <LookupForm action={find} />
      </ClientWords>
      {found ? <Found found={found} /> : null}
      {search.success && !found ? <Notice tone="warn" live title={t('searchOver')} /> : null}
      <Notice tone="info" title={t('ruleTitle')}>
        {t('rule')}
      </Notice>
    </div>
  );
}

async function Running({ readings, locale }: { readings: readonly RunningReading[]; locale: Locale }) {
  const t = await getTranslations('lookup');
  return (
    <section aria-labelledby="running" className="grid gap-3">
      <h2 id="running" className="text-xl">
        {t('running')}
      </h2>
      <ul className="divide-y-[1.5px] divide-line border-y-[1.5px] border-line">
        {readings.map((one) => (
          <li key={one.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
            <p className="min-w-0">
              <b className="block">{one.name}</b>
              <span className="text-sm text-muted">
                {[one.unit, t(`whys.${one.why}`), t('untilTime', { time: formatTime(locale, one.until) })].join(' · ')}
              </span>
            </p>
            <ButtonLink href={`/manage/people/elsewhere/${one.id}`} variant="secondary">
              {t('look')}
            </ButtonLink>
          </li>
        ))}
      </ul>
    </section>
  );
}

async function Found({ found }: { found: FoundElsewhere }) {
  const t = await getTranslations('lookup');
  if (found.people.length === 0)
    return (
      <EmptyState icon="people" title={t('none')}>
        {t('noneBody')}
      </EmptyState>
    );
  return (
    <section aria-labelledby="found" className="grid gap-4">
      <div>
        <h2 id="found" className="text-xl">
          {t('found', { count: found.people.length })}
        </h2>
        <p className="text-muted">{t('foundLead')}</p>
      </div>
      <ClientWords of={['lookup', 'errors']}>
        <ul className="grid gap-4">
          {found.people.map((one, at) => (
            <li key={one.id} className="grid gap-4 rounded-card border-[1.5px] border-line bg-surface p-4 sm:p-5">
              <p>
                <b className="block">{one.name}</b>
                <span className="text-muted">
                  {[one.decade === null ? t('noDecade') : t('decade', { decade: String(one.decade) }), one.unit].join(
                    ' · ',
                  )}
                </span>
              </p>
              <OpenForm action={open} found={one} at={at} />
            </li>
          ))}
        </ul>
      </ClientWords>
      {found.more ? <p className="text-muted">{t('more')}</p> : null}
    </section>
  );
}
