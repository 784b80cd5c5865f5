import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { CardSheet } from '@/components/card/card-sheet';
import { StaffCardBox } from '@/components/card/staff-card-box';
import { ClientWords } from '@/components/layout/client-words';
import { Breadcrumbs } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { PrintButton } from '@/components/ui/print-button';
import { readRecord } from '@/lib/access/doors';
import { cardForStaff, stampsOf } from '@/lib/card/queries';
import type { Locale } from '@/lib/i18n/routing';
import { id as uuid } from '@/lib/kernel/input';
import { make, replace } from './actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'card' });
  return { title: t('title') };
}

/** Somebody's card to print, or to make where there is none. */
export default async function StaffCardPage({ params, searchParams }: Props) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const typed = uuid.safeParse(id);
  if (!typed.success) notFound();
  const { card, domains, mayMake } = await readRecord('person.read', typed.data, 'card', async (tx, caller) => ({
    card: (await cardForStaff(tx, typed.data)) ?? notFound(),
    domains: await stampsOf(tx, locale, typed.data),
    mayMake: caller.capabilities.includes('enrolment.write'),
  }));
  const t = await getTranslations('card');
  const p = await getTranslations('people');
  return (
    <div className="grid max-w-4xl gap-6">
      <Breadcrumbs
        items={[
          { label: p('title'), href: '/manage/people' },
          { label: card.fullName, href: `/manage/people/${id}` },
          { label: t('title') },
        ]}
      />
      <h1 className="sr-only">{t('title')}</h1>
      {(await searchParams).done === 'replaced' ? (
        <div className="print:hidden">
          <Notice tone="good" live title={t('staffReplaced')}>
            <p>{t('staffReplacedBody')}</p>
          </Notice>
        </div>
      ) : null}
      {card.code ? (
        <>
          <div className="print:hidden">
            <PrintButton>{t('staffPrint')}</PrintButton>
          </div>
          <CardSheet fullName={card.fullName} code={card.code} domains={domains} address={portalAddress()} />
        </>
      ) : (
        <ClientWords of={['errors']}>
          <StaffCardBox card={card} personId={id} locale={locale} mayMake={mayMake} make={make} replace={replace} />
        </ClientWords>
      )}
    </div>
  );
}

/** As one types it: "camtay.example.vn". */
const portalAddress = () => new URL(process.env.PORTAL_URL || 'http://localhost').host;
