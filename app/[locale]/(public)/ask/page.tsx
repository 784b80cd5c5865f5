import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { z } from 'zod';
import { PlaceChoices } from '@/components/class/place-choices';
import { AskForm } from '@/components/demand/ask-form';
import { AskSent } from '@/components/demand/ask-sent';
import { WhereForm } from '@/components/area/where-form';
import { Paragraphs } from '@/components/enrolment/enrol-section';
import { ClientWords } from '@/components/layout/client-words';
import { Disclosure } from '@/components/ui/disclosure';
import { PageHeading } from '@/components/ui/headings';
import { read } from '@/lib/access/doors';
import type { ScopedTx } from '@/lib/access/scoped';
import { findPlaces, homesAround, placeNamed, unitChoices } from '@/lib/area/queries';
import { placeMeant } from '@/lib/area/rules';
import { skillChoices } from '@/lib/class/queries';
import { askConsent } from '@/lib/demand/queries';
import type { Locale } from '@/lib/i18n/routing';
import { areaId } from '@/lib/kernel/input';
import { ask } from './actions';

export const dynamic = 'force-dynamic';

type Props = {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const address = z.object({
  area: areaId.optional().catch(undefined),
  q: z.string().max(200).optional().catch(undefined),
  skill: z
    .string()
    .regex(/^[A-Z]{1,3}\d{1,3}$/)
    .optional()
    .catch(undefined),
  sent: z.literal('1').optional().catch(undefined),
});
type Asked = z.output<typeof address>;

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'ask' });
  const { area, sent } = address.parse(await searchParams);
  return { title: t(area && sent ? 'sent' : 'title'), robots: { index: false } };
}

/** The place first: by its number, by what was typed, or still to be chosen. */
async function askPage(tx: ScopedTx, locale: Locale, { area, q }: Asked) {
  const found = q && !area ? await findPlaces(tx, locale, q) : [];
  const place = await placeNamed(tx, locale, area ?? placeMeant(found)?.id ?? 0);
  if (!place?.unitId) return { place: null, found, units: await unitChoices(tx, locale) };
  const [homes, skills, consent] = await Promise.all([
    homesAround(tx, locale, place.id),
    skillChoices(tx, locale),
    askConsent(tx, locale),
  ]);
  return { place, homes, skills, consent };
}

export default async function AskPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const asked = address.parse(await searchParams);
  const [page, t] = await Promise.all([read('public', (tx) => askPage(tx, locale, asked)), getTranslations('ask')]);
  const { place } = page;
  if (place && asked.sent) return <AskSent place={place.unitName ?? place.name} area={place.id} />;
  return (
    <div className="grid gap-8">
      <PageHeading lead={t('lead')}>{t('heading')}</PageHeading>
      {place === null ? (
        <>
          {page.found.length > 0 ? (
            <PlaceChoices
              typed={asked.q ?? ''}
              places={page.found}
              address={{ path: '/ask', params: { skill: asked.skill } }}
            />
          ) : null}
          <WhereForm
            of="ask"
            path="/ask"
            units={page.units}
            typed={asked.q}
            nothing={asked.q !== undefined && page.found.length === 0}
          />
        </>
      ) : (
        <ClientWords of={['ask', 'errors', 'schedule']}>
          <AskForm
            action={ask}
            formKey={randomUUID()}
            place={place}
            unit={page.homes.unit}
            villages={page.homes.villages}
            skills={page.skills}
            skill={asked.skill}
            consentVersion={page.consent?.version ?? 0}
            consentText={
              <Disclosure summary={t('consentRead')}>
                <Paragraphs text={page.consent?.body ?? ''} />
              </Disclosure>
            }
          />
        </ClientWords>
      )}
    </div>
  );
}
