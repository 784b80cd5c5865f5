import { getTranslations, setRequestLocale } from 'next-intl/server';
import { ClientWords } from '@/components/layout/client-words';
import { BudgetForm } from '@/components/message/budget-form';
import { BudgetTable } from '@/components/message/budget-table';
import { PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import { formatNumber } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { budgetsOf } from '@/lib/message/queries';
import { monthOf, usualBudget } from '@/lib/message/schema';
import { set } from './actions';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('messages', 'admin.title');

/** How many paid messages each unit may send this month. */
export default async function MessageBudgetPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const now = new Date();
  const month = monthOf(now);
  const rows = await read('area.manage', (tx) => budgetsOf(tx, locale, 'area.manage', now));
  const t = await getTranslations('messages');
  const [year = '', of = ''] = month.split('-');
  return (
    <div className="grid grid-cols-1 gap-7">
      {(await searchParams).done === 'budget' ? <Notice tone="good" live title={t('done.budget')} /> : null}
      <PageHeading lead={t('admin.lead', { month: `${of}/${year}`, usual: formatNumber(locale, usualBudget) })}>
        {t('admin.title')}
      </PageHeading>
      <ClientWords of={['messages', 'errors']}>
        <BudgetForm
          action={set}
          month={month}
          places={rows.map(({ areaId, name }) => ({ value: String(areaId), label: name }))}
        />
      </ClientWords>
      <BudgetTable rows={rows} locale={locale} />
    </div>
  );
}
