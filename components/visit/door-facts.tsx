import { useTranslations } from 'next-intl';
import { DefinitionList } from '@/components/ui/facts';
import { formatDate, formatDateTime } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import type { HomeLine, VisitOutcome } from '@/lib/visit/schema';
import { PhoneOf } from './request-facts';
import { useAsked } from './asked-words';

/** What one needs to know before knocking. */
export function DoorFacts({ home, locale, off = false }: { home: HomeLine; locale: Locale; off?: boolean }) {
  const t = useTranslations('visits');
  const asked = useAsked();
  return (
    <DefinitionList
      items={[
        {
          term: t('number'),
          value: off ? (
            t('numberOff')
          ) : home.pin === '' ? (
            t('metNoNumber')
          ) : (
            <b className="text-xl tracking-widest tabular-nums">{home.pin}</b>
          ),
        },
        {
          term: t('whatFor'),
          value: home.needs.length > 0 ? asked.needs(home.needs) : t('noRequest'),
        },
        ...(home.words ? [{ term: t('words'), value: home.words }] : []),
        ...(home.times.length > 0 ? [{ term: t('atHome'), value: asked.times(home.times) }] : []),
        ...(home.birthYear ? [{ term: t('bornAbout'), value: home.birthYear }] : []),
        ...(home.phone
          ? [{ term: t('phone'), value: <PhoneOf phone={home.phone} of={home.phoneOf ?? 'self'} /> }]
          : []),
        ...(home.nextOn ? [{ term: t('nextOn'), value: formatDate(locale, home.nextOn) }] : []),
      ]}
    />
  );
}

/** What was recorded here, the newest first: that one counts. */
export function SaidBefore({
  said,
  locale,
}: {
  said: readonly {
    id: string;
    outcome: VisitOutcome;
    minutes: number | null;
    words: string;
    at: Date;
    own: boolean;
    contested: boolean;
  }[];
  locale: Locale;
}) {
  const t = useTranslations('visits');
  if (said.length === 0) return null;
  return (
    <section aria-labelledby="said" className="grid gap-2">
      <h2 id="said" className="text-xl">
        {t('said')}
      </h2>
      <ul className="divide-y-[1.5px] divide-line border-y-[1.5px] border-line">
        {said.map((one, at) => (
          <li key={one.id} className="py-2">
            <b>{t(`outcomes.${one.outcome}`)}</b>
            <span className="text-muted">
              {' '}
              {[
                one.minutes === null ? null : t('minutesOf', { minutes: one.minutes }),
                formatDateTime(locale, one.at),
                one.own ? null : t('byOther'),
                one.contested ? t('contestedOne') : at > 0 ? t('corrected') : null,
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
            {one.words ? <span className="block">{one.words}</span> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
