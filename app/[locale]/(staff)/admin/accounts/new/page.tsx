import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { CreateAccountForm } from '@/components/account/account-forms';
import { areaChoices } from '@/components/account/area-choices';
import { ClientWords } from '@/components/layout/client-words';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { read } from '@/lib/access/doors';
import { administeredAreas } from '@/lib/account/queries';
import { newFirstPassword } from '@/lib/kernel/id';
import type { Locale } from '@/lib/i18n/routing';
import { createAccount } from '../actions';

interface Props {
  params: Promise<{ locale: Locale }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'admin' });
  return { title: t('newAccount') };
}

export default async function NewAccountPage({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const t = await getTranslations('admin');
  const areas = await read('account.manage', (tx) => administeredAreas(tx));
  return (
    <div className="grid gap-6">
      <Breadcrumbs items={[{ label: t('accountsTitle'), href: '/admin/accounts' }, { label: t('newAccount') }]} />
      <PageHeading lead={t('newAccountLead')}>{t('newAccount')}</PageHeading>
      <ClientWords of={['admin', 'account', 'errors']}>
        <CreateAccountForm action={createAccount} areas={areaChoices(areas, locale)} suggestion={newFirstPassword()} />
      </ClientWords>
    </div>
  );
}
