import { randomUUID } from 'node:crypto';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ReasonForm } from '@/components/class/act-form';
import { SlipSheet } from '@/components/class/slip-sheet';
import { MoveForm, NeedForm } from '@/components/enrolment/place-forms';
import { Paragraphs } from '@/components/enrolment/enrol-section';
import { ClientWords } from '@/components/layout/client-words';
import { ButtonLink } from '@/components/ui/button';
import { Disclosure } from '@/components/ui/disclosure';
import { Breadcrumbs } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { PrintButton } from '@/components/ui/print-button';
import { idInAddress, read } from '@/lib/access/doors';
import { needConsentText, placeForStaff, slipForStaff } from '@/lib/enrolment/queries';
import { mostOverbooked } from '@/lib/enrolment/rules';
import { formatDay } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { id as uuid } from '@/lib/kernel/input';
import { classForStaff, classesToJoin } from '@/lib/manage/queries';
import { leaveForThem, moveThem, noteTheirNeed, takeBeyond } from '../../actions';

interface Props {
  params: Promise<{ locale: Locale; id: string; enrolment: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('manage', 'slip.title');

const acts = ['moved', 'movedWaiting', 'needNoted'] as const;

/** One person's place in a class: the slip to print, and the way out of the class. */
export default async function PlacePage({ params, searchParams }: Props) {
  const { locale, id, enrolment } = await params;
  setRequestLocale(locale);
  const classId = idInAddress(id);
  const which = uuid.safeParse(enrolment);
  if (!which.success) notFound();
  const { found, slip, person, asks, others, need } = await read('roster.read', async (tx, caller) => {
    const now = new Date();
    const place = await placeForStaff(tx, which.data);
    return {
      found: await classForStaff(tx, locale, classId, now),
      slip: await slipForStaff(tx, locale, which.data),
      person: caller.capabilities.includes('person.read') ? place?.personId : undefined,
      asks: caller.capabilities.includes('register.write') ? place?.personId : undefined,
      others: place ? await classesToJoin(tx, locale, place.personId, now) : [],
      need: await needConsentText(tx, locale),
    };
  });
  if (!found?.mayRoster || slip?.classId !== id) notFound();
  const [t, s] = await Promise.all([getTranslations('manage'), getTranslations('steps')]);
  const here = `/manage/classes/${id}`;
  const active = ['confirmed', 'offered', 'waitlisted'].includes(slip.status);
  const kind = found.reservedFor === 'disability' || found.reservedFor === 'poor_household' ? found.reservedFor : null;
  const p = await getTranslations('planning');
  const done = (await searchParams).done;
  const did = acts.find((act) => act === done);
  const own = { enrolmentId: slip.enrolmentId };
  const fields = { classId: id, ...own };
  return (
    <div className="grid gap-6">
      <Breadcrumbs
        items={[
          { label: t('classes.title'), href: '/manage/classes' },
          { label: found.title, href: here },
          { label: t('slip.title') },
        ]}
      />
      {did ? (
        <Notice tone="good" live title={t(`done.${did}`)}>
          {did === 'needNoted' ? null : t('slip.giveCode')}
        </Notice>
      ) : null}
      {done === 'enrolled' ? (
        <Notice tone="good" live title={t(slip.status === 'waitlisted' ? 'slip.nowWaiting' : 'slip.nowIn')}>
          {t('slip.giveCode')}
        </Notice>
      ) : null}
      <h1 className="sr-only">{t('slip.title')}</h1>
      <SlipSheet slip={slip} />
      <div className="flex flex-wrap items-center gap-3 print:hidden">
        <PrintButton>{t('slip.print')}</PrintButton>
        {found.mayEnrol ? (
          <ButtonLink href={`${here}/enrol`} variant="secondary" icon="plus">
            {t('slip.another')}
          </ButtonLink>
        ) : null}
        {person ? (
          <ButtonLink href={`/manage/people/${person}`} variant="quiet" icon="person">
            {t('slip.toPerson')}
          </ButtonLink>
        ) : null}
        {asks ? (
          <ButtonLink href={`/manage/people/${asks}/steps`} variant="quiet" icon="list">
            {s('title')}
          </ButtonLink>
        ) : null}
        <ButtonLink href={here} variant="quiet" icon="back">
          {t('slip.toClass')}
        </ButtonLink>
      </div>
      {active && found.mayEnrol ? (
        <div className="grid max-w-2xl gap-3 print:hidden">
          {slip.status === 'waitlisted' ? (
            <ClientWords of={['errors']}>
              <ReasonForm
                folded={t('places.overbook')}
                action={takeBeyond}
                fields={own}
                label={t('places.doOverbook')}
                pendingLabel={t('working')}
                reasonLabel={t('cancel.reason')}
                reasonHint={t('places.overbookHint')}
                reasonId="overbook-reason"
                variant="primary"
                back={null}
              >
                <p>{t('places.overbookMeans', { most: mostOverbooked(found.capacity) })}</p>
              </ReasonForm>
            </ClientWords>
          ) : null}
          {kind && need ? (
            <ClientWords of={['errors']}>
              <NeedForm
                fold={{ summary: t('places.need') }}
                action={noteTheirNeed}
                fields={{ ...fields, consentVersion: String(need.version) }}
                words={{
                  agreed: t('places.needAgreed'),
                  paper: t('places.needPaper'),
                  send: t('places.doNeed'),
                  working: t('working'),
                }}
              >
                <p>{t('places.needMeans', { group: p(`group.${kind}`) })}</p>
                <Paragraphs text={need.body} />
              </NeedForm>
            </ClientWords>
          ) : null}
          {others.length > 0 ? (
            <ClientWords of={['errors']}>
              <MoveForm
                fold={{ summary: t('places.move') }}
                action={moveThem}
                fields={{ ...own, formKey: randomUUID() }}
                classes={others.map((one) => ({
                  value: one.id,
                  label: [
                    one.title,
                    one.area,
                    formatDay(locale, one.nextStartsAt),
                    one.waiting > 0 || one.confirmed >= one.capacity ? t('places.full') : '',
                  ]
                    .filter(Boolean)
                    .join(' · '),
                }))}
                words={{
                  means: t('places.moveMeans'),
                  to: t('places.moveTo'),
                  choose: t('places.moveChoose'),
                  overbook: t('places.moveOverbook'),
                  send: t('places.doMove'),
                  working: t('working'),
                }}
              />
            </ClientWords>
          ) : (
            <Disclosure summary={t('places.move')}>
              <p>{t('places.noClass')}</p>
            </Disclosure>
          )}
          <ClientWords of={['errors']}>
            <ReasonForm
              folded={t('slip.leave')}
              action={leaveForThem}
              fields={fields}
              label={t('slip.doLeave')}
              pendingLabel={t('working')}
              reasonLabel={t('cancel.reason')}
              reasonHint={t('slip.leaveHint')}
              back={null}
            >
              <p>{t('slip.leaveMeans')}</p>
            </ReasonForm>
          </ClientWords>
        </div>
      ) : null}
    </div>
  );
}
