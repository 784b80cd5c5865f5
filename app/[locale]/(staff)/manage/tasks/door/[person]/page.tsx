import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ClientWords } from '@/components/layout/client-words';
import { CarryDoors } from '@/components/task/carry-doors';
import { DoorCard } from '@/components/task/door-card';
import { DoorStatus } from '@/components/task/door-status';
import { PauseLines } from '@/components/task/pause-lines';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { PrintButton } from '@/components/ui/print-button';
import { readRecords } from '@/lib/access/doors';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { addDays, dayOf } from '@/lib/kernel/clock';
import { newId } from '@/lib/kernel/id';
import { id as uuid } from '@/lib/kernel/input';
import { doorOf, toldAtDoor } from '@/lib/task/door';
import { pause, resume, work } from '../../actions';

interface Props {
  params: Promise<{ locale: Locale; person: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const answers = ['worked', 'paused', 'resumed'] as const;

export const generateMetadata = titled('tasks', 'door.title');

/** Before the door: who lives there, what there is to do with each, what happened last, and what came of it on big buttons. */
export default async function DoorPage({ params, searchParams }: Props) {
  const [{ locale, person }, asked] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const typed = uuid.safeParse(person);
  if (!typed.success) notFound();
  const now = new Date();
  // Of everybody who lives there the reading is written down: the page tells of all of them.
  const { door, owner, mayReadPeople } = await readRecords(
    'register.write',
    'door',
    (tx) => toldAtDoor(tx, typed.data),
    async (tx, caller) => {
      const found = await doorOf(tx, locale, caller, typed.data, now);
      if (!found) notFound();
      return { door: found, owner: caller.accountId, mayReadPeople: caller.capabilities.includes('person.read') };
    },
  );
  const t = await getTranslations('tasks');
  const said = answers.find((known) => known === asked.done);
  const [first] = door.people;
  return (
    <div className="grid max-w-4xl grid-cols-1 gap-6">
      {said ? <Notice tone="good" live title={t(`done.${said}`)} /> : null}
      <Breadcrumbs items={[{ label: t('title'), href: '/manage/tasks' }, { label: t('door.title') }]} />
      <PageHeading
        above={first?.village}
        lead={<span className="print:hidden">{t('door.lead')}</span>}
        actions={<PrintButton variant="secondary">{t('door.print')}</PrintButton>}
      >
        {first?.fullName}
      </PageHeading>
      <ClientWords of={['tasks', 'errors', 'register']}>
        <DoorStatus owner={owner} people={door.people.map(({ id, fullName }) => ({ id, fullName }))} />
        <PauseLines pauses={door.pauses} personId={typed.data} locale={locale} resume={resume} />
        {door.people.map((one) => (
          <DoorCard
            key={one.id}
            resident={one}
            locale={locale}
            household={door.household}
            came={door.came}
            mayReadPeople={mayReadPeople}
            owner={owner}
            sinceMs={now.getTime()}
            newKey={newId}
            work={work}
            pause={{ action: pause, soonest: addDays(dayOf(now), 1) }}
            at={typed.data}
          />
        ))}
        <CarryDoors owner={owner} person={typed.data}>
          <p className="max-w-prose text-sm text-muted print:hidden">{t('door.away')}</p>
        </CarryDoors>
      </ClientWords>
      {door.others > 0 ? <p className="text-muted">{t('door.others', { count: door.others })}</p> : null}
    </div>
  );
}
