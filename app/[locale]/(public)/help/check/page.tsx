import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { PlaceChoices } from '@/components/class/place-choices';
import { PageHeading } from '@/components/ui/headings';
import { CheckAnswer, CheckNumberForm } from '@/components/visit/check-number';
import { WhereForm } from '@/components/area/where-form';
import { read } from '@/lib/access/doors';
import { visitorAddress } from '@/lib/access/slip';
import { findPlaces, homesAround, placeNamed, unitChoices } from '@/lib/area/queries';
import { placeMeant } from '@/lib/area/rules';
import { getPathname } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { areaId, problemsOf } from '@/lib/kernel/input';
import { askNumber } from '@/lib/visit/checking';
import { checkForm } from '@/lib/visit/schema';

export const dynamic = 'force-dynamic';

type Props = {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'help' });
  return { title: t('check.title'), robots: { index: false } };
}

/** A household asks whether those at the door are expected: by the village and the number they were told. */
export default async function HelpCheckPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const asked = await searchParams;
  const q = typeof asked.q === 'string' ? asked.q.slice(0, 200) : undefined;
  const named = areaId.safeParse(asked.area);
  const typed =
    asked.pin === undefined || !named.success ? null : checkForm.safeParse({ area: asked.area, pin: asked.pin });
  const from = await visitorAddress();
  const now = new Date();
  const page = await read('public', async (tx) => {
    const found = q && !named.success ? await findPlaces(tx, locale, q) : [];
    const place = await placeNamed(tx, locale, named.success ? named.data : (placeMeant(found)?.id ?? 0));
    return {
      found,
      place: place?.unitId ? place : null,
      homes: place?.unitId ? await homesAround(tx, locale, place.id) : null,
      units: place?.unitId ? [] : await unitChoices(tx, locale),
    };
  });
  const { place, homes, found, units } = page;
  // A number counts in one village: of the commune alone nothing is answered, least of all "do not open".
  const needsVillage = homes !== null && homes.villages.length > 0 && place?.id === homes.unit?.id;
  const answer = place && typed?.success && !needsVillage ? await askNumber(locale, typed.data, from, now) : null;
  const [t, say] = await Promise.all([getTranslations('help.check'), getTranslations('errors')]);
  return (
    <div className="grid gap-8">
      <PageHeading lead={t('lead')}>{t('heading')}</PageHeading>
      {place && homes ? (
        <>
          {answer ? <CheckAnswer answer={answer} place={place.name} locale={locale} /> : null}
          <CheckNumberForm
            address={getPathname({ href: '/help/check', locale })}
            area={place.id}
            nowhere={needsVillage && typed ? say('chooseAreaKind') : undefined}
            homes={homes}
            pin={typeof asked.pin === 'string' ? asked.pin.slice(0, 40) : ''}
            wrong={typed && !typed.success ? say(problemsOf(typed.error).pin ?? 'pinShape') : undefined}
          />
        </>
      ) : (
        <>
          {found.length > 0 ? (
            <PlaceChoices typed={q ?? ''} places={found} address={{ path: '/help/check', params: {} }} />
          ) : null}
          <WhereForm
            of="help"
            path="/help/check"
            units={units}
            typed={q}
            nothing={q !== undefined && found.length === 0}
          />
        </>
      )}
    </div>
  );
}
