import { useLocale, useTranslations } from 'next-intl';
import { ClassState } from '@/components/class/class-lines';
import { StatusPill } from '@/components/ui/pill';
import type { ClassStatus } from '@/lib/class/schema';
import { formatDate } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';

interface LessonView {
  position: number;
  title: string;
  minutes: number;
  skills: readonly { code: string; title: string; canDo: string; required: boolean }[];
}

const sheet = 'divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface';

/** The lessons in order: how long, and what one can do after each; a word marks what must be done alone in the end. */
export function LessonList({ lessons }: { lessons: readonly LessonView[] }) {
  const t = useTranslations('course');
  return (
    <ol className={sheet}>
      {lessons.map((lesson) => (
        <li key={lesson.position} className="grid gap-2 px-4 py-3">
          <p>
            <b>{t('lessonTitle', { number: lesson.position, title: lesson.title })}</b>{' '}
            <span className="text-muted">{t('minutes', { count: lesson.minutes })}</span>
          </p>
          <ul className="grid gap-1">
            {lesson.skills.map((skill) => (
              <li key={skill.code} className="flex flex-wrap items-center gap-x-2">
                <span className="min-w-0">
                  {skill.code} · {skill.canDo}
                </span>
                {skill.required ? <StatusPill tone="good">{t('mustDoAlone')}</StatusPill> : null}
              </li>
            ))}
            {lesson.skills.length === 0 ? <li className="text-muted">{t('noSkills')}</li> : null}
          </ul>
        </li>
      ))}
    </ol>
  );
}

/** Every version, the newest first, each a link; the one being read says so. */
export function VersionList({
  versions,
  reading,
}: {
  versions: readonly {
    id: string;
    version: number;
    since: Date;
    until: Date | null;
    lessons: number;
    classes: number;
  }[];
  reading: string;
}) {
  const t = useTranslations('course');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  return (
    <ol className={sheet}>
      {versions.map((one) => (
        <li key={one.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3">
          {one.id === reading ? (
            <b aria-current="page">{t('versionName', { version: one.version })}</b>
          ) : (
            <Link href={`/manage/courses/${one.id}`} prefetch={false} className="link font-bold">
              {t('versionName', { version: one.version })}
            </Link>
          )}
          <span>
            {one.until
              ? t('versionUntil', { from: formatDate(locale, one.since), until: formatDate(locale, one.until) })
              : t('versionFrom', { from: formatDate(locale, one.since) })}
          </span>
          <span className="text-muted">{t('versionHolds', { lessons: one.lessons, classes: one.classes })}</span>
        </li>
      ))}
    </ol>
  );
}

/** The classes that use some version of the course, as far as the reader may see them. */
export function ClassesOfCourse({
  classes,
}: {
  classes: readonly {
    id: string;
    venue: string;
    area: string;
    status: ClassStatus;
    version: number;
    firstStartsAt: Date | null;
    over: boolean;
  }[];
}) {
  const t = useTranslations('course');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  return (
    <ul className={sheet}>
      {classes.map((one) => (
        <li key={one.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3">
          <span className="min-w-0 grow basis-56">
            <Link href={`/manage/classes/${one.id}`} prefetch={false} className="link font-bold">
              {one.venue}
            </Link>
            <span className="block text-sm text-muted">{one.area}</span>
          </span>
          <span>{one.firstStartsAt ? t('begins', { date: formatDate(locale, one.firstStartsAt) }) : null}</span>
          <span className="text-muted">{t('versionName', { version: one.version })}</span>
          <ClassState status={one.status} over={one.over} />
        </li>
      ))}
    </ul>
  );
}
