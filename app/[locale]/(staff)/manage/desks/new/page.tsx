import { getTranslations, setRequestLocale } from 'next-intl/server';
import { DeskForm } from '@/components/desk/desk-form';
import { ClientWords } from '@/components/layout/client-words';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { read } from '@/lib/access/doors';
import { areaChoices } from '@/lib/area/queries';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { add } from '../actions';

interface Props {
  params: Promise<{ locale: Locale }>;
}

export const generateMetadata = titled('desk', 'add');

export default async function NewDeskPage({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const areas = await read('desk.manage', (tx, caller) =>
    areaChoices(tx, locale, { grants: caller.grants, capability: 'desk.manage', depth: 12 }),
  );
  const t = await getTranslations('desk');
  return (
    <div className="grid max-w-3xl gap-6">
      <Breadcrumbs items={[{ label: t('desks'), href: '/manage/desks' }, { label: t('add') }]} />
      <PageHeading lead={t('addLead')}>{t('add')}</PageHeading>
      <ClientWords of={['desk', 'errors']}>
        <DeskForm action={add} areas={areas.map((one) => ({ value: String(one.id), label: one.name }))} />
      </ClientWords>
    </div>
  );
}
