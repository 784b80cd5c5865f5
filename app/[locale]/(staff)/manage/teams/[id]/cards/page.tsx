import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { IssueCardForm } from '@/components/helpercard/card-forms';
import { HelperCardSheet } from '@/components/helpercard/card-sheet';
import '@/components/helpercard/helper-card.css';
import { ClientWords } from '@/components/layout/client-words';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { PrintButton } from '@/components/ui/print-button';
import { read } from '@/lib/access/doors';
import { cardsToPrint } from '@/lib/helpercard/queries';
import { lastDayFrom } from '@/lib/helpercard/rules';
import { printAsked } from '@/lib/helpercard/schema';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { dayOf } from '@/lib/kernel/clock';
import { id as uuid } from '@/lib/kernel/input';
import { portalOrigin } from '@/lib/kernel/portal';
import { teamForStaff } from '@/lib/team/queries';
import { issueAll } from './actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('helperCard', 'sheet.title');

/** The cards of a team (or of one of it) to print and cut, and cards for everybody who has none. */
export default async function TeamCardsPage({ params, searchParams }: Props) {
  const [{ locale, id }, asked] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const wanted = uuid.safeParse(id);
  if (!wanted.success) notFound();
  const { member } = printAsked.parse(asked);
  const now = new Date();
  const { team, cards } = await read('class.write', async (tx) => {
    const found = await teamForStaff(tx, locale, wanted.data);
    return {
      team: found?.mayWrite ? found : null,
      cards: await cardsToPrint(tx, locale, { teamId: wanted.data, memberId: member }, now),
    };
  });
  if (!team) notFound();
  const t = await getTranslations('helperCard.sheet');
  const m = await getTranslations('teams');
  const issued = typeof asked.issued === 'string' && /^\d{1,3}$/.test(asked.issued) ? Number(asked.issued) : null;
  return (
    <div className="grid grid-cols-1 gap-6 print:block">
      <div className="grid grid-cols-1 gap-6 print:hidden">
        <Breadcrumbs
          items={[
            { label: m('title'), href: '/manage/teams' },
            { label: team.name, href: `/manage/teams/${team.id}` },
            { label: t('title') },
          ]}
        />
        {issued === null ? null : <Notice tone="good" live title={t('issued', { count: issued })} />}
        <PageHeading above={team.name} lead={t(cards.length === 0 ? 'none' : 'lead')}>
          {t('title')}
        </PageHeading>
        {cards.length === 0 ? null : (
          <div>
            <PrintButton>{t('print')}</PrintButton>
          </div>
        )}
        {member === undefined ? (
          <ClientWords of={['helperCard', 'errors']}>
            <IssueCardForm
              open={cards.length === 0}
              action={issueAll}
              fields={{ teamId: team.id }}
              label={t('issueAll')}
              about={t('issueAllBody')}
              until={lastDayFrom(dayOf(now))}
            />
          </ClientWords>
        ) : null}
      </div>
      <HelperCardSheet cards={cards} checkAddress={`${portalOrigin()}/helpers`} locale={locale} />
    </div>
  );
}
