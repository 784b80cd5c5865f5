import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { AreaTable } from '@/components/area/area-table';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterBar } from '@/components/ui/filter-bar';
import { PageHeading } from '@/components/ui/headings';
import { TextInput } from '@/components/ui/inputs';
import { read } from '@/lib/access/doors';
import { areaRecord, areasBelow, searchAreas, topAreas } from '@/lib/area/queries';
import { areaSearch } from '@/lib/area/schema';
import type { ScopedTx } from '@/lib/access/scoped';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { sortAsked } from '@/lib/kernel/input';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'admin' });
  return { title: t('areasTitle') };
}

/** The tree from wherever it begins: each top with what lies below it. */
async function tops(tx: ScopedTx) {
  const found = [];
  for (const top of await topAreas(tx)) {
    const record = await areaRecord(tx, top);
    if (record) found.push({ record, below: await areasBelow(tx, top) });
  }
  return found;
}

export default async function AreasPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const given = await searchParams;
  const words = areaSearch.parse(given.q)?.trim() ?? '';
  const sort = sortAsked.parse(given.sort);
  const address = { path: '/admin/areas', params: { q: words, sort } };
  const t = await getTranslations('admin');
  const { found, trees } = await read('area.manage', async (tx) =>
    words ? { found: await searchAreas(tx, words), trees: [] } : { found: [], trees: await tops(tx) },
  );
  return (
    <div className="grid gap-6">
      <PageHeading
        lead={t('areasLead')}
        actions={
          <>
            <ButtonLink href="/admin/areas/boundaries" variant="secondary" icon="place">
              {t('toBoundaries')}
            </ButtonLink>
            <ButtonLink href="/admin/areas/terrain" variant="secondary">
              {t('terrain.to')}
            </ButtonLink>
          </>
        }
      >
        {t('areasTitle')}
      </PageHeading>
      <FilterBar
        path="/admin/areas"
        label={t('searchAreaLabel')}
        submitLabel={t('searchAreaSubmit')}
        active={words !== ''}
      >
        {sort ? <input type="hidden" name="sort" value={sort} /> : null}
        <TextInput name="q" type="search" label={t('searchArea')} defaultValue={words} />
      </FilterBar>
      {words ? (
        <AreaTable
          caption={t('results')}
          rows={found}
          address={address}
          empty={<EmptyState title={t('noAreas')}>{t('noAreasHint')}</EmptyState>}
        />
      ) : null}
      {trees.map(({ record, below }) => {
        const name = locale === 'en' ? record.fullNameEn : record.fullNameVi;
        return (
          <section key={record.id} aria-labelledby={`area-${record.id}`} className="grid gap-4">
            <h2 id={`area-${record.id}`} className="text-xl">
              <Link href={`/admin/areas/${record.id}`} prefetch={false} className="link">
                {name}
              </Link>
            </h2>
            <AreaTable
              caption={t('belowCaption', { name })}
              rows={below}
              address={address}
              empty={<EmptyState title={t('nothingBelow')}>{t('nothingBelowHint')}</EmptyState>}
            />
          </section>
        );
      })}
    </div>
  );
}
