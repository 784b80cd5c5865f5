'use client';

import { useTranslations } from 'next-intl';
import { Disclosure } from '@/components/ui/disclosure';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Checkbox } from '@/components/ui/choices';
import { SubmitButton } from '@/components/ui/submit-button';
import { ActForm, Hidden } from './act-form';
import { useSent, type FormAction } from './use-sent';

interface Place {
  id: string;
  fullName: string;
  birthYear: number | null;
  village: string;
  phoneHint: string | null;
  status: string;
  at: string;
  until: string;
}

/** What came from one place for one reason: each with the button that vouches for it, and the way to end the rest. */
export function UnconfirmedBatch({
  classId,
  batch,
  before,
  title,
  size,
  places,
  confirm,
  undo,
}: {
  classId: string;
  batch: string;
  /** When this was shown: whoever signs up later is not ended with it. */
  before: string;
  title: string;
  size: number;
  places: readonly Place[];
  confirm: FormAction;
  /** Null for who may not end a batch. */
  undo: FormAction | null;
}) {
  const t = useTranslations('manage');
  const said = (one: Place) =>
    [one.birthYear, one.village, one.phoneHint ?? t('roster.noPhone'), one.at].filter(Boolean).join(' · ');
  return (
    <section className="grid gap-4 rounded-card border-2 border-edge p-4 sm:p-5">
      <h2 className="text-xl">{title}</h2>
      <ul className="grid gap-3">
        {places.map((one) => (
          <li
            key={one.id}
            className="flex flex-wrap items-center justify-between gap-3 border-b-[1.5px] border-line pb-3"
          >
            <span>
              <b className="block">{one.fullName}</b>
              <span className="block text-muted">{said(one)}</span>
              <span className="block text-muted">
                {one.status === 'waitlisted' ? t('unconfirmed.waits') : t('unconfirmed.seated', { until: one.until })}
              </span>
            </span>
            <ActForm
              action={confirm}
              fields={{ classId, enrolmentId: one.id }}
              label={t('unconfirmed.confirm')}
              pendingLabel={t('working')}
              icon="check"
              variant="secondary"
            />
          </li>
        ))}
      </ul>
      {size > places.length ? (
        <p className="text-muted">{t('unconfirmed.andMore', { count: size - places.length })}</p>
      ) : null}
      {undo ? (
        <Disclosure summary={t('unconfirmed.undo', { count: size })}>
          <Undo {...{ classId, batch, before, size, places, undo }} />
        </Disclosure>
      ) : null}
    </section>
  );
}

function Undo({
  classId,
  batch,
  before,
  size,
  places,
  undo,
}: {
  classId: string;
  batch: string;
  before: string;
  size: number;
  places: readonly Place[];
  undo: FormAction;
}) {
  const t = useTranslations('manage');
  const { send, error, summary } = useSent(undo, ['keep']);
  return (
    <form action={send} className="grid gap-4 rounded-card border-2 border-warn bg-warn-tint p-4">
      <ErrorSummary errors={summary} />
      <Hidden fields={{ classId, batch, before }} />
      <p className="max-w-prose">{t('unconfirmed.undoMeans', { count: size })}</p>
      <div className="grid gap-1">
        {places.map((one, at) => (
          <Checkbox
            key={one.id}
            id={at === 0 ? 'keep' : undefined}
            name="keep"
            value={one.id}
            plain
            label={t('unconfirmed.keep', { name: one.fullName })}
            error={at === 0 ? error('keep') : undefined}
          />
        ))}
      </div>
      <div>
        <SubmitButton variant="danger" pendingLabel={t('working')} wide>
          {t('unconfirmed.doUndo')}
        </SubmitButton>
      </div>
    </form>
  );
}
