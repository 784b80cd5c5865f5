import { useTranslations } from 'next-intl';
import { addressWith, type Address } from '@/components/ui/address';
import { Icon } from '@/components/ui/icons';
import { Notice } from '@/components/ui/notice';
import type { PlaceFound } from '@/lib/area/schema';
import { Link } from '@/lib/i18n/navigation';

/** What is said beside a place: the unit of a village, and the name it was found by where that is not its own. */
export function usePlaceWords(): (place: PlaceFound) => { name: string; why: string | null } {
  const t = useTranslations('schedule');
  return ({ label, unitLabel, because }) => ({
    name: unitLabel ? `${label}, ${unitLabel}` : label,
    why: because ? t(`because.${because.kind}`, { name: lower(because.name) }) : null,
  });
}

/** "Xã Hải Trạch" within a sentence: "xã Hải Trạch". */
const lower = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

function PlaceLinks({ places, address }: { places: readonly PlaceFound[]; address: Address }) {
  const words = usePlaceWords();
  return (
    <ul className="grid gap-2.5 sm:grid-cols-2">
      {places.map((place) => {
        const { name, why } = words(place);
        return (
          <li key={place.id}>
            <Link
              href={`${addressWith(address, { area: String(place.id), q: undefined, page: undefined })}#found`}
              prefetch={false}
              className="flex h-full min-h-target items-center gap-3 rounded-control border-2 border-edge bg-surface px-4 py-2"
            >
              <Icon name="place" className="size-6 text-field" />
              <span className="min-w-0">
                <b className="block underline underline-offset-4">{name}</b>
                {why ? <span className="block text-muted">{why}</span> : null}
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

/** Several places may be meant: which? */
export function PlaceChoices({
  typed,
  places,
  address,
}: {
  typed: string;
  places: readonly PlaceFound[];
  address: Address;
}) {
  const t = useTranslations('schedule');
  const near = places.every(({ fit }) => fit === 'typo');
  return (
    <section aria-labelledby="which" className="grid gap-4">
      <div>
        <h2 id="which" className="text-2xl">
          {t('which')}
        </h2>
        <p className="mt-1 text-muted">{t(near ? 'whichNear' : 'whichBody', { typed, count: places.length })}</p>
      </div>
      <PlaceLinks places={places} address={address} />
    </section>
  );
}

/** How the words typed were read, where that is not plain, and what else they may mean. */
export function PlaceRead({
  typed,
  place,
  others,
  address,
}: {
  typed: string;
  place: PlaceFound;
  others: readonly PlaceFound[];
  address: Address;
}) {
  const t = useTranslations('schedule');
  const words = usePlaceWords();
  const { name, why } = words(place);
  const said =
    place.fit === 'exact'
      ? why
        ? t('readOld', { name, why })
        : null
      : t('readNear', { typed, name: why ? `${name} (${why})` : name });
  if (said === null && others.length === 0) return null;
  return (
    <div className="grid gap-4">
      {said ? <Notice tone="info" title={said} /> : null}
      {others.length > 0 ? (
        <details>
          <summary className="link inline-flex min-h-target items-center font-bold">
            {t('otherPlaces', { count: others.length })}
          </summary>
          <div className="pt-2">
            <PlaceLinks places={others} address={address} />
          </div>
        </details>
      ) : null}
    </div>
  );
}
