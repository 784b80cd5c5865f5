import { dayOf } from '@/lib/kernel/clock';
import { periodAfter, periodAround } from '@/lib/period/rules';
import type { Grain, Period } from '@/lib/period/schema';
import { licence, progressColumns, publicFigures, type Progress } from './schema';

/** The administration's month, or year, that was over last. */
export function lastOver(grain: Grain, now: Date): Period {
  return periodAfter(periodAround(dayOf(now), 'administrative', grain), -1);
}

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The rows as programs read them, named by `progressColumns`; null where nothing is told. */
export function openRows({ period, rows }: Progress): Record<string, string | number | null>[] {
  return rows.map(({ areaId, nameVi, nameEn, figures }) => ({
    area_code: areaId,
    area_vi: nameVi,
    area_en: nameEn,
    period,
    ...Object.fromEntries(publicFigures.map(({ name }) => [name, figures[name]])),
  }));
}

/** The same as CSV (RFC 4180, UTF-8); empty where nothing is told. */
export function openCsv(progress: Progress): string {
  const names = progressColumns.map(({ name }) => name);
  const lines = openRows(progress).map((row) => names.map((name) => quoted(String(row[name] ?? ''))).join(','));
  return [names.join(','), ...lines, ''].join('\r\n');
}

/** Describes the CSV (CSV on the Web, https://www.w3.org/TR/tabular-metadata/). */
export function openSchema(origin: string): object {
  return {
    '@context': ['http://www.w3.org/ns/csvw', { '@language': 'vi' }],
    url: `${origin}/api/v1/progress.csv`,
    'dc:title': [
      { '@value': 'Tiến độ phong trào Bình dân học vụ số tỉnh Quảng Trị', '@language': 'vi' },
      { '@value': 'Progress of the digital education movement of Quảng Trị', '@language': 'en' },
    ],
    'dc:license': { '@id': licence },
    'dc:description': [
      { '@value': 'Ô trống: không có, hoặc ít người nên ẩn để không ai bị nhận ra.', '@language': 'vi' },
      {
        '@value': 'An empty cell: none, or so few people that they are hidden lest anybody be recognised.',
        '@language': 'en',
      },
    ],
    tableSchema: {
      primaryKey: ['area_code', 'period'],
      columns: progressColumns.map(({ name, datatype, vi, en }) => ({
        name,
        titles: name,
        datatype,
        required: ['area_code', 'area_vi', 'area_en', 'period'].includes(name),
        'dc:description': [
          { '@value': vi, '@language': 'vi' },
          { '@value': en, '@language': 'en' },
        ],
      })),
    },
  };
}
