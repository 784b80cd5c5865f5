import { getTranslations, setRequestLocale } from 'next-intl/server';
import { cookies } from 'next/headers';
import { notFound } from 'next/navigation';
import { ActForm, ReasonForm } from '@/components/class/act-form';
import { ClientWords } from '@/components/layout/client-words';
import { SearchForm } from '@/components/person/search-form';
import { ButtonLink } from '@/components/ui/button';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { FoundPeople, NewPersonForm } from '@/components/visit/match';
import { VillageForm } from '@/components/visit/village-form';
import { RequestFacts } from '@/components/visit/request-facts';
import { readRecords } from '@/lib/access/doors';
import type { ScopedTx } from '@/lib/access/scoped';
import { areaChoices, homesAround } from '@/lib/area/queries';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { id as uuid } from '@/lib/kernel/input';
import { phoneForReading } from '@/lib/kernel/phone';
import { findPeople } from '@/lib/person/queries';
import { answersSearch } from '@/lib/person/rules';
import { keptSearch, searchCookie } from '@/lib/person/schema';
import { requestForStaff } from '@/lib/visit/queries';
import type { RequestRecord } from '@/lib/visit/schema';
import { search } from '../../../people/actions';
import { closeOne, forgetOne, match, matchNew, placeVillage } from '../../actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const outcomes = ['asked', 'matched', 'closed', 'village', 'forgotten'] as const;

export const generateMetadata = titled('visits', 'request');

/** It is not said yet of whom it speaks, and can be: before somebody goes, or once they were met, while the name is kept. */
const mayMatch = ({ closedAt, closedBecause, personId, fullName }: RequestRecord) =>
  personId === null && (closedAt === null || (closedBecause === 'done' && fullName !== ''));

/** One request: what is asked, of whom it speaks (looked up first), and settling it without a visit. */
export default async function VisitRequestPage({ params, searchParams }: Props) {
  const [{ locale, id }, { done }] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const wanted = uuid.safeParse(id);
  if (!wanted.success) notFound();
  const kept = keptSearch((await cookies()).get(searchCookie)?.value);
  const asked = (tx: ScopedTx) => requestForStaff(tx, locale, wanted.data, new Date());
  // Of somebody known the reading is written down, as on the round's page.
  const whose = async (tx: ScopedTx) => [(await asked(tx))?.personId ?? []].flat();
  const { request, areas, found, villages, unit } = await readRecords(
    'visit.plan',
    'visit',
    whose,
    async (tx, caller) => {
      const one = await asked(tx);
      const open = one !== null && mayMatch(one);
      return {
        request: one,
        areas: open
          ? await areaChoices(tx, locale, { grants: caller.grants, capability: 'person.read', depth: 12 })
          : [],
        found: open && kept ? await findPeople(tx, locale, kept) : null,
        ...(open ? await homesAround(tx, locale, one.areaId) : { villages: [], unit: null }),
      };
    },
  );
  if (!request) notFound();
  const t = await getTranslations('visits');
  const said = outcomes.find((known) => known === done);
  const open = request.closedAt === null;
  const searched =
    kept !== null &&
    answersSearch(
      { name: kept.name, birthYear: kept.birthYear },
      { fullName: request.fullName, birthYear: kept.birthYear ?? null },
    );
  return (
    <div className="grid grid-cols-1 gap-7">
      <Breadcrumbs items={[{ label: t('title'), href: '/manage/visits' }, { label: t('request') }]} />
      {said ? <Notice tone="good" live title={t(`done.${said}`)} /> : null}
      <PageHeading above={request.village}>{request.fullName || t('nameGone')}</PageHeading>
      {request.closedBecause ? (
        <Notice tone="info" title={t(`closed.${request.closedBecause}`)}>
          {request.closedNote}
        </Notice>
      ) : null}
      <RequestFacts request={request} locale={locale} />
      {request.personId ? (
        <p>
          <Link href={`/manage/people/${request.personId}`} prefetch={false} className="link">
            {t('toRecord')}
          </Link>
        </p>
      ) : null}
      {open && request.plannedRound ? (
        <div>
          <ButtonLink href={`/manage/visits/rounds/${request.plannedRound}`} variant="secondary" icon="calendar">
            {t('toRound')}
          </ButtonLink>
        </div>
      ) : null}
      <ClientWords of={['visits', 'people', 'errors']}>
        {open && request.personId === null && villages.length > 0 ? (
          request.areaId === unit?.id ? (
            <section aria-labelledby="in-village" className="grid grid-cols-1 gap-4">
              <div>
                <h2 id="in-village" className="text-xl">
                  {t('villageTitle')}
                </h2>
                <p className="mt-1 max-w-prose text-muted">{t('villageLead')}</p>
              </div>
              <VillageForm action={placeVillage} requestId={request.id} area={null} villages={villages} />
            </section>
          ) : (
            <VillageForm
              fold={{ summary: t('villageAgain') }}
              action={placeVillage}
              requestId={request.id}
              area={request.areaId}
              villages={villages}
            />
          )
        ) : null}
        {mayMatch(request) ? (
          <section aria-labelledby="match" className="grid grid-cols-1 gap-4">
            <div>
              <h2 id="match" className="text-xl">
                {t('matchTitle')}
              </h2>
              <p className="mt-1 max-w-prose text-muted">{t(open ? 'matchLead' : 'matchMet')}</p>
            </div>
            <SearchForm
              key={JSON.stringify(kept)}
              action={search}
              fields={{ visitRequest: request.id }}
              last={{
                name: kept?.name ?? request.fullName,
                birthYear: String((kept ? kept.birthYear : request.birthYear) ?? ''),
                area: String((kept ? kept.area : request.areaId) ?? ''),
                phone: kept?.phone ? phoneForReading(kept.phone) : '',
              }}
              areas={areas.map((one) => ({ value: String(one.id), label: one.name }))}
            />
            {found ? <FoundPeople found={found} requestId={request.id} match={match} /> : null}
            {found && searched ? (
              <NewPersonForm
                action={matchNew}
                requestId={request.id}
                open={found.people.length === 0}
                birthYear={kept?.birthYear ?? null}
                phone={request.phone ? phoneForReading(request.phone) : null}
              />
            ) : null}
          </section>
        ) : null}
        {request.personId === null && request.fullName !== '' ? (
          <ActForm
            fold={{ summary: t('forgetAsk') }}
            action={forgetOne}
            fields={{ requestId: request.id }}
            variant="danger"
            label={t('forget')}
            pendingLabel={t('saving')}
          >
            <p className="mb-4">{t(open ? 'forgetOpen' : 'forgetBody')}</p>
          </ActForm>
        ) : null}
        {open ? (
          <ReasonForm
            folded={t('closeAsk')}
            action={closeOne}
            fields={{ requestId: request.id }}
            label={t('close')}
            pendingLabel={t('saving')}
            reasonLabel={t('closeReason')}
            back={null}
          >
            <p>{t('closeBody')}</p>
          </ReasonForm>
        ) : null}
      </ClientWords>
    </div>
  );
}
