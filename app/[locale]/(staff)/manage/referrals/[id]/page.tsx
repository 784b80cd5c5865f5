import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ActForm, ReasonForm } from '@/components/class/act-form';
import { ClientWords } from '@/components/layout/client-words';
import { AcceptForm } from '@/components/referral/accept-form';
import { ButtonLink } from '@/components/ui/button';
import { DefinitionList } from '@/components/ui/facts';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { Written } from '@/components/ui/written';
import { read, readOutside } from '@/lib/access/doors';
import { areaChoices } from '@/lib/area/queries';
import { formatDate, formatDateTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { dayOf } from '@/lib/kernel/clock';
import { id as uuid } from '@/lib/kernel/input';
import { phoneForReading } from '@/lib/kernel/phone';
import { referralRecord, referredPerson } from '@/lib/referral/queries';
import type { ReferralRecord, ReferredPerson } from '@/lib/referral/schema';
import { accept, finish, reject, withdraw } from '../actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const doneWords = ['sent', 'accepted', 'movedIn', 'rejected', 'withdrawn', 'finished'] as const;

export const generateMetadata = titled('referral', 'one');

/** One referral: what is asked, who did what, and what each side may do. The receiving unit sees who it is while it stands, and that is written down. */
export default async function ReferralPage({ params, searchParams }: Props) {
  const [{ locale, id }, address] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const typed = uuid.safeParse(id);
  if (!typed.success) notFound();
  const { referral, homes } = await read('person.write', async (tx, caller) => ({
    referral: (await referralRecord(tx, locale, typed.data)) ?? notFound(),
    homes: await areaChoices(tx, locale, { grants: caller.grants, capability: 'person.write', depth: 12 }),
  }));
  const receives = referral.mineToReceive && referral.live;
  const person = receives
    ? await readOutside('person.write', typed.data, (tx, personId) => referredPerson(tx, typed.data, personId))
    : null;
  const t = await getTranslations('referral');
  const done = doneWords.find((one) => one === address.done);
  const name = person?.fullName ?? referral.name;
  return (
    <div className="grid gap-7">
      <Breadcrumbs items={[{ label: t('title'), href: '/manage/referrals' }, { label: name }]} />
      {done ? <Notice tone="good" live title={t(`done.${done}`)} /> : null}
      <PageHeading lead={t(`stateLead.${leadOf(referral)}`)}>{name}</PageHeading>
      <About referral={referral} person={person} locale={locale} />
      {receives ? (
        <Receiving
          referral={referral}
          homes={homes.map((one) => ({ value: String(one.id), label: one.name }))}
          today={dayOf(new Date())}
        />
      ) : null}
      {referral.mineToSend && referral.live ? (
        <ClientWords of={['errors']}>
          <ReasonForm
            folded={t('withdraw')}
            action={withdraw}
            fields={{ referralId: referral.id }}
            label={t('withdraw')}
            pendingLabel={t('withdrawing')}
            reasonLabel={t('withdrawReason')}
            reasonId="withdraw-reason"
            back={null}
          >
            <p>{t('withdrawTold')}</p>
          </ReasonForm>
        </ClientWords>
      ) : null}
      <section className="grid gap-3">
        <h2 className="text-xl">{t('steps')}</h2>
        <ol className="divide-y-[1.5px] divide-line border-y-[1.5px] border-line">
          {referral.steps.map((one, at) => (
            <li key={at} className="py-2.5">
              <b className="block">{t(`states.${one.toState}`)}</b>
              {one.note ? (
                <p>
                  <Written>{one.note}</Written>
                </p>
              ) : null}
              <p className="text-sm text-muted">
                {[formatDateTime(locale, one.at), one.by ?? (one.toState === 'withdrawn' ? t('byPerson') : null)]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

/** Which sentence says how it stands: one that ran out waits for nobody, and whoever is to answer is told so. */
function leadOf({ state, live, mineToReceive }: ReferralRecord) {
  if (state !== 'open') return state;
  if (!live) return 'expired';
  return mineToReceive ? 'openMine' : 'open';
}

async function About({
  referral,
  person,
  locale,
}: {
  referral: ReferralRecord;
  person: ReferredPerson | null;
  locale: Locale;
}) {
  const t = await getTranslations('referral');
  const p = await getTranslations('people');
  return (
    <DefinitionList
      items={[
        { term: t('from'), value: referral.from },
        { term: t('to'), value: referral.to },
        {
          term: t('asks'),
          value: referral.course ? t('askCourse', { course: referral.course }) : t(`askWords.${referral.asks}`),
        },
        { term: t('why'), value: t(`whys.${referral.why}`) },
        { term: t('note'), value: referral.note || undefined },
        ...(person
          ? [
              { term: p('birthYear'), value: person.birthYear ?? undefined },
              {
                term: p('phone'),
                value: person.phone ? (
                  <a href={`tel:${person.phone}`} className="link">
                    {phoneForReading(person.phone)}
                  </a>
                ) : (
                  t(referral.sharePhone ? 'noPhone' : 'phoneNotShared')
                ),
              },
            ]
          : []),
        { term: t('takenBy'), value: referral.takenBy ?? undefined },
        { term: t('until'), value: referral.live ? formatDate(locale, referral.expiresAt) : undefined },
        ...(referral.mineToSend
          ? [
              {
                term: t('recordOf'),
                value: (
                  <Link href={`/manage/people/${referral.personId}`} prefetch={false} className="link">
                    {t('openRecord')}
                  </Link>
                ),
              },
            ]
          : []),
      ].filter(({ value }) => value !== undefined)}
    />
  );
}

async function Receiving({
  referral,
  homes,
  today,
}: {
  referral: ReferralRecord;
  homes: { value: string; label: string }[];
  today: string;
}) {
  const t = await getTranslations('referral');
  return (
    <div className="grid gap-6">
      <div>
        <ButtonLink href={`/manage/people/elsewhere/${referral.id}`} variant="secondary" icon="idcard">
          {t('openRecord')}
        </ButtonLink>
      </div>
      <ClientWords of={['referral', 'errors']}>
        {referral.state === 'open' ? (
          <div className="grid gap-5">
            <section className="grid gap-3">
              <h2 className="text-xl">{t('acceptTitle')}</h2>
              <AcceptForm action={accept} referralId={referral.id} homes={homes} today={today} />
            </section>
            <ReasonForm
              folded={t('reject')}
              action={reject}
              fields={{ referralId: referral.id }}
              label={t('reject')}
              pendingLabel={t('rejecting')}
              reasonLabel={t('rejectReason')}
              reasonHint={t('rejectHint')}
              reasonId="reject-reason"
              back={null}
            />
          </div>
        ) : (
          <ActForm
            action={finish}
            fields={{ referralId: referral.id }}
            label={t('finish')}
            pendingLabel={t('finishing')}
            icon="check"
          />
        )}
      </ClientWords>
    </div>
  );
}
