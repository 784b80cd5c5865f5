import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { PathTable } from '@/components/completion/path-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { parseSort } from '@/components/ui/data-table';
import { idInAddress, read } from '@/lib/access/doors';
import { pathsOfClass } from '@/lib/completion/queries';
import { pathStates } from '@/lib/completion/rules';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { classForStaff } from '@/lib/manage/queries';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('completion', 'title');

/** Who of a class is done, and what everybody else lacks: whom to call before it is too late, and where to send them. */
export default async function ClassPathsPage({ params, searchParams }: Props) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const classId = idInAddress(id);
  const now = new Date();
  const { found, paths, mayReadPeople } = await read('roster.read', async (tx, caller) => {
    const one = await classForStaff(tx, locale, classId, now);
    return {
      found: one?.mayRoster ? one : null,
      paths: one?.mayRoster ? await pathsOfClass(tx, locale, one.id, now) : [],
      mayReadPeople: caller.capabilities.includes('person.read'),
    };
  });
  if (!found) notFound();
  const t = await getTranslations('completion');
  const { sort } = await searchParams;
  const order = parseSort(typeof sort === 'string' ? sort : undefined, ['name', 'state', 'taken'], '-state');
  const counts = pathStates.flatMap((state) => {
    const count = paths.filter((path) => path.state === state).length;
    return count > 0 ? [t(`counted.${state}`, { count })] : [];
  });
  return (
    <div className="grid gap-6">
      <Breadcrumbs
        items={[
          { label: t('classes'), href: '/manage/classes' },
          { label: found.title, href: `/manage/classes/${classId}` },
          { label: t('title') },
        ]}
      />
      <PageHeading above={`${found.title} · ${found.area}`} lead={counts.join(' · ')}>
        {t('title')}
      </PageHeading>
      {paths.length > 0 ? (
        <PathTable
          caption={t('caption')}
          paths={paths}
          mayReadPeople={mayReadPeople}
          sort={{ ...order, address: { path: `/manage/classes/${classId}/paths`, params: {} } }}
        />
      ) : (
        <EmptyState icon="people" title={t('nobody')}>
          {t('nobodyBody')}
        </EmptyState>
      )}
      <p className="max-w-prose text-muted">{t('how')}</p>
    </div>
  );
}
