import { getTranslations, setRequestLocale } from 'next-intl/server';
import { AnsweredCard, ProposalCard } from '@/components/desk/proposal-list';
import { ClientWords } from '@/components/layout/client-words';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { Written } from '@/components/ui/written';
import { read } from '@/lib/access/doors';
import { answered, dismissed, inviteesOf, proposals } from '@/lib/desk/proposals';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { dismiss } from '../actions';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('desk', 'proposals.title');

/** Classes that what repeats at the desks proposes. */
export default async function ProposalsPage({ params, searchParams }: Props) {
  const [{ locale }, { done }] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const now = new Date();
  const { open, classes, against } = await read('desk.manage', async (tx) => {
    const found = await proposals(tx, locale, now);
    const people = [];
    for (const proposal of found) people.push({ proposal, people: await inviteesOf(tx, locale, proposal, now) });
    return { open: people, classes: await answered(tx, locale, now), against: await dismissed(tx, locale) };
  });
  const t = await getTranslations('desk.proposals');
  return (
    <div className="grid max-w-4xl grid-cols-1 gap-6">
      <PageHeading lead={t('lead')}>{t('title')}</PageHeading>
      {done === 'dismissed' ? <Notice tone="good" live title={t('dismissed')} /> : null}
      <ClientWords of={['desk', 'errors']}>
        {open.map(({ proposal, people }) => (
          <ProposalCard
            key={`${proposal.deskId ?? proposal.areaId} ${proposal.need}`}
            proposal={proposal}
            people={people}
            locale={locale}
            dismiss={dismiss}
          />
        ))}
      </ClientWords>
      {open.length === 0 ? (
        <EmptyState icon="check" title={t('none')}>
          {t('noneBody')}
        </EmptyState>
      ) : null}
      {classes.length > 0 ? (
        <section aria-labelledby="answered" className="grid gap-4">
          <div>
            <h2 id="answered" className="text-xl">
              {t('answered')}
            </h2>
            <p className="text-muted">{t('answeredLead')}</p>
          </div>
          {classes.map((one) => (
            <AnsweredCard key={one.classId} answered={one} locale={locale} />
          ))}
        </section>
      ) : null}
      {against.length > 0 ? (
        <DataTable
          caption={t('against')}
          rows={against}
          rowKey={({ id }) => id}
          columns={[
            { key: 'need', header: t('what'), cell: (row) => row.needName },
            { key: 'place', header: t('place'), cell: (row) => row.place },
            { key: 'reason', header: t('because'), cell: (row) => <Written>{row.reason}</Written> },
            { key: 'at', header: t('day'), cell: (row) => formatDate(locale, row.at) },
          ]}
        />
      ) : null}
    </div>
  );
}
