'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { portalNow } from '@/components/register/portal';
import { Disclosure } from '@/components/ui/disclosure';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { Paragraphs } from '@/components/ui/paragraphs';
import type { Locale } from '@/lib/i18n/routing';
import { dayOf } from '@/lib/kernel/clock';
import { outOfTime } from '@/lib/visit/rules';
import { useRounds } from './carry-rounds';
import { MetAside, MetHereForm } from './met-sheet';
import { DoorHere, NotHere } from './offline-visits';

/** Somebody met on a round where there is no signal: who they are, with the words read out from the phone, and on to what came of it. */
export function MetHere({ owner, round: id, locale }: { owner: string; round: string; locale: Locale }) {
  const [t, help] = [useTranslations('visits'), useTranslations('help')];
  const rounds = useRounds(owner);
  const [visit, setVisit] = useState<string | null>(null);
  if (visit) return <DoorHere owner={owner} visit={visit} locale={locale} met />;
  const found = rounds?.find((row) => row.id === id);
  if (!rounds) return <p role="status">{t('opening')}</p>;
  if (!found) return <NotHere />;
  const { round, consent } = found;
  const today = dayOf(new Date(portalNow()));
  const untimely = outOfTime(round.day, today, today);
  const where = {
    owner,
    roundId: id,
    homes: (round.places ?? []).map((place) => ({ value: String(place.id), label: place.name })),
    home: round.home ? String(round.home) : '',
    consentVersion: consent?.version ?? 0,
    consentText: (
      <Disclosure summary={help('consentRead')}>
        <Paragraphs text={consent?.body ?? ''} />
      </Disclosure>
    ),
  };
  const goOn = (met: string) => {
    setVisit(met);
    // Opened anew it is the door: no page is fetched, since there is no network.
    window.history.replaceState(null, '', `${locale === 'en' ? '/en' : ''}/manage/visits/${met}`);
    window.scrollTo(0, 0);
  };
  return (
    <div className="grid max-w-3xl grid-cols-1 gap-6">
      <Breadcrumbs
        items={[
          { label: t('title'), href: '/manage/visits' },
          { label: t('round'), href: `/manage/visits/rounds/${id}` },
          { label: t('metTitle') },
        ]}
      />
      <PageHeading above={round.village} lead={t('metLead')}>
        {t('metTitle')}
      </PageHeading>
      {!consent || !round.places ? (
        <Notice tone="warn" title={t('metOldPack')} />
      ) : (
        <MetAside {...where}>
          {untimely ? (
            <Notice tone="info" title={t(untimely === 'visitEarly' ? 'early' : 'late')} />
          ) : (
            <MetHereForm {...where} endsAtMs={round.endsAt.getTime()} met={goOn} />
          )}
        </MetAside>
      )}
    </div>
  );
}
