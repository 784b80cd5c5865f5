import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ActForm } from '@/components/class/act-form';
import { ClientWords } from '@/components/layout/client-words';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { DefinitionList } from '@/components/ui/facts';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { CarryRounds } from '@/components/visit/carry-rounds';
import { HomeLines } from '@/components/visit/home-lines';
import { PutOn } from '@/components/visit/put-on';
import { RingBack } from '@/components/visit/ring-back';
import { RoundMates } from '@/components/visit/round-mates';
import { NotClosed, NotNamed, RoundPoint, SentOn } from '@/components/visit/round-point';
import { SwapForm } from '@/components/visit/swap-form';
import { readRecords } from '@/lib/access/doors';
import { assistsOn } from '@/lib/desk/queries';
import { formatDay, formatTimeRange } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { addDays, dayOf, timeOf } from '@/lib/kernel/clock';
import { id as uuid } from '@/lib/kernel/input';
import { worthVisiting } from '@/lib/task/round';
import { helpersOfRound } from '@/lib/visit/changing';
import {
  homesOf,
  lateActs,
  matesOn,
  peopleOnRound,
  roundForStaff,
  roundHelpers,
  stoppedAmong,
  visitQueue,
} from '@/lib/visit/queries';
import { numberToRing } from '@/lib/visit/ringing';
import { outOfTime, recordedWithin } from '@/lib/visit/rules';
import { leftOpen } from '@/lib/visit/wanting';
import { callOff, putOn, rangBack, swap, takeOff, tell } from '../../actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const outcomes = ['planned', 'together', 'putOn', 'takenOff', 'told', 'calledOff', 'swapped', 'rungBack'] as const;

export const generateMetadata = titled('visits', 'round');

/** One round: who goes, to whom, with which number; and, for whoever plans it, whom else to put on. */
export default async function RoundPage({ params, searchParams }: Props) {
  const [{ locale, id }, { done }] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const wanted = uuid.safeParse(id);
  if (!wanted.success) notFound();
  const now = new Date();
  const { round, homes, mates, waiting, due, stopped, owner, assists, late, members, ring, unclosed } =
    await readRecords(
      'visit.record',
      'visit',
      (tx) => peopleOnRound(tx, wanted.data),
      async (tx, caller) => {
        const one = await roundForStaff(tx, locale, wanted.data);
        const planning = one?.mayPlan === true && !one.calledOff && one.day >= dayOf(now);
        const waiting = planning ? await visitQueue(tx, locale, one.areaId, now, true) : [];
        const due = planning
          ? await worthVisiting(tx, locale, caller, { areaId: one.areaId, members: one.memberIds }, now)
          : [];
        const people = [...waiting, ...due].flatMap(({ personId }) => personId ?? []);
        return {
          owner: caller.accountId,
          assists: one?.deskId ? await assistsOn(tx, locale, one.deskId, caller, one.day) : [],
          round: one,
          homes: one ? await homesOf(tx, one.id) : [],
          mates: one ? await matesOn(tx, one.id) : [],
          late: one?.mayPlan ? await lateActs(tx, one.id) : 0,
          waiting,
          due,
          stopped: await stoppedAmong(tx, people),
          members: planning ? await roundHelpers(tx, one.teamId, now, one.id) : [],
          ring: planning ? await numberToRing(tx, one.areaId) : null,
          unclosed: one && !one.calledOff && one.day < dayOf(now) ? await leftOpen(tx, one.id) : null,
        };
      },
    );
  if (!round) notFound();
  const t = await getTranslations('visits');
  const said = outcomes.find((known) => known === done);
  const planning = round.mayPlan && !round.calledOff && round.day >= dayOf(now);
  // Over, and nothing was said of it while that may still be: it may have never gone.
  const neverWent =
    round.mayPlan &&
    !round.calledOff &&
    round.day < dayOf(now) &&
    round.recorded === 0 &&
    round.day >= addDays(dayOf(now), -recordedWithin.done);
  const underWay = !round.calledOff && outOfTime(round.day, dayOf(now), dayOf(now)) === null;
  // Met, and nobody said yet who they are: only who plans may look people up.
  const unnamed = round.mayPlan
    ? homes.filter(({ outcome, personId, fullName }) => outcome === 'done' && personId === null && fullName !== '')
    : [];
  const on = new Set(homes.flatMap(({ requestId, personId }) => [requestId, personId]));
  const free = (personId: string | null) => personId === null || !(on.has(personId) || stopped.has(personId));
  const open = homes.filter(({ id: home }) => unclosed?.has(home));
  const told = round.calledOff && round.mayPlan ? homes.filter(({ toldAt }) => toldAt !== null) : [];
  const few = planning && round.helpers.length < helpersOfRound;
  const sentOn = assists.filter(({ referredTo }) => referredTo !== null);
  return (
    <div className="grid grid-cols-1 gap-7">
      <Breadcrumbs items={[{ label: t('title'), href: '/manage/visits' }, { label: t('round') }]} />
      {said ? <Notice tone="good" live title={t(`done.${said}`)} /> : null}
      <PageHeading
        above={formatDay(locale, round.day)}
        actions={
          (homes.length > 0 || round.deskId) && !round.calledOff ? (
            <ButtonLink href={`/manage/visits/rounds/${round.id}/print`} variant="secondary" icon="print">
              {t('pack')}
            </ButtonLink>
          ) : null
        }
      >
        {t('roundIn', { village: round.village })}
      </PageHeading>
      {round.calledOff ? <Notice tone="warn" title={t('calledOff')} /> : null}
      {late > 0 ? (
        <Notice tone="warn" title={t('lateActs', { count: late })}>
          {t('lateActsBody')}
        </Notice>
      ) : null}
      {few ? (
        <Notice tone="warn" title={t('fewHelpers', { count: round.helpers.length })}>
          {t('fewHelpersBody')}
        </Notice>
      ) : null}
      {told.length > 0 ? (
        <ClientWords of={['visits', 'errors']}>
          <RingBack homes={told} mark={rangBack} locale={locale} />
        </ClientWords>
      ) : null}
      {open.length > 0 ? <NotClosed homes={open} /> : null}
      {unnamed.length > 0 ? <NotNamed homes={unnamed} /> : null}
      {!round.calledOff && round.day < dayOf(now) && sentOn.length > 0 ? (
        <SentOn assists={sentOn} locale={locale} />
      ) : null}
      <DefinitionList
        items={[
          { term: t('time'), value: formatTimeRange(locale, round.startsAt, round.endsAt) },
          { term: t('team'), value: round.team },
          { term: t('helpers'), value: <RoundMates mates={mates} /> },
          { term: t('progress'), value: t('recordedOf', { recorded: round.recorded, homes: round.homes }) },
        ]}
      />
      {round.deskId && !round.calledOff ? (
        <RoundPoint deskId={round.deskId} assists={assists} open={round.day === dayOf(now)} />
      ) : null}
      <ClientWords of={['visits', 'visitWords', 'errors', 'register']}>
        <section aria-labelledby="on-round" className="grid grid-cols-1 gap-3">
          <h2 id="on-round" className="text-xl">
            {t('homes')}
          </h2>
          {planning && homes.some(({ toldAt }) => toldAt === null) ? (
            <p className="max-w-prose text-muted">
              {t.rich('toldByItself', {
                list: (words) => (
                  <Link href="/manage/messages" prefetch={false} className="link">
                    {words}
                  </Link>
                ),
              })}
            </p>
          ) : null}
          {homes.length > 0 ? (
            <HomeLines
              homes={homes}
              round={round}
              ring={ring}
              locale={locale}
              tell={planning ? tell : null}
              takeOff={planning ? takeOff : null}
            />
          ) : (
            <EmptyState icon="home" title={t('noHomes')} />
          )}
          {underWay ? (
            <div>
              <ButtonLink href={`/manage/visits/rounds/${round.id}/met`} variant="secondary" icon="plus">
                {t('metAsk')}
              </ButtonLink>
            </div>
          ) : null}
          <CarryRounds owner={owner} roundId={round.id} />
        </section>
        {planning ? (
          <>
            <section aria-labelledby="putOn" className="grid grid-cols-1 gap-3">
              <h2 id="putOn" className="text-xl">
                {t('putOnTitle')}
              </h2>
              {stopped.size > 0 ? <p className="text-muted">{t('leftOut', { count: stopped.size })}</p> : null}
              <PutOn
                action={putOn}
                roundId={round.id}
                waiting={waiting.filter((one) => !on.has(one.id) && !one.plannedRound && free(one.personId))}
                due={due.filter(
                  (one) => one.open && free(one.personId) && !waiting.some(({ personId }) => personId === one.personId),
                )}
              />
            </section>
            <SwapForm
              fold={{ summary: t('swapAsk'), open: few }}
              action={swap}
              roundId={round.id}
              free={few}
              going={members.filter(({ id: member }) => round.memberIds.includes(member))}
              others={members.filter(({ id: member }) => !round.memberIds.includes(member))}
              then={{ day: round.day, from: timeOf(round.startsAt), until: timeOf(round.endsAt) }}
            />
            <ActForm
              fold={{ summary: t('callOffAsk') }}
              action={callOff}
              fields={{ roundId: round.id }}
              variant="danger"
              label={t('callOff')}
              pendingLabel={t('saving')}
            >
              <p className="mb-4">{t('callOffBody')}</p>
            </ActForm>
          </>
        ) : neverWent ? (
          <ActForm
            fold={{ summary: t('neverWentAsk') }}
            action={callOff}
            fields={{ roundId: round.id }}
            variant="danger"
            label={t('neverWent')}
            pendingLabel={t('saving')}
          >
            <p className="mb-4">{t('neverWentBody')}</p>
          </ActForm>
        ) : null}
      </ClientWords>
    </div>
  );
}
