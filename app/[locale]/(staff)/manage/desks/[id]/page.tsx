import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ActForm } from '@/components/class/act-form';
import { DeskForm } from '@/components/desk/desk-form';
import { DutyTable, OpeningHours, RoundsTable, StaffTable } from '@/components/desk/desk-tables';
import { ShiftForm } from '@/components/desk/shift-form';
import { ClientWords } from '@/components/layout/client-words';
import { ButtonLink } from '@/components/ui/button';
import { DefinitionList } from '@/components/ui/facts';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import { deskForStaff, dutyAhead, dutyChoices, staffOf } from '@/lib/desk/queries';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { addDays, dayOf } from '@/lib/kernel/clock';
import { id as uuid } from '@/lib/kernel/input';
import { roundsAtPoint } from '@/lib/visit/point';
import { callOff, change, close, plan, reopen } from '../actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const outcomes = ['added', 'changed', 'closed', 'reopened', 'planned', 'calledOff'] as const;
/** So many days of duty are shown ahead. */
const daysAhead = 28;

export const generateMetadata = titled('desk', 'one');

export default async function OneDeskPage({ params, searchParams }: Props) {
  const [{ locale, id }, { done }] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const wanted = uuid.safeParse(id);
  if (!wanted.success) notFound();
  const now = new Date();
  const { desk, duty, staff, rounds, people } = await read('desk.log', async (tx) => {
    const found = await deskForStaff(tx, locale, wanted.data);
    return {
      desk: found,
      duty: found ? await dutyAhead(tx, found.id, now, daysAhead) : [],
      staff: found ? await staffOf(tx, found.id, now) : [],
      rounds: found ? await roundsAtPoint(tx, found.id, now) : [],
      people: found?.mayManage ? await dutyChoices(tx, found.areaId) : [],
    };
  });
  if (!desk) notFound();
  const t = await getTranslations('desk');
  const outcome = outcomes.find((known) => known === done);
  return (
    <div className="grid grid-cols-1 gap-7">
      <Breadcrumbs items={[{ label: t('desks'), href: '/manage/desks' }, { label: desk.name }]} />
      {outcome ? <Notice tone="good" live title={t(`done.${outcome}`)} /> : null}
      <PageHeading
        above={desk.area}
        lead={t(`kinds.${desk.kind}`)}
        actions={
          desk.retired ? null : (
            <ButtonLink href={`/manage/desk?desk=${desk.id}`} icon="pencil">
              {t('toLog')}
            </ButtonLink>
          )
        }
      >
        {desk.name}
      </PageHeading>
      {desk.retired ? <Notice tone="warn" title={t('closedNotice')} /> : null}
      <DefinitionList
        items={[
          { term: t('address'), value: desk.address },
          ...(desk.wayThere ? [{ term: t('wayThere'), value: desk.wayThere }] : []),
          {
            term: t('hours'),
            value:
              rounds.length > 0 && desk.hours.length === 0 ? (
                t('hoursByRound')
              ) : (
                <OpeningHours hours={desk.hours} locale={locale} />
              ),
          },
        ]}
      />
      <ClientWords of={['desk', 'errors']}>
        {rounds.length > 0 ? <RoundsTable rows={rounds} locale={locale} /> : null}
        {desk.retired || (rounds.length > 0 && duty.length === 0) ? null : (
          <DutyTable rows={duty} locale={locale} callOff={desk.mayManage ? callOff : null} />
        )}
        {desk.mayManage && !desk.retired ? (
          <ShiftForm
            fold={{ summary: t('planAsk'), open: duty.length === 0 && rounds.length === 0 }}
            action={plan}
            deskId={desk.id}
            firstDay={addDays(dayOf(now), 1)}
            people={people.map((one) => ({ value: one.value, label: `${one.fullName} (${one.note})` }))}
          />
        ) : null}
        <StaffTable rows={staff} locale={locale} />
        {desk.mayManage ? (
          <>
            <DeskForm fold={{ summary: t('change') }} action={change} now={desk} />
            {desk.retired ? (
              <ActForm
                action={reopen}
                fields={{ id: desk.id }}
                variant="secondary"
                label={t('reopen')}
                pendingLabel={t('saving')}
              />
            ) : (
              <ActForm
                fold={{ summary: t('closeAsk') }}
                action={close}
                fields={{ id: desk.id }}
                variant="danger"
                label={t('close')}
                pendingLabel={t('saving')}
              >
                <p className="mb-4">{t('closeBody')}</p>
              </ActForm>
            )}
          </>
        ) : null}
      </ClientWords>
    </div>
  );
}
