import { createElement } from 'react';
import { ReportPicture } from '@/components/report/report-picture';
import { endpoint } from '@/lib/access/doors';
import { refuse } from '@/lib/kernel/result';
import { reportFile } from '@/lib/report/files';
import { reportInFull } from '@/lib/report/queries';
import { fileAddress } from '@/lib/report/schema';

export const dynamic = 'force-dynamic';

/** A report as a file: Word in the official layout (always Vietnamese), XLSX, CSV, or one screen as a picture. */
export const GET = endpoint(
  { may: 'figures.read', input: fileAddress, writes: false },
  async (tx, { id, file, language }) => {
    const report = await reportInFull(tx, file === 'docx' ? 'vi' : language, id);
    return report
      ? reportFile(report, file, language, (words) => createElement(ReportPicture, { words }))
      : refuse('notFound');
  },
);
