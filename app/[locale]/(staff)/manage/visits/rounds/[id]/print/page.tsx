import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { BackLink } from '@/components/ui/headings';
import { PrintButton } from '@/components/ui/print-button';
import { RoundPack } from '@/components/visit/round-pack';
import { readRecords } from '@/lib/access/doors';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { id as uuid } from '@/lib/kernel/input';
import { needsNow } from '@/lib/desk/queries';
import { householdsOf, livingWith, pointPeople } from '@/lib/task/home';
import { peopleAtPoint } from '@/lib/visit/point';
import { earlierVisits, homesOf, lastEvents, peopleOnRound, roundForStaff } from '@/lib/visit/queries';
import './pack.css';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
}

export const generateMetadata = titled('visits', 'pack');

/** What a round carries on paper: to whom it goes, what is asked, what happened last with each, and room to write. */
export default async function RoundPackPage({ params }: Props) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const wanted = uuid.safeParse(id);
  if (!wanted.success) notFound();
  const { round, homes, events, earlier, households, needs, village } = await readRecords(
    'visit.record',
    'visit',
    async (tx) => {
      const one = await roundForStaff(tx, locale, wanted.data);
      const near = one?.deskId ? await peopleAtPoint(tx, locale, [one.id]) : [];
      const homes = await livingWith(tx, await peopleOnRound(tx, wanted.data));
      return [...new Set([...homes, ...near.map(({ id: who }) => who)])];
    },
    async (tx, caller) => {
      const one = await roundForStaff(tx, locale, wanted.data);
      const all = one ? await homesOf(tx, one.id) : [];
      const people = all.flatMap(({ personId }) => personId ?? []);
      return {
        round: one,
        homes: all,
        events: await lastEvents(tx, locale, all),
        earlier: await earlierVisits(tx, all),
        households: await householdsOf(tx, locale, caller, people, new Date()),
        needs: one?.deskId ? await needsNow(tx, locale) : [],
        village: one?.deskId ? await pointPeople(tx, locale, caller, [one.id], new Date()) : [],
      };
    },
  );
  if (!round) notFound();
  const t = await getTranslations('visits');
  return (
    <div className="grid grid-cols-1 gap-6 print:block">
      <div className="grid grid-cols-1 gap-4 print:hidden">
        <BackLink href={`/manage/visits/rounds/${round.id}`}>{t('backToRound')}</BackLink>
        <h1 className="text-2xl">{t('pack')}</h1>
        <p className="max-w-prose text-muted">{t('packLead')}</p>
        <div>
          <PrintButton>{t('print')}</PrintButton>
        </div>
      </div>
      <RoundPack
        round={round}
        homes={homes}
        events={events}
        earlier={earlier}
        households={households}
        needs={needs.map(({ name }) => name)}
        village={village.filter(({ id: who }) => !homes.some(({ personId }) => personId === who))}
        locale={locale}
      />
    </div>
  );
}
