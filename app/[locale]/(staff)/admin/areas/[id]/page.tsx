import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { AddAreaForm, CloseAreaForm, RenameAreaForm } from '@/components/area/area-forms';
import { AreaTable } from '@/components/area/area-table';
import { ClientWords } from '@/components/layout/client-words';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { DefinitionList } from '@/components/ui/facts';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import { areaRecord, areasBelow } from '@/lib/area/queries';
import { dayOf } from '@/lib/kernel/clock';
import { areaId, sortAsked } from '@/lib/kernel/input';
import { formatDate } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { addArea, closeArea, renameArea } from '../actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const outcomes = ['added', 'renamed', 'closed'] as const;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'admin' });
  return { title: t('areasTitle') };
}

export default async function AreaPage({ params, searchParams }: Props) {
  const [{ locale, id }, { done, sort }] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const t = await getTranslations('admin');
  const wanted = areaId.safeParse(id).data;
  const found = await read('area.manage', async (tx) => {
    const area = wanted === undefined ? null : await areaRecord(tx, wanted);
    return area && { area, below: await areasBelow(tx, area.id) };
  });
  if (!found) notFound();
  const { area, below } = found;
  const nameOf = (place: { fullNameVi: string; fullNameEn: string }) =>
    locale === 'en' ? place.fullNameEn : place.fullNameVi;
  const outcome = outcomes.find((known) => known === done);
  const today = dayOf(new Date());
  return (
    <div className="grid gap-6">
      <Breadcrumbs
        items={[
          { label: t('areasTitle'), href: '/admin/areas' },
          ...area.above.map((place) => ({ label: nameOf(place), href: `/admin/areas/${place.id}` })),
          { label: nameOf(area) },
        ]}
      />
      {outcome ? <Notice tone="good" title={t(`done.${outcome}`)} live /> : null}
      {area.validTo && outcome !== 'closed' ? (
        <Notice tone="warn" title={`${t('closedOn')} ${formatDate(locale, area.validTo)}`} />
      ) : null}
      <PageHeading>{nameOf(area)}</PageHeading>
      <DefinitionList
        items={[
          { term: t('areaKind'), value: t(`kinds.${area.kind}`) },
          ...(area.kind === 'commune'
            ? [
                {
                  term: t('terrain.kind'),
                  value: (
                    <>
                      {area.terrain ? t(`terrain.kinds.${area.terrain}`) : t('terrain.none')}{' '}
                      <Link href="/admin/areas/terrain" prefetch={false} className="link">
                        {t('terrain.to')}
                      </Link>
                    </>
                  ),
                },
              ]
            : []),
          { term: t('areaCode'), value: area.officialCode ?? t('noCode') },
          { term: t('validFrom'), value: formatDate(locale, area.validFrom) },
        ]}
      />
      <AreaTable
        caption={t('belowCaption', { name: nameOf(area) })}
        rows={below}
        address={{ path: `/admin/areas/${area.id}`, params: { sort: sortAsked.parse(sort) } }}
        empty={
          <EmptyState icon="place" title={t('nothingBelow')}>
            {area.validTo ? null : t('nothingBelowHint')}
          </EmptyState>
        }
      />
      {area.aliases.length > 0 ? (
        <DataTable
          caption={t('aliasCaption', { name: nameOf(area) })}
          rows={area.aliases}
          rowKey={(alias) => `${alias.kind}${alias.name}`}
          columns={[
            { key: 'name', header: t('aliases'), cell: (alias) => alias.name },
            { key: 'kind', header: t('aliasKind'), cell: (alias) => t(`aliasKinds.${alias.kind}`) },
            {
              key: 'until',
              header: t('until'),
              cell: (alias) => (alias.validTo ? formatDate(locale, alias.validTo) : '—'),
            },
          ]}
        />
      ) : null}
      {area.validTo ? null : (
        <ClientWords of={['admin', 'errors']}>
          <AddAreaForm action={addArea} parent={area.id} today={today} />

          <RenameAreaForm action={renameArea} area={area.id} name={area.nameVi} today={today} />

          {area.officialCode === null ? <CloseAreaForm action={closeArea} area={area.id} today={today} /> : null}
        </ClientWords>
      )}
    </div>
  );
}
