import { useTranslations } from 'next-intl';
import { QrCode } from '@/components/card/qr-code';
import { Logo } from '@/components/ui/logo';
import type { PrintedHelperCard } from '@/lib/helpercard/schema';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { serialGroups } from '@/lib/kernel/serial';

/** Helpers' cards as they are cut out, eight on a sheet of A4: no photo, name, team, code in large print, and where anybody checks it. */
export function HelperCardSheet({
  cards,
  checkAddress,
  locale,
}: {
  cards: readonly PrintedHelperCard[];
  /** Where a card is checked, as a whole address. */
  checkAddress: string;
  locale: Locale;
}) {
  const t = useTranslations('helperCard.sheet');
  const organisation = useTranslations('teams.organisations');
  return (
    <ul className="helper-cards">
      {cards.map((card) => (
        <li key={card.code} className="helper-card">
          <p className="helper-card-head">
            <Logo className="helper-card-logo" />
            {t('movement')}
          </p>
          <div className="helper-card-body">
            <div className="min-w-0">
              <p className="helper-card-name">{card.fullName}</p>
              <p>
                {card.team}
                <br />
                {organisation(card.organisation)} · {card.unit}
              </p>
            </div>
            <QrCode text={`${checkAddress}?code=${card.code}`} label={t('qr')} className="helper-card-qr" />
          </div>
          <div>
            <p className="helper-card-code">{serialGroups(card.code).join(' ')}</p>
            <p>
              {t('validity', { from: formatDate(locale, card.validFrom), to: formatDate(locale, card.validUntil) })}
            </p>
            <p>{t('check', { address: checkAddress.replace(/^https?:\/\//, '') })}</p>
          </div>
          <p className="helper-card-never">{t('never')}</p>
        </li>
      ))}
    </ul>
  );
}
