import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { StatusPill } from '@/components/ui/pill';
import { Link } from '@/lib/i18n/navigation';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { phoneForReading } from '@/lib/kernel/phone';
import type { RecheckLine } from '@/lib/recheck/schema';

const lateMs = 14 * 86_400_000;

/** The villages, and in each whom to look at once more, the longest due first. */
export function RecheckList({ lines, locale, now }: { lines: readonly RecheckLine[]; locale: Locale; now: Date }) {
  const t = useTranslations('recheck');
  const villages = [...new Map(lines.map((line) => [line.villageId, line.village]))];
  return (
    <div className="grid gap-6">
      {villages.map(([id, village]) => {
        const here = lines.filter((line) => line.villageId === id);
        return (
          <section key={id} aria-labelledby={`village-${id}`} className="grid gap-3">
            <h2 id={`village-${id}`} className="text-xl">
              {villages.length > 1 ? (
                <Link href={`/manage/rechecks?area=${id}`} prefetch={false} className="link">
                  {village}
                </Link>
              ) : (
                village
              )}{' '}
              <span className="font-normal text-muted">{t('people', { count: here.length })}</span>
            </h2>
            <ul className="divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface">
              {here.map((line) => (
                <li
                  key={line.personId}
                  className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3"
                >
                  <div className="min-w-0 grow basis-64">
                    <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
                      <b>{line.fullName}</b>
                      {line.birthYear ? (
                        <span className="text-muted">{t('born', { year: line.birthYear })}</span>
                      ) : null}
                      {now.getTime() - line.dueAt.getTime() > lateMs ? (
                        <StatusPill tone="warn">{t('late')}</StatusPill>
                      ) : null}
                    </p>
                    <p>{t('see', { skill: line.skill })}</p>
                    <p className="text-sm text-muted">
                      {t(`after.${line.after}`, { day: formatDate(locale, line.dueAt) })}
                      {line.phone ? (
                        <>
                          {' · '}
                          <a href={`tel:${line.phone}`} className="link inline-flex min-h-8 items-center">
                            {phoneForReading(line.phone)}
                          </a>
                        </>
                      ) : null}
                    </p>
                  </div>
                  <ButtonLink href={`/manage/rechecks/${line.personId}`} variant="secondary">
                    {t('open')} <span className="sr-only">{line.fullName}</span>
                  </ButtonLink>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
