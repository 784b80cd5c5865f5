import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { addressWith, type Address } from '@/components/ui/address';
import type { Place } from '@/lib/figure/schema';
import { Link } from '@/lib/i18n/navigation';
import { useFigureWords } from './words';

const atOnce = 12;

/** Places as links to their own dashboard, each with what there is to say of it; those after the first dozen folded away. */
export function PlaceLinks<P extends Place>({
  places,
  address,
  said,
}: {
  places: readonly P[];
  address: Address;
  said?: (place: P) => ReactNode;
}) {
  const t = useTranslations('dashboard.act');
  const { number } = useFigureWords();
  const rest = places.length - atOnce;
  return (
    <>
      <Links places={places.slice(0, atOnce)} address={address} said={said} />
      {rest > 0 ? (
        <details className="mt-2">
          <summary className="link inline-flex min-h-target items-center">
            {t('unreachedMore', { count: number(rest) ?? '' })}
          </summary>
          <Links places={places.slice(atOnce)} address={address} said={said} />
        </details>
      ) : null}
    </>
  );
}

function Links<P extends Place>({
  places,
  address,
  said,
}: {
  places: readonly P[];
  address: Address;
  said: ((place: P) => ReactNode) | undefined;
}) {
  const { name } = useFigureWords();
  return (
    <ul className="mt-1 flex flex-wrap gap-x-5">
      {places.map((place) => (
        <li key={place.id}>
          <Link
            href={addressWith(address, { area: String(place.id), sort: undefined })}
            prefetch={false}
            className="link inline-flex min-h-target items-center"
          >
            {name(place)}
          </Link>
          {said ? <> {said(place)}</> : null}
        </li>
      ))}
    </ul>
  );
}
