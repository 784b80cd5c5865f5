import { setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { QualityView } from '@/components/figure/quality-view';
import { read } from '@/lib/access/doors';
import { qualityOf } from '@/lib/figure/quality';
import { qualityAddress } from '@/lib/figure/asked';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('dashboard', 'doubts.title');

/** What speaks against the figures of a unit, by what people would look at themselves; an area outside the caller's is not found. */
export default async function Page({ params, searchParams }: Props) {
  const [{ locale }, given] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const asked = qualityAddress.safeParse(given);
  const page = await read('figures.read', async (tx) => (asked.success ? qualityOf(tx, asked.data.area) : null));
  if (!page) notFound();
  return <QualityView page={page} />;
}
