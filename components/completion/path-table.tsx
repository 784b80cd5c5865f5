import { useLocale, useTranslations } from 'next-intl';
import { DataTable, sortRows, type Sort } from '@/components/ui/data-table';
import type { Tone } from '@/components/ui/notice';
import { StatusPill } from '@/components/ui/pill';
import { formatDateTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';

const states = ['done', 'on_track', 'can_still', 'cannot'] as const;
type State = (typeof states)[number];
export const pathTones: Record<State, Tone | 'plain'> = {
  done: 'good',
  on_track: 'plain',
  can_still: 'warn',
  cannot: 'bad',
};

/** What is missing, in titles; `ahead`: how many lessons the class itself still teaches. */
export interface Lacking {
  ahead: number;
  lessonTitles: readonly string[];
  skillTitles: readonly string[];
}

export interface PathView extends Lacking {
  enrolmentId: string;
  personId: string;
  fullName: string;
  state: State;
  taken: number;
  needed: number;
  makeUp: { classId: string; startsAt: Date; venue: string; lesson: string | null } | null;
}

/** Where each learner stands, in a word and a shape, what is missing, and where it may be had next. */
export function PathTable({
  caption,
  paths,
  mayReadPeople,
  sort,
}: {
  caption: string;
  paths: readonly PathView[];
  mayReadPeople: boolean;
  sort: Sort;
}) {
  const t = useTranslations('completion');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const rows = sortRows(paths, sort, {
    name: (path) => path.fullName.split(' ').at(-1) ?? '',
    state: (path) => states.indexOf(path.state),
    taken: (path) => path.taken,
  });
  return (
    <DataTable
      caption={caption}
      captionHidden
      rows={rows}
      rowKey={(path) => path.enrolmentId}
      sort={sort}
      columns={[
        {
          key: 'name',
          header: t('learner'),
          sortable: true,
          cell: (path) =>
            mayReadPeople ? (
              <Link href={`/manage/people/${path.personId}`} prefetch={false} className="link">
                {path.fullName}
              </Link>
            ) : (
              path.fullName
            ),
        },
        {
          key: 'state',
          header: t('stands'),
          sortable: true,
          cell: (path) => <StatusPill tone={pathTones[path.state]}>{t(`state.${path.state}`)}</StatusPill>,
        },
        {
          key: 'taken',
          header: t('taken'),
          sortable: true,
          cell: (path) => (
            <span className="whitespace-nowrap tabular-nums">
              {t('takenOf', { taken: path.taken, needed: path.needed })}
            </span>
          ),
        },
        {
          key: 'lacks',
          header: t('lacks'),
          cell: (path) => <Lacks path={path} />,
        },
        {
          key: 'makeUp',
          header: t('makeUp'),
          cell: ({ makeUp }) =>
            makeUp ? (
              <span className="block min-w-48">
                <Link href={`/manage/classes/${makeUp.classId}`} prefetch={false} className="link">
                  {makeUp.lesson ?? makeUp.venue}
                </Link>
                <span className="block text-sm text-muted">
                  {formatDateTime(locale, makeUp.startsAt)}, {makeUp.venue}
                </span>
              </span>
            ) : (
              '—'
            ),
        },
      ]}
    />
  );
}

/** At most so many titles in a cell; the rest is counted. */
const named = 3;

/** What is missing, in short lines. */
export function Lacks({ path }: { path: Lacking }) {
  const t = useTranslations('completion');
  const inWords = (titles: readonly string[]) => {
    const more = titles.length - named;
    const first = titles.slice(0, named).join(', ');
    return more > 0 ? t('andMore', { titles: first, count: more }) : first;
  };
  const lines = [
    path.lessonTitles.length > 0 ? t('lessons', { titles: inWords(path.lessonTitles) }) : null,
    path.skillTitles.length > 0 ? t('skills', { titles: inWords(path.skillTitles) }) : null,
    path.ahead > 0 ? t('ahead', { count: path.ahead }) : null,
  ].filter((line) => line !== null);
  return (
    <span className="block min-w-48 lg:min-w-72">
      {lines.length > 0
        ? lines.map((line) => (
            <span key={line} className="block">
              {line}
            </span>
          ))
        : t('nothing')}
    </span>
  );
}
