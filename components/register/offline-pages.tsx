'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useState, type ReactNode } from 'react';
import { formatDay } from '@/lib/i18n/format';
import { dayOf } from '@/lib/kernel/clock';
import { SessionLines } from '../class/session-lines';
import { DeskHere, DesksHere } from '../desk/offline-desk';
import { TaskDoorHere, TaskDoorsHere } from '../task/offline-doors';
import { MetHere } from '../visit/met-here';
import { DoorHere, RoundHere, RoundsHere } from '../visit/offline-visits';
import { EmptyState } from '../ui/empty-state';
import { PageHeading } from '../ui/headings';
import { Notice } from '../ui/notice';
import { sheetWith } from './local-sheet';
import type { StoredSheet } from './phone-store';
import { PhoneKeeper } from './phone-keeper';
import { PhoneStatus, useRolls } from './phone-status';
import { portalNow } from './portal';
import { RegisterSheet } from './register-sheet';
import { RosterList } from './roster-list';
import { holderOfPhone, type Who } from './rolls';
import { SessionFacts, SessionHead } from './session-head';
import { useQueue } from './use-register';

/**
 * What the worker shows under /manage, /manage/sessions/ID, /manage/visits, /manage/desk and /manage/tasks when there is no network. The document holds nobody's data: who is signed
 * in, rolls and work come from this phone's own store, and the address says which of them is looked at.
 */
export function OfflinePages() {
  const t = useTranslations('register.away');
  const [who, setWho] = useState<Who | 'nobody' | null>(null);
  useEffect(() => {
    holderOfPhone().then(
      (found) => setWho(found ?? 'nobody'),
      () => setWho('nobody'),
    );
  }, []);
  if (!who)
    return (
      <>
        <PageHeading>{t('opening')}</PageHeading>
        <noscript>{t('needsScript')}</noscript>
      </>
    );
  if (who === 'nobody') return <PageHeading lead={t('nobodyBody')}>{t('nobody')}</PageHeading>;
  return (
    <>
      <PhoneKeeper who={who} mayRecord mayVisit mayLog />
      <div className="grid grid-cols-1 gap-6">
        <Notice tone="info" title={t('title')}>
          {t('body', { name: who.name })}
        </Notice>
        <Asked owner={who.account} path={window.location.pathname} />
      </div>
    </>
  );
}

/** What the address asks for. */
function Asked({ owner, path }: { owner: string; path: string }) {
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const [, what, id] = /\/manage\/(sessions|visits\/rounds|visits)\/([0-9a-f-]{36})/.exec(path) ?? [];
  if (id && what === 'sessions') return <SessionHere owner={owner} session={id} />;
  if (id && what === 'visits/rounds' && path.endsWith('/met'))
    return <MetHere owner={owner} round={id} locale={locale} />;
  if (id && what === 'visits/rounds') return <RoundHere owner={owner} round={id} locale={locale} />;
  if (id) return <DoorHere owner={owner} visit={id} locale={locale} />;
  if (path.endsWith('/desk'))
    return <DeskHere owner={owner} desk={new URLSearchParams(window.location.search).get('desk')} locale={locale} />;
  if (path.endsWith('/visits')) return <RoundsHere owner={owner} locale={locale} page />;
  const [, tasks, person] = /\/manage\/(tasks)(?:\/door\/([0-9a-f-]{36}))?/.exec(path) ?? [];
  const none = (
    <>
      {tasks ? <NoTasksHere door={person !== undefined} /> : null}
      <TodayHere owner={owner} />
    </>
  );
  if (person) return <TaskDoorHere owner={owner} person={person} locale={locale} none={none} />;
  return tasks ? <TaskDoorsHere owner={owner} locale={locale} page none={none} /> : none;
}

/** That the phone keeps nothing of tasks; of a home one goes to for them (`door`), what to do meanwhile. */
function NoTasksHere({ door }: { door: boolean }) {
  const t = useTranslations('register.away');
  return (
    <Notice tone="warn" title={t(door ? 'door' : 'tasks')}>
      {t(door ? 'doorBody' : 'tasksBody')}
    </Notice>
  );
}

/** The register, as online. The roll is read once: what happens to it while it is open is the sheet's own business. */
function SessionHere({ owner, session }: { owner: string; session: string }) {
  const t = useTranslations('register');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const rolls = useRolls(owner);
  const found = rolls?.find(({ id }) => id === session);
  const [opened, setOpened] = useState<StoredSheet | null>(null);
  if (found && !opened) setOpened(found);
  if (!rolls || (found && !opened)) return <p role="status">{t('away.opening')}</p>;
  if (!opened || !found)
    return (
      <EmptyState icon="list" title={t('away.noRoll')}>
        {t('away.noRollBody')}
      </EmptyState>
    );
  const { sheet } = opened;
  const facts = <SessionFacts sheet={sheet} locale={locale} />;
  return (
    <div className="mx-auto grid w-full max-w-3xl grid-cols-1 gap-5">
      <SessionHead sheet={sheet} locale={locale} />
      {sheet.mayRecord ? (
        <RegisterSheet sheet={sheet} owner={owner} facts={facts} />
      ) : (
        <>
          {facts}
          <RosterList people={sheet.people} />
        </>
      )}
    </div>
  );
}

/** Today's work as this phone knows it. */
function TodayHere({ owner }: { owner: string }) {
  const t = useTranslations('register.away');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const rolls = useRolls(owner);
  const view = useQueue(owner);
  const now = new Date(portalNow());
  const lines = (rolls ?? [])
    .map(({ line, sheet: kept }) => {
      const sheet = sheetWith(kept, view.operations);
      return { ...line, started: sheet.startedAt !== null, finished: sheet.finishedAt !== null };
    })
    .toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  const today = lines.filter((line) => dayOf(line.startsAt) === dayOf(now));
  const others = lines.filter((line) => !today.includes(line));
  const before = others.filter((line) => line.startsAt < now);
  const after = others.filter((line) => line.startsAt >= now);
  return (
    <>
      <PageHeading above={formatDay(locale, now)}>{t('today')}</PageHeading>
      <PhoneStatus owner={owner} />
      <RoundsHere owner={owner} locale={locale} />
      <TaskDoorsHere owner={owner} locale={locale} />
      <DesksHere owner={owner} />
      {lines.length === 0 && rolls ? <EmptyState icon="calendar" title={t('nothing')} /> : null}
      {today.length > 0 ? (
        <Part title={t('sessions')}>
          <SessionLines sessions={today} now={now} toRegister />
        </Part>
      ) : null}
      {after.length > 0 ? (
        <Part title={t('soon')}>
          <SessionLines sessions={after} now={now} withDay toRegister />
        </Part>
      ) : null}
      {before.length > 0 ? (
        <Part title={t('before')}>
          <SessionLines sessions={before.toReversed()} now={now} withDay toRegister />
        </Part>
      ) : null}
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid grid-cols-1 gap-3">
      <h2 className="text-xl">{title}</h2>
      {children}
    </section>
  );
}
