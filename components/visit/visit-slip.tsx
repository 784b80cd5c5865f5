import { useTranslations } from 'next-intl';
import { ActForm } from '@/components/class/act-form';
import { Hotline } from '@/components/class/hotline';
import type { FormAction } from '@/components/class/use-sent';
import { CloseForm } from '@/components/enrolment/slip-actions';
import { ButtonLink } from '@/components/ui/button';
import { DefinitionList } from '@/components/ui/facts';
import { Notice } from '@/components/ui/notice';
import { StatusPill } from '@/components/ui/pill';
import { formatDate, formatDay, formatTimeRange } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { phoneForReading } from '@/lib/kernel/phone';
import type { SlipOfVisit } from '@/lib/visit/rules';
import { useAsked } from './asked-words';

const tones = { open: 'info', planned: 'good', closed: 'plain', withdrawn: 'plain', expired: 'warn' } as const;

/** A request as its slip tells it; open ones can be taken back. Whoever borrowed the phone puts it away. */
export function VisitSlip({
  slip,
  locale,
  withdraw,
  close,
}: {
  slip: SlipOfVisit;
  locale: Locale;
  withdraw: FormAction;
  close: FormAction;
}) {
  const t = useTranslations('help');
  const asked = useAsked();
  return (
    <>
      <div className="rounded-card border-2 border-line bg-surface p-5">
        <p className="text-muted">{t('slipNumber')}</p>
        <p className="text-3xl font-bold tracking-widest tabular-nums">
          {slip.code.slice(0, 4)} {slip.code.slice(4)}
        </p>
        <p className="mt-2 text-muted">{t('slipKeep')}</p>
      </div>
      <DefinitionList
        items={[
          { term: t('state'), value: <StatusPill tone={tones[slip.state]}>{t(`states.${slip.state}`)}</StatusPill> },
          ...(slip.plannedOn ? [{ term: t('comesOn'), value: formatDay(locale, slip.plannedOn) }] : []),
          ...(slip.startsAt && slip.endsAt
            ? [{ term: t('comesAt'), value: formatTimeRange(locale, slip.startsAt, slip.endsAt) }]
            : []),
          { term: t('where'), value: slip.village },
          { term: t('whatFor'), value: asked.needs(slip.needs) },
          { term: t('atHome'), value: asked.times(slip.times) },
          { term: t('sentOn'), value: formatDate(locale, slip.createdAt) },
          {
            term: t('ring'),
            value: slip.ring ? <Hotline number={phoneForReading(slip.ring)} /> : t('ringHead'),
          },
        ]}
      />
      {slip.state === 'planned' ? (
        <p>
          {t(slip.phoneGiven ? 'numberRung' : 'numberNoPhone')}{' '}
          <Link href="/help/check" prefetch={false} className="link">
            {t('atDoor')}
          </Link>
        </p>
      ) : null}
      {slip.state === 'expired' ? (
        <Notice
          tone="warn"
          title={t('expiredTitle')}
          action={
            <ButtonLink href="/help" icon="arrow">
              {t('askAgain')}
            </ButtonLink>
          }
        >
          {t('expiredBody')}
        </Notice>
      ) : null}
      {slip.removable ? (
        <ActForm
          fold={{ summary: t('withdrawAsk') }}
          action={withdraw}
          fields={{ code: slip.code }}
          variant="danger"
          label={t('withdraw')}
          pendingLabel={t('sending')}
        >
          <p className="mb-4">{t('withdrawBody')}</p>
        </ActForm>
      ) : null}
      <div className="grid gap-2 print:hidden">
        <p className="text-muted">{t('closeHint')}</p>
        <CloseForm action={close} sending={t('closing')}>
          {t('close')}
        </CloseForm>
      </div>
    </>
  );
}
