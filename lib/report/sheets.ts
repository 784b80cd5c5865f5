import { speaker } from '@/lib/i18n/messages';
import { formatDate } from '@/lib/i18n/format';
import { writeSheet } from '@/lib/sheet/commands';
import type { SheetFormat } from '@/lib/sheet/schema';
import { periodDays, periodWords, shareOf } from './rules';
import type { ReportInFull } from './schema';

const round = (share: number | null) => (share === null ? null : Math.round(share * 10) / 10);

/**
 * A report as XLSX (figures, and its words on a second sheet) or CSV (figures): numbers as numbers, hidden ones in words, unknown ones as "—";
 * never a formula.
 */
export async function writeReportSheet(
  language: 'vi' | 'en',
  format: SheetFormat,
  report: ReportInFull,
): Promise<Buffer> {
  const t = speaker(language, 'reports');
  const rows = report.figures.map((figure) => ({
    cells: [
      figure.code,
      figure.name,
      figure.value ?? (figure.hidden ? t('hidden') : t('missing')),
      figure.of,
      round(shareOf(figure)),
      figure.unitWord,
      t(`kind.${figure.kind}`),
      figure.source,
      figure.asOf ? formatDate(language, figure.asOf) : null,
    ],
  }));
  const columns = ['code', 'indicator', 'value', 'of', 'share', 'unit', 'kind', 'source', 'asOf'].map((key) => ({
    header: t(`sheet.${key}`),
    width: key === 'indicator' ? 60 : 16,
  }));
  const facts: [string, string][] = [
    [t('sheet.area'), report.areaName],
    [t('sheet.period'), `${periodWords(language, report.period)} (${periodDays(language, report.period)})`],
    [t('sheet.state'), t(`state.${report.state}`)],
    [t('sheet.revision'), String(report.revision)],
    ...(report.figures.some(({ hidden }) => hidden) ? [[t('sheet.note'), t('hiddenWhy')] as [string, string]] : []),
    [t('obstacles'), report.obstacles],
    [t('proposals'), report.proposals],
    ...report.below.flatMap(({ name, obstacles, proposals }): [string, string][] => [
      [`${name} · ${t('obstacles')}`, obstacles],
      [`${name} · ${t('proposals')}`, proposals],
    ]),
  ];
  return writeSheet(format, { name: t('sheet.figures'), columns, rows }, [
    {
      name: t('sheet.words'),
      columns: [
        { header: t('sheet.what'), width: 36 },
        { header: t('sheet.says'), width: 90 },
      ],
      rows: facts.map((cells) => ({ cells })),
    },
  ]);
}
