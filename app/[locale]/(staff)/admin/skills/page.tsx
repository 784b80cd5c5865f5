import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { DataTable, parseSort, sortRows } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeading } from '@/components/ui/headings';
import { StatusPill } from '@/components/ui/pill';
import { read } from '@/lib/access/doors';
import { skillCatalogue, type CatalogueRow } from '@/lib/skill/queries';
import { formatDate } from '@/lib/i18n/format';
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
  return { title: t('skillsTitle') };
}

function byDomain(rows: readonly CatalogueRow[]): CatalogueRow[][] {
  const domains = new Map<string, CatalogueRow[]>();
  for (const row of rows) domains.set(row.domainCode, [...(domains.get(row.domainCode) ?? []), row]);
  return [...domains.values()];
}

const values = {
  skill: (row: CatalogueRow) => row.code,
  core: (row: CatalogueRow) => Number(!row.core),
  level: (row: CatalogueRow) => row.level,
  version: (row: CatalogueRow) => row.version,
  since: (row: CatalogueRow) => row.validFrom,
};

export default async function SkillsPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const t = await getTranslations('admin');
  const rows = await read('skill.manage', (tx) => skillCatalogue(tx));
  const asked = sortAsked.parse((await searchParams).sort);
  const order = parseSort(asked, Object.keys(values), '');
  const sort = { ...order, address: { path: '/admin/skills', params: { sort: asked } } };
  const core = rows.filter((row) => row.core).length;
  return (
    <div className="grid gap-6">
      <PageHeading lead={t('skillsLead')} above={t('skillCount', { count: rows.length, core })}>
        {t('skillsTitle')}
      </PageHeading>
      {rows.length === 0 ? <EmptyState icon="check" title={t('noSkills')} /> : null}
      {byDomain(rows).map((skills) => {
        const [{ domainCode = '', domainVi = '', domainEn = '' } = {}] = skills;
        return (
          <DataTable
            key={domainCode}
            caption={`${domainCode}. ${locale === 'en' ? domainEn : domainVi}`}
            rows={sortRows(skills, order, values)}
            sort={sort}
            rowKey={(row) => row.code}
            columns={[
              {
                key: 'skill',
                header: t('skill'),
                sortable: true,
                cell: (row) => (
                  <Link href={`/admin/skills/${row.code}`} prefetch={false} className="link">
                    <b>{row.code}</b> {locale === 'en' ? row.titleEn : row.titleVi}
                  </Link>
                ),
              },
              {
                key: 'core',
                header: t('core'),
                sortable: true,
                cell: (row) => (row.core ? <StatusPill tone="good">{t('core')}</StatusPill> : '—'),
              },
              { key: 'level', header: t('level'), sortable: true, align: 'end', cell: (row) => row.level },
              { key: 'version', header: t('version'), sortable: true, align: 'end', cell: (row) => row.version },
              {
                key: 'since',
                header: t('validSince'),
                sortable: true,
                cell: (row) => formatDate(locale, row.validFrom),
              },
            ]}
          />
        );
      })}
    </div>
  );
}
