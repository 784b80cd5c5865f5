import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ClientWords } from '@/components/layout/client-words';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { AtHomeBox } from '@/components/visit/at-home';
import { CarryRounds } from '@/components/visit/carry-rounds';
import { DoorFacts, SaidBefore } from '@/components/visit/door-facts';
import { DoorSheet } from '@/components/visit/door-sheet';
import { EarlierVisits } from '@/components/visit/earlier-visits';
import { readRecords } from '@/lib/access/doors';
import type { Caller, ScopedTx } from '@/lib/access/scoped';
import { formatDateTime } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { dayOf } from '@/lib/kernel/clock';
import { newId } from '@/lib/kernel/id';
import { id as uuid } from '@/lib/kernel/input';
import { stepList } from '@/lib/step/queries';
import { householdsOf, livingWith } from '@/lib/task/home';
import { packedHomes } from '@/lib/visit/packing';
import { homeForStaff } from '@/lib/visit/queries';
import { outOfTime } from '@/lib/visit/rules';
import { record, steps } from '../actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('visits', 'door');

/** At the door: who lives there, what was asked, what is due, and what came of it: kept on the phone first, with a network and without. */
export default async function DoorPage({ params, searchParams }: Props) {
  const [{ locale, id }, { done }] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const wanted = uuid.safeParse(id);
  if (!wanted.success) notFound();
  const look = async (tx: ScopedTx, caller: Caller) => {
    const found = await homeForStaff(tx, locale, wanted.data);
    if (!found) notFound();
    const { personId } = found.home;
    const households = await householdsOf(tx, locale, caller, personId ? [personId] : [], new Date());
    const [packed] = await packedHomes(tx, locale, [found.home], households);
    if (!packed) notFound();
    return { ...found, packed, asked: await stepList(tx, locale), owner: caller.accountId };
  };
  // Who lives there, first: reading somebody's record is written down, and the page tells of all of them.
  const whose = async (tx: ScopedTx) => {
    const personId = (await homeForStaff(tx, locale, wanted.data))?.home.personId;
    return personId ? livingWith(tx, [personId]) : [];
  };
  const { round, home, packed, asked, owner } = await readRecords('visit.record', 'visit', whose, look);
  const t = await getTranslations('visits');
  const today = dayOf(new Date());
  const untimely = outOfTime(round.day, today, today);
  const over = untimely === 'visitEarly' ? 'early' : round.calledOff ? 'calledOff' : untimely ? 'late' : null;
  return (
    <div className="mx-auto grid w-full max-w-3xl grid-cols-1 gap-6">
      <Breadcrumbs
        items={[
          { label: t('title'), href: '/manage/visits' },
          { label: t('round'), href: `/manage/visits/rounds/${round.id}` },
          { label: t('door') },
        ]}
      />
      {done === 'met' ? <Notice tone="good" live title={t('done.met')} /> : null}
      {done === 'recorded' || done === 'steps' ? (
        <Notice tone="good" live opensPage title={t('done.recorded')} />
      ) : null}
      <PageHeading above={round.village}>{home.fullName || t('nameGone')}</PageHeading>
      <DoorFacts home={home} locale={locale} off={round.calledOff} />
      <ClientWords of={['visits', 'people', 'errors', 'register', 'steps', 'tasks']}>
        {over ? (
          <>
            <SaidBefore said={packed.said} locale={locale} />
            <Notice tone="info" title={t(over)}>
              {over === 'early' ? t('earlyBody', { when: formatDateTime(locale, round.startsAt) }) : null}
            </Notice>
            <AtHomeBox home={packed} locale={locale} />
            <EarlierVisits earlier={packed.earlier} locale={locale} />
          </>
        ) : (
          <DoorSheet
            home={packed}
            steps={asked}
            owner={owner}
            endsAtMs={round.endsAt.getTime()}
            locale={locale}
            plain={{ record, steps }}
            keys={[newId(), newId()]}
          />
        )}
        <CarryRounds owner={owner} roundId={round.id} />
      </ClientWords>
    </div>
  );
}
