import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ReasonForm } from '@/components/class/act-form';
import { SlipSheet } from '@/components/class/slip-sheet';
import { ClientWords } from '@/components/layout/client-words';
import { ButtonLink } from '@/components/ui/button';
import { Disclosure } from '@/components/ui/disclosure';
import { Breadcrumbs } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { PrintButton } from '@/components/ui/print-button';
import { read } from '@/lib/access/doors';
import { slipForStaff } from '@/lib/enrolment/queries';
import type { Locale } from '@/lib/i18n/routing';
import { addressId, id as uuid } from '@/lib/kernel/input';
import { classForStaff } from '@/lib/manage/queries';
import { leaveForThem } from '../../actions';

interface Props {
  params: Promise<{ locale: Locale; id: string; enrolment: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'manage' });
  return { title: t('slip.title') };
}

/** One person's place in a class: the slip to print, and the way out of the class. */
export default async function PlacePage({ params, searchParams }: Props) {
  const { locale, id, enrolment } = await params;
  setRequestLocale(locale);
  const typed = addressId.safeParse(id);
  const which = uuid.safeParse(enrolment);
  if (!typed.success || !which.success) notFound();
  const { found, slip } = await read('roster.read', async (tx) => ({
    found: await classForStaff(tx, locale, typed.data, new Date()),
    slip: await slipForStaff(tx, locale, which.data),
  }));
  if (!found?.mayRoster || slip?.classId !== id) notFound();
  const t = await getTranslations('manage');
  const here = `/manage/classes/${id}`;
  const active = slip.status === 'confirmed' || slip.status === 'waitlisted';
  return (
    <div className="grid gap-6">
      <Breadcrumbs
        items={[
          { label: t('classes.title'), href: '/manage/classes' },
          { label: found.title, href: here },
          { label: t('slip.title') },
        ]}
      />
      {(await searchParams).done === 'enrolled' ? (
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
        <ButtonLink href={here} variant="quiet" icon="back">
          {t('slip.toClass')}
        </ButtonLink>
      </div>
      {active && found.mayEnrol ? (
        <div className="max-w-2xl print:hidden">
          <Disclosure summary={t('slip.leave')}>
            <ClientWords of={['errors']}>
              <ReasonForm
                action={leaveForThem}
                fields={{ classId: id, enrolmentId: slip.enrolmentId }}
                label={t('slip.doLeave')}
                pendingLabel={t('working')}
                reasonLabel={t('cancel.reason')}
                reasonHint={t('slip.leaveHint')}
                back={null}
              >
                <p>{t('slip.leaveMeans')}</p>
              </ReasonForm>
            </ClientWords>
          </Disclosure>
        </div>
      ) : null}
    </div>
  );
}
