'use client';

import { useTranslations } from 'next-intl';
import { useState, type ReactNode } from 'react';
import type { StoredDoor } from '@/components/register/phone-store';
import { newOperationId, portalNow } from '@/components/register/portal';
import { useQueue } from '@/components/register/use-register';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { PrintButton } from '@/components/ui/print-button';
import type { Locale } from '@/lib/i18n/routing';
import { useDoors } from './carry-doors';
import { DoorCard } from './door-card';
import { DoorStatus } from './door-status';
import { asOfNow, visitsOf } from './local-door';
import { PauseLines } from './pause-lines';
import { TaskList } from './task-list';

/** Whom one was given, as this phone knows them; `none` where it holds nobody. As a page of its own, or below another's heading. */
export function TaskDoorsHere({
  owner,
  locale,
  page = false,
  none = null,
}: {
  owner: string;
  locale: Locale;
  page?: boolean;
  none?: ReactNode;
}) {
  const t = useTranslations('tasks');
  const doors = useDoors(owner);
  const { operations } = useQueue(owner);
  if (!doors) return page ? <p role="status">{t('door.opening')}</p> : null;
  const groups = visitsOf(doors, operations, portalNow());
  if (groups.length === 0) return none;
  return (
    <section className="grid grid-cols-1 gap-3">
      {page ? <PageHeading lead={t('hereLead')}>{t('here')}</PageHeading> : <h2 className="text-xl">{t('here')}</h2>}
      {page ? <DoorStatus owner={owner} people={doors.flatMap(({ door }) => door.people)} /> : null}
      <TaskList groups={groups} locale={locale} />
    </section>
  );
}

/** Before one door, as online, without numbers to ring; `none` where the phone does not hold it. The door is read once: what happens to it while it is open is its own business. */
export function TaskDoorHere({
  owner,
  person,
  locale,
  none,
}: {
  owner: string;
  person: string;
  locale: Locale;
  none: ReactNode;
}) {
  const t = useTranslations('tasks');
  const doors = useDoors(owner);
  const found = doors?.find(({ id }) => id === person);
  const [opened, setOpened] = useState<StoredDoor | null>(null);
  if (found && !opened) setOpened(found);
  if (!doors || (found && !opened)) return <p role="status">{t('door.opening')}</p>;
  if (!opened) return none;
  const { door, takenAtMs } = opened;
  const [first] = door.people;
  return (
    <div className="grid max-w-4xl grid-cols-1 gap-6">
      <Breadcrumbs items={[{ label: t('title'), href: '/manage/tasks' }, { label: t('door.title') }]} />
      <PageHeading
        above={first?.village}
        lead={<span className="print:hidden">{t('door.lead')}</span>}
        actions={<PrintButton variant="secondary">{t('door.print')}</PrintButton>}
      >
        {first?.fullName}
      </PageHeading>
      <DoorStatus owner={owner} people={door.people} />
      <PauseLines pauses={door.pauses} personId={person} locale={locale} resume={null} />
      {door.people.map((one) => (
        <DoorCard
          key={one.id}
          resident={{ ...one, phone: null, tasks: asOfNow(one.tasks, portalNow()) }}
          locale={locale}
          owner={owner}
          sinceMs={takenAtMs}
          newKey={newOperationId}
          household={door.household}
          came={null}
          mayReadPeople={false}
          work={null}
          pause={null}
          at={person}
        />
      ))}
      <p className="max-w-prose text-sm text-muted print:hidden">{t('door.hereOnly')}</p>
      {door.others > 0 ? <p className="text-muted">{t('door.others', { count: door.others })}</p> : null}
    </div>
  );
}
