import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { StatusPill } from '@/components/ui/pill';
import type { OwnCertificate } from '@/lib/certificate/schema';
import type { PathState } from '@/lib/completion/rules';
import { formatDate, formatDateTime } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';

export interface OwnPath {
  enrolmentId: string;
  title: string;
  status: 'confirmed' | 'completed' | 'partial' | 'no_show';
  state: PathState;
  taken: number;
  needed: number;
  ahead: number;
  lessonTitles: readonly string[];
  skillTitles: readonly string[];
  makeUp: { startsAt: Date; venue: string } | null;
}

const tones = { done: 'good', on_track: 'plain', can_still: 'warn', cannot: 'plain' } as const;
/** As many classes as one wants to read about; the latest come first. */
const shown = 4;

/** How far the holder has come in each class, what is missing and where to get it, in plain words; and their certificates. */
export function OwnPaths({
  paths,
  certificates,
  locale,
}: {
  paths: readonly OwnPath[];
  certificates: readonly OwnCertificate[];
  locale: Locale;
}) {
  const t = useTranslations('card');
  if (paths.length === 0 && certificates.length === 0) return null;
  return (
    <section aria-labelledby="paths" className="grid gap-4">
      <h2 id="paths" className="text-2xl">
        {t('paths')}
      </h2>
      <ul className="grid gap-3">
        {paths.slice(0, shown).map((path) => (
          <li
            key={path.enrolmentId}
            className="grid gap-2 rounded-card border-[1.5px] border-line bg-surface p-4 sm:p-5"
          >
            <h3 className="text-lg">{path.title}</h3>
            <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
              <StatusPill tone={path.status === 'completed' ? 'good' : tones[path.state]}>
                {path.status === 'confirmed' || path.state === 'done'
                  ? t(`pathState.${path.state}`)
                  : t(`pathOver.${path.status}`)}
              </StatusPill>
              <span>{t('pathTaken', { taken: path.taken, needed: path.needed })}</span>
            </p>
            {path.status === 'completed' || path.state === 'done' ? null : <Missing path={path} locale={locale} />}
          </li>
        ))}
      </ul>
      {certificates.length > 0 ? (
        <div className="grid gap-3">
          <h3 className="text-xl">{t('certificates')}</h3>
          <ul className="grid gap-3">
            {certificates.map(({ serial, course, issuedAt, revokedAt }) => (
              <li key={serial} className="grid justify-items-start gap-3">
                <p>
                  {revokedAt
                    ? t('certificateRevoked', { course })
                    : t('certificateLine', { course, day: formatDate(locale, issuedAt) })}
                </p>
                <ButtonLink href={`/my/card/certificates/${serial}`} variant="secondary" icon="print" wide>
                  {t('certificate')}
                  <span className="sr-only"> {course}</span>
                </ButtonLink>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </section>
  );
}

function Missing({ path, locale }: { path: OwnPath; locale: Locale }) {
  const t = useTranslations('card');
  const { ahead, lessonTitles, skillTitles, makeUp, state, status } = path;
  return (
    <>
      {ahead > 0 ? <p>{t('pathAhead', { count: ahead })}</p> : null}
      {lessonTitles.length > 0 ? <p>{t('pathLessons', { titles: lessonTitles.join(', ') })}</p> : null}
      {skillTitles.length > 0 ? <p>{t('pathSkills', { titles: skillTitles.join(', ') })}</p> : null}
      {makeUp ? (
        <p className="font-bold">
          {t('pathMakeUp', { when: formatDateTime(locale, makeUp.startsAt), venue: makeUp.venue })}
        </p>
      ) : state === 'cannot' && status !== 'no_show' ? (
        <p>{t('pathAsk')}</p>
      ) : null}
    </>
  );
}
