import { useTranslations } from 'next-intl';
import { addressWith } from '@/components/ui/address';
import { Card } from '@/components/ui/card';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import type { Doubt, QualityPage, UnitRegisters } from '@/lib/figure/rules';
import { percent } from '@/lib/figure/schema';
import { formatDate, formatTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import { useFigureWords } from './words';

const address = { path: '/dashboard/quality', params: {} };

/** Each doubt with what it means, how many there are, and the rows behind it for those who may open them. */
export function QualityView({ page }: { page: QualityPage }) {
  const t = useTranslations('dashboard.doubts');
  const { locale, name } = useFigureWords();
  const { area, units, found } = page;
  const to = (id: number) => addressWith({ path: '/dashboard', params: {} }, { area: String(id) });
  const full = locale === 'en' ? area.fullNameEn : area.fullNameVi;
  return (
    <div className="grid grid-cols-1 gap-7">
      <Breadcrumbs
        items={[
          ...area.above.map((up) => ({ label: name(up), href: to(up.id) })),
          { label: full, href: to(area.id) },
          { label: t('title') },
        ]}
      />
      <PageHeading above={full} lead={t('lead')}>
        {t('title')}
      </PageHeading>
      {found ? (
        <>
          <Counts found={found} />
          <Sessions title={t('repeated')} hint={t('repeatedHint')} none={t('repeatedNone')} doubt={found.repeated} />
          <Sessions title={t('absent')} hint={t('absentHint')} none={t('absentNone')} doubt={found.absent} />
        </>
      ) : units.length > 0 ? (
        <Units units={units} />
      ) : (
        <EmptyState icon="check" title={t('nothing')} />
      )}
    </div>
  );
}

/** The units beside each other, by what of their registers can be counted without looking anybody up; each opens into the rest. */
function Units({ units }: { units: readonly UnitRegisters[] }) {
  const t = useTranslations('dashboard.doubts');
  const { name, number, share } = useFigureWords();
  return (
    <section aria-labelledby="units" className="grid gap-3">
      <h2 id="units" className="text-2xl">
        {t('choose')}
      </h2>
      <p className="max-w-prose text-muted">{t('unitsHint')}</p>
      <DataTable
        caption={t('choose')}
        captionHidden
        rows={units}
        rowKey={({ id }) => String(id)}
        columns={[
          {
            key: 'unit',
            header: t('unit'),
            cell: (unit) => (
              <Link
                href={addressWith(address, { area: String(unit.id) })}
                prefetch={false}
                className="link inline-flex min-h-target items-center"
              >
                {name(unit)}
              </Link>
            ),
          },
          { key: 'missing', header: t('missing'), align: 'end', cell: ({ missing }) => number(missing) },
          { key: 'late', header: t('late'), align: 'end', cell: ({ late }) => number(late) ?? '—' },
          { key: 'held', header: t('held'), align: 'end', cell: ({ held }) => number(held) ?? '—' },
          {
            key: 'share',
            header: t('lateShare'),
            align: 'end',
            cell: ({ late, held }) => share(percent(late ?? 0, held ?? 0)) ?? '—',
          },
        ]}
      />
    </section>
  );
}

function Counts({ found }: { found: NonNullable<QualityPage['found']> }) {
  const t = useTranslations('dashboard.doubts');
  const { pairs, phones, mayOpenPeople } = found;
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <Card as="section">
        <h2 className="text-lg font-bold">{t('twice')}</h2>
        <p className="mt-1">{pairs > 0 ? t('twiceCount', { count: pairs }) : t('twiceNone')}</p>
        {pairs > 0 && mayOpenPeople ? (
          <Link
            href="/manage/people/duplicates"
            prefetch={false}
            className="link inline-flex min-h-target items-center print:hidden"
          >
            {t('twiceOpen')}
          </Link>
        ) : null}
      </Card>
      <Card as="section">
        <h2 className="text-lg font-bold">{t('phones')}</h2>
        <p className="mt-1">
          {phones.numbers > 0 ? t('phonesCount', { numbers: phones.numbers, people: phones.people }) : t('phonesNone')}
        </p>
      </Card>
    </div>
  );
}

function Sessions({ title, hint, none, doubt }: { title: string; hint: string; none: string; doubt: Doubt }) {
  const t = useTranslations('dashboard.rows');
  const d = useTranslations('dashboard.doubts');
  const { locale, number } = useFigureWords();
  type Row = Doubt['first'][number];
  const opens = (row: Row) =>
    row.mayOpen
      ? `/manage/sessions/${row.id}`
      : row.mayReadClass
        ? `/manage/classes/${row.classId}`
        : `/classes/${row.classId}`;
  return (
    <section className="grid gap-3">
      <h2 className="text-2xl">{title}</h2>
      <p className="max-w-prose text-muted">{hint}</p>
      {doubt.total === 0 ? (
        <Notice tone="good" title={none} />
      ) : (
        <DataTable
          caption={d('count', { count: number(doubt.total) ?? '', shown: number(doubt.first.length) ?? '' })}
          rows={doubt.first}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'session',
              header: t('session'),
              cell: (row) => (
                <Link href={opens(row)} prefetch={false} className="link inline-flex min-h-target items-center">
                  {locale === 'en' ? row.titleEn : row.titleVi}
                </Link>
              ),
            },
            {
              key: 'when',
              header: t('when'),
              cell: (row) => (
                <span className="whitespace-nowrap">
                  {formatDate(locale, row.startsAt)}, {formatTime(locale, row.startsAt)}
                </span>
              ),
            },
            { key: 'where', header: t('where'), cell: (row) => (locale === 'en' ? row.areaNameEn : row.areaNameVi) },
          ]}
        />
      )}
    </section>
  );
}
