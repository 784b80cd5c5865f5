import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { Comparison } from '@/components/model/comparison';
import { EmptyState } from '@/components/ui/empty-state';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Pagination } from '@/components/ui/pagination';
import { read } from '@/lib/access/doors';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { id as uuid } from '@/lib/kernel/input';
import { familyOf, modelShown } from '@/lib/model/queries';
import { resultsOf } from '@/lib/model/results';
import { comparedInput } from '@/lib/model/schema';

export const generateMetadata = titled('model', 'comparing.title');

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function CompareModelPage({ params, searchParams }: Props) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const { page } = comparedInput.parse(await searchParams);
  const wanted = uuid.safeParse(id);
  const { found, sides, pages } = await read('figures.read', async (tx) => {
    const one = wanted.success ? await modelShown(tx, locale, wanted.data) : null;
    const family = one ? await familyOf(tx, locale, one, page) : { members: [], pages: 1 };
    const results = await resultsOf(
      tx,
      family.members.map((member) => member.id),
      new Date(),
    );
    return {
      found: one,
      pages: family.pages,
      sides: family.members.flatMap((member) => {
        const own = results.find(({ modelId }) => modelId === member.id);
        return own ? [{ ...member, results: own }] : [];
      }),
    };
  });
  if (!found) notFound();
  const t = await getTranslations('model');
  return (
    <div className="grid grid-cols-1 gap-8">
      <Breadcrumbs
        items={[
          { label: t('title'), href: '/manage/models' },
          { label: found.name, href: `/manage/models/${found.id}` },
          { label: t('comparing.title') },
        ]}
      />
      <PageHeading lead={t('comparing.lead', { name: found.name })}>{t('comparing.title')}</PageHeading>
      {sides.length > 1 ? (
        <Comparison sides={sides} />
      ) : (
        <EmptyState title={t('comparing.alone')}>{t('comparing.few')}</EmptyState>
      )}
      <Pagination address={{ path: `/manage/models/${found.id}/compare`, params: {} }} page={page} pageCount={pages} />
    </div>
  );
}
