import { useTranslations } from 'next-intl';
import type { MarkState } from '@/lib/register/rules';
import type { PaperProblem, SheetSkill } from '@/lib/register/schema';
import { Notice } from '../ui/notice';

interface Changes {
  readonly marks: readonly {
    readonly number: number | null;
    readonly personId: string;
    readonly fullName: string;
    readonly state: MarkState;
    readonly minutesLate: number | null;
    readonly was: MarkState | null;
  }[];
  readonly levels: readonly { number: number; fullName: string; skillCode: string; level: number }[];
  readonly rest: readonly { skillCode: string; level: number }[];
  readonly guests: number | null;
  readonly counts: Readonly<Record<'present' | 'late' | 'excused' | 'absent', number>>;
}

/** What was not understood, piece by piece, with what to do about it. */
export function PaperProblems({ problems }: { problems: readonly PaperProblem[] }) {
  const t = useTranslations('register.entry');
  return (
    <Notice live opensPage tone="bad" title={t('problems', { count: problems.length })}>
      <p>{t('problemsBody')}</p>
      <ul className="mt-2 list-disc pl-5">
        {problems.map(({ kind, text }, at) => (
          <li key={at} className="wrap-anywhere">
            {text ? <b>“{text.slice(0, 80)}”: </b> : null}
            {t(`problem.${kind}`)}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

const levels = ['0', '1', '2', '3', '4'] as const;

/** What saving would do, with a name to each number. */
export function PaperPreview({ changes, skills }: { changes: Changes; skills: readonly SheetSkill[] }) {
  const t = useTranslations('register');
  const { marks, guests, counts } = changes;
  return (
    <section
      aria-labelledby="check"
      className="grid grid-cols-1 gap-3 rounded-card border-2 border-field bg-surface p-4"
    >
      <h2 id="check" className="text-xl">
        {t('entry.check')}
      </h2>
      <p className="text-muted">{t('entry.nothingYet')}</p>
      <p className="text-lg font-bold">{t('entry.summary', counts)}</p>
      {marks.length === 0 ? <p>{t('entry.all')}</p> : null}
      <ul className="divide-y-[1.5px] divide-line">
        {marks.map((mark) => (
          <li key={mark.personId} className="flex flex-wrap items-baseline gap-x-3 py-1.5">
            <b className="w-8 text-right tabular-nums">{mark.number}</b>
            <span className="font-bold">{mark.fullName}</span>
            <span>{mark.minutesLate ? t('lateBy', { count: mark.minutesLate }) : t(`state.${mark.state}`)}</span>
            {mark.was && mark.was !== mark.state ? (
              <span className="text-muted">({t('entry.was', { state: t(`state.${mark.was}`) })})</span>
            ) : null}
          </li>
        ))}
      </ul>
      {guests === null ? null : <p>{t('entry.guestsAre', { count: guests })}</p>}
      <SkillChanges changes={changes} skills={skills} />
    </section>
  );
}

function SkillChanges({ changes, skills }: { changes: Changes; skills: readonly SheetSkill[] }) {
  const t = useTranslations('register');
  const words = (level: number) => {
    const known = levels.find((each) => Number(each) === level) ?? '0';
    return `${known} ${t(`levels.${known}`)}`;
  };
  const shown = skills.filter(
    ({ code }) =>
      changes.levels.some(({ skillCode }) => skillCode === code) ||
      changes.rest.some(({ skillCode }) => skillCode === code),
  );
  return shown.map((skill) => (
    <div key={skill.code}>
      <h3 className="font-bold">{skill.title}</h3>
      <ul>
        {changes.levels
          .filter(({ skillCode }) => skillCode === skill.code)
          .map((one) => (
            <li key={one.number} className="flex flex-wrap gap-x-3">
              <b className="w-8 text-right tabular-nums">{one.number}</b>
              <span>{one.fullName}</span>
              <span>{words(one.level)}</span>
            </li>
          ))}
        {changes.rest
          .filter(({ skillCode }) => skillCode === skill.code)
          .map((one) => (
            <li key="rest">
              {t('entry.rest')}: {words(one.level)}
            </li>
          ))}
      </ul>
    </div>
  ));
}
