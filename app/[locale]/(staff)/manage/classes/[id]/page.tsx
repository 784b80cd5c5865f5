import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ActForm } from '@/components/class/act-form';
import { ClassState } from '@/components/class/class-lines';
import { RosterTable } from '@/components/class/roster-lists';
import { ShareForStaff } from '@/components/class/share-for-staff';
import { SkippedDays } from '@/components/class/skipped-days';
import { SessionsTable } from '@/components/class/sessions-table';
import { OffersList } from '@/components/enrolment/offers-list';
import { PlaceHistory } from '@/components/enrolment/place-history';
import { ClientWords } from '@/components/layout/client-words';
import { ModelOfClass } from '@/components/model/model-of-class';
import { ClassRates } from '@/components/register/class-rates';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { DefinitionList } from '@/components/ui/facts';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { idInAddress, read } from '@/lib/access/doors';
import { classForResident, skippedDays } from '@/lib/class/queries';
import { classRoster, offersOfClass, placeHistory, unconfirmedCount } from '@/lib/enrolment/queries';
import { formatDate, formatDateTime } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { dayOf } from '@/lib/kernel/clock';
import { phoneForReading } from '@/lib/kernel/phone';
import { portalOrigin } from '@/lib/kernel/portal';
import { classForStaff, sessionsOfClass, type ClassForStaff } from '@/lib/manage/queries';
import { messageCounts } from '@/lib/message/queries';
import { modelOfClass } from '@/lib/model/queries';
import { recordingsOf } from '@/lib/recording/queries';
import { sessionsOfClassWanting } from '@/lib/team/queries';
import { countsOfClass } from '@/lib/register/watch';
import { answerForThem, dropRecording, keepRecording, publish, putBack, restoreOne } from './actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const acts = [
  'planned',
  'published',
  'changed',
  'cancelled',
  'sessionCancelled',
  'sessionRestored',
  'sessionsEdited',
  'putBack',
  'left',
  'accepted',
  'declined',
  'overbooked',
  'recorded',
  'recordingGone',
] as const;

export const generateMetadata = titled('manage', 'class.title');

export default async function ClassPage({ params, searchParams }: Props) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const classId = idInAddress(id);
  const now = new Date();
  const {
    found,
    sessions,
    skipped,
    roster,
    offers,
    history,
    mayReadPeople,
    shown,
    recordings,
    unconfirmed,
    wanting,
    counts,
    messages,
    model,
  } = await read('class.read', async (tx, caller) => {
    const one = await classForStaff(tx, locale, classId, now);
    return {
      found: one,
      model: one && caller.capabilities.includes('figures.read') ? await modelOfClass(tx, one.id) : null,
      sessions: one ? await sessionsOfClass(tx, locale, one.id) : [],
      skipped: one?.mayWrite ? await skippedDays(tx, one.id) : [],
      roster: one?.mayRoster ? await classRoster(tx, locale, one.id) : [],
      offers: one?.mayRoster ? await offersOfClass(tx, one.id) : [],
      history: one?.mayRoster ? await placeHistory(tx, one.id) : [],
      unconfirmed: one?.mayEnrol ? await unconfirmedCount(tx, one.id) : 0,
      mayReadPeople: caller.capabilities.includes('person.read'),
      shown: one ? await classForResident(tx, locale, one.id) : null,
      wanting: one ? await sessionsOfClassWanting(tx, one.id, now) : 0,
      recordings: one ? await recordingsOf(tx, one.id) : [],
      messages:
        one?.mayRoster && one.status !== 'draft' && caller.capabilities.includes('contact.read')
          ? await messageCounts(tx, one.id, now)
          : null,
      counts: one?.mayRoster ? await countsOfClass(tx, one.id, now) : null,
    };
  });
  if (!found) notFound();
  const [t, teams, e, m] = await Promise.all([
    getTranslations('manage'),
    getTranslations('teams'),
    getTranslations('edits'),
    getTranslations('messages'),
  ]);
  const asked = (await searchParams).done;
  const done = acts.find((act) => act === asked);
  const inClass = roster.filter((one) => one.status !== 'waitlisted' && one.status !== 'offered');
  const queue = roster.filter((one) => one.status === 'waitlisted');
  const open = found.status === 'published' && found.lastEndsAt !== null && found.lastEndsAt > now;
  return (
    <div className="grid gap-8">
      <Breadcrumbs items={[{ label: t('classes.title'), href: '/manage/classes' }, { label: found.title }]} />
      {done ? <Notice tone="good" live title={t(`done.${done}`)} /> : null}
      <PageHeading
        above={`${found.area} · ${found.unit}`}
        lead={<ClassState status={found.status} over={found.lastEndsAt !== null && found.lastEndsAt <= now} />}
        actions={
          <>
            {open && found.mayEnrol ? (
              <ButtonLink href={`/manage/classes/${id}/enrol`} icon="plus">
                {t('class.enrol')}
              </ButtonLink>
            ) : null}
            {found.mayWrite && (open || found.status === 'draft') ? (
              <ButtonLink href={`/manage/classes/${id}/edit`} variant="secondary" icon="pencil">
                {t('class.edit')}
              </ButtonLink>
            ) : null}
            {found.mayWrite ? (
              <ButtonLink href={`/manage/classes/new?from=${id}`} variant="quiet" icon="plus">
                {e('duplicate')}
              </ButtonLink>
            ) : null}
            <ModelOfClass id={id} model={model} mayMake={found.mayWrite && found.status !== 'cancelled'} />
            {messages ? (
              <ButtonLink
                href={`/manage/messages?class=${id}`}
                variant={messages.call > 0 ? 'secondary' : 'quiet'}
                icon="phone"
              >
                {m('classCalls', { count: messages.call })}
              </ButtonLink>
            ) : null}
            {found.status === 'draft' ? null : (
              <ButtonLink href={`/classes/${id}`} variant="quiet">
                {t('class.asResidents')}
              </ButtonLink>
            )}
          </>
        }
      >
        {found.title}
      </PageHeading>
      {unconfirmed > 0 ? (
        <Notice
          tone="warn"
          title={t('unconfirmed.notice', { count: unconfirmed })}
          action={<ButtonLink href={`/manage/classes/${id}/unconfirmed`}>{t('unconfirmed.look')}</ButtonLink>}
        />
      ) : null}
      {found.status === 'draft' && found.mayWrite ? (
        <Notice
          tone="warn"
          title={t('class.isDraft')}
          action={
            <ClientWords of={['errors']}>
              <ActForm
                action={publish}
                fields={{ classId: id }}
                label={t('class.publish')}
                pendingLabel={t('working')}
                icon="check"
              />
            </ClientWords>
          }
        >
          {t('class.isDraftBody')}
        </Notice>
      ) : null}
      {found.statusReason ? <Notice tone="bad" title={t('class.because', { reason: found.statusReason })} /> : null}
      <Facts found={found} locale={locale} />
      {offers.length > 0 ? (
        <ClientWords of={['errors']}>
          <OffersList
            classId={id}
            offers={offers.map((one) => ({ ...one, phoneReads: one.phone ? phoneForReading(one.phone) : '' }))}
            mayAnswer={found.mayEnrol}
            answer={answerForThem}
            locale={locale}
            words={{
              title: t('places.offers', { count: offers.length }),
              lead: t('places.offersLead'),
              until: t('places.until'),
              callNow: t('places.callNow'),
              accept: t('places.accept'),
              decline: t('places.decline'),
              working: t('working'),
              noPhone: t('places.noPhone'),
            }}
          />
        </ClientWords>
      ) : null}
      <section className="grid gap-3">
        <div className="flex flex-wrap items-center justify-between gap-x-4">
          <h2 className="text-xl">{t('class.sessions', { count: sessions.length })}</h2>
          <ButtonLink href={`/manage/classes/${id}/helpers`} variant={wanting > 0 ? 'secondary' : 'quiet'} icon="hand">
            {teams('staff.openWanting', { count: wanting })}
          </ButtonLink>
        </div>
        <ClientWords of={['errors']}>
          <SessionsTable
            sessions={sessions}
            now={now}
            mayWrite={found.mayWrite && found.status !== 'cancelled'}
            restore={restoreOne}
          />
          <SkippedDays classId={id} days={skipped} today={dayOf(now)} putBack={putBack} />
        </ClientWords>
      </section>
      {counts ? <ClassRates counts={counts} /> : null}
      {found.mayRoster && (found.status !== 'draft' || roster.length > 0) ? (
        <section className="grid gap-4">
          <div className="flex flex-wrap items-center justify-between gap-x-4">
            <h2 className="text-xl">{t('roster.title')}</h2>
            {inClass.length > 0 && found.status !== 'draft' && found.status !== 'cancelled' ? (
              <ButtonLink href={`/manage/classes/${id}/paths`} variant="quiet" icon="chart">
                {t('roster.paths')}
              </ButtonLink>
            ) : null}
            {inClass.length > 0 && !open && (found.status === 'published' || found.status === 'closed') ? (
              <ButtonLink href={`/manage/classes/${id}/results`} variant="secondary" icon="check">
                {t(found.status === 'closed' ? 'roster.results' : 'roster.close')}
              </ButtonLink>
            ) : null}
          </div>
          {inClass.length > 0 ? (
            <RosterTable
              classId={id}
              caption={
                open
                  ? t('roster.inClass', { count: inClass.length, capacity: found.capacity })
                  : t(found.status === 'cancelled' ? 'roster.toTell' : 'roster.wereIn', { count: inClass.length })
              }
              people={inClass}
              over={!open}
              mayReadPeople={mayReadPeople}
            />
          ) : (
            <EmptyState icon="people" title={t('roster.nobody')}>
              {open && found.mayEnrol ? t('roster.nobodyBody') : null}
            </EmptyState>
          )}
          {queue.length > 0 ? (
            <RosterTable
              classId={id}
              caption={t('roster.queue', { count: queue.length })}
              people={queue}
              waiting
              mayReadPeople={mayReadPeople}
            />
          ) : null}
          <div className="flex flex-wrap gap-3">
            <ButtonLink href={`/manage/classes/${id}/fairness`} variant="quiet" icon="chart">
              {t('class.fairness')}
            </ButtonLink>
          </div>
          {history.length > 0 ? <PlaceHistory lines={history} locale={locale} /> : null}
        </section>
      ) : null}
      <ShareForStaff
        found={shown}
        recordings={recordings}
        origin={portalOrigin()}
        change={found.mayWrite ? { classId: id, save: keepRecording, remove: dropRecording } : null}
      />
      {found.mayWrite && (open || found.status === 'draft') ? (
        <div>
          <ButtonLink href={`/manage/classes/${id}/cancel`} variant="danger">
            {t('class.cancelClass')}
          </ButtonLink>
        </div>
      ) : null}
    </div>
  );
}

async function Facts({ found, locale }: { found: ClassForStaff; locale: Locale }) {
  const t = await getTranslations('manage');
  const p = await getTranslations('planning');
  const dates =
    found.firstStartsAt && found.lastEndsAt
      ? `${formatDate(locale, found.firstStartsAt)} – ${formatDate(locale, found.lastEndsAt)}`
      : undefined;
  return (
    <DefinitionList
      items={[
        {
          term: t('class.places'),
          value: [
            t('class.placesNow', {
              taken: found.confirmed,
              capacity: found.capacity,
              waiting: found.waiting,
              minimum: found.minimum,
            }),
            found.held > 0 ? t('class.heldNow', { held: found.held }) : '',
            found.overbooked > 0 ? t('class.overbookedNow', { count: found.overbooked }) : '',
          ]
            .filter(Boolean)
            .join(', '),
        },
        ...(found.reservedFor
          ? [
              {
                term: t('class.kept'),
                value: t(found.reservedUntil ? 'class.keptNow' : 'class.keptOver', {
                  places: found.reservedPlaces,
                  group: p(`group.${found.reservedFor}`),
                  free: found.reservedFree,
                  until: found.reservedUntil ? formatDateTime(locale, found.reservedUntil) : '',
                }),
              },
            ]
          : []),
        { term: t('class.dates'), value: dates },
        {
          term: p('venue'),
          value: [
            found.venue,
            found.address,
            found.wayThere,
            found.seats === null ? '' : p('seatsOf', { seats: found.seats }),
            found.stepFree ? p('venueStepFree') : '',
          ]
            .filter(Boolean)
            .join(' · '),
        },
        { term: p('team'), value: found.team },
        { term: p('language'), value: p(`languages.${found.language}`) },
        { term: p('hotline'), value: found.hotline ? phoneForReading(found.hotline) : undefined },
        { term: p('note'), value: found.note || undefined },
      ]}
    />
  );
}
