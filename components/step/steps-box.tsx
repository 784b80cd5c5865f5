import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { StatusPill } from '@/components/ui/pill';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { stopOf } from '@/lib/step/rules';
import type { StepStanding } from '@/lib/step/schema';

const tones = { yes: 'good', no: 'warn', unknown: 'plain' } as const;

/** What somebody has and lacks before skills, where they stop and what to do next; on to asking where the caller records. */
export function StepsBox({
  steps,
  personId,
  locale,
  mayRecord,
}: {
  steps: readonly StepStanding[];
  personId: string;
  locale: Locale;
  mayRecord: boolean;
}) {
  const t = useTranslations('steps');
  const standing = new Map(steps.flatMap(({ code, answer }) => (answer ? [[code, answer] as const] : [])));
  const code = stopOf(
    steps.map((step) => step.code),
    standing,
  );
  const stop = steps.find((step) => step.code === code);
  return (
    <div className="grid gap-4">
      {stop ? (
        <p className="max-w-prose">
          <b>{t('stopsAt', { step: stop.name })}.</b> {t('next', { next: stop.next })} {stop.how}
        </p>
      ) : (
        <p className="max-w-prose text-muted">{standing.size > 0 ? t('stopsNowhere') : t('boxLead')}</p>
      )}
      <ul className="grid gap-x-8 sm:grid-cols-2">
        {steps.map(({ code: of, name, answer, source, at }) => (
          <li key={of} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b-[1.5px] border-line py-2.5">
            <span className="min-w-0 grow">
              {name}
              {answer && source && at ? (
                <span className="block text-sm text-muted">
                  {t(`sources.${source}`)}, {formatDate(locale, at)}
                </span>
              ) : null}
            </span>
            {answer ? (
              <StatusPill tone={tones[answer]}>{t(`answers.${answer}`)}</StatusPill>
            ) : (
              <span className="text-sm text-muted">{t('never')}</span>
            )}
          </li>
        ))}
      </ul>
      {mayRecord ? (
        <div>
          <ButtonLink href={`/manage/people/${personId}/steps`} variant="secondary" icon="pencil">
            {t('record')}
          </ButtonLink>
        </div>
      ) : null}
    </div>
  );
}
