import { useTranslations } from 'next-intl';
import { DataTable } from '@/components/ui/data-table';
import { StatusPill } from '@/components/ui/pill';
import { VerdictPill, type VerdictView } from './plan-date';

/** What a storm makes of one class, in the reader's words. */
export interface StormClassView {
  id: string;
  title: string;
  place: string;
  lines: readonly { id: string; was: string; will: string | null }[];
  /** Later sessions whose lesson changes. */
  lessons: number;
  passed: readonly (VerdictView & { day: string; words: string })[];
}

/** Every class of the units chosen: each session with where it goes, and the days passed over with why. */
export function StormTable({
  caption,
  classes,
  cancelling,
}: {
  caption: string;
  classes: readonly StormClassView[];
  /** All are cancelled on purpose, not for want of a free day. */
  cancelling: boolean;
}) {
  const t = useTranslations('edits.storm');
  return (
    <DataTable
      caption={caption}
      captionHidden
      rows={classes}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'class',
          header: t('class'),
          cell: (row) => (
            <span className="block min-w-32">
              {row.title}
              <span className="block text-sm font-normal text-muted">{row.place}</span>
            </span>
          ),
        },
        {
          key: 'was',
          header: `${t('was')} → ${t('will')}`,
          cell: (row) => (
            <ul className="grid gap-1.5">
              {row.lines.map((line) => (
                <li key={line.id} className="min-w-56">
                  <span className="block text-sm text-muted line-through tabular-nums">{line.was}</span>
                  {line.will ? (
                    <b className="tabular-nums">{line.will}</b>
                  ) : (
                    <StatusPill tone={cancelling ? 'plain' : 'bad'}>{t(cancelling ? 'off' : 'noFreeDay')}</StatusPill>
                  )}
                </li>
              ))}
              {row.lessons > 0 ? <li className="text-sm">{t('lessonsMove', { count: row.lessons })}</li> : null}
            </ul>
          ),
        },
        {
          key: 'passed',
          header: t('passed'),
          cell: (row) =>
            row.passed.length === 0 ? (
              '—'
            ) : (
              <ul className="grid gap-1.5">
                {row.passed.map((one) => (
                  <li key={one.day} className="min-w-48 text-sm">
                    <span className="block tabular-nums">{one.words}</span>
                    <VerdictPill told={one} />
                  </li>
                ))}
              </ul>
            ),
        },
      ]}
    />
  );
}
