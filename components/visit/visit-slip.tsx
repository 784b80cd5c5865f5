import { useTranslations } from 'next-intl';
import { ActForm } from '@/components/class/act-form';
import { Hotline } from '@/components/class/hotline';
import type { FormAction } from '@/components/class/use-sent';
import { Disclosure } from '@/components/ui/disclosure';
import { ButtonLink } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { DefinitionList } from '@/components/ui/facts';
import { TextInput } from '@/components/ui/inputs';
import { Notice } from '@/components/ui/notice';
import { StatusPill } from '@/components/ui/pill';
import { SubmitButton } from '@/components/ui/submit-button';
import { formatDate, formatDay, formatTimeRange } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { phoneForReading } from '@/lib/kernel/phone';
import type { SlipOfVisit } from '@/lib/visit/rules';

const tones = { open: 'info', planned: 'good', closed: 'plain', withdrawn: 'plain', expired: 'warn' } as const;

/** A request as its slip tells it; open ones can be taken back. */
export function VisitSlip({ slip, locale, withdraw }: { slip: SlipOfVisit; locale: Locale; withdraw: FormAction }) {
  const t = useTranslations('help');
  const w = useTranslations('visitWords');
  const list = (words: readonly string[]) => (words.length > 0 ? words.join(', ') : w('anyTime'));
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
          { term: t('whatFor'), value: slip.needs.map((need) => w(`need.${need}`)).join(', ') },
          { term: t('atHome'), value: list(slip.times.map((time) => w(`time.${time}`))) },
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
        <Disclosure summary={t('withdrawAsk')}>
          <p className="mb-4">{t('withdrawBody')}</p>
          <ActForm
            action={withdraw}
            fields={{ code: slip.code }}
            variant="danger"
            label={t('withdraw')}
            pendingLabel={t('sending')}
          />
        </Disclosure>
      ) : null}
    </>
  );
}

/** The number of a slip, typed. */
export function SlipForm({ address, code, wrong }: { address: string; code: string; wrong?: string | undefined }) {
  const t = useTranslations('help');
  return (
    <form action={address} method="get" noValidate className="grid gap-6">
      <ErrorSummary errors={wrong ? [{ field: 'code', message: wrong }] : []} />
      <TextInput
        name="code"
        label={t('slipNumber')}
        hint={t('slipHint')}
        error={wrong}
        defaultValue={code}
        width="phone"
        maxLength={40}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
      />
      <div>
        <SubmitButton icon="search" pendingLabel={t('sending')} wide>
          {t('look')}
        </SubmitButton>
      </div>
    </form>
  );
}
