import { useTranslations } from 'next-intl';
import { ActForm } from '@/components/class/act-form';
import type { FormAction } from '@/components/class/use-sent';
import { ButtonLink } from '@/components/ui/button';
import { Disclosure } from '@/components/ui/disclosure';
import { Notice } from '@/components/ui/notice';
import { groupsOf } from '@/lib/card/rules';
import type { StaffCard } from '@/lib/card/schema';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';

/** Somebody's card as staff handle it: print it, make it, make another for one that was lost. */
export function StaffCardBox({
  card,
  personId,
  locale,
  mayMake,
  make,
  replace,
}: {
  card: StaffCard;
  personId: string;
  locale: Locale;
  mayMake: boolean;
  make: FormAction;
  replace: FormAction;
}) {
  const t = useTranslations('card');
  const fields = { personId };
  return (
    <div className="grid max-w-2xl gap-4">
      {card.blocked ? (
        <Notice tone="warn" title={t('staffBlocked')}>
          <p>{t('staffBlockedBody')}</p>
        </Notice>
      ) : null}
      {card.code && card.since ? (
        <>
          <p>
            <span className="mr-3 font-bold tracking-wider whitespace-nowrap">{groupsOf(card.code).join(' ')}</span>
            {t('staffSince', { day: formatDate(locale, card.since) })}
          </p>
          <div>
            <ButtonLink href={`/manage/people/${personId}/card`} icon="print" variant="secondary">
              {t('staffPrint')}
            </ButtonLink>
          </div>
          {mayMake ? (
            <Disclosure summary={t('staffLost')} open={card.blocked}>
              <div className="grid gap-4 pt-2">
                <p>{t('staffReplaceMeans')}</p>
                <ActForm
                  action={replace}
                  fields={fields}
                  label={t('staffReplace')}
                  pendingLabel={t('sending')}
                  variant="danger"
                />
              </div>
            </Disclosure>
          ) : null}
        </>
      ) : card.withdrawn ? (
        <p>{t('staffWithdrawn')}</p>
      ) : (
        <>
          <p>{t('staffNone')}</p>
          {mayMake ? (
            <ActForm
              action={make}
              fields={fields}
              label={t('staffMake')}
              pendingLabel={t('sending')}
              variant="secondary"
              icon="idcard"
            />
          ) : null}
        </>
      )}
      {card.phoneChangedAt ? (
        <p className="text-sm text-muted">{t('staffPhone', { day: formatDate(locale, card.phoneChangedAt) })}</p>
      ) : null}
    </div>
  );
}
