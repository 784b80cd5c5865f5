import { useLocale, useTranslations } from 'next-intl';
import { DataTable } from '@/components/ui/data-table';
import { Notice } from '@/components/ui/notice';
import { StatusPill } from '@/components/ui/pill';
import type { Role } from '@/lib/account/schema';
import { formatDate } from '@/lib/i18n/format';
import { OneButtonForm } from './one-button-form';
import type { FormAction } from './use-form';

interface Grant {
  id: string;
  role: Role;
  areaNameVi: string;
  areaNameEn: string;
  validFrom: string;
  validTo: string | null;
  state: 'coming' | 'running' | 'over';
}

const tones = { coming: 'info', running: 'good', over: 'plain' } as const;

/** What somebody may do where, from when until when; `endGrant` null where the reader may not end any. */
export function GrantTable({
  account,
  grants,
  endGrant,
}: {
  account: string;
  grants: readonly Grant[];
  endGrant: FormAction | null;
}) {
  const t = useTranslations('admin');
  const roles = useTranslations('account.roles');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const areaOf = (grant: Grant) => (locale === 'en' ? grant.areaNameEn : grant.areaNameVi);
  return (
    <DataTable
      caption={t('grants')}
      rows={grants}
      rowKey={(grant) => grant.id}
      empty={<Notice tone="warn" title={t('noGrants')} />}
      columns={[
        { key: 'role', header: t('role'), cell: (grant) => roles(grant.role) },
        { key: 'area', header: t('where'), cell: areaOf },
        { key: 'from', header: t('fromDay'), cell: (grant) => formatDate(locale, grant.validFrom) },
        {
          key: 'until',
          header: t('untilDay'),
          cell: (grant) => (grant.validTo ? formatDate(locale, grant.validTo) : t('noEnd')),
        },
        {
          key: 'state',
          header: t('state'),
          cell: (grant) => <StatusPill tone={tones[grant.state]}>{t(`grantStates.${grant.state}`)}</StatusPill>,
        },
        {
          key: 'end',
          header: t('action'),
          cell: (grant) =>
            endGrant && grant.state !== 'over' ? (
              <OneButtonForm action={endGrant} fields={{ account, grant: grant.id }} pendingLabel={t('ending')}>
                {t('endGrant')}
                <span className="sr-only"> {t('endGrantOf', { role: roles(grant.role), area: areaOf(grant) })}</span>
              </OneButtonForm>
            ) : (
              '—'
            ),
        },
      ]}
    />
  );
}
