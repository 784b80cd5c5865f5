import { getTranslations, setRequestLocale } from 'next-intl/server';
import { ClientWords } from '@/components/layout/client-words';
import { ModelForm } from '@/components/model/model-form';
import { ButtonLink } from '@/components/ui/button';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import { areaChoices } from '@/lib/area/queries';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { addressId } from '@/lib/kernel/input';
import { coursesFor, modelFromClass } from '@/lib/model/queries';
import { save } from '../actions';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('model', 'newTitle');

export default async function NewModelPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const from = addressId.safeParse((await searchParams).from);
  const { areas, courses, like } = await read('class.write', async (tx, caller) => ({
    areas: await areaChoices(tx, locale, { grants: caller.grants, capability: 'class.write', depth: 0 }),
    courses: await coursesFor(tx, locale),
    like: from.success ? await modelFromClass(tx, locale, from.data) : null,
  }));
  const t = await getTranslations('model');
  const usual = { startTime: '19:30', minutes: '90', sessions: '12', capacity: '20', minimumToRun: '5' };
  const [only, another] = areas;
  const plan = Object.entries(like?.plan ?? {}).map(([name, value]) => [name, String(value)]);
  return (
    <div className="grid max-w-4xl gap-6">
      <Breadcrumbs items={[{ label: t('title'), href: '/manage/models' }, { label: t('newTitle') }]} />
      <PageHeading lead={t('newLead')}>{t('newTitle')}</PageHeading>
      {like ? (
        <Notice tone="info" title={t('fromClass', { title: like.title })}>
          {t('fromClassBody')}
        </Notice>
      ) : null}
      <ClientWords of={['model', 'planning', 'errors']}>
        <ModelForm
          action={save}
          hidden={{
            ...(only && !another ? { areaId: String(only.id) } : {}),
            ...(like && from.success ? { fromClass: from.data } : {}),
          }}
          now={{ ...usual, ...Object.fromEntries(plan) }}
          areas={only && !another ? null : areas.map(({ id, name }) => ({ value: String(id), label: name }))}
          courses={courses.map(({ id, title, lessons }) => ({
            value: id,
            label: t('courseWith', { title, count: lessons }),
          }))}
          isCopy={false}
          saveLabel={t('form.save')}
          back={
            <ButtonLink href="/manage/models" variant="quiet" icon="back">
              {t('form.cancel')}
            </ButtonLink>
          }
        />
      </ClientWords>
    </div>
  );
}
