import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { Paragraphs } from '@/components/enrolment/enrol-section';
import { ClientWords } from '@/components/layout/client-words';
import { ButtonLink } from '@/components/ui/button';
import { Disclosure } from '@/components/ui/disclosure';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { DeskAskForm } from '@/components/visit/desk-ask-form';
import { read } from '@/lib/access/doors';
import { homesAround } from '@/lib/area/queries';
import { deskForStaff } from '@/lib/desk/queries';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { visitConsent } from '@/lib/visit/checking';
import { assistToVisit } from '@/lib/visit/queries';
import { deskAskAddress } from '@/lib/visit/schema';
import { askVisit } from '../actions';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('desk', 'visitTitle');

/** Whose home it is that a desk promised somebody will come to: name and village, for that visit alone. */
export default async function DeskVisitPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const wanted = deskAskAddress.safeParse(await searchParams);
  if (!wanted.success) notFound();
  const { assist, desk, homes, consent } = await read('desk.log', async (tx) => {
    const found = (await assistToVisit(tx, wanted.data.assist)) ?? notFound();
    return {
      assist: found,
      desk: (await deskForStaff(tx, locale, found.deskId)) ?? notFound(),
      homes: await homesAround(tx, locale, found.areaId),
      consent: await visitConsent(tx, locale),
    };
  });
  const [t, help] = await Promise.all([getTranslations('desk'), getTranslations('help')]);
  const back = `/manage/desk?desk=${desk.id}`;
  const villages = homes.villages.length > 0 ? homes.villages : homes.unit ? [homes.unit] : [];
  return (
    <div className="grid max-w-3xl grid-cols-1 gap-6">
      <Breadcrumbs items={[{ label: desk.name, href: back }, { label: t('visitTitle') }]} />
      {assist.asked ? (
        <>
          <PageHeading>{t('visitTitle')}</PageHeading>
          <Notice tone="good" title={t('visitAsked')} action={<ButtonLink href={back}>{t('title')}</ButtonLink>} />
        </>
      ) : (
        <>
          <PageHeading lead={t('visitLead')}>{t('visitTitle')}</PageHeading>
          <ClientWords of={['desk', 'help', 'visitWords', 'errors']}>
            <DeskAskForm
              action={askVisit}
              assistId={wanted.data.assist}
              need={assist.need === 'trader' ? 'payment' : assist.need}
              villages={villages.map(({ id, name }) => ({ value: String(id), label: name }))}
              consentVersion={consent?.version ?? 0}
              consentText={
                <Disclosure summary={help('consentRead')}>
                  <Paragraphs text={consent?.body ?? ''} />
                </Disclosure>
              }
            />
          </ClientWords>
        </>
      )}
    </div>
  );
}
