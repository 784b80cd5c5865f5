import { useTranslations } from 'next-intl';
import { KindPill } from '@/components/indicator/kind-pill';
import { Counted, useIndicatorNumbers } from '@/components/indicator/numbers';
import { addressWith } from '@/components/ui/address';
import { DataTable } from '@/components/ui/data-table';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { StatusPill } from '@/components/ui/pill';
import { Written } from '@/components/ui/written';
import { byTheme, judged, rowsBehind, type IndicatorLine, type IndicatorSheet as Sheet } from '@/lib/figure/rules';
import { formatDate } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import { useGroupName } from './group-name';
import { PeriodPicker } from './period-picker';
import { rowsHref } from './rows-link';
import { SmallNumberNote } from './small-number';
import { capital, useFigureWords } from './words';

/** All of the registry for one area and period: what each says, what is aimed at, where it comes from, and the way to its definition and rows. */
export function IndicatorSheet({ sheet, today, asked }: { sheet: Sheet; today: string; asked: number | undefined }) {
  const t = useTranslations('indicator');
  const { locale, name, period: when, days } = useFigureWords();
  const { area, period, lines } = sheet;
  const to = (id: number) =>
    addressWith({ path: '/dashboard/indicators', params: {} }, { area: String(id), period: period.key });
  const board = addressWith({ path: '/dashboard', params: {} }, { area: String(area.id), period: period.key });
  const place = locale === 'en' ? area.fullNameEn : area.fullNameVi;
  return (
    <div className="grid grid-cols-1 gap-6 print:block">
      <Breadcrumbs
        items={[
          ...area.above.map((up) => ({ label: name(up), href: to(up.id) })),
          { label: place, href: board },
          { label: t('title') },
        ]}
      />
      <PageHeading above={`${place}, ${when(period)}`} lead={t('sheetLead')}>
        {t('sheetTitle')}
      </PageHeading>
      <p className="text-muted">{capital(days(period))}</p>
      <PeriodPicker period={period} beside={null} today={today} areaId={asked} path="/dashboard/indicators" />
      {byTheme(lines).map(({ theme, lines: own }) => (
        <section key={theme} aria-labelledby={theme} className="grid gap-3 print:mt-4 print:block">
          <h2 id={theme} className="break-after-avoid text-2xl">
            {t(`themes.${theme}`)}
          </h2>
          <Table sheet={sheet} lines={own} caption={t(`themes.${theme}`)} />
        </section>
      ))}
      {lines.some(({ value }) => value.hidden) ? <SmallNumberNote period={period} /> : null}
    </div>
  );
}

function Table({ sheet, lines, caption }: { sheet: Sheet; lines: readonly IndicatorLine[]; caption: string }) {
  const t = useTranslations('indicator');
  const { name, locale } = useIndicatorNumbers();
  return (
    <DataTable
      caption={caption}
      captionHidden
      rows={lines}
      rowKey={({ version }) => version.code}
      columns={[
        {
          key: 'name',
          header: t('name'),
          cell: ({ version }) => (
            <Link
              href={addressWith(
                { path: `/dashboard/indicators/${version.code}`, params: {} },
                { area: String(sheet.area.id), period: sheet.period.key },
              )}
              prefetch={false}
              className="link inline-flex min-h-target min-w-32 flex-col justify-center font-normal"
            >
              <span className="font-bold">{version.code}</span> {name(version)}
            </Link>
          ),
        },
        { key: 'value', header: t('value'), align: 'end', cell: (line) => <Value sheet={sheet} line={line} /> },
        { key: 'target', header: t('target'), align: 'end', cell: ({ standing }) => <Aim standing={standing} /> },
        {
          key: 'source',
          header: t('from'),
          cell: ({ version, value }) =>
            value.source === null ? (
              <KindPill kind={version.kind} />
            ) : (
              <span className="block min-w-40">
                <Written>{value.source}</Written>
                {value.asOf ? <span className="block text-sm text-muted">{formatDate(locale, value.asOf)}</span> : null}
              </span>
            ),
        },
      ]}
    />
  );
}

/** The value; where it is counted here, the way to its rows, and where it adds several groups up, to each of them. */
function Value({ sheet: { area, period }, line: { version, value } }: { sheet: Sheet; line: IndicatorLine }) {
  const t = useTranslations('indicator');
  const { hidden } = useFigureWords();
  const groupName = useGroupName();
  if (version.kind === 'remark') return <span className="text-muted">{t('inReports')}</span>;
  if (value.hidden) return hidden;
  const said = <Counted value={value.value} of={value.of} shownAs={version.shownAs} />;
  const parts = rowsBehind(version);
  const [only] = parts;
  if (value.value === null || !only) return said;
  const href = ({ measure, group }: typeof only) => rowsHref(area.id, period.key, measure, group);
  if (parts.length === 1)
    return (
      <Link href={href(only)} prefetch={false} className="link inline-flex min-h-target items-center">
        {said}
      </Link>
    );
  return (
    <>
      {said}
      <span className="flex flex-col items-end text-sm print:hidden">
        {parts.map((part) => (
          <Link
            key={part.group}
            href={href(part)}
            prefetch={false}
            className="link inline-flex min-h-target items-center"
          >
            {groupName(part.group)}
          </Link>
        ))}
      </span>
    </>
  );
}

function Aim({ standing }: Pick<IndicatorLine, 'standing'>) {
  const t = useTranslations('dashboard.towards');
  const { shown } = useIndicatorNumbers();
  if (!standing?.target) return '—';
  const [verdict] = judged([standing]);
  return (
    <span className="inline-grid justify-items-end gap-1">
      <span className="whitespace-nowrap">{shown(standing.target.value, standing.shownAs)}</span>
      {verdict ? (
        <StatusPill tone={verdict.ahead ? 'good' : 'warn'}>{t(verdict.ahead ? 'ahead' : 'behind')}</StatusPill>
      ) : null}
    </span>
  );
}
