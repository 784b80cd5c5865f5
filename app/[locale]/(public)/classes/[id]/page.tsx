import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { ClassAbout } from '@/components/class/class-about';
import { AfterSigningUp, OtherClasses } from '@/components/class/class-after';
import { ShareClass } from '@/components/class/share-class';
import { ListenToClass } from '@/components/class/share-listen';
import { EnrolSection } from '@/components/enrolment/enrol-section';
import { ButtonLink } from '@/components/ui/button';
import { BackLink } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { Written } from '@/components/ui/written';
import { read } from '@/lib/access/doors';
import { homesAround, unitChoices, unitsNear } from '@/lib/area/queries';
import { classForResident, classSchedule } from '@/lib/class/queries';
import { stampFor } from '@/lib/enrolment/commands';
import { currentConsentText, keptPlaces } from '@/lib/enrolment/queries';
import { formatDateTimeRange } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { addressId } from '@/lib/kernel/input';
import { portalOrigin } from '@/lib/kernel/portal';
import { recordingsOf } from '@/lib/recording/queries';
import { enrolHere } from './actions';

export const dynamic = 'force-dynamic';

type Props = { params: Promise<{ locale: Locale; id: string }> };

/** The class and what its form needs, read once for the page and its title. */
const classPage = cache(async (locale: Locale, given: string) => {
  const id = addressId.safeParse(given);
  if (!id.success) return null;
  return read('public', async (tx) => {
    const [found, units, consent, kept, recordings] = await Promise.all([
      classForResident(tx, locale, id.data),
      unitChoices(tx, locale),
      currentConsentText(tx, locale),
      keptPlaces(tx, id.data),
      recordingsOf(tx, id.data),
    ]);
    if (!found) return null;
    const homes = await homesAround(tx, locale, found.areaId);
    const near = homes.unit ? await unitsNear(tx, locale, homes.unit.id) : [];
    const rings = [...new Set([found.areaId, ...(homes.unit ? [homes.unit] : []).concat(near).map((one) => one.id)])];
    const others = await classSchedule(tx, locale, { page: 1, open: true }, { rings, perPage: 3, except: found.id });
    return { found, units, consent, kept, recordings, homes, others: others.classes };
  });
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, id } = await params;
  const page = await classPage(locale, id);
  return page ? { title: `${page.found.title} – ${page.found.placeName}`, description: page.found.summary } : {};
}

export default async function ClassPage({ params }: Props) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const page = await classPage(locale, id);
  if (!page) notFound();
  const { found, units, consent, kept, homes, others } = page;
  const t = await getTranslations('class');
  const open = found.status === 'published' && !found.over;
  const next = found.sessions.find(({ state }) => state === 'toCome');
  return (
    <div className="grid gap-8">
      <BackLink href="/classes">{t('backToList')}</BackLink>
      {open ? null : (
        <Notice
          tone={found.status === 'cancelled' ? 'bad' : 'warn'}
          title={t(found.status === 'cancelled' ? 'cancelled' : found.over ? 'over' : 'closed')}
          action={<ButtonLink href="/classes">{t('findOther')}</ButtonLink>}
        >
          <p>
            {found.statusReason
              ? t.rich('sessionReason', { reason: () => <Written>{found.statusReason}</Written> })
              : t('overBody')}
          </p>
        </Notice>
      )}
      <ListenToClass classId={found.id} recordings={page.recordings} />
      <ClassAbout found={found} locale={locale} open={open} />
      {open && consent ? (
        <div className="group/enrol relative z-20 max-sm:-mt-8">
          <EnrolSection
            action={enrolHere}
            classId={found.id}
            formKey={randomUUID()}
            stamp={stampFor(found.id, new Date())}
            hotline={found.hotline}
            full={found.seatsLeft === 0}
            unit={homes.unit}
            villages={homes.villages}
            units={units}
            what={[
              found.title,
              next ? formatDateTimeRange(locale, next.startsAt, next.endsAt) : '',
              found.venue,
            ].filter(Boolean)}
            consent={consent}
            kept={kept}
            locale={locale}
          />
        </div>
      ) : null}
      {open ? (
        <AfterSigningUp full={found.seatsLeft === 0} area={found.areaId} skill={found.skillCode ?? undefined} />
      ) : null}
      <ShareClass found={found} locale={locale} origin={portalOrigin()} open={open} />
      <OtherClasses classes={others} locale={locale} />
    </div>
  );
}
