import { getTranslations, setRequestLocale } from 'next-intl/server';
import { RecheckList } from '@/components/recheck/recheck-list';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { rechecksDue } from '@/lib/recheck/queries';
import { recheckList } from '@/lib/recheck/schema';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('recheck', 'title');

/** Whom to look at once more, village by village: thirty and ninety days after they learnt it, one skill, two minutes. */
export default async function RechecksPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const asked = await searchParams;
  const { area } = recheckList.parse({ area: asked.area });
  const now = new Date();
  const lines = await read('register.write', (tx) => rechecksDue(tx, locale, { area: area ?? null }, now));
  const t = await getTranslations('recheck');
  return (
    <div className="grid gap-6">
      {asked.done === 'recorded' ? <Notice tone="good" live title={t('recorded')} /> : null}
      <PageHeading lead={t('lead')}>{t('heading', { count: lines.length })}</PageHeading>
      {lines.length > 0 ? (
        <RecheckList lines={lines} locale={locale} now={now} />
      ) : (
        <EmptyState icon="check" title={t('none')}>
          {t('noneBody')}
        </EmptyState>
      )}
    </div>
  );
}
