import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ClientWords } from '@/components/layout/client-words';
import { CallList } from '@/components/message/call-list';
import { MessageTable } from '@/components/message/message-table';
import { ShowLinks } from '@/components/message/show-links';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { StatFigure } from '@/components/ui/figures';
import { PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { Pagination } from '@/components/ui/pagination';
import { read } from '@/lib/access/doors';
import { formatNumber } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { budgetsOf, callList, classNamed, messageCounts, messageLines } from '@/lib/message/queries';
import { callOutcomes, isQuiet, messageList, messagesPerPage } from '@/lib/message/schema';
import { tell } from './actions';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('messages', 'title');

/** What residents are told: whom to call, what waits, what went out, what did not; of one class where the address says so. */
export default async function MessagesPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const address = await searchParams;
  const asked = messageList.parse(address);
  const { show, class: classId, page, turn } = asked;
  const now = new Date();
  const found = await read('contact.read', async (tx, caller) => {
    const title = classId === undefined ? '' : await classNamed(tx, locale, classId);
    if (title === null) return null;
    return {
      title,
      counts: await messageCounts(tx, classId, now),
      calls: show === 'call' ? await callList(tx, locale, asked, now) : [],
      lines: show === 'call' ? [] : await messageLines(tx, locale, asked, now),
      budgets: await budgetsOf(tx, locale, 'contact.read', now),
      mayReadPeople: caller.capabilities.includes('person.read'),
    };
  });
  if (!found) notFound();
  const { title, counts, calls, lines, budgets, mayReadPeople } = found;
  const t = await getTranslations('messages');
  const done = callOutcomes.find((one) => one === address.done);
  const empty = show === 'call' ? calls.length === 0 : lines.length === 0;
  return (
    <div className="grid grid-cols-1 gap-6">
      {done && !(turn && calls.some((line) => line.turn === turn)) ? (
        <Notice tone="good" live title={t(`done.${done}`)} />
      ) : null}
      <PageHeading
        lead={t('lead')}
        actions={
          classId === undefined ? null : (
            <>
              <ButtonLink href={`/manage/classes/${classId}`} variant="secondary">
                {t('backToClass')}
              </ButtonLink>
              <ButtonLink href="/manage/messages" variant="quiet">
                {t('allClasses')}
              </ButtonLink>
            </>
          )
        }
      >
        {classId === undefined ? t('title') : t('ofClass', { title })}
      </PageHeading>
      {isQuiet(now, false) ? (
        <Notice tone="warn" title={t('quietNow')}>
          {t('quietNowBody')}
        </Notice>
      ) : null}
      <ShowLinks counts={counts} here={show} classId={classId} />
      <section id="messages" aria-label={t(`shows.${show}`)} className="grid grid-cols-1 gap-4">
        {empty ? (
          <EmptyState icon="check" title={t(`none.${show}`)}>
            {t(`noneBody.${show}`)}
          </EmptyState>
        ) : show === 'call' ? (
          <ClientWords of={['messages', 'errors']}>
            <CallList lines={calls} classId={classId} turn={turn} done={done} tell={tell} locale={locale} />
          </ClientWords>
        ) : (
          <MessageTable
            lines={lines}
            caption={t(`shows.${show}`)}
            locale={locale}
            withClass={classId === undefined}
            mayReadPeople={mayReadPeople}
          />
        )}
        <Pagination
          address={{ path: '/manage/messages', params: { show, class: classId } }}
          page={page}
          pageCount={Math.max(1, Math.ceil(counts[show] / messagesPerPage))}
          landing="messages"
        />
      </section>
      {classId === undefined && budgets.length > 0 ? (
        <section aria-label={t('budget')} className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {budgets.slice(0, 6).map((one) => (
            <StatFigure
              key={one.areaId}
              label={budgets.length > 1 ? `${t('budget')} · ${one.name}` : t('budget')}
              value={formatNumber(locale, Math.max(0, one.allowed - one.used))}
              target={t('budgetOf', {
                used: formatNumber(locale, one.used),
                allowed: formatNumber(locale, one.allowed),
              })}
              definition={t('budgetHow')}
            />
          ))}
        </section>
      ) : null}
    </div>
  );
}
