import { getTranslations, setRequestLocale } from 'next-intl/server';
import { ClientWords } from '@/components/layout/client-words';
import { TeamForm } from '@/components/team/team-form';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { read } from '@/lib/access/doors';
import { areaChoices } from '@/lib/area/queries';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { add } from '../actions';

interface Props {
  params: Promise<{ locale: Locale }>;
}

export const generateMetadata = titled('teams', 'add');

export default async function NewTeamPage({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const areas = await read('class.write', (tx, caller) =>
    areaChoices(tx, locale, { grants: caller.grants, capability: 'class.write', depth: 12 }),
  );
  const t = await getTranslations('teams');
  return (
    <div className="grid max-w-3xl grid-cols-1 gap-6">
      <Breadcrumbs items={[{ label: t('title'), href: '/manage/teams' }, { label: t('add') }]} />
      <PageHeading lead={t('addLead')}>{t('add')}</PageHeading>
      <ClientWords of={['teams', 'errors']}>
        <TeamForm action={add} areas={areas.map((one) => ({ value: String(one.id), label: one.name }))} />
      </ClientWords>
    </div>
  );
}
