import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { CourseForm } from '@/components/course/course-form';
import { ClientWords } from '@/components/layout/client-words';
import { ButtonLink } from '@/components/ui/button';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import { courseShown, courseStored, isUsed, teachableSkills } from '@/lib/course/queries';
import { fieldsOfCourse } from '@/lib/course/rules';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { id as uuid } from '@/lib/kernel/input';
import { saveOutline } from '../../actions';

export const generateMetadata = titled('course', 'editTitle');

export default async function EditCoursePage({ params }: { params: Promise<{ locale: Locale; id: string }> }) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const wanted = uuid.safeParse(id);
  const { shown, stored, used, skills } = await read('course.write', async (tx) => {
    const one = wanted.success ? await courseShown(tx, locale, wanted.data) : null;
    return {
      shown: one,
      stored: one?.mayWrite ? await courseStored(tx, one.id, 'to read') : null,
      used: one?.mayWrite ? await isUsed(tx, one.id) : false,
      skills: await teachableSkills(tx, locale),
    };
  });
  if (!shown || !stored || stored.replaced || stored.retired) notFound();
  const t = await getTranslations('course');
  const { lessons, required, lessonsRequired, changedAt, areaId } = stored;
  const { titleVi, titleEn, summaryVi, summaryEn, bringVi, bringEn, learnersPerHelper } = stored;
  const words = { titleVi, titleEn, summaryVi, summaryEn, bringVi, bringEn, learnersPerHelper };
  const rule = lessonsRequired === null ? 'all' : 'some';
  const taught = [...new Set(lessons.flatMap((lesson) => lesson.skills))];
  return (
    <div className="grid gap-6">
      <Breadcrumbs
        items={[
          { label: t('title'), href: '/manage/courses' },
          { label: shown.title, href: `/manage/courses/${shown.id}` },
          { label: t('editTitle') },
        ]}
      />
      <PageHeading above={shown.title}>{t('editTitle')}</PageHeading>
      <Notice title={used ? t('usedTitle', { next: stored.version + 1 }) : t('unusedTitle')}>
        {used ? t('usedBody', { version: stored.version }) : t('unusedBody')}
      </Notice>
      <ClientWords of={['course', 'errors']}>
        <CourseForm
          action={saveOutline}
          now={fieldsOfCourse(
            { courseId: stored.id, changedAt, areaId, ...words, rule, lessonsRequired, required, shown: taught },
            lessons,
          )}
          owners={[{ value: String(areaId), label: shown.owner }]}
          skills={skills}
          saveLabel={used ? t('form.saveVersion', { version: stored.version + 1 }) : t('form.save')}
          back={
            <ButtonLink href={`/manage/courses/${shown.id}`} variant="quiet" icon="back">
              {t('form.cancel')}
            </ButtonLink>
          }
        />
      </ClientWords>
    </div>
  );
}
