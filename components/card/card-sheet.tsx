import { useTranslations } from 'next-intl';
import { Logo } from '@/components/ui/logo';
import { countStamps, groupsOf } from '@/lib/card/rules';
import type { StampDomain } from '@/lib/card/schema';
import { QrCode } from './qr-code';
import { StampGrid } from './stamp';

/**
 * The card on paper, one page of A4 (or of A5, printed smaller): name, code in big print, the same code as a QR for a helper's
 * scanner, and the stamps. No address carries the code.
 */
export function CardSheet({
  fullName,
  code,
  domains,
  address,
}: {
  fullName: string;
  code: string;
  domains: readonly StampDomain[];
  /** Where the portal is found, as one types it. */
  address: string;
}) {
  const t = useTranslations('card');
  const { filled, of } = countStamps(domains);
  return (
    <section
      aria-labelledby="card"
      className="overflow-hidden [overflow-wrap:anywhere] rounded-card border-2 border-field bg-surface print:rounded-[3mm] print:border-ink"
    >
      <div className="flex items-center gap-3 border-b-2 border-dashed border-edge bg-field-tint px-5 py-3 print:px-[4mm] print:py-[1.5mm]">
        <Logo className="size-10 print:size-[8mm]" />
        <h2 id="card" className="text-lg text-field">
          {t('sheet')}
        </h2>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-5 p-5 sm:p-6 print:flex-nowrap print:px-[4mm] print:py-[2.5mm]">
        <div className="min-w-0">
          <p className="text-2xl font-bold print:text-[20pt] print:leading-tight">{fullName}</p>
          <p className="mt-4 text-muted print:mt-[1.5mm] print:text-[10pt]">{t('sheetCode')}</p>
          <p
            data-card-code
            className="flex flex-wrap gap-x-[0.35em] leading-tight font-bold tracking-[0.08em] [font-size:clamp(2.25rem,1.5rem+3.5vw,3.5rem)] print:[font-size:32pt]"
          >
            {groupsOf(code).map((group, at) => (
              <span key={at}>{group}</span>
            ))}
          </p>
        </div>
        <QrCode text={code} label={t('sheetQr')} className="size-40 shrink-0 print:size-[32mm]" />
      </div>
      <div className="border-t-2 border-dashed border-edge p-5 sm:p-6 print:px-[4mm] print:pt-[2mm] print:pb-0">
        <p className="mb-4 font-bold print:mb-[1.5mm] print:text-[10pt]">
          {t('sheetStamps', { filled, of })}{' '}
          <span className="font-normal print:text-[8.5pt]">{t('sheetStampsMean')}</span>
        </p>
        <StampGrid domains={domains} />
      </div>
      <div className="grid gap-1 border-t-2 border-dashed border-edge px-5 py-3 text-sm text-muted sm:px-6 print:gap-0 print:px-[4mm] print:py-[1.5mm] print:text-[8.5pt] print:text-ink">
        <p>{t('sheetHow', { address })}</p>
        <p>{t('sheetLost')}</p>
      </div>
    </section>
  );
}
