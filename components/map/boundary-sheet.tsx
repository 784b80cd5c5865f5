import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { Disclosure } from '@/components/ui/disclosure';
import { KeyFacts, type KeyFact } from '@/components/ui/facts';
import { formatDateTime, formatNumber } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { useReader } from '@/components/figure/words';

/** So many names are told; of more, how many more there are. */
const told = 100;

function Names({ title, names }: { title: string; names: readonly string[] }) {
  const t = useTranslations('map');
  if (names.length === 0) return null;
  const more = names.length - told;
  return (
    <Disclosure summary={title} open={names.length <= 12 || undefined}>
      <p className="max-w-prose">
        {names.slice(0, told).join(' · ')}
        {more > 0 ? ` ${t('andMore', { count: more })}` : null}
      </p>
    </Disclosure>
  );
}

/** How many places a set of boundaries matches, and where it comes from. */
export function BoundaryFacts({
  matched,
  all,
  points,
  source,
  more,
}: {
  matched: number;
  all: number;
  points?: { before: number; after: number };
  source: string;
  more?: KeyFact[];
}) {
  const t = useTranslations('map');
  const locale = useReader();
  const number = (value: number) => formatNumber(locale, value);
  return (
    <KeyFacts
      items={[
        { icon: 'check', term: t('matched'), value: t('countOf', { count: number(matched), all: number(all) }) },
        {
          icon: 'pencil',
          term: t('points'),
          value: points ? t('pointsOf', { after: number(points.after), before: number(points.before) }) : null,
        },
        { icon: 'info', term: t('nowSource'), value: source },
        ...(more ?? []),
      ]}
    />
  );
}

/** What was sent, before it is saved: what matched, what did not, and the map as it would be (`children`). */
export function Draft({
  fileName,
  facts,
  unmatched,
  missing,
  children,
}: {
  fileName: string;
  facts: ReactNode;
  unmatched: readonly string[];
  missing: readonly string[];
  children: ReactNode;
}) {
  const t = useTranslations('map');
  return (
    <section
      aria-labelledby="preview"
      className="grid grid-cols-1 gap-5 rounded-card border-2 border-warn bg-surface p-5 sm:p-6"
    >
      <div>
        <h2 id="preview" tabIndex={-1} className="text-xl">
          {t('previewTitle')}
        </h2>
        <p className="text-muted">{t('previewFile', { name: fileName })}</p>
      </div>
      {facts}
      <Names title={t('unmatched', { count: unmatched.length })} names={unmatched} />
      <Names title={t('missingShapes', { count: missing.length })} names={missing} />
      {children}
    </section>
  );
}

/** The boundaries in use. */
export function InUse({
  used,
  all,
  missing,
  locale,
  children,
}: {
  used: { source: string; by: string; at: Date; count: number } | null;
  all: number;
  missing: readonly string[];
  locale: Locale;
  children: ReactNode;
}) {
  const t = useTranslations('map');
  return (
    <Card as="section" labelledBy="in-use">
      <h2 id="in-use" className="mb-4 text-xl">
        {t('now')}
      </h2>
      {used ? (
        <div className="grid gap-4">
          <BoundaryFacts
            matched={used.count}
            all={all}
            source={used.source}
            more={[
              { icon: 'person', term: t('nowBy'), value: used.by },
              { icon: 'clock', term: t('nowAt'), value: formatDateTime(locale, used.at) },
            ]}
          />
          <Names title={t('missingShapes', { count: missing.length })} names={missing} />
        </div>
      ) : (
        <p>{t('none')}</p>
      )}
      {children}
    </Card>
  );
}
