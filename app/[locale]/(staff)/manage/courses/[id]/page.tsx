import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { CopyForm } from '@/components/area/copy-form';
import { ActForm } from '@/components/class/act-form';
import { ClassesOfCourse, LessonList, VersionList } from '@/components/course/course-parts';
import { ClientWords } from '@/components/layout/client-words';
import { ButtonLink } from '@/components/ui/button';
import { DefinitionList } from '@/components/ui/facts';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import { areaChoices } from '@/lib/area/queries';
import { classesOfCourse, courseShown, lessonsShown, versionsOf } from '@/lib/course/queries';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { id as uuid } from '@/lib/kernel/input';
import { copyToMine, retire } from '../actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const acts = ['course', 'version', 'change', 'copied', 'retired', 'restored'] as const;

export const generateMetadata = titled('course', 'oneTitle');

export default async function CoursePage({ params, searchParams }: Props) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const wanted = uuid.safeParse(id);
  const { found, lessons, versions, classes, owners } = await read('class.read', async (tx, caller) => {
    const one = wanted.success ? await courseShown(tx, locale, wanted.data) : null;
    const mayCopy = one !== null && caller.capabilities.includes('course.write');
    const { grants } = caller;
    return {
      found: one,
      lessons: one ? await lessonsShown(tx, locale, one.id) : [],
      versions: one ? await versionsOf(tx, one.seriesId) : [],
      classes: one ? await classesOfCourse(tx, locale, one.seriesId) : { total: 0, rows: [] },
      owners: mayCopy ? await areaChoices(tx, locale, { grants, capability: 'course.write', depth: 0 }) : [],
    };
  });
  if (!found) notFound();
  const t = await getTranslations('course');
  const asked = (await searchParams).done;
  const done = acts.find((act) => act === asked);
  const changeable = found.mayWrite && found.current;
  const editable = changeable && !found.retired;
  const copied = found.copied;
  return (
    <div className="grid gap-8">
      <Breadcrumbs items={[{ label: t('title'), href: '/manage/courses' }, { label: found.title }]} />
      {done ? <Notice tone="good" live title={t(`done.${done}`, { version: found.version })} /> : null}
      <PageHeading
        above={`${found.owner} · ${t('versionName', { version: found.version })}`}
        lead={found.summary}
        actions={
          editable ? (
            <ButtonLink href={`/manage/courses/${found.id}/edit`} variant="secondary" icon="pencil">
              {t('edit')}
            </ButtonLink>
          ) : null
        }
      >
        {found.title}
      </PageHeading>
      {found.current ? null : (
        <Notice tone="warn" title={t('replacedTitle')}>
          {t('replacedBody')}
        </Notice>
      )}
      {found.retired ? (
        <Notice tone="warn" title={t('retiredTitle')}>
          {t('retiredBody')}
        </Notice>
      ) : null}
      <DefinitionList
        items={[
          { term: t('bring'), value: found.bring },
          { term: t('helpers'), value: t('helpersWith', { count: found.learnersPerHelper }) },
          {
            term: t('completion'),
            value:
              found.lessonsRequired === null
                ? t('completeAll', { count: lessons.length })
                : t('completeSome', { count: found.lessonsRequired, of: lessons.length }),
          },
          ...(copied
            ? [
                {
                  term: t('provenance'),
                  value: (
                    <Link href={`/manage/courses/${copied.id}`} prefetch={false} className="link">
                      {t('copiedOf', { title: copied.title, owner: copied.owner, version: copied.version })}
                    </Link>
                  ),
                },
              ]
            : []),
        ]}
      />
      <section className="grid gap-3">
        <h2 className="text-xl">{t('lessons', { count: lessons.length })}</h2>
        <LessonList lessons={lessons} />
      </section>
      <section className="grid gap-3">
        <h2 className="text-xl">{t('classesTitle', { count: classes.total })}</h2>
        {classes.total > 0 ? <ClassesOfCourse classes={classes.rows} /> : <p>{t('noClasses')}</p>}
        {classes.total > classes.rows.length ? <p className="text-muted">{t('newestOnly')}</p> : null}
      </section>
      <section className="grid gap-3">
        <h2 className="text-xl">{t('versions')}</h2>
        <VersionList versions={versions} reading={found.id} />
      </section>
      {owners.length > 0 ? (
        <section className="grid gap-3">
          <h2 className="text-xl">{t('copyTitle')}</h2>
          <p className="max-w-prose">{t('copyLead')}</p>
          <ClientWords of={['errors']}>
            <CopyForm
              action={copyToMine}
              fields={{ courseId: found.id }}
              owners={owners.map((one) => ({ value: String(one.id), label: one.name }))}
              words={{
                to: t('copyTo'),
                choose: t('form.choose'),
                send: owners[1] ? t('copy') : t('copyHere', { place: owners[0]?.name ?? '' }),
                working: t('form.working'),
              }}
              variant="secondary"
            />
          </ClientWords>
        </section>
      ) : null}
      {changeable ? (
        <section className="grid gap-3">
          <h2 className="text-xl">{t(found.retired ? 'restoreTitle' : 'retireTitle')}</h2>
          <p className="max-w-prose">{t(found.retired ? 'restoreLead' : 'retireLead')}</p>
          <ClientWords of={['errors']}>
            <ActForm
              action={retire}
              fields={{ courseId: found.id, retired: found.retired ? 'no' : 'yes' }}
              label={t(found.retired ? 'restore' : 'retire')}
              pendingLabel={t('form.working')}
              variant="secondary"
            />
          </ClientWords>
        </section>
      ) : null}
    </div>
  );
}
