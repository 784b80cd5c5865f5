import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeading } from '@/components/ui/headings';
import { StatusPill } from '@/components/ui/pill';
import { read } from '@/lib/access/doors';
import { skillCatalogue, type CatalogueRow } from '@/lib/skill/queries';
import { formatDate } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';

interface Props {
  params: Promise<{ locale: Locale }>;
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

export default async function SkillsPage({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const t = await getTranslations('admin');
  const rows = await read('skill.manage', (tx) => skillCatalogue(tx));
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
            rows={skills}
            rowKey={(row) => row.code}
            columns={[
              {
                key: 'skill',
                header: t('skill'),
                cell: (row) => (
                  <Link href={`/admin/skills/${row.code}`} prefetch={false} className="link">
                    <b>{row.code}</b> {locale === 'en' ? row.titleEn : row.titleVi}
                  </Link>
                ),
              },
              {
                key: 'core',
                header: t('core'),
                cell: (row) => (row.core ? <StatusPill tone="good">{t('core')}</StatusPill> : '—'),
              },
              { key: 'level', header: t('level'), align: 'end', cell: (row) => row.level },
              { key: 'version', header: t('version'), align: 'end', cell: (row) => row.version },
              { key: 'since', header: t('validSince'), cell: (row) => formatDate(locale, row.validFrom) },
            ]}
          />
        );
      })}
    </div>
  );
}
