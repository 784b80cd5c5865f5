import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { CallLines } from '@/components/class/call-lines';
import { ClassLines } from '@/components/class/class-lines';
import { DecideLines } from '@/components/class/decide-lines';
import { DaysAhead, SessionLines } from '@/components/class/session-lines';
import { ClientWords } from '@/components/layout/client-words';
import { PhoneStatus } from '@/components/register/phone-status';
import { AwayNotices } from '@/components/referral/away-notices';
import { FirstToSee } from '@/components/task/first-to-see';
import { CarryDoors } from '@/components/task/carry-doors';
import { TaskList } from '@/components/task/task-list';
import { AskedOfYou } from '@/components/team/asked-of-you';
import { HelpWanted } from '@/components/team/help-wanted';
import { CarryRounds } from '@/components/visit/carry-rounds';
import { RoundLines } from '@/components/visit/round-lines';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { NoticeTo } from '@/components/ui/notice-to';
import { FoldedPart, Part } from '@/components/ui/part';
import { read } from '@/lib/access/doors';
import { openDemandCount } from '@/lib/demand/queries';
import { proposals } from '@/lib/desk/proposals';
import { formatDay } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { classesToCall, todayBoard } from '@/lib/manage/queries';
import { callsOpen } from '@/lib/message/queries';
import { readingsLately } from '@/lib/lookup/queries';
import { referralsWaiting } from '@/lib/referral/queries';
import { asksOf, memberOfCaller, sessionsWanting } from '@/lib/team/queries';
import { dayOf } from '@/lib/kernel/clock';
import { ownRounds } from '@/lib/visit/queries';
import { roundsWanting, visitsWaiting } from '@/lib/visit/wanting';
import { answer } from './teams/actions';
import { tasksToday } from '@/lib/task/board';
import { firstOf, weekOf } from '@/lib/task/week';
import { missedInARow, registersNotTaken, watcherOf } from '@/lib/register/watch';
import { runAsPlanned } from './classes/[id]/actions';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const answers = ['saidYes', 'saidNo'] as const;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'manage' });
  return { title: t('today.title') };
}

export default async function TodayPage({ params, searchParams }: Props) {
  const [{ locale }, { done }] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const now = new Date();
  const {
    board,
    calls,
    toCall,
    asked,
    repeating,
    away,
    helping,
    visiting,
    wanting,
    newRequests,
    first,
    wanted,
    mayPlan,
    mayRun,
    maySeeFigures,
    owner,
    reached,
    missed,
    tasks,
  } = await read('class.read', async (tx, caller) => ({
    board: await todayBoard(tx, locale, now),
    calls: await classesToCall(tx, locale, now),
    toCall: caller.capabilities.includes('contact.read') ? await callsOpen(tx, now) : 0,
    asked: await openDemandCount(tx),
    repeating: caller.capabilities.includes('desk.manage') ? await proposals(tx, locale, now) : [],
    away: caller.capabilities.includes('person.write')
      ? { ...(await referralsWaiting(tx)), read: await readingsLately(tx) }
      : null,
    helping: {
      member: await memberOfCaller(tx, caller.accountId),
      asks: await asksOf(tx, locale, caller.accountId, now),
    },
    visiting: await ownRounds(tx, locale, dayOf(now)),
    wanting: caller.capabilities.includes('visit.plan') ? await roundsWanting(tx, locale, now) : [],
    newRequests: caller.capabilities.includes('visit.plan') ? await visitsWaiting(tx, now) : 0,
    first: caller.capabilities.includes('visit.plan') ? firstOf(await weekOf(tx, locale, caller, now)) : null,
    wanted: await sessionsWanting(tx, locale, now),
    mayPlan: caller.capabilities.includes('class.write'),
    mayRun: caller.capabilities.includes('register.write'),
    maySeeFigures: caller.capabilities.includes('figures.read'),
    owner: caller.accountId,
    reached: caller.capabilities.includes('register.write')
      ? null
      : await registersNotTaken(tx, locale, watcherOf(caller), now, 12),
    tasks: caller.capabilities.includes('register.write') ? await tasksToday(tx, locale, caller, now) : null,
    missed: caller.capabilities.includes('roster.read') ? (await missedInARow(tx, locale, now, 1)).total : 0,
  }));
  const { today, overdue, few, soon, waiting, drafts } = board;
  // Leaders hear of registers only once they have come up to them.
  const notTaken = reached ?? board.notTaken;
  const [t, demand, desk, teams, register, edits, messages, task, visits] = await Promise.all([
    getTranslations('manage'),
    getTranslations('demand'),
    getTranslations('desk.proposals'),
    getTranslations('teams'),
    getTranslations('register'),
    getTranslations('edits'),
    getTranslations('messages'),
    getTranslations('tasks'),
    getTranslations('visits'),
  ]);
  const allAhead = soon.total > soon.rows.length ? { href: '/manage/classes', words: t('seeAll') } : null;
  const said = answers.find((known) => known === done);
  const endedToday = today.rows.filter((one) => one.status === 'published' && one.endsAt <= now).length;
  const registers = notTaken.total + endedToday;
  const unanswered = helping.asks.filter(({ state }) => state === 'asked').length;
  const settled =
    (tasks?.total ?? 0) +
      registers +
      toCall +
      calls.length +
      few.total +
      waiting.length +
      drafts.length +
      unanswered +
      wanting.length +
      wanted.total ===
    0;
  return (
    <div className="grid grid-cols-1 gap-8">
      {said ? <Notice tone="good" live title={teams(`done.${said}`)} /> : null}
      {done === 'runAnyway' ? <Notice tone="good" live title={edits('decide.done')} /> : null}
      <PageHeading
        above={formatDay(locale, now)}
        lead={t('today.lead', {
          sessions: today.total,
          // All of them, as those overdue are: of fewer than all "of these so many" would be more than there are.
          registers: board.notTaken.total + endedToday,
          overdue,
          few: few.total,
        })}
        actions={
          mayPlan ? (
            <ButtonLink href="/manage/classes/new" icon="plus">
              {t('openNew')}
            </ButtonLink>
          ) : maySeeFigures ? (
            <ButtonLink href="/dashboard" icon="chart" variant="secondary">
              {t('today.toFigures')}
            </ButtonLink>
          ) : null
        }
      >
        {mayRun ? t('today.title') : t('today.titleToRead')}
      </PageHeading>
      {mayRun ? (
        <ClientWords of={['register', 'errors']}>
          <div className="needs-js">
            <PhoneStatus owner={owner} />
          </div>
        </ClientWords>
      ) : null}
      <Part title={t('today.sessions')}>
        {today.rows.length > 0 ? (
          <SessionLines sessions={today.rows} now={now} />
        ) : (
          <EmptyState icon="calendar" title={t('today.none')}>
            {soon.rows[0] ? t('today.nextOn', { day: formatDay(locale, soon.rows[0].startsAt) }) : t('today.noneSoon')}
          </EmptyState>
        )}
      </Part>
      {visiting.length > 0 ? (
        <Part title={visits('todayTitle')}>
          <RoundLines rounds={visiting} locale={locale} />
          <ClientWords of={['register']}>
            <CarryRounds owner={owner} />
          </ClientWords>
        </Part>
      ) : null}
      {wanting.length > 0 ? (
        <Part title={visits('wantTitle')}>
          <RoundLines rounds={wanting} locale={locale} />
        </Part>
      ) : null}
      {first ? <FirstToSee first={first} /> : null}
      {helping.member ? (
        <ClientWords of={['teams', 'errors']}>
          <AskedOfYou
            asks={helping.asks}
            answer={answer}
            ownPage={`/manage/teams/${helping.member.teamId}/members/${helping.member.id}`}
          />
        </ClientWords>
      ) : null}
      {calls.length > 0 ? (
        <Part title={t('today.calls')} lead={t('today.callsLead')}>
          <CallLines classes={calls} />
        </Part>
      ) : null}
      {toCall > 0 ? (
        <NoticeTo
          tone="warn"
          title={messages('today', { count: toCall })}
          href="/manage/messages"
          words={messages('toCalls')}
          icon="phone"
        >
          {messages('todayBody')}
        </NoticeTo>
      ) : null}
      {away ? <AwayNotices {...away} /> : null}
      {notTaken.total > 0 ? (
        <Part
          title={
            reached
              ? register('missing.toldTitle', { count: notTaken.total })
              : t('today.notTaken', { count: notTaken.total })
          }
          more={{ href: '/manage/registers', words: register('missing.more') }}
        >
          <SessionLines sessions={notTaken.rows} now={now} withDay />
        </Part>
      ) : null}
      {tasks && tasks.total > 0 ? (
        <Part
          title={task('today.title', { count: tasks.total })}
          lead={tasks.late > 0 ? task('late', { count: tasks.late }) : undefined}
          more={{ href: '/manage/tasks', words: task('today.more') }}
        >
          <TaskList groups={tasks.groups} locale={locale} />
          <ClientWords of={['register']}>
            <CarryDoors owner={owner} />
          </ClientWords>
        </Part>
      ) : null}
      <HelpWanted total={wanted.total} rows={wanted.rows} now={now} />
      {missed > 0 ? (
        <NoticeTo
          tone="warn"
          title={register('absences.notice', { count: missed })}
          href="/manage/absences"
          words={register('absences.more')}
        />
      ) : null}
      {few.total > 0 ? (
        <Part
          title={edits('decide.title', { count: few.total })}
          lead={mayPlan ? edits('decide.lead') : undefined}
          more={{ href: '/manage/classes?need=few&when=coming', words: edits('decide.more') }}
        >
          <ClientWords of={['errors']}>
            <DecideLines classes={few.rows} run={runAsPlanned} />
          </ClientWords>
        </Part>
      ) : null}
      {asked > 0 ? (
        <NoticeTo tone="info" title={demand('hint', { count: asked })} href="/manage/demand" words={demand('see')}>
          <p>{demand('hintBody')}</p>
        </NoticeTo>
      ) : null}
      {newRequests > 0 ? (
        <NoticeTo
          tone="info"
          title={visits('newRequests', { count: newRequests })}
          href="/manage/visits"
          words={visits('seeQueue')}
        />
      ) : null}
      {repeating.length > 0 ? (
        <NoticeTo
          tone="info"
          title={desk('hint', { count: repeating.length, need: repeating[0]?.needName ?? '' })}
          href="/manage/desks/proposals"
          words={desk('see')}
        />
      ) : null}
      {settled && mayRun ? <Notice tone="good" title={t('today.settled')} /> : null}
      <div className="grid grid-cols-1 items-start gap-x-8 gap-y-2 xl:grid-cols-2">
        {waiting.length > 0 ? (
          <FoldedPart
            title={t('today.waiting')}
            count={t('firstClasses', { count: waiting.length })}
            lead={mayPlan ? t('today.waitingLead') : undefined}
            more={{ href: '/manage/classes?need=waiting&sort=-waiting', words: t('seeAll') }}
          >
            <ClassLines classes={waiting} tell="waiting" />
          </FoldedPart>
        ) : null}
        {drafts.length > 0 ? (
          <FoldedPart
            title={t('today.drafts')}
            count={t('firstClasses', { count: drafts.length })}
            lead={t('today.draftsLead')}
            more={{ href: '/manage/classes?state=draft', words: t('seeAll') }}
          >
            <ClassLines classes={drafts} tell="draft" />
          </FoldedPart>
        ) : null}
      </div>
      {soon.rows.length === 0 ? null : today.rows.length > 0 ? (
        <FoldedPart title={t('today.soon')} count={t('sessionCount', { count: soon.total })} more={allAhead}>
          <DaysAhead sessions={soon.rows} now={now} />
        </FoldedPart>
      ) : (
        <Part title={t('today.soon')} more={allAhead}>
          <DaysAhead sessions={soon.rows} now={now} />
        </Part>
      )}
    </div>
  );
}
