import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { formatTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import type { AssistLine } from '@/lib/desk/schema';
import type { HomeLine } from '@/lib/visit/schema';

/** The mobile point of a round: on to logging whom one helps, and how many were. */
export function RoundPoint({
  deskId,
  assists,
  open,
}: {
  deskId: string;
  assists: readonly AssistLine[];
  /** It is its day. */
  open: boolean;
}) {
  const t = useTranslations('visits');
  const minutes = assists.reduce((sum, one) => sum + one.minutes, 0);
  return (
    <section aria-labelledby="point" className="grid grid-cols-1 gap-3">
      <h2 id="point" className="text-xl">
        {t('point')}
      </h2>
      <p>{t('pointHelped', { count: assists.length, minutes })}</p>
      {open ? (
        <div>
          <ButtonLink href={`/manage/desk?desk=${deskId}`} icon="hand">
            {t('pointLog')}
          </ButtonLink>
        </div>
      ) : null}
    </section>
  );
}

/** What a round left open: homes nobody was met at, each with where to go on. */
export function NotClosed({ homes }: { homes: readonly HomeLine[] }) {
  const t = useTranslations('visits');
  return (
    <section aria-labelledby="not-closed" className="grid grid-cols-1 gap-3">
      <h2 id="not-closed" className="text-xl">
        {t('notClosedTitle', { count: homes.length })}
      </h2>
      <p className="max-w-prose text-muted">{t('notClosedLead')}</p>
      <ul className="divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface">
        {homes.map((home) => (
          <li key={home.id} className="flex flex-wrap items-baseline justify-between gap-x-6 px-4 py-2">
            <Link
              href={`/manage/visits/${home.id}`}
              prefetch={false}
              className="link inline-flex min-h-target items-center font-bold"
            >
              {home.fullName || t('nameGone')}
            </Link>
            <span>{home.outcome ? t(`outcomes.${home.outcome}`) : t('notRecorded')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Who was met and is in no record yet, each with where to say who they are: after that they can be invited and seen again. */
export function NotNamed({ homes }: { homes: readonly HomeLine[] }) {
  const t = useTranslations('visits');
  return (
    <section aria-labelledby="not-named" className="grid grid-cols-1 gap-3">
      <h2 id="not-named" className="text-xl">
        {t('notNamedTitle', { count: homes.length })}
      </h2>
      <p className="max-w-prose text-muted">{t('notNamedLead')}</p>
      <ul className="divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface">
        {homes.map((home) => (
          <li key={home.id} className="px-4 py-2">
            <Link
              href={`/manage/visits/requests/${home.requestId ?? ''}`}
              prefetch={false}
              className="link inline-flex min-h-target items-center font-bold"
            >
              {home.fullName}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Whom a round's point sent on, and where: to ask after, not to count as undone, since nothing tells when it is done. */
export function SentOn({ assists, locale }: { assists: readonly AssistLine[]; locale: Locale }) {
  const t = useTranslations('visits');
  const d = useTranslations('desk');
  return (
    <section aria-labelledby="sent-on" className="grid grid-cols-1 gap-3">
      <h2 id="sent-on" className="text-xl">
        {t('sentOnTitle')}
      </h2>
      <p className="max-w-prose text-muted">{t('sentOnLead')}</p>
      <ul className="divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface">
        {assists.map(({ id, at, need, person, referredTo }) => (
          <li key={id} className="flex min-h-target flex-wrap items-center justify-between gap-x-6 px-4 py-2">
            <span>
              <b>{person ?? t('pointNobody')}</b> · {need}
            </span>
            <span>
              {referredTo === 'home_visit' && person === null ? (
                // Promised and nobody knows to whom: whoever was there may still say it.
                <Link
                  href={`/manage/desk/visit?assist=${id}`}
                  prefetch={false}
                  className="link inline-flex min-h-target items-center"
                >
                  {d('outcomes.home_visit')}
                </Link>
              ) : (
                d(`outcomes.${referredTo ?? 'settled'}`)
              )}{' '}
              <span className="text-muted">({formatTime(locale, at)})</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
