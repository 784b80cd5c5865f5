import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';

/** Below a slip: the card, which shows everything one learns, not this class alone. */
export function CardOffer({ open }: { open: boolean }) {
  const t = useTranslations('card');
  return (
    <section aria-labelledby="card-offer" className="grid max-w-prose gap-3 print:hidden">
      <h2 id="card-offer" className="text-xl">
        {t('title')}
      </h2>
      <p>{t('offerBody')}</p>
      <div>
        <ButtonLink href="/my/card" variant="secondary" icon="idcard" wide>
          {open ? t('back') : t('offer')}
        </ButtonLink>
      </div>
    </section>
  );
}
