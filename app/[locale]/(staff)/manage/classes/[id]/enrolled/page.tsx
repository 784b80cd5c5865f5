import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ClassStepHead } from '@/components/class/class-step-head';
import { ButtonLink } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { PrintButton } from '@/components/ui/print-button';
import { idInAddress, read } from '@/lib/access/doors';
import { placesNamed } from '@/lib/enrolment/queries';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { id as uuid } from '@/lib/kernel/input';
import { classForStaff } from '@/lib/manage/queries';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('manage', 'enrol.doneTitle');

/** Who of a sheet got a place and who waits, with the codes to read out or to cut up. */
export default async function EnrolledPage({ params, searchParams }: Props) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const classId = idInAddress(id);
  const given = String((await searchParams).places ?? '').split(',');
  const ids = given.filter((one) => uuid.safeParse(one).success).slice(0, 20);
  const { found, places } = await read('roster.read', async (tx) => ({
    found: await classForStaff(tx, locale, classId, new Date()),
    places: await placesNamed(tx, classId, ids),
  }));
  if (!found?.mayRoster) notFound();
  const t = await getTranslations('manage');
  const here = `/manage/classes/${id}`;
  const seated = places.filter(({ status }) => status === 'confirmed' || status === 'offered').length;
  return (
    <div className="grid gap-6">
      <ClassStepHead
        id={id}
        title={found.title}
        step={t('enrol.doneTitle')}
        lead={places.length > 0 ? t('enrol.doneLead', { seated, waiting: places.length - seated }) : undefined}
      />
      <DataTable
        caption={t('enrol.doneCaption', { count: places.length })}
        rows={[...places]}
        empty={
          <EmptyState icon="people" title={t('enrol.doneNone')}>
            {t('enrol.doneNoneBody')}
          </EmptyState>
        }
        rowKey={(one) => one.id}
        columns={[
          { key: 'name', header: t('roster.name'), cell: (one) => one.fullName },
          {
            key: 'status',
            header: t('enrol.outcome'),
            cell: (one) => (one.status === 'waitlisted' ? t('enrol.waits') : t('enrol.hasPlace')),
          },
          { key: 'code', header: t('slip.code'), cell: (one) => <b className="tracking-wider">{one.code}</b> },
          {
            key: 'slip',
            header: t('roster.slip'),
            cell: (one) => (
              <Link
                href={`${here}/places/${one.id}`}
                prefetch={false}
                className="link inline-flex min-h-6 items-center"
              >
                {t('roster.seeSlip')}
              </Link>
            ),
          },
        ]}
      />
      <div className="flex flex-wrap items-center gap-3 print:hidden">
        {places.length > 0 ? <PrintButton>{t('enrol.print')}</PrintButton> : null}
        <ButtonLink href={`${here}/enrol`} variant="secondary" icon="plus">
          {t('slip.another')}
        </ButtonLink>
        <ButtonLink href={here} variant="quiet" icon="back">
          {t('slip.toClass')}
        </ButtonLink>
      </div>
    </div>
  );
}
