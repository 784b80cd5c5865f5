import type { ReactElement } from 'react';
import { speaker } from '@/lib/i18n/messages';
import { formatDate, formatNumber, formatTime } from '@/lib/i18n/format';
import { fold } from '@/lib/kernel/text';
import { officialPaper } from './paper';
import { drawPicture } from './picture';
import { drawable, headlineFigures, periodDays, periodWords, shareOf } from './rules';
import type { PictureText, ReportFileKind, ReportInFull } from './schema';
import { writeReportSheet } from './sheets';
import { writeWord } from './word';

type Language = 'vi' | 'en';

const types: Readonly<Record<ReportFileKind, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  png: 'image/png',
};

/** What the picture of a report says: whose, of when, and at most five figures that say something. */
export function pictureText(language: Language, report: ReportInFull): PictureText {
  const t = speaker(language, 'reports');
  const { frozenAt, period, figures } = report;
  const foot =
    frozenAt === null
      ? t('picture.notFrozen')
      : t('picture.frozen', { time: formatTime(language, frozenAt), day: formatDate(language, frozenAt) });
  return {
    portal: 'Cầm Tay',
    above: drawable(t('picture.movement')),
    place: drawable(report.areaName),
    title: drawable(t('picture.title', { period: periodWords(language, period) })),
    days: periodDays(language, period),
    figures: headlineFigures(figures).map((figure) => {
      const share = shareOf(figure);
      const of = figure.of === null ? '' : t('picture.of', { count: formatNumber(language, figure.of, 1) });
      return {
        name: drawable(figure.name),
        value: formatNumber(language, figure.value, 1),
        more: drawable(share === null ? of || figure.unitWord : `${of} · ${formatNumber(language, share, 1)} %`),
      };
    }),
    none: drawable(t('picture.none')),
    foot: drawable(foot),
  };
}

async function bytesOf(
  report: ReportInFull,
  kind: ReportFileKind,
  language: Language,
  screen: (words: PictureText) => ReactElement,
): Promise<Buffer> {
  if (kind === 'docx') return writeWord(officialPaper(report));
  if (kind === 'png') return drawPicture(screen(pictureText(language, report)));
  return writeReportSheet(language, kind, report);
}

/** "bao-cao-phuong-dong-thuan-2026-11.docx"; a revision after the first says so. */
export function fileName(report: ReportInFull, kind: ReportFileKind): string {
  const place = fold(report.fullNameVi).replaceAll(' ', '-');
  const revision = report.revision > 1 ? `-lan-${report.revision}` : '';
  return `bao-cao-${place}-${report.period.key.slice(1)}${revision}.${kind}`;
}

/** A report as a file to keep; nobody in between keeps it. */
export async function reportFile(
  report: ReportInFull,
  kind: ReportFileKind,
  language: Language,
  screen: (words: PictureText) => ReactElement,
): Promise<Response> {
  const bytes = await bytesOf(report, kind, language, screen);
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': types[kind],
      'content-disposition': `attachment; filename="${fileName(report, kind)}"`,
      'content-length': String(bytes.length),
      'cache-control': 'no-store, private',
    },
  });
}
