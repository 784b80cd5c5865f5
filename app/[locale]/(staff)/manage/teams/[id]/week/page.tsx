import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import '@/components/team/week.css';
import { WeekRoster, WeekSummary } from '@/components/team/week-roster';
import { ButtonLink } from '@/components/ui/button';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { PrintButton } from '@/components/ui/print-button';
import { read } from '@/lib/access/doors';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { addDays, dayOf } from '@/lib/kernel/clock';
import { id as uuid } from '@/lib/kernel/input';
import { membersOf, teamForStaff } from '@/lib/team/queries';
import { weekOfTeam } from '@/lib/team/roster';
import { mondayOf } from '@/lib/team/rules';
import { weekAsked } from '@/lib/team/schema';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('duty', 'roster.title');

/** A team's week on one page, to be printed: sessions asked for and agreed to, desk duty, who is away. */
export default async function TeamWeekPage({ params, searchParams }: Props) {
  const [{ locale, id }, asked] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const wanted = uuid.safeParse(id);
  if (!wanted.success) notFound();
  const monday = mondayOf(weekAsked.parse(asked).week ?? dayOf(new Date()));
  const { team, members, tasks, away } = await read('class.read', async (tx) => {
    const found = await teamForStaff(tx, locale, wanted.data);
    return {
      team: found,
      members: found ? await membersOf(tx, found.id) : [],
      ...(await weekOfTeam(tx, locale, wanted.data, monday)),
    };
  });
  if (!team) notFound();
  const [t, m] = await Promise.all([getTranslations('duty.roster'), getTranslations('teams')]);
  const address = (day: string) => `/manage/teams/${team.id}/week?week=${day}`;
  return (
    <div className="grid grid-cols-1 gap-6">
      <div className="print:hidden">
        <Breadcrumbs
          items={[
            { label: m('title'), href: '/manage/teams' },
            { label: team.name, href: `/manage/teams/${team.id}` },
            { label: t('title') },
          ]}
        />
      </div>
      <PageHeading
        above={team.name}
        lead={t('lead', { from: formatDate(locale, monday), to: formatDate(locale, addDays(monday, 6)) })}
      >
        {t('title')}
      </PageHeading>
      <div className="flex flex-wrap items-center gap-3 print:hidden">
        <ButtonLink href={address(addDays(monday, -7))} variant="secondary">
          {t('before')}
        </ButtonLink>
        <ButtonLink href={address(addDays(monday, 7))} variant="secondary">
          {t('after')}
        </ButtonLink>
        <PrintButton>{t('print')}</PrintButton>
      </div>
      <WeekRoster monday={monday} tasks={tasks} away={away} locale={locale} />
      <div className="week-summary">
        <WeekSummary members={members} tasks={tasks} locale={locale} />
      </div>
    </div>
  );
}
