import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { PaperLinks } from '@/components/register/paper-links';
import { PaperPages } from '@/components/register/paper-pages';
import { EmptyState } from '@/components/ui/empty-state';
import { BackLink } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { PrintButton } from '@/components/ui/print-button';
import { read } from '@/lib/access/doors';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { id, sheetCode } from '@/lib/kernel/input';
import { paperSheetOf } from '@/lib/register/paper-sheets';
import { registerSheet } from '@/lib/register/sheets';
import { makeSheet } from '../actions';
import './sheet.css';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('register', 'paper.title');

/** A numbered register on A4, by `?code=` or the newest: its numbers stay as they were printed. */
export default async function PaperSheetPage({ params, searchParams }: Props) {
  const { locale, id: given } = await params;
  setRequestLocale(locale);
  const sessionId = id.safeParse(given);
  const code = sheetCode.safeParse((await searchParams).code);
  const { register, paper } = await read('roster.read', async (tx) => {
    const roll = sessionId.success ? await registerSheet(tx, sessionId.data, locale) : null;
    return { register: roll, paper: roll && (await paperSheetOf(tx, roll, code.success ? code.data : null, locale)) };
  });
  if (!register || (code.success && !paper)) notFound();
  const t = await getTranslations('register');
  const open = register.status === 'published' || register.status === 'held';
  return (
    <div className="grid grid-cols-1 gap-6 print:block">
      <div className="grid grid-cols-1 gap-4 print:hidden">
        <BackLink href={`/manage/sessions/${register.id}`}>{t('paper.back')}</BackLink>
        <h1 className="text-2xl">{t('paper.title')}</h1>
        {paper ? (
          <>
            {paper.isCurrent ? null : (
              <Notice tone="warn" title={t('paper.latest')}>
                {t('paper.latestBody')}
              </Notice>
            )}
            <p className="max-w-prose text-muted">{t('paper.hint')}</p>
            <div className="flex flex-wrap gap-3">
              <PrintButton>{t('paper.print')}</PrintButton>
            </div>
          </>
        ) : (
          <EmptyState icon="print" title={t('paper.none')}>
            {t('paper.noneBody')}
          </EmptyState>
        )}
        <PaperLinks
          sessionId={register.id}
          mayRecord={register.mayRecord && open}
          make={paper?.isCurrent ? null : makeSheet}
        />
      </div>
      {paper ? <PaperPages paper={paper} session={register} locale={locale} /> : null}
    </div>
  );
}
