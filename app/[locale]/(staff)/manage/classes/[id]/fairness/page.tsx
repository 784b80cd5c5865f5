import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ClassStepHead } from '@/components/class/class-step-head';
import { EqualityTables, FairnessTables } from '@/components/enrolment/fairness-table';
import { ButtonLink } from '@/components/ui/button';
import { idInAddress, read } from '@/lib/access/doors';
import { fairness } from '@/lib/enrolment/fairness';
import { fairnessTable } from '@/lib/enrolment/rules';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { classForStaff } from '@/lib/manage/queries';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
}

export const generateMetadata = titled('manage', 'fairness.title');

/** Who asked for a place in a class and who got one. */
export default async function ClassFairnessPage({ params }: Props) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const classId = idInAddress(id);
  const { found, counts } = await read('class.read', async (tx) => {
    const one = await classForStaff(tx, locale, classId, new Date());
    return { found: one, counts: one && (await fairness(tx, { classId: one.id })) };
  });
  if (!found || !counts) notFound();
  const t = await getTranslations('manage');
  const tables = fairnessTable(counts);
  return (
    <div className="grid gap-6">
      <ClassStepHead
        id={id}
        title={found.title}
        step={t('fairness.title')}
        lead={t('fairness.lead')}
        actions={
          <ButtonLink href="/manage/fairness" variant="quiet">
            {t('fairness.toAll')}
          </ButtonLink>
        }
      />
      <FairnessTables tables={tables} locale={locale} />
      <EqualityTables tables={tables} locale={locale} />
    </div>
  );
}
