import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ClientWords } from '@/components/layout/client-words';
import { ModelForm } from '@/components/model/model-form';
import { ButtonLink } from '@/components/ui/button';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { read } from '@/lib/access/doors';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { id as uuid } from '@/lib/kernel/input';
import { coursesFor, modelShown } from '@/lib/model/queries';
import { save } from '../../actions';

export const generateMetadata = titled('model', 'editTitle');

export default async function EditModelPage({ params }: { params: Promise<{ locale: Locale; id: string }> }) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const wanted = uuid.safeParse(id);
  const { found, courses } = await read('class.write', async (tx) => ({
    found: wanted.success ? await modelShown(tx, locale, wanted.data) : null,
    courses: await coursesFor(tx, locale),
  }));
  if (!found?.mayWrite) notFound();
  const t = await getTranslations('model');
  const { name, what, forWhom, adapted, courseId, venueKind, startTime } = found;
  const { minutes, sessions, capacity, minimumToRun } = found;
  const choices = courses.some((one) => one.id === courseId)
    ? courses
    : [{ id: courseId, title: found.course, lessons: found.lessons }, ...courses];
  return (
    <div className="grid max-w-4xl gap-6">
      <Breadcrumbs
        items={[
          { label: t('title'), href: '/manage/models' },
          { label: name, href: `/manage/models/${found.id}` },
          { label: t('editTitle') },
        ]}
      />
      <PageHeading above={name}>{t('editTitle')}</PageHeading>
      <ClientWords of={['model', 'planning', 'errors']}>
        <ModelForm
          action={save}
          hidden={{ modelId: found.id, changedAt: found.changedAt, areaId: String(found.areaId) }}
          now={{
            name,
            what,
            forWhom,
            adapted,
            courseId,
            venueKind,
            startTime,
            audience: found.audience.join(','),
            materials: found.materials.join('\n'),
            weekdays: found.weekdays.join(','),
            minutes: String(minutes),
            sessions: String(sessions),
            capacity: String(capacity),
            minimumToRun: String(minimumToRun),
          }}
          areas={null}
          courses={choices.map((one) => ({
            value: one.id,
            label: t('courseWith', { title: one.title, count: one.lessons }),
          }))}
          isCopy={found.source !== null}
          saveLabel={t('form.saveChanges')}
          back={
            <ButtonLink href={`/manage/models/${found.id}`} variant="quiet" icon="back">
              {t('form.cancel')}
            </ButtonLink>
          }
        />
      </ClientWords>
    </div>
  );
}
