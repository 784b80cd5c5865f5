import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ActForm } from '@/components/class/act-form';
import { HelperCardBox } from '@/components/helpercard/card-box';
import { ClientWords } from '@/components/layout/client-words';
import { AskTable } from '@/components/team/ask-table';
import { MemberForm } from '@/components/team/member-form';
import { HoursTable, useSpoken } from '@/components/team/team-tables';
import { ToldBox } from '@/components/team/told-box';
import { TimesBox } from '@/components/team/times-box';
import { TrainingBox } from '@/components/team/training-box';
import { DefinitionList } from '@/components/ui/facts';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import { cardsOfMember } from '@/lib/helpercard/queries';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { dayOf } from '@/lib/kernel/clock';
import { id as uuid } from '@/lib/kernel/input';
import { phoneForReading } from '@/lib/kernel/phone';
import { choiceOfMember } from '@/lib/message/queries';
import { skillCatalogue } from '@/lib/skill/queries';
import { timesOf } from '@/lib/team/availability';
import { accountsFor, asksOfMember, hoursOfTeam, memberOfCaller, membersOf, teamForStaff } from '@/lib/team/queries';
import { monthsBack } from '@/lib/team/rules';
import type { MemberLine } from '@/lib/team/schema';
import { trainingsOf } from '@/lib/team/training';
import { issue, revoke } from '../../cards/actions';
import { away, free, notAway, told, training, trainingOff } from './actions';
import { changePerson, comeBack, leave, presence } from '../../../actions';

interface Props {
  params: Promise<{ locale: Locale; id: string; member: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const outcomes = ['memberChanged', 'left', 'back', 'presence', 'told'] as const;
const dutyOutcomes = ['free', 'away', 'notAway', 'training', 'trainingOff'] as const;
const cardOutcomes = ['issued', 'revoked'] as const;

export const generateMetadata = titled('teams', 'member');

export default async function MemberPage({ params, searchParams }: Props) {
  const [{ locale, ...given }, { done }] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const [teamId, memberId] = [uuid.safeParse(given.id), uuid.safeParse(given.member)];
  if (!teamId.success || !memberId.success) notFound();
  const now = new Date();
  const since = monthsBack(now, 5);
  const { team, member, ...more } = await read('class.read', async (tx, caller) => {
    const found = await teamForStaff(tx, locale, teamId.data);
    const [one] = found ? await membersOf(tx, found.id, memberId.data) : [];
    return {
      team: found,
      member: one,
      own: (await memberOfCaller(tx, caller.accountId))?.id === one?.id,
      asks: one ? await asksOfMember(tx, locale, one.id, since, now) : [],
      hours: one && found ? await hoursOfTeam(tx, found.id, since, now) : [],
      accounts: one && found?.mayWrite ? await accountsFor(tx, one.id) : null,
      cards: one && found?.mayWrite ? await cardsOfMember(tx, one.id, now) : null,
      told: one && found?.mayWrite && !one.leftOn ? await choiceOfMember(tx, one.id) : null,
      times: one ? await timesOf(tx, one.id, now) : { free: [], away: [] },
      trainings: one ? await trainingsOf(tx, one.id) : [],
      skills: await skillCatalogue(tx),
    };
  });
  if (!team || !member) notFound();
  const [t, c, d] = await Promise.all([
    getTranslations('teams'),
    getTranslations('helperCard.box'),
    getTranslations('duty'),
  ]);
  const outcome = outcomes.find((known) => known === done);
  const dutyOutcome = dutyOutcomes.find((known) => known === done);
  const cardOutcome = cardOutcomes.find((known) => known === done);
  const skills = more.skills.map((one) => ({
    code: one.code,
    domain: locale === 'en' ? one.domainEn : one.domainVi,
    title: locale === 'en' ? one.titleEn : one.titleVi,
  }));
  const act = member.leftOn
    ? ({ action: comeBack, label: t('takeBack'), variant: 'secondary' } as const)
    : ({ action: leave, label: t('letGo'), variant: 'danger' } as const);
  return (
    <div className="grid max-w-5xl grid-cols-1 gap-7">
      <Breadcrumbs
        items={[
          { label: t('title'), href: '/manage/teams' },
          { label: team.name, href: `/manage/teams/${team.id}` },
          { label: member.fullName },
        ]}
      />
      {outcome ? <Notice tone="good" live title={t(`done.${outcome}`)} /> : null}
      {cardOutcome ? <Notice tone="good" live title={c(`done.${cardOutcome}`)} /> : null}
      {dutyOutcome ? <Notice tone="good" live title={d(`done.${dutyOutcome}`)} /> : null}
      <PageHeading above={team.name} lead={t(`roles.${member.role}`)}>
        {member.fullName}
      </PageHeading>
      {member.leftOn ? <Notice tone="warn" title={t('left', { day: formatDate(locale, member.leftOn) })} /> : null}
      <MemberFacts member={member} titles={skills} locale={locale} />
      <HoursTable people={[member]} months={more.hours} locale={locale} />
      <ClientWords of={['teams', 'helperCard', 'duty', 'errors']}>
        {member.leftOn ? null : (
          <TimesBox
            memberId={member.id}
            {...more.times}
            acts={team.mayWrite || more.own ? { free, away, notAway } : null}
          />
        )}
        {more.told ? <ToldBox memberId={member.id} now={more.told} self={member.hasAccount} save={told} /> : null}
        <TrainingBox
          memberId={member.id}
          rows={more.trainings}
          acts={team.mayWrite ? { note: training, drop: trainingOff } : null}
        />
        {more.cards ? (
          <HelperCardBox
            cards={more.cards}
            member={{ id: member.id, left: member.leftOn !== null }}
            teamId={team.id}
            today={dayOf(now)}
            locale={locale}
            issue={issue}
            revoke={revoke}
          />
        ) : null}
        <AskTable rows={more.asks} locale={locale} mayCorrect={team.mayWrite || more.own} presence={presence} />
        {more.accounts ? (
          <>
            <MemberForm
              fold={{ summary: t('changeMember') }}
              action={changePerson}
              teamId={team.id}
              now={{
                ...member,
                phone: member.phone ? phoneForReading(member.phone) : '',
                accountId: more.accounts.own ?? '',
                joinedOn: member.joinedOn ?? '',
              }}
              accounts={more.accounts.choices.map((one) => ({
                value: one.id,
                label: `${one.fullName} (${one.username})`,
              }))}
              skills={skills}
            />
            <section className="grid gap-3">
              <p className="max-w-prose text-muted">{t(member.leftOn ? 'takeBackBody' : 'letGoBody')}</p>
              <ActForm {...act} fields={{ id: member.id }} pendingLabel={t('working')} />
            </section>
          </>
        ) : null}
      </ClientWords>
    </div>
  );
}

async function MemberFacts({
  member,
  titles,
  locale,
}: {
  member: MemberLine;
  titles: readonly { code: string; title: string }[];
  locale: Locale;
}) {
  const t = await getTranslations('teams');
  const titleOf = (code: string) => titles.find((one) => one.code === code)?.title ?? code;
  return (
    <DefinitionList
      items={[
        { term: t('phone'), value: member.phone ? phoneForReading(member.phone) : '—' },
        { term: t('languages'), value: <Spoken languages={member.languages} /> },
        {
          term: t('mayTeach'),
          value:
            member.skills.length > 0 ? (
              <details>
                <summary className="link inline-flex min-h-target items-center">
                  {t('skillCount', { count: member.skills.length })}
                </summary>
                <ul className="list-disc pl-6">
                  {member.skills.map((code) => (
                    <li key={code}>{titleOf(code)}</li>
                  ))}
                </ul>
              </details>
            ) : (
              t('skillCount', { count: 0 })
            ),
        },
        { term: t('account'), value: t(member.hasAccount ? 'hasAccount' : 'noAccount') },
        { term: t('joined'), value: member.joinedOn ? formatDate(locale, member.joinedOn) : '—' },
      ]}
    />
  );
}

function Spoken({ languages }: Pick<MemberLine, 'languages'>) {
  return useSpoken()(languages);
}
