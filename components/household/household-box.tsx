import { useTranslations } from 'next-intl';
import { ActForm } from '@/components/class/act-form';
import type { FormAction } from '@/components/class/use-sent';
import { ButtonLink } from '@/components/ui/button';
import { formatDate } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import type { HouseholdMember } from '@/lib/household/schema';

/** Who lives with somebody, with the ways to add one and, for those who may (`leave`), to take one out. */
export function HouseholdBox({
  personId,
  members,
  locale,
  leave,
}: {
  personId: string;
  members: readonly HouseholdMember[];
  locale: Locale;
  leave: FormAction | null;
}) {
  const t = useTranslations('people');
  const others = members.filter(({ id }) => id !== personId);
  return (
    <div className="grid gap-3">
      <p className="text-muted">{t('household.lead')}</p>
      {others.length === 0 ? <p>{t(members.length > 0 ? 'household.alone' : 'household.none')}</p> : null}
      {members.length > 0 ? (
        <ul className="divide-y-[1.5px] divide-line border-y-[1.5px] border-line">
          {members.map((one) => (
            <li key={one.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-2.5">
              <p className="min-w-0">
                {one.id === personId ? (
                  <b>{`${one.fullName} (${t('household.self')})`}</b>
                ) : (
                  <Link href={`/manage/people/${one.id}`} prefetch={false} className="link">
                    {one.fullName}
                  </Link>
                )}
                <span className="block text-sm text-muted">
                  {[
                    one.birthYear ?? t('noYear'),
                    one.village,
                    t('household.since', { day: formatDate(locale, one.since) }),
                  ].join(' · ')}
                </span>
              </p>
              {leave ? (
                <ActForm
                  action={leave}
                  fields={{ personId, otherId: one.id }}
                  variant="quiet"
                  label={t('household.leaveWho', { name: one.fullName })}
                  pendingLabel={t('saving')}
                />
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      {leave ? (
        <div>
          <ButtonLink href={`/manage/people/${personId}/household`} variant="secondary" icon="plus">
            {t('household.add')}
          </ButtonLink>
        </div>
      ) : null}
    </div>
  );
}
