import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ActForm } from '@/components/class/act-form';
import { ClientWords } from '@/components/layout/client-words';
import { ClosingBox } from '@/components/team/closing-box';
import { MemberForm } from '@/components/team/member-form';
import { TeamForm } from '@/components/team/team-form';
import { HoursTable, MemberTable } from '@/components/team/team-tables';
import { ButtonLink } from '@/components/ui/button';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { id as uuid } from '@/lib/kernel/input';
import { skillCatalogue } from '@/lib/skill/queries';
import { accountsFor, hoursOfTeam, inTheWay, membersOf, teamForStaff } from '@/lib/team/queries';
import { monthsBack } from '@/lib/team/rules';
import { addPerson, change, close, reopen } from '../actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const outcomes = ['added', 'changed', 'memberAdded', 'closed', 'reopened'] as const;

export const generateMetadata = titled('teams', 'one');

export default async function TeamPage({ params, searchParams }: Props) {
  const [{ locale, id }, { done }] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const wanted = uuid.safeParse(id);
  if (!wanted.success) notFound();
  const now = new Date();
  const { team, members, hours, accounts, skills, before } = await read('class.read', async (tx) => {
    const found = await teamForStaff(tx, locale, wanted.data);
    return {
      team: found,
      members: found ? await membersOf(tx, found.id) : [],
      hours: found ? await hoursOfTeam(tx, found.id, monthsBack(now, 5), now) : [],
      accounts: found?.mayWrite ? (await accountsFor(tx, null)).choices : [],
      skills: found?.mayWrite ? await skillCatalogue(tx) : [],
      before: found?.mayWrite && !found.closedOn ? await inTheWay(tx, locale, found.id, now) : [],
    };
  });
  if (!team) notFound();
  const [t, c, d] = await Promise.all([
    getTranslations('teams'),
    getTranslations('helperCard.sheet'),
    getTranslations('duty.roster'),
  ]);
  const outcome = outcomes.find((known) => known === done);
  return (
    <div className="grid grid-cols-1 gap-7">
      <Breadcrumbs items={[{ label: t('title'), href: '/manage/teams' }, { label: team.name }]} />
      {outcome ? <Notice tone="good" live title={t(`done.${outcome}`)} /> : null}
      <PageHeading above={team.area} lead={`${t(`kinds.${team.kind}`)} · ${t(`organisations.${team.organisation}`)}`}>
        {team.name}
      </PageHeading>
      {team.closedOn ? (
        <ClientWords of={['teams', 'errors']}>
          <Notice
            tone="warn"
            title={t('closing.closed', { day: formatDate(locale, team.closedOn) })}
            action={
              team.mayWrite ? (
                <ActForm
                  action={reopen}
                  fields={{ id: team.id }}
                  variant="secondary"
                  label={t('closing.reopen')}
                  pendingLabel={t('closing.working')}
                />
              ) : undefined
            }
          >
            {t('closing.closedBody')}
          </Notice>
        </ClientWords>
      ) : null}
      <MemberTable rows={members} locale={locale} path={`/manage/teams/${team.id}/members`} />
      <div className="flex flex-wrap gap-3">
        <ButtonLink href={`/manage/teams/${team.id}/week`} variant="secondary" icon="calendar">
          {d('link')}
        </ButtonLink>
        {team.mayWrite && !team.closedOn ? (
          <ButtonLink href={`/manage/teams/${team.id}/cards`} variant="secondary" icon="idcard">
            {c('link')}
          </ButtonLink>
        ) : null}
      </div>
      {team.mayWrite && !team.closedOn ? (
        <ClientWords of={['teams', 'errors']}>
          <MemberForm
            fold={{ summary: t('addMember'), open: members.length === 0 }}
            action={addPerson}
            teamId={team.id}
            accounts={accounts.map((one) => ({ value: one.id, label: `${one.fullName} (${one.username})` }))}
            skills={skills.map((one) => ({
              code: one.code,
              domain: locale === 'en' ? one.domainEn : one.domainVi,
              title: locale === 'en' ? one.titleEn : one.titleVi,
            }))}
          />
          <TeamForm fold={{ summary: t('change') }} action={change} now={team} />
          <ClosingBox
            teamId={team.id}
            people={members.filter(({ leftOn }) => leftOn === null).length}
            before={before}
            close={close}
            locale={locale}
          />
        </ClientWords>
      ) : null}
      <HoursTable people={members} months={hours} locale={locale} />
    </div>
  );
}
