import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { Poster } from '@/components/class/share-poster';
import { BackLink } from '@/components/ui/headings';
import { PrintButton } from '@/components/ui/print-button';
import { read } from '@/lib/access/doors';
import { classForResident } from '@/lib/class/queries';
import type { Locale } from '@/lib/i18n/routing';
import { addressId } from '@/lib/kernel/input';
import { portalOrigin } from '@/lib/kernel/portal';
import './poster.css';

export const dynamic = 'force-dynamic';

type Props = { params: Promise<{ locale: Locale; id: string }> };

const classOnPoster = cache(async (locale: Locale, given: string) => {
  const id = addressId.safeParse(given);
  return id.success ? read('public', (tx) => classForResident(tx, locale, id.data)) : null;
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, id } = await params;
  const found = await classOnPoster(locale, id);
  const t = await getTranslations({ locale, namespace: 'sharing' });
  return found ? { title: t('poster.title', { title: found.title }), robots: { index: false } } : {};
}

/** One sheet of A4 to put up: what, when, where, whom to call, and a code that opens the class. */
export default async function PosterPage({ params }: Props) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const found = await classOnPoster(locale, id);
  if (!found) notFound();
  const t = await getTranslations('sharing');
  const address = `${portalOrigin()}${locale === 'en' ? '/en' : ''}/classes/${found.id}`;
  return (
    <div className="grid gap-6 print:block">
      <BackLink href={`/classes/${found.id}`}>{t('poster.back')}</BackLink>
      <div className="flex flex-wrap items-center gap-4 print:hidden">
        <PrintButton>{t('poster.print')}</PrintButton>
        <p className="max-w-prose text-muted">{t('poster.hint')}</p>
      </div>
      <Poster found={found} locale={locale} address={address} />
    </div>
  );
}
