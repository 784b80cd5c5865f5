import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { AddGrantForm } from '@/components/account/account-forms';
import { areaChoices } from '@/components/account/area-choices';
import { GrantTable } from '@/components/account/grant-table';
import { OneButtonForm } from '@/components/account/one-button-form';
import { ResetPasswordForm } from '@/components/account/password-forms';
import { ActForm } from '@/components/class/act-form';
import { ClientWords } from '@/components/layout/client-words';
import { DefinitionList } from '@/components/ui/facts';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { StatusPill } from '@/components/ui/pill';
import { read } from '@/lib/access/doors';
import { accountGrants, accountRecord, administeredAreas } from '@/lib/account/queries';
import { dayOf } from '@/lib/kernel/clock';
import { newFirstPassword } from '@/lib/kernel/id';
import { id } from '@/lib/kernel/input';
import { phoneForReading } from '@/lib/kernel/phone';
import { formatDate } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { addGrant, disableAccount, enableAccount, endGrant, resetPassword } from '../actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const outcomes = ['created', 'disabled', 'enabled', 'reset', 'granted', 'ended'] as const;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'admin' });
  return { title: t('accountsTitle') };
}

export default async function OneAccountPage({ params, searchParams }: Props) {
  const [{ locale, id: given }, { done }] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const t = await getTranslations('admin');
  const accountId = id.safeParse(given).data;
  const found = await read('account.manage', async (tx, caller) => {
    const account = accountId === undefined ? null : await accountRecord(tx, accountId);
    if (!account) return null;
    const [grants, areas] = [await accountGrants(tx, account.id), await administeredAreas(tx, account.areaId)];
    return { account, grants, areas, myself: account.id === caller.accountId };
  });
  if (!found) notFound();
  const { account, grants, areas, myself } = found;
  const outcome = outcomes.find((known) => known === done);
  return (
    <div className="grid gap-6">
      <Breadcrumbs items={[{ label: t('accountsTitle'), href: '/admin/accounts' }, { label: account.fullName }]} />
      {outcome ? <Notice tone="good" title={t(`done.${outcome}`)} live /> : null}
      <PageHeading>{account.fullName}</PageHeading>
      <DefinitionList
        items={[
          { term: t('username'), value: account.username },
          { term: t('phone'), value: account.phone ? phoneForReading(account.phone) : '—' },
          { term: t('home'), value: locale === 'en' ? account.areaNameEn : account.areaNameVi },
          { term: t('since'), value: formatDate(locale, account.createdAt) },
          {
            term: t('state'),
            value: account.disabledAt ? (
              <StatusPill tone="bad">{t('states.disabled')}</StatusPill>
            ) : (
              <StatusPill tone="good">{t('states.active')}</StatusPill>
            ),
          },
        ]}
      />
      <p>
        <Link href={`/admin/audit?account=${account.id}`} prefetch={false} className="link">
          {t('whatTheyDid')}
        </Link>
      </p>
      <ClientWords of={['admin', 'account', 'errors']}>
        <GrantTable account={account.id} grants={grants} endGrant={myself ? null : endGrant} />
        {myself ? (
          <Notice title={t('yourself')} />
        ) : (
          <>
            <AddGrantForm
              action={addGrant}
              account={account.id}
              areas={areaChoices(areas, locale)}
              home={account.areaId}
              today={dayOf(new Date())}
            />

            <ResetPasswordForm action={resetPassword} account={account.id} suggestion={newFirstPassword()} />

            {account.disabledAt ? (
              <OneButtonForm
                action={enableAccount}
                fields={{ account: account.id }}
                pendingLabel={t('saving')}
                variant="secondary"
              >
                {t('enable')}
              </OneButtonForm>
            ) : (
              <ActForm
                fold={{ summary: t('disableTitle') }}
                action={disableAccount}
                fields={{ account: account.id }}
                variant="danger"
                label={t('disable')}
                pendingLabel={t('saving')}
              >
                <p className="mb-4">{t('disableLead')}</p>
              </ActForm>
            )}
          </>
        )}
      </ClientWords>
    </div>
  );
}
