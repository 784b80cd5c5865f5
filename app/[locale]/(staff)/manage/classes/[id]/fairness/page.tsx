import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { EqualityTables, FairnessTables } from '@/components/enrolment/fairness-table';
import { ButtonLink } from '@/components/ui/button';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { read } from '@/lib/access/doors';
import { fairness } from '@/lib/enrolment/fairness';
import { fairnessTable } from '@/lib/enrolment/rules';
import type { Locale } from '@/lib/i18n/routing';
import { addressId } from '@/lib/kernel/input';
import { classForStaff } from '@/lib/manage/queries';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'manage' });
  return { title: t('fairness.title') };
}

/** Who asked for a place in a class and who got one. */
export default async function ClassFairnessPage({ params }: Props) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const typed = addressId.safeParse(id);
  if (!typed.success) notFound();
  const { found, counts } = await read('class.read', async (tx) => {
    const one = await classForStaff(tx, locale, typed.data, new Date());
    return { found: one, counts: one && (await fairness(tx, { classId: one.id })) };
  });
  if (!found || !counts) notFound();
  const t = await getTranslations('manage');
  const tables = fairnessTable(counts);
  return (
    <div className="grid gap-6">
      <Breadcrumbs
        items={[
          { label: t('classes.title'), href: '/manage/classes' },
          { label: found.title, href: `/manage/classes/${id}` },
          { label: t('fairness.title') },
        ]}
      />
      <PageHeading
        above={found.title}
        lead={t('fairness.lead')}
        actions={
          <ButtonLink href="/manage/fairness" variant="quiet">
            {t('fairness.toAll')}
          </ButtonLink>
        }
      >
        {t('fairness.title')}
      </PageHeading>
      <FairnessTables tables={tables} locale={locale} />
      <EqualityTables tables={tables} locale={locale} />
    </div>
  );
}
