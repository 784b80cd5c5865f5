import { getTranslations, setRequestLocale } from 'next-intl/server';
import { CourseForm } from '@/components/course/course-form';
import { ClientWords } from '@/components/layout/client-words';
import { ButtonLink } from '@/components/ui/button';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { read } from '@/lib/access/doors';
import { areaChoices } from '@/lib/area/queries';
import { teachableSkills } from '@/lib/course/queries';
import { emptyLesson, fieldsOfCourse } from '@/lib/course/rules';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { saveOutline } from '../actions';

export const generateMetadata = titled('course', 'newTitle');

export default async function NewCoursePage({ params }: { params: Promise<{ locale: Locale }> }) {
  const { locale } = await params;
  setRequestLocale(locale);
  const { owners, skills } = await read('course.write', async (tx, caller) => ({
    owners: await areaChoices(tx, locale, { grants: caller.grants, capability: 'course.write', depth: 0 }),
    skills: await teachableSkills(tx, locale),
  }));
  const t = await getTranslations('course');
  const [owner] = owners;
  return (
    <div className="grid gap-6">
      <Breadcrumbs items={[{ label: t('title'), href: '/manage/courses' }, { label: t('newTitle') }]} />
      <PageHeading lead={t('newLead')}>{t('newTitle')}</PageHeading>
      <ClientWords of={['course', 'errors']}>
        <CourseForm
          action={saveOutline}
          now={fieldsOfCourse(
            { areaId: owners.length === 1 && owner ? owner.id : '', learnersPerHelper: 4, rule: 'all' },
            [{ ...emptyLesson }],
          )}
          owners={owners.map(({ id, name }) => ({ value: String(id), label: name }))}
          skills={skills}
          saveLabel={t('form.begin')}
          back={
            <ButtonLink href="/manage/courses" variant="quiet" icon="back">
              {t('form.cancel')}
            </ButtonLink>
          }
        />
      </ClientWords>
    </div>
  );
}
