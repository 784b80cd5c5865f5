import { useTranslations } from 'next-intl';
import type { FormAction } from '@/components/class/use-sent';
import { useFactWords } from '@/components/person/history';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { phoneForReading } from '@/lib/kernel/phone';
import {
  byPhone,
  onPaper,
  outcomes,
  usualStay,
  type PackedDoor,
  type PackedFact,
  type Resident,
  type TaskLine,
} from '@/lib/task/schema';
import { DoorWork } from './door-work';
import { PauseForm } from './pause-form';
import { TaskState, useReasons, useTaskWords } from './words';

/** Where the forms of a door go, with a network and without. */
interface Sending {
  /** The account that records. */
  owner: string;
  /** When the portal told what the card shows, in milliseconds since 1970. */
  sinceMs: number;
  newKey: () => string;
  /** Null on a page that was opened without a network. */
  work: FormAction | null;
  /** At whose door one stands. */
  at: string;
}

/** Somebody who lives here: what there is to do, the last three things, and, with a network, the way to leave them alone for a while. */
export function DoorCard({
  resident,
  locale,
  household,
  came,
  mayReadPeople,
  pause,
  ...sending
}: Sending & {
  resident: PackedDoor['people'][number] & Pick<Resident, 'phone'>;
  locale: Locale;
  household: boolean;
  /** How long the reader said today that they were here. */
  came: number | null;
  mayReadPeople: boolean;
  /** `soonest`: the first day it may end. */
  pause: { action: FormAction; soonest: string } | null;
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
          <DoorTask key={task.key} task={task} name={fullName} came={came} locale={locale} sending={sending} />
        ))}
        <LastThree facts={last} locale={locale} />
        {pause ? (
          <div className="print:hidden">
            <PauseForm
              fold={{ summary: t('pause.title') }}
              action={pause.action}
              fields={{ formKey: sending.newKey(), personId: id }}
              formId={id}
              household={household}
              soonest={pause.soonest}
            />
          </div>
        ) : null}
      </div>
    </Card>
  );
}

function DoorTask({
  task,
  name,
  came,
  locale,
  sending,
}: {
  task: TaskLine;
  name: string;
  came: number | null;
  locale: Locale;
  sending: Sending;
}) {
  const t = useTranslations('tasks');
  const words = useTaskWords();
  const { byWork, goTo, state, kind, given } = task;
  const { work, newKey, ...where } = sending;
  const corrects = kind === 'correct';
  const offered = outcomes.filter((one) => (one === 'done' ? byWork : !corrects));
  // What is settled right here needs no way elsewhere, but whoever was not given it may arrange it otherwise: a round, another referral.
  const leads = work !== null && goTo !== null && (!byWork || corrects || (t.has(`goes.${kind}`) && !given?.mine));
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
      <DoorWork
        {...where}
        task={task}
        name={name}
        formKey={newKey()}
        plain={work}
        outcomes={offered}
        corrects={corrects}
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

function LastThree({ facts, locale }: { facts: readonly PackedFact[]; locale: Locale }) {
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

function FactLine({ fact, locale }: { fact: PackedFact; locale: Locale }) {
  const words = useFactWords({ ...fact, ref: null });
  return (
    <li className="py-1">
      <span className="text-muted">{formatDate(locale, fact.at)}</span> · {words}
    </li>
  );
}
