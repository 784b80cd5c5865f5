import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { CalendarLink } from '@/components/class/share-class';
import { ButtonLink } from '@/components/ui/button';
import { PageHeading } from '@/components/ui/headings';
import { PrintButton } from '@/components/ui/print-button';
import { Written } from '@/components/ui/written';
import type { Slip as SlipData } from '@/lib/enrolment/schema';
import { formatDay, formatTime } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import type { FormState } from '@/lib/kernel/result';
import { KeptWords } from './kept-words';
import { Slip } from './slip';
import { AnswerForm, CancelForm, CloseForm } from './slip-actions';
import { useSlipErrors } from './words';

type FormAction = (before: FormState, form: FormData) => Promise<FormState>;

/** A slip in hand: how one stands in a sentence, the slip, and what one can do now. */
export function MySlip({
  slip,
  locale,
  asking,
  address,
  cancel,
  answer,
  close,
  children,
}: {
  slip: SlipData;
  locale: Locale;
  /** The reader pressed "cancel" and is asked once more. */
  asking: boolean;
  /** Where the portal is found, for paper. */
  address: string;
  cancel: FormAction;
  answer: FormAction;
  close: FormAction;
  /** Where else one can go from here. */
  children: ReactNode;
}) {
  const t = useTranslations('my');
  const errors = useSlipErrors();
  const live = ['confirmed', 'offered', 'waitlisted'].includes(slip.status);
  const waiting = slip.status === 'waitlisted';
  const offered = slip.status === 'offered' && slip.answerBy !== null;
  const at = (moment: Date) => ({ time: formatTime(locale, moment), day: formatDay(locale, moment) });
  const actions = (
    <div className="flex flex-wrap items-start gap-3 print:hidden">
      {live ? (
        <>
          <PrintButton variant="secondary">{t('print')}</PrintButton>
          <CalendarLink path={`${locale === 'en' ? '/en' : ''}/classes/${slip.classId}`} />
        </>
      ) : null}
      {slip.status === 'cancelled' || slip.status === 'offerGone' ? (
        <ButtonLink href={`/classes/${slip.classId}`} icon="arrow" wide>
          {t('signUpAgain')}
        </ButtonLink>
      ) : null}
      {live ? (
        <ButtonLink href={`/classes/${slip.classId}`} variant="secondary" icon="plus" wide>
          {t('oneMore')}
        </ButtonLink>
      ) : (
        <ButtonLink href="/classes" variant="secondary" icon="search" wide>
          {t('findOther')}
        </ButtonLink>
      )}
    </div>
  );
  return (
    <div className="grid gap-7">
      <PageHeading
        lead={t.rich(`explain.${slip.status}`, {
          place: slip.placeInQueue ?? 1,
          reason: () => <Written>{slip.classStatusReason ?? '—'}</Written>,
        })}
      >
        {t(`status.${slip.status}`, slip.answerBy ? at(slip.answerBy) : {})}
      </PageHeading>
      {offered ? (
        <AnswerForm
          action={answer}
          errorWords={errors}
          words={{ accept: t('acceptPlace'), decline: t('declinePlace'), sending: t('answering') }}
        />
      ) : null}
      {waiting ? <KeptWords kept={slip.kept} locale={locale} /> : null}
      {asking && live && !offered ? (
        <CancelForm
          action={cancel}
          errorWords={errors}
          words={{
            title: t(waiting ? 'cancelTitleQueue' : 'cancelTitle'),
            body: t(waiting ? 'cancelBodyQueue' : 'cancelBody'),
            yes: t(waiting ? 'cancelYesQueue' : 'cancelYes'),
            sending: t('cancelling'),
            no: t(waiting ? 'cancelNoQueue' : 'cancelNo'),
          }}
        />
      ) : null}
      {live ? null : actions}
      <Slip slip={slip} locale={locale} address={address} />
      {live ? actions : null}
      {children}
      {live && !offered && !asking ? (
        <div className="print:hidden">
          <ButtonLink href="/my?cancel=1" variant="quiet" wide>
            {slip.status === 'confirmed' ? t('cancel') : t('leaveQueue')}
          </ButtonLink>
        </div>
      ) : null}
      <div className="grid max-w-prose gap-2 print:hidden">
        <p className="text-muted">{t('closeHint')}</p>
        <CloseForm action={close} sending={t('closing')}>
          {t('close')}
        </CloseForm>
      </div>
    </div>
  );
}
