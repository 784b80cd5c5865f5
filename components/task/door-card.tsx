import { useTranslations } from 'next-intl';
import type { FormAction } from '@/components/class/use-sent';
import { useFactWords } from '@/components/person/history';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { newId } from '@/lib/kernel/id';
import { phoneForReading } from '@/lib/kernel/phone';
import type { Fact } from '@/lib/person/schema';
import { byPhone, onPaper, outcomes, usualStay, type Resident, type TaskLine } from '@/lib/task/schema';
import { OutcomeForm } from './outcome-form';
import { PauseForm } from './pause-form';
import { TaskState, useReasons, useTaskWords } from './words';

/** Somebody who lives here: what there is to do, the last three things, and the way to leave them alone for a while. */
export function DoorCard({
  resident,
  locale,
  household,
  came,
  mayReadPeople,
  soonest,
  work,
  pause,
  at,
}: {
  resident: Resident;
  locale: Locale;
  household: boolean;
  /** How long the reader said today that they were here. */
  came: number | null;
  mayReadPeople: boolean;
  soonest: string;
  work: FormAction;
  pause: FormAction;
  /** At whose door one stands. */
  at: string;
}) {
  const t = useTranslations('tasks');
  const reasons = useReasons();
  const { id, fullName, phone, tasks, last } = resident;
  const told = reasons(resident);
  return (
    <Card as="section" labelledBy={`at-${id}`}>
      <div className="grid gap-4">
        <div>
          <h2 id={`at-${id}`} className="text-xl">
            {fullName}
          </h2>
          <p className="flex flex-wrap gap-x-4 text-field">
            {told.map((reason) => (
              <span key={reason}>{reason}</span>
            ))}
          </p>
          <p className={phone ? 'flex flex-wrap gap-x-5' : '-ml-5 flex flex-wrap gap-x-5'}>
            {phone ? (
              <a href={`tel:${phone}`} className="link inline-flex min-h-target items-center">
                {phoneForReading(phone)}
              </a>
            ) : null}
            {mayReadPeople ? (
              <ButtonLink href={`/manage/people/${id}`} variant="quiet">
                {t('door.record')}
                <span className="sr-only">: {fullName}</span>
              </ButtonLink>
            ) : null}
          </p>
        </div>
        {tasks.length === 0 ? <p>{t('door.nothing')}</p> : null}
        {tasks.map((task) => (
          <DoorTask key={task.key} task={task} name={fullName} came={came} locale={locale} work={work} at={at} />
        ))}
        <LastThree facts={last} locale={locale} />
        <div className="print:hidden">
          <PauseForm
            fold={{ summary: t('pause.title') }}
            action={pause}
            fields={{ formKey: newId(), personId: id }}
            formId={id}
            household={household}
            soonest={soonest}
          />
        </div>
      </div>
    </Card>
  );
}

function DoorTask({
  task,
  name,
  came,
  locale,
  work,
  at,
}: {
  task: TaskLine;
  name: string;
  came: number | null;
  locale: Locale;
  work: FormAction;
  at: string;
}) {
  const t = useTranslations('tasks');
  const words = useTaskWords();
  const { key, byWork, goTo, state, kind, given } = task;
  const corrects = kind === 'correct';
  const offered = outcomes.filter((one) => (one === 'done' ? byWork : !corrects));
  // What is settled right here needs no way elsewhere, but whoever was not given it may arrange it otherwise: a round, another referral.
  const leads = goTo !== null && (!byWork || corrects || (t.has(`goes.${kind}`) && !given?.mine));
  return (
    <section aria-label={words(task)} className="grid gap-3 border-t-[1.5px] border-line pt-4 break-inside-avoid">
      <div>
        <h3 className="text-lg">{words(task)}</h3>
        <TaskState task={task} locale={locale} />
      </div>
      {goTo === null && !byWork ? <p className="max-w-prose">{t('tellOrganiser')}</p> : null}
      {state === 'later' || !leads ? null : (
        <div className="print:hidden">
          <ButtonLink href={goTo}>
            {t.has(`goes.${kind}`) ? t(`goes.${kind}`) : t('open')}
            <span className="sr-only">: {words(task)}</span>
          </ButtonLink>
        </div>
      )}
      <OutcomeForm
        action={work}
        fields={{ formKey: newId(), person: at, task: key }}
        formId={key}
        outcomes={offered}
        corrects={corrects}
        name={name}
        stay={
          onPaper.includes(kind)
            ? null
            : byPhone.includes(kind) && !given?.mine && came === null
              ? 'call'
              : String(came ?? usualStay)
        }
      />
      <p className="hidden print:block">
        {t('door.paper')} {offered.map((one) => `☐ ${t(`outcome.${one}`)}`).join('   ')}
        <span className="mt-6 block border-b border-ink" />
      </p>
    </section>
  );
}

function LastThree({ facts, locale }: { facts: readonly Fact[]; locale: Locale }) {
  const t = useTranslations('tasks.door');
  return (
    <div className="border-t-[1.5px] border-line pt-4 break-inside-avoid">
      <h3 className="font-bold">{t('last')}</h3>
      {facts.length === 0 ? <p className="text-muted">{t('noLast')}</p> : null}
      <ul>
        {facts.map((fact) => (
          <FactLine key={`${fact.kind} ${fact.key}`} fact={fact} locale={locale} />
        ))}
      </ul>
    </div>
  );
}

function FactLine({ fact, locale }: { fact: Fact; locale: Locale }) {
  const words = useFactWords(fact);
  return (
    <li className="py-1">
      <span className="text-muted">{formatDate(locale, fact.at)}</span> · {words}
    </li>
  );
}
