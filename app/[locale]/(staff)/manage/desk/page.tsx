import { useTranslations } from 'next-intl';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { DeskLog } from '@/components/desk/desk-log';
import { LastAct } from '@/components/desk/last-act';
import { NeedHours } from '@/components/desk/need-hours';
import { ClientWords } from '@/components/layout/client-words';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { read, readRecord } from '@/lib/access/doors';
import type { Caller, ScopedTx } from '@/lib/access/scoped';
import {
  assistsToday,
  countsToday,
  deskAtHand,
  deskForStaff,
  deskList,
  needsNow,
  personAtDesk,
} from '@/lib/desk/queries';
import { tableOf, withSums } from '@/lib/desk/rules';
import { deskAddress } from '@/lib/desk/schema';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { newId } from '@/lib/kernel/id';
import { slipFromDesk } from '@/lib/visit/atdesk';
import { log, undo } from './actions';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('desk', 'title');

/** The log of a desk: the form first, then what was logged there today. */
export default async function DeskPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const asked = deskAddress.parse(await searchParams);
  const now = new Date();
  const looked = async (tx: ScopedTx, caller: Caller) => {
    const desks = await deskList(tx, locale, now);
    const id = asked.desk ?? (await deskAtHand(tx, caller, now));
    const desk = id ? await deskForStaff(tx, locale, id) : null;
    if (asked.desk && (!desk || desk.retired)) notFound();
    const person = asked.person ? await personAtDesk(tx, asked.person) : null;
    // The note of a reading that read nothing is undone with it.
    if (asked.person && !person) notFound();
    return {
      owner: caller.accountId,
      desks,
      desk,
      person,
      needs: await needsNow(tx, locale),
      today: desk ? await assistsToday(tx, locale, desk.id, caller, now) : [],
      counts: desk ? await countsToday(tx, desk.id, now) : [],
      slip: asked.done === 'asked' && asked.asked ? await slipFromDesk(tx, asked.asked, caller) : null,
      mayName: caller.capabilities.includes('person.read'),
      mayKeep: caller.capabilities.includes('desk.manage'),
    };
  };
  const { owner, desks, desk, person, needs, today, counts, slip, mayName, mayKeep } = asked.person
    ? await readRecord('desk.log', asked.person, 'desk', looked)
    : await read('desk.log', looked);
  const t = await getTranslations('desk');
  if (!desk)
    return (
      <div className="grid gap-6">
        <PageHeading>{t('title')}</PageHeading>
        <EmptyState
          icon="place"
          title={t('none')}
          action={mayKeep ? <ButtonLink href="/manage/desks/new">{t('add')}</ButtonLink> : null}
        >
          {t('noneBody')}
        </EmptyState>
      </div>
    );
  const others = desks.filter(({ id }) => id !== desk.id).slice(0, 12);
  const onDuty = desks.find(({ id }) => id === desk.id)?.onDuty ?? [];
  // Others log here too: what can be taken back is one's own.
  const last = today.find(({ undoable }) => undoable);
  const { hours, cells } = tableOf(
    counts,
    needs.map(({ code }) => code),
  );
  return (
    <div className="grid grid-cols-1 gap-5">
      <PageHeading
        above={desk.area}
        lead={onDuty.length > 0 ? t('onDutyLead', { names: onDuty.join(', ') }) : undefined}
      >
        {desk.name}
      </PageHeading>
      {/* With a thumb the first question comes first: there the other desks stand below. */}
      <OtherDesks desks={others} className="max-sm:hidden" />
      <ClientWords of={['desk', 'errors', 'register', 'visits', 'tasks']}>
        <DeskLog
          // Another desk is another log.
          key={desk.id}
          owner={owner}
          desk={{ id: desk.id, areaId: desk.areaId, name: desk.name }}
          needs={needs}
          formKey={newId()}
          person={person}
          plain={{ log, undo }}
          notice={
            asked.done === 'logged' && last ? (
              <LastAct
                last={{ ...last, kind: 'assist', named: last.person !== null, waits: false, nameless: false }}
                undo={undo}
                areaId={desk.areaId}
              />
            ) : asked.done === 'asked' ? (
              <Notice tone="good" live title={t('visitAsked')}>
                {slip ? t('visitSlip', { code: `${slip.slice(0, 4)} ${slip.slice(4)}` }) : null}
              </Notice>
            ) : asked.done === 'undone' ? (
              <Notice tone="good" live title={t('undone')} />
            ) : null
          }
          whose={
            mayName ? (
              <p className="flex flex-wrap items-center gap-x-4">
                {person ? (
                  <b>
                    {person.fullName}
                    {person.birthYear === null ? '' : ` (${person.birthYear})`}
                  </b>
                ) : (
                  <span className="text-muted">{t('noName')}</span>
                )}
                <Link
                  href={`/manage/desk/person?desk=${desk.id}`}
                  prefetch={false}
                  className="link inline-flex min-h-target items-center"
                >
                  {t(person ? 'otherPerson' : 'findPerson')}
                </Link>
                {person ? (
                  <Link
                    href={`/manage/desk?desk=${desk.id}`}
                    prefetch={false}
                    className="link inline-flex min-h-target items-center"
                  >
                    {t('withoutName')}
                  </Link>
                ) : null}
              </p>
            ) : null
          }
          rows={today}
          count={counts.reduce((sum, { count }) => sum + count, 0)}
          hours={
            counts.length > 0 ? (
              <NeedHours caption={t('byHour')} needs={needs} hours={hours} table={withSums(cells)} />
            ) : null
          }
          locale={locale}
        />
      </ClientWords>
      <OtherDesks desks={others} className="sm:hidden" />
    </div>
  );
}

/** The way to the other desks the caller may log at. */
function OtherDesks({ desks, className }: { desks: readonly { id: string; name: string }[]; className: string }) {
  const t = useTranslations('desk');
  if (desks.length === 0) return null;
  return (
    <nav aria-label={t('otherDesks')} className={className}>
      <ul className="-my-2 flex flex-wrap gap-x-5">
        {desks.map(({ id, name }) => (
          <li key={id}>
            <Link
              href={`/manage/desk?desk=${id}`}
              prefetch={false}
              className="link inline-flex min-h-target items-center"
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
