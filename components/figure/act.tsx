import { useTranslations } from 'next-intl';
import { addressWith, type Address } from '@/components/ui/address';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { withoutClass } from '@/lib/figure/rules';
import type { Dashboard } from '@/lib/figure/schema';
import { Link } from '@/lib/i18n/navigation';
import { Demand } from './demand';
import { PlaceLinks } from './place-links';
import { useFigureWords } from './words';

/** What waits for somebody: places without a class, classes asked for. */
export function Act({ dashboard, address }: { dashboard: Dashboard; address: Address }) {
  const t = useTranslations('dashboard.act');
  const { number } = useFigureWords();
  const { placeKind: kind, places, demand, area } = dashboard;
  const left = withoutClass(places);
  if (places.length === 0 && demand.people === 0 && !area.mayLookUp) return null;
  return (
    <section aria-labelledby="act" className="grid gap-4">
      <h2 id="act" className="text-2xl">
        {t('title')}
      </h2>
      {left.length > 0 ? (
        <Card>
          <p className="font-bold">{t('withoutClass', { count: number(left.length) ?? '', kind })}</p>
          <PlaceLinks places={left} address={address} />
        </Card>
      ) : places.length > 0 ? (
        <Notice tone="good" title={t('classEverywhere', { kind })} />
      ) : null}
      {area.mayLookUp ? (
        <Card>
          <Link
            href={addressWith({ path: '/manage/unreached', params: {} }, { area: String(area.id) })}
            prefetch={false}
            className="link inline-flex min-h-target items-center font-bold"
          >
            {t('people')}
          </Link>
          <p className="text-muted">{t('peopleBody')}</p>
          <Link
            href={addressWith({ path: '/manage/steps', params: {} }, { area: String(area.id) })}
            prefetch={false}
            className="link inline-flex min-h-target items-center font-bold"
          >
            {t('steps')}
          </Link>
          <p className="text-muted">{t('stepsBody')}</p>
        </Card>
      ) : null}
      <Demand demand={demand} address={address} />
    </section>
  );
}
