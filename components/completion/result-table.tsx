import { useTranslations } from 'next-intl';
import { SerialLink } from '@/components/certificate/serial';
import { DataTable, sortRows, type Sort } from '@/components/ui/data-table';
import type { Tone } from '@/components/ui/notice';
import { StatusPill } from '@/components/ui/pill';
import type { ResultState } from '@/lib/enrolment/rules';
import { Lacks, type Lacking } from './path-table';

const order: readonly ResultState[] = ['completed', 'partial', 'no_show'];
const tones: Record<ResultState, Tone | 'plain'> = { completed: 'good', partial: 'warn', no_show: 'plain' };

export interface ResultView extends Lacking {
  enrolmentId: string;
  fullName: string;
  taken: number;
  needed: number;
  came: number;
  result: ResultState;
  serial: string | null;
  due: boolean;
  unseen: boolean;
  /** Another result than the one that was written down. */
  changes: boolean;
}

/** The result of each learner, what is missing, and how they stand for a certificate. */
export function ResultTable({ lines, closed, sort }: { lines: readonly ResultView[]; closed: boolean; sort: Sort }) {
  const t = useTranslations('completion.results');
  const rows = sortRows(lines, sort, {
    name: (line) => line.fullName.split(' ').at(-1) ?? '',
    result: (line) => order.indexOf(line.result),
    came: (line) => line.came,
  });
  return (
    <DataTable
      caption={t('caption')}
      captionHidden
      rows={rows}
      rowKey={(line) => line.enrolmentId}
      sort={sort}
      columns={[
        { key: 'name', header: t('learner'), sortable: true, cell: (line) => line.fullName },
        {
          key: 'result',
          header: t(closed ? 'result' : 'willBe'),
          sortable: true,
          cell: (line) => (
            <span className="flex flex-wrap items-center gap-2">
              <StatusPill tone={tones[line.result]}>{t(`state.${line.result}`)}</StatusPill>
              {line.changes ? <span className="text-sm">{t('changes')}</span> : null}
            </span>
          ),
        },
        {
          key: 'came',
          header: t('came'),
          sortable: true,
          align: 'end',
          cell: (line) => (
            <span className="whitespace-nowrap tabular-nums">
              {t('lessonsOf', { taken: line.taken, needed: line.needed })}
            </span>
          ),
        },
        {
          key: 'lacks',
          header: t('lacks'),
          cell: (line) => (line.result === 'completed' ? '—' : <Lacks path={line} />),
        },
        {
          key: 'certificate',
          header: t('certificate'),
          cell: (line) =>
            line.serial ? (
              <SerialLink serial={line.serial} href={`/manage/certificates/${line.serial}`} />
            ) : (
              t(line.due ? 'mayHave' : line.unseen ? 'needsEyes' : 'notYet')
            ),
        },
      ]}
    />
  );
}
