import { getTranslations, setRequestLocale } from 'next-intl/server';
import { TerrainForm } from '@/components/area/terrain-form';
import { ClientWords } from '@/components/layout/client-words';
import { EmptyState } from '@/components/ui/empty-state';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import { communeTerrains } from '@/lib/area/queries';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { say } from './actions';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('admin', 'terrain.title');

/** What kind of country each commune lies in, all on one page: who says it goes through the list once. */
export default async function TerrainPage({ params, searchParams }: Props) {
  const [{ locale }, { done }] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const t = await getTranslations('admin');
  const communes = await read('area.manage', communeTerrains);
  const said = communes.filter(({ terrain }) => terrain !== null).length;
  return (
    <div className="grid grid-cols-1 gap-6">
      <Breadcrumbs items={[{ label: t('areasTitle'), href: '/admin/areas' }, { label: t('terrain.title') }]} />
      {done === 'terrain' ? <Notice tone="good" title={t('done.terrain')} live opensPage /> : null}
      <PageHeading lead={t('terrain.lead')}>{t('terrain.title')}</PageHeading>
      {communes.length === 0 ? (
        <EmptyState icon="place" title={t('terrain.noCommunes')}>
          {t('terrain.noCommunesHint')}
        </EmptyState>
      ) : (
        <>
          <p className="font-bold">{t('terrain.said', { said, all: communes.length })}</p>
          <ClientWords of={['admin', 'errors']}>
            <TerrainForm
              action={say}
              communes={communes.map((one) => ({
                id: one.id,
                name: locale === 'en' ? one.fullNameEn : one.fullNameVi,
                formerly: one.formerDistrict,
                terrain: one.terrain,
              }))}
            />
          </ClientWords>
        </>
      )}
    </div>
  );
}
