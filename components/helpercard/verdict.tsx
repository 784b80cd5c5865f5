import { useTranslations } from 'next-intl';
import { DefinitionList } from '@/components/ui/facts';
import { Notice } from '@/components/ui/notice';
import { Written } from '@/components/ui/written';
import type { HelperCheck } from '@/lib/helpercard/schema';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';

const tones = { valid: 'good', expired: 'warn', more: 'warn', revoked: 'bad', unknown: 'bad' } as const;

/** The answer to a code, in one sentence with sign and colour, then what to do. Nobody's name. */
export function HelperVerdict({ found, locale }: { found: HelperCheck; locale: Locale }) {
  const t = useTranslations('helperCard.check');
  const organisation = useTranslations('teams.organisations');
  const { verdict } = found;
  const day = 'until' in found ? formatDate(locale, found.until) : '';
  return (
    <div className="grid max-w-prose gap-5">
      <div className="text-xl" data-verdict={verdict}>
        <Notice tone={tones[verdict]} live title={t(verdict, { day })}>
          <div className="grid gap-3 text-lg">
            {verdict === 'revoked' ? null : <p>{t(`${verdict}Body`)}</p>}
            {verdict === 'valid' ? null : (
              <p>
                {t.rich('ring', {
                  call: (words) => (
                    <a href="tel:113" className="link font-bold">
                      {words}
                    </a>
                  ),
                })}
              </p>
            )}
          </div>
        </Notice>
      </div>
      {found.verdict === 'valid' ? (
        <DefinitionList
          items={[
            { term: t('team'), value: <Written>{found.team}</Written> },
            { term: t('organisation'), value: organisation(found.organisation) },
            { term: t('unit'), value: found.unit },
            { term: t('until'), value: day },
          ]}
        />
      ) : null}
      <p className="font-bold">{t('never')}</p>
    </div>
  );
}
