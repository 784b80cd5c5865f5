import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { PersonPaths } from '@/components/completion/person-paths';
import { StaffCardBox } from '@/components/card/staff-card-box';
import { ClientWords } from '@/components/layout/client-words';
import { MergedRecords } from '@/components/person/merged-records';
import { SkillGrid } from '@/components/person/skill-grid';
import { ButtonLink } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { DefinitionList } from '@/components/ui/facts';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { readRecord } from '@/lib/access/doors';
import type { RecordTx } from '@/lib/access/scoped';
import { cardForStaff } from '@/lib/card/queries';
import { certificatesOf } from '@/lib/certificate/queries';
import { pathOfPerson } from '@/lib/completion/queries';
import { formatDate, formatDateTime } from '@/lib/i18n/format';
import { Link, redirect } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { id as uuid } from '@/lib/kernel/input';
import { phoneForReading } from '@/lib/kernel/phone';
import { keptFor, mergesOf } from '@/lib/pair/queries';
import { personRecord, type PersonRecord } from '@/lib/person/queries';
import { coreAttained } from '@/lib/person/rules';
import { undo } from '../duplicates/actions';
import { make, replace } from './card/actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'people' });
  return { title: t('record') };
}

export default async function PersonPage({ params, searchParams }: Props) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const typed = uuid.safeParse(id);
  if (!typed.success) notFound();
  const now = new Date();
  // Out of reach is not found from within: the note of a reading that read nothing is undone with it.
  const { record, card, merges, paths, certificates, mayEnrol, mayOpenRegisters } = await readRecord(
    'person.read',
    typed.data,
    'record',
    async (tx, caller) => ({
      record: (await personRecord(tx, locale, typed.data)) ?? (await elsewhere(tx, typed.data, locale)),
      merges: await mergesOf(tx, typed.data),
      card: await cardForStaff(tx, typed.data),
      paths: await pathOfPerson(tx, locale, typed.data, now),
      certificates: await certificatesOf(tx, locale, typed.data),
      mayEnrol: caller.capabilities.includes('enrolment.write'),
      mayOpenRegisters: caller.capabilities.includes('roster.read'),
    }),
  );
  const [t, c] = await Promise.all([getTranslations('people'), getTranslations('card')]);
  const { details } = record;
  const core = coreAttained(record.skills);
  const given = (await searchParams).done;
  const done = (['corrected', 'merged', 'undone'] as const).find((one) => one === given);
  return (
    <div className="grid gap-8">
      <Breadcrumbs items={[{ label: t('title'), href: '/manage/people' }, { label: details.fullName }]} />
      {done ? <Notice tone="good" live title={t(`done.${done}`)} /> : null}
      <PageHeading
        lead={t('coreLead', { attained: core.attained, of: core.of })}
        actions={
          <>
            {mayEnrol ? (
              <ButtonLink href={`/manage/people/${id}/enrol`} icon="plus">
                {t('enrol')}
              </ButtonLink>
            ) : null}
            {details.mayCorrect ? (
              <ButtonLink href={`/manage/people/${id}/edit`} variant="secondary" icon="pencil">
                {t('correct')}
              </ButtonLink>
            ) : null}
          </>
        }
      >
        {details.fullName}
      </PageHeading>
      <DefinitionList
        items={[
          { term: t('birthYear'), value: details.birthYear ?? undefined },
          { term: t('gender'), value: details.gender ? t(`genders.${details.gender}`) : undefined },
          { term: t('village'), value: details.village },
          { term: t('phone'), value: <Phone details={details} /> },
        ]}
      />
      {card ? (
        <Part title={c('title')}>
          <ClientWords of={['errors']}>
            <StaffCardBox card={card} personId={id} locale={locale} mayMake={mayEnrol} make={make} replace={replace} />
          </ClientWords>
        </Part>
      ) : null}
      <Part title={t('skills')}>
        <SkillGrid skills={record.skills} />
      </Part>
      <PersonPaths paths={paths} certificates={certificates} locale={locale} />
      <Learning record={record} locale={locale} mayOpenRegisters={mayOpenRegisters} />
      <Papers record={record} locale={locale} />
      {merges.length > 0 ? (
        <Part title={t('merges.title')}>
          <ClientWords of={['errors']}>
            <MergedRecords merges={merges} locale={locale} undo={details.mayCorrect ? undo : null} />
          </ClientWords>
        </Part>
      ) : null}
    </div>
  );
}

/** A record that was merged is the kept one's now: one who knows the old address gets there. */
async function elsewhere(tx: RecordTx, id: string, locale: Locale): Promise<never> {
  const kept = await keptFor(tx, id);
  return kept ? redirect({ href: `/manage/people/${kept}`, locale }) : notFound();
}

async function Phone({ details }: Pick<PersonRecord, 'details'>) {
  const t = await getTranslations('people');
  if (!details.phone) return details.phoneHint ? `${details.phoneHint} (${t('phoneHidden')})` : t('noPhone');
  return (
    <>
      <a href={`tel:${details.phone}`} className="link">
        {phoneForReading(details.phone)}
      </a>
      {details.phoneOfRelative ? ` (${t('relative')})` : null}
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid min-w-0 gap-3">
      <h2 className="text-xl">{title}</h2>
      {children}
    </section>
  );
}

async function Learning({
  record,
  locale,
  mayOpenRegisters,
}: {
  record: PersonRecord;
  locale: Locale;
  mayOpenRegisters: boolean;
}) {
  const t = await getTranslations('people');
  return (
    <div className="grid items-start gap-8 xl:grid-cols-2">
      <Part title={t('classes')}>
        <DataTable
          caption={t('classes')}
          captionHidden
          rows={record.classes}
          rowKey={(row) => row.enrolmentId}
          empty={<p className="text-muted">{t('noClasses')}</p>}
          columns={[
            {
              key: 'class',
              header: t('class'),
              cell: (row) => (
                <span className="block min-w-40">
                  <Link href={`/manage/classes/${row.classId}`} prefetch={false} className="link">
                    {row.title}
                  </Link>
                  <span className="block text-sm font-normal text-muted">{row.area}</span>
                </span>
              ),
            },
            { key: 'status', header: t('state'), cell: (row) => t(`enrolment.${row.status}`) },
            {
              key: 'came',
              header: t('came'),
              align: 'end',
              cell: (row) => (row.marked > 0 ? `${row.came}/${row.marked}` : '—'),
            },
          ]}
        />
      </Part>
      <Part title={t('attendance')}>
        <DataTable
          caption={t('attendance')}
          captionHidden
          rows={record.attendance}
          rowKey={(row) => row.sessionId}
          empty={<p className="text-muted">{t('noAttendance')}</p>}
          columns={[
            {
              key: 'day',
              header: t('day'),
              cell: (row) => <span className="whitespace-nowrap">{formatDate(locale, row.startsAt)}</span>,
            },
            {
              key: 'lesson',
              header: t('lesson'),
              cell: (row) =>
                mayOpenRegisters ? (
                  <Link href={`/manage/sessions/${row.sessionId}`} prefetch={false} className="link">
                    {row.title}
                  </Link>
                ) : (
                  row.title
                ),
            },
            {
              key: 'state',
              header: t('mark'),
              cell: (row) =>
                row.state === 'late' && row.minutesLate
                  ? t('lateBy', { minutes: row.minutesLate })
                  : t(`marks.${row.state}`),
            },
          ]}
        />
      </Part>
    </div>
  );
}

async function Papers({ record, locale }: { record: PersonRecord; locale: Locale }) {
  const t = await getTranslations('people');
  return (
    <div className="grid items-start gap-8 xl:grid-cols-2">
      <Part title={t('consents')}>
        <DataTable
          caption={t('consents')}
          captionHidden
          rows={record.consents}
          rowKey={(row) => row.id}
          empty={<p className="text-muted">{t('noConsents')}</p>}
          columns={[
            {
              key: 'at',
              header: t('day'),
              cell: (row) => <span className="whitespace-nowrap">{formatDate(locale, row.at)}</span>,
            },
            { key: 'purpose', header: t('purpose'), cell: (row) => t('consentText', { version: row.textVersion }) },
            { key: 'how', header: t('how'), cell: (row) => t(`hows.${row.how}`) },
            {
              key: 'state',
              header: t('state'),
              cell: (row) =>
                row.withdrawnAt
                  ? t('withdrawn', { day: formatDate(locale, row.withdrawnAt) })
                  : t(row.given ? 'given' : 'notGiven'),
            },
          ]}
        />
      </Part>
      <Part title={t('readers')}>
        <DataTable
          caption={t('readers')}
          captionHidden
          rows={record.readers.map((row, index) => ({ ...row, key: String(index) }))}
          rowKey={(row) => row.key}
          columns={[
            { key: 'who', header: t('who'), cell: (row) => row.fullName ?? '—' },
            { key: 'at', header: t('at'), cell: (row) => formatDateTime(locale, row.at) },
          ]}
        />
      </Part>
    </div>
  );
}
