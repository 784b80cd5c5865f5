import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { z } from 'zod';
import { PlaceChoices } from '@/components/class/place-choices';
import { Paragraphs } from '@/components/enrolment/enrol-section';
import { ClientWords } from '@/components/layout/client-words';
import { Disclosure } from '@/components/ui/disclosure';
import { PageHeading } from '@/components/ui/headings';
import { HelpForm } from '@/components/visit/help-form';
import { WhereForm } from '@/components/area/where-form';
import { HelpLinks } from '@/components/visit/help-links';
import { read } from '@/lib/access/doors';
import type { ScopedTx } from '@/lib/access/scoped';
import { findPlaces, homesAround, placeNamed, unitChoices } from '@/lib/area/queries';
import { placeMeant } from '@/lib/area/rules';
import { stampFor } from '@/lib/enrolment/guard';
import type { Locale } from '@/lib/i18n/routing';
import { areaId } from '@/lib/kernel/input';
import { visitConsent } from '@/lib/visit/checking';
import { askHelp } from './actions';

export const dynamic = 'force-dynamic';

type Props = {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const address = z.object({
  area: areaId.optional().catch(undefined),
  q: z.string().max(200).optional().catch(undefined),
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'help' });
  return { title: t('title') };
}

/** The place first: by its number, by what was typed, or still to be chosen. */
async function helpPage(tx: ScopedTx, locale: Locale, { area, q }: z.output<typeof address>) {
  const found = q && !area ? await findPlaces(tx, locale, q) : [];
  const place = await placeNamed(tx, locale, area ?? placeMeant(found)?.id ?? 0);
  if (!place?.unitId) return { place: null, found, units: await unitChoices(tx, locale) };
  const [homes, consent] = await Promise.all([homesAround(tx, locale, place.id), visitConsent(tx, locale)]);
  return { place, homes, consent };
}

export default async function HelpPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const asked = address.parse(await searchParams);
  const [page, t] = await Promise.all([read('public', (tx) => helpPage(tx, locale, asked)), getTranslations('help')]);
  const { place } = page;
  return (
    <div className="grid gap-8">
      <PageHeading lead={t('lead')}>{t('heading')}</PageHeading>
      {place === null ? (
        <>
          {page.found.length > 0 ? (
            <PlaceChoices typed={asked.q ?? ''} places={page.found} address={{ path: '/help', params: {} }} />
          ) : null}
          <WhereForm
            of="help"
            path="/help"
            units={page.units}
            typed={asked.q}
            nothing={asked.q !== undefined && page.found.length === 0}
          />
        </>
      ) : (
        <ClientWords of={['help', 'visitWords', 'errors']}>
          <HelpForm
            action={askHelp}
            formKey={randomUUID()}
            stamp={stampFor('help', new Date())}
            place={place}
            unit={page.homes.unit}
            villages={page.homes.villages}
            consentVersion={page.consent?.version ?? 0}
            consentText={
              <Disclosure summary={t('consentRead')}>
                <Paragraphs text={page.consent?.body ?? ''} />
              </Disclosure>
            }
          />
        </ClientWords>
      )}
      <HelpLinks />
    </div>
  );
}
