import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ClientWords } from '@/components/layout/client-words';
import { PaperForm } from '@/components/register/paper-form';
import { PaperPreview, PaperProblems } from '@/components/register/paper-preview';
import { PaperText, SheetChoice } from '@/components/register/paper-text';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import { formatDateTimeRange } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { id } from '@/lib/kernel/input';
import { paperChanges } from '@/lib/register/paper-entry';
import { paperSheetOf, paperSheetsOf } from '@/lib/register/paper-sheets';
import { needsReason } from '@/lib/register/rules';
import { paperAsked } from '@/lib/register/schema';
import { registerSheet } from '@/lib/register/sheets';
import { savePaper } from '../actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('register', 'entry.title');

/** A paper sheet typed in by its exceptions. What it would do stands below with a name to each number; only then it is saved. */
export default async function PaperEntryPage({ params, searchParams }: Props) {
  const { locale, id: given } = await params;
  setRequestLocale(locale);
  const sessionId = id.safeParse(given);
  const { sheet: code, said } = paperAsked.parse(await searchParams);
  const { register, paper, sheets } = await read('register.write', async (tx) => {
    const roll = sessionId.success ? await registerSheet(tx, sessionId.data, locale) : null;
    return {
      register: roll,
      paper: roll && code ? await paperSheetOf(tx, roll, code, locale) : null,
      sheets: roll ? await paperSheetsOf(tx, roll.id) : [],
    };
  });
  if (!register?.mayRecord || (code && !paper)) notFound();
  const t = await getTranslations('register');
  const closed = register.status === 'published' || register.status === 'held' ? null : t(`closed.${register.status}`);
  const changes = paper && said !== undefined ? paperChanges(paper, register, said) : null;
  const late = needsReason(register.endsAt.getTime(), register.startedAt?.getTime() ?? null, Date.now());
  const address = `/manage/sessions/${register.id}`;
  return (
    <div className="mx-auto grid w-full max-w-3xl grid-cols-1 gap-6">
      <Breadcrumbs
        items={[
          { label: t('today'), href: '/manage' },
          { label: t('title'), href: address },
          { label: t('entry.title') },
        ]}
      />
      <PageHeading
        above={formatDateTimeRange(locale, register.startsAt, register.endsAt)}
        lead={`${register.title} · ${register.venue}`}
      >
        {t('entry.title')}
      </PageHeading>
      {closed ? <Notice tone="warn" title={closed} /> : null}
      {paper && !closed ? (
        <>
          <PaperText paper={paper} said={said} />
          {changes && changes.problems.length > 0 ? <PaperProblems problems={changes.problems} /> : null}
          {changes && changes.problems.length === 0 ? (
            <>
              <PaperPreview changes={changes} skills={paper.skills} />
              <ClientWords of={['register', 'errors']}>
                <PaperForm
                  action={savePaper}
                  hidden={{
                    sessionId: register.id,
                    sheet: paper.code,
                    said: said ?? '',
                    seen: register.people.flatMap(({ marks }) => marks.slice(0, 30)).join(),
                  }}
                  ask={changes.ask}
                  begun={register.startedAt !== null}
                  late={late}
                />
              </ClientWords>
            </>
          ) : null}
        </>
      ) : (
        <SheetChoice sheets={closed ? [] : sheets} address={`${address}/entry`} locale={locale} />
      )}
    </div>
  );
}
