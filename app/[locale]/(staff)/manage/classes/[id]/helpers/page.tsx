import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ClientWords } from '@/components/layout/client-words';
import { HelperRows, type HelperActs } from '@/components/team/helper-rows';
import { StaffingPills } from '@/components/team/staffing-pills';
import { SuggestForm } from '@/components/team/suggest-form';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { idInAddress, read } from '@/lib/access/doors';
import { formatDay, formatTimeRange } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { classForStaff } from '@/lib/manage/queries';
import { ratioOf, staffedSessions } from '@/lib/team/queries';
import { helpersNeeded, staffing } from '@/lib/team/rules';
import { staffingAsked, type HelperRole, type StaffedSession, type Suggestion } from '@/lib/team/schema';
import { suggestionsFor } from '@/lib/team/suggesting';
import { ask, noteAnswer, notePresence, withdraw } from './actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const outcomes = ['answered', 'withdrawn', 'presence'] as const;
const count = (given: unknown) => (typeof given === 'string' && /^\d{1,4}$/.test(given) ? Number(given) : 0);

export const generateMetadata = titled('teams', 'staff.title');

/** Who teaches and who helps at each session of a class, who is still wanted, and who might be asked. */
export default async function HelpersPage({ params, searchParams }: Props) {
  const [{ locale, id }, given] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const classId = idInAddress(id);
  const asked = staffingAsked.parse(given);
  const now = new Date();
  const { found, sessions, ratio, chosen, role, suggestions } = await read('class.read', async (tx) => {
    const one = await classForStaff(tx, locale, classId, now);
    const all = one ? await staffedSessions(tx, locale, classId, now) : [];
    const perHelper = await ratioOf(tx, classId);
    const ahead = all.filter(({ startsAt }) => startsAt > now);
    const lacks = (session: StaffedSession) => {
      const stands = staffing(one?.confirmed ?? 0, perHelper, session.helpers);
      return stands.wanted > 0 || stands.teacher === 'wanted';
    };
    const session = ahead.find((each) => each.id === asked.session) ?? (asked.session ? undefined : ahead.find(lacks));
    const stands = session ? staffing(one?.confirmed ?? 0, perHelper, session.helpers) : null;
    const what: HelperRole = asked.role ?? (stands?.teacher === 'wanted' ? 'teaches' : 'helps');
    return {
      found: one,
      sessions: all,
      ratio: perHelper,
      chosen: session,
      role: what,
      suggestions: session && one?.mayWrite ? await suggestionsFor(tx, locale, session.id, what) : [],
    };
  });
  if (!found) notFound();
  const t = await getTranslations('teams');
  const manage = await getTranslations('manage');
  const outcome = outcomes.find((known) => known === given.done);
  const acts = found.mayWrite ? { answer: noteAnswer, withdraw, presence: notePresence } : null;
  const ahead = sessions.filter(({ startsAt }) => startsAt > now);
  const gone = sessions.filter(({ startsAt, helpers }) => startsAt <= now && helpers.length > 0).toReversed();
  const needed = helpersNeeded(found.confirmed, ratio);
  return (
    <div className="grid grid-cols-1 gap-7">
      <Breadcrumbs
        items={[
          { label: manage('classes.title'), href: '/manage/classes' },
          { label: found.title, href: `/manage/classes/${id}` },
          { label: t('staff.title') },
        ]}
      />
      {outcome ? <Notice tone="good" live title={t(`done.${outcome}`)} /> : null}
      {count(given.asked) > 0 ? (
        <Notice tone="good" live title={t('done.asked', { count: count(given.asked) })}>
          {count(given.passedOver) > 0 ? t('done.passedOver', { count: count(given.passedOver) }) : null}
        </Notice>
      ) : null}
      <PageHeading
        above={`${found.title} · ${found.area}`}
        lead={
          <>
            {t('staff.lead', { enrolled: found.confirmed, ratio, needed })}{' '}
            {found.confirmed < found.capacity
              ? t('staff.leadFull', { capacity: found.capacity, needed: helpersNeeded(found.capacity, ratio) })
              : null}
          </>
        }
      >
        {t('staff.title')}
      </PageHeading>
      <ClientWords of={['teams', 'errors']}>
        <section className="grid grid-cols-1 gap-3">
          <h2 className="text-xl">{t('staff.coming')}</h2>
          {ahead.length === 0 ? <p>{t('staff.noneComing')}</p> : null}
          <ul className="grid grid-cols-1 gap-3">
            {ahead.map((session) => (
              <Session
                key={session.id}
                {...{ session, locale, classId, acts, ratio }}
                enrolled={found.confirmed}
                now={now}
              >
                {found.mayWrite && session === chosen ? (
                  <Find {...{ session, role, suggestions, classId, ratio }} enrolled={found.confirmed} />
                ) : null}
              </Session>
            ))}
          </ul>
        </section>
        {gone.length > 0 ? (
          <section className="grid grid-cols-1 gap-3">
            <h2 className="text-xl">{t('staff.past')}</h2>
            <ul className="grid grid-cols-1 gap-3">
              {gone.map((session) => (
                <Session
                  key={session.id}
                  {...{ session, locale, classId, acts, ratio }}
                  enrolled={found.confirmed}
                  now={now}
                />
              ))}
            </ul>
          </section>
        ) : null}
      </ClientWords>
    </div>
  );
}

interface SessionProps {
  session: StaffedSession;
  locale: Locale;
  classId: string;
  acts: HelperActs | null;
  enrolled: number;
  ratio: number;
  now: Date;
  /** Those put forward, where people are being looked for. */
  children?: React.ReactNode;
}

async function Session({ session, locale, classId, acts, enrolled, ratio, now, children }: SessionProps) {
  const t = await getTranslations('teams');
  const over = session.startsAt <= now;
  return (
    <li className="grid grid-cols-1 gap-3 rounded-card border-[1.5px] border-line bg-surface p-4 sm:p-5">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <div className="min-w-0 grow basis-80">
          <h3 className="text-lg tabular-nums">
            {formatDay(locale, session.startsAt)}, {formatTimeRange(locale, session.startsAt, session.endsAt)}
          </h3>
          {session.lesson ? <p className="text-muted">{session.lesson}</p> : null}
        </div>
        {over ? null : (
          <div className="flex flex-wrap items-center gap-2">
            <StaffingPills staffing={staffing(enrolled, ratio, session.helpers)} />
          </div>
        )}
        {acts && !over && !children ? (
          <ButtonLink
            href={`/manage/classes/${classId}/helpers?session=${session.id}#find`}
            variant="secondary"
            icon="search"
          >
            {t('staff.findMore')}
          </ButtonLink>
        ) : null}
      </div>
      {session.helpers.length > 0 ? (
        <HelperRows helpers={session.helpers} over={over} tookPlace={session.tookPlace} acts={acts} />
      ) : (
        <p className="text-muted">{t('staff.nobody')}</p>
      )}
      {children}
    </li>
  );
}

async function Find({
  session,
  role,
  suggestions,
  classId,
  enrolled,
  ratio,
}: {
  session: StaffedSession;
  role: HelperRole;
  suggestions: readonly Suggestion[];
  classId: string;
  enrolled: number;
  ratio: number;
}) {
  const t = await getTranslations('teams');
  const stands = staffing(enrolled, ratio, session.helpers);
  const lacking = role === 'teaches' ? Number(stands.teacher === 'wanted') : stands.wanted;
  const other = role === 'teaches' ? 'helps' : 'teaches';
  return (
    <section id="find" className="grid grid-cols-1 gap-4 rounded-card bg-sunk p-4 sm:p-5">
      <div>
        <h4 className="text-lg">{t(`suggest.${role}`)}</h4>
        <p className="max-w-prose text-muted">{t('suggest.lead')}</p>
        <Link
          href={`/manage/classes/${classId}/helpers?session=${session.id}&role=${other}#find`}
          prefetch={false}
          className="link inline-flex min-h-target items-center"
        >
          {t(role === 'teaches' ? 'suggest.orHelps' : 'suggest.orTeaches')}
        </Link>
      </div>
      {suggestions.length > 0 ? (
        <SuggestForm action={ask} sessionId={session.id} role={role} suggestions={suggestions} lacking={lacking} />
      ) : (
        <EmptyState
          icon="people"
          title={t('suggest.none')}
          action={
            <ButtonLink href="/manage/teams" variant="secondary">
              {t('staff.toTeam')}
            </ButtonLink>
          }
        >
          {t('suggest.noneBody')}
        </EmptyState>
      )}
    </section>
  );
}
