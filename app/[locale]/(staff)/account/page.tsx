import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { EndDeviceForm } from '@/components/account/end-device-form';
import { HelperChoiceForm } from '@/components/account/helper-choice-form';
import { ChangePasswordForm } from '@/components/account/password-forms';
import { ClientWords } from '@/components/layout/client-words';
import { DataTable } from '@/components/ui/data-table';
import { PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import { signedInDevices } from '@/lib/account/queries';
import { deviceName } from '@/lib/account/rules';
import { formatDate, formatTime } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { helperChoice } from '@/lib/message/queries';
import { changePassword, chooseHow, endDevice } from './actions';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'account' });
  return { title: t('pageTitle') };
}

export default async function AccountPage({ params, searchParams }: Props) {
  const [{ locale }, { done }] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const [t, m] = await Promise.all([getTranslations('account'), getTranslations('messages')]);
  const { devices, told, caller } = await read('signedIn', async (tx, who) => ({
    devices: await signedInDevices(tx),
    told: await helperChoice(tx, who.accountId),
    caller: who,
  }));
  const when = (moment: Date) => `${formatDate(locale, moment)}, ${formatTime(locale, moment)}`;
  return (
    <div className="grid gap-8">
      {done === 'password' ? <Notice tone="good" title={t('passwordChanged')} live /> : null}
      {done === 'messages' ? <Notice tone="good" title={m('helper.done')} live /> : null}
      <PageHeading lead={t('pageLead')}>{t('pageTitle')}</PageHeading>
      <DataTable
        caption={t('grants')}
        rows={caller.grants}
        rowKey={(grant) => `${grant.role}${grant.areaId}`}
        empty={<p>{t('noGrants')}</p>}
        columns={[
          { key: 'role', header: t('role'), cell: (grant) => t(`roles.${grant.role}`) },
          { key: 'area', header: t('area'), cell: (grant) => (locale === 'en' ? grant.areaNameEn : grant.areaNameVi) },
        ]}
      />
      <ClientWords of={['account', 'messages', 'errors']}>
        <DataTable
          caption={t('devices')}
          rows={devices}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'device',
              header: t('device'),
              cell: (row) => (
                <>
                  {row.id === caller.sessionId ? <b>{t('thisDevice')} · </b> : null}
                  {deviceName(row.device) || t('unknownDevice')}
                </>
              ),
            },
            { key: 'since', header: t('since'), cell: (row) => when(row.createdAt) },
            { key: 'address', header: t('address'), cell: (row) => row.address ?? '—' },
            {
              key: 'end',
              header: t('end'),
              cell: (row) =>
                row.id === caller.sessionId ? (
                  '—'
                ) : (
                  <EndDeviceForm
                    action={endDevice}
                    device={row.id}
                    name={t('endDevice', { device: when(row.createdAt) })}
                  />
                ),
            },
          ]}
        />
        {told ? (
          <section aria-labelledby="told-how" className="grid gap-4">
            <div>
              <h2 id="told-how" className="text-xl">
                {m('helper.title')}
              </h2>
              <p className="max-w-prose text-muted">{m('helper.lead')}</p>
            </div>
            <HelperChoiceForm action={chooseHow} now={told} />
          </section>
        ) : null}
        <section aria-labelledby="change-password" className="grid gap-4">
          <h2 id="change-password" className="text-xl">
            {t('changePassword')}
          </h2>
          <ChangePasswordForm action={changePassword} username={caller.username} />
        </section>
      </ClientWords>
    </div>
  );
}
