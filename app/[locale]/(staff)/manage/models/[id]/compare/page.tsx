import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { Comparison } from '@/components/model/comparison';
import { EmptyState } from '@/components/ui/empty-state';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { read } from '@/lib/access/doors';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { id as uuid } from '@/lib/kernel/input';
import { familyOf, modelShown } from '@/lib/model/queries';
import { resultsOf } from '@/lib/model/results';

export const generateMetadata = titled('model', 'comparing.title');

export default async function CompareModelPage({ params }: { params: Promise<{ locale: Locale; id: string }> }) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const wanted = uuid.safeParse(id);
  const { found, sides } = await read('figures.read', async (tx) => {
    const one = wanted.success ? await modelShown(tx, locale, wanted.data) : null;
    const family = one ? await familyOf(tx, locale, one.familyId) : [];
    const results = await resultsOf(
      tx,
      family.map((member) => member.id),
      new Date(),
    );
    return {
      found: one,
      sides: family.flatMap((member) => {
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
    </div>
  );
}
