import { useTranslations } from 'next-intl';
import type { Address } from '@/components/ui/address';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import type { Dashboard } from '@/lib/figure/schema';
import { PlaceLinks } from './place-links';

/** Who asks for a class and has had no answer: one line of figures, one for each place below. Nothing where nobody asks. */
export function Demand({ demand, address }: { demand: Dashboard['demand']; address: Address }) {
  const t = useTranslations('dashboard.act');
  const d = useTranslations('demand');
  if (demand.people === 0) return null;
  return (
    <Card>
      <p className="font-bold">{t('asked', { people: demand.people, places: demand.places })}</p>
      <PlaceLinks
        places={demand.below}
        address={address}
        said={({ people, places }) => t('askedIn', { people, places })}
      />
      {demand.mayAnswer ? (
        <div className="mt-3 print:hidden">
          <ButtonLink href="/manage/demand" variant="secondary" icon="hand">
            {d('see')}
          </ButtonLink>
        </div>
      ) : null}
    </Card>
  );
}
