'use client';

import { useLocale, useTranslations } from 'next-intl';
import { formatDateTime } from '@/lib/i18n/format';
import type { SheetPerson, SheetVersion } from '@/lib/register/schema';
import { Button } from '../ui/button';
import { cx } from '../ui/cx';
import { Icon, type IconName } from '../ui/icons';
import type { Register } from './use-register';

const looks: Record<NonNullable<SheetPerson['state']> | 'none', { icon: IconName; words: string; row: string }> = {
  present: { icon: 'check', words: 'text-field', row: '' },
  late: { icon: 'clock', words: 'text-warn', row: 'bg-warn-tint' },
  left_early: { icon: 'exit', words: 'text-warn', row: 'bg-warn-tint' },
  excused: { icon: 'info', words: 'text-info', row: 'bg-info-tint' },
  absent: { icon: 'cross', words: 'text-bad', row: 'bg-bad-tint' },
  none: { icon: 'dot', words: 'text-muted', row: '' },
};
const exceptions = ['late', 'excused', 'left_early'] as const;
const minutes = [5, 10, 15, 30];

/** One person: the row is the button (present or absent), the three at the side are the rarer cases, each one tap. */
export function PersonRow({ person, register }: { person: SheetPerson; register: Register }) {
  const t = useTranslations('register');
  const say = useTranslations('errors');
  const state = person.state ?? 'none';
  const look = looks[state];
  const error = register.errors[person.id];
  return (
    <li className={cx('grid grid-cols-1', look.row)}>
      <div className="flex items-stretch">
        <button
          type="button"
          onClick={() => register.toggle(person)}
          className="flex min-h-16 min-w-0 flex-1 scroll-mb-56 cursor-pointer items-center gap-3 py-1.5 pr-1 pl-4 text-left"
        >
          <Icon name={look.icon} className={cx('size-7 shrink-0', look.words)} />
          <span className="min-w-0 leading-snug">
            <b className="block">{person.fullName}</b>
            <span className="block text-sm">
              <span className={cx('font-bold', look.words)}>
                {person.minutesLate ? t('lateBy', { count: person.minutesLate }) : t(`state.${state}`)}
              </span>
              <PersonHint person={person} among={register.people} />
            </span>
          </span>
        </button>
        <span role="group" aria-label={person.fullName} className="flex shrink-0 items-center gap-1 pr-2">
          {exceptions.map((each) => (
            <button
              key={each}
              type="button"
              disabled={each === 'excused' && register.excusesOver && person.state !== 'excused'}
              aria-pressed={person.state === each}
              aria-label={t(`state.${each}`)}
              onClick={() => register.mark(person, person.state === each ? 'present' : each)}
              className="grid size-12 scroll-mb-56 cursor-pointer place-items-center rounded-control border-[1.5px] border-edge bg-surface text-xs disabled:cursor-not-allowed disabled:border-line disabled:text-muted aria-pressed:border-ink aria-pressed:bg-ink aria-pressed:font-bold aria-pressed:text-paper"
            >
              {t(`short.${each}`)}
            </button>
          ))}
        </span>
      </div>
      {person.state === 'late' ? <Minutes person={person} register={register} /> : null}
      {person.versions.length > 1 ? <Versions person={person} register={register} /> : null}
      {error ? (
        <p role="alert" className="flex items-start gap-2 px-4 pb-2 font-bold text-bad">
          <Icon name="stop" className="mt-[0.15em] size-[1.25em]" />
          {t('rowError', { why: say(error) })}
        </p>
      ) : null}
    </li>
  );
}

/** Two said different things and neither knew of the other: both stand here until somebody says which it is. */
function Versions({ person, register }: { person: SheetPerson; register: Register }) {
  const t = useTranslations('register');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const words = ({ state, minutesLate }: SheetVersion) =>
    minutesLate ? t('lateBy', { count: minutesLate }) : t(`state.${state}`);
  return (
    <div
      role="group"
      aria-label={t('conflict.title')}
      className="mx-4 mb-3 grid grid-cols-1 gap-2 border-l-4 border-bad pl-3"
    >
      <p role="alert" className="font-bold text-bad">
        {t('conflict.title')}
      </p>
      <ul className="grid grid-cols-1 gap-2">
        {person.versions.map((version) => (
          <li key={version.id} className="flex flex-wrap items-center justify-between gap-2">
            <span>
              <b>{words(version)}</b>
              <span className="block text-sm text-muted">
                {t('by', { when: formatDateTime(locale, version.at), name: version.byName ?? t('themselves') })}
              </span>
            </span>
            <Button
              variant="secondary"
              aria-label={t('conflict.keepThis', { state: words(version) })}
              onClick={() => register.mark(person, version.state, version.minutesLate)}
            >
              {t('conflict.keep')}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What tells people apart: the year of birth, else the village; both for namesakes. */
export function PersonHint({ person, among }: { person: SheetPerson; among: readonly SheetPerson[] }) {
  const t = useTranslations('register');
  const alike = among.filter((each) => each.fullName === person.fullName).length > 1;
  const hints = [
    person.birthYear ? t('born', { year: person.birthYear }) : null,
    alike || !person.birthYear ? person.village : null,
    person.walkIn ? t('walkIn') : null,
  ];
  return <span className="text-muted">{hints.map((hint) => (hint ? <span key={hint}> · {hint}</span> : null))}</span>;
}

function Minutes({ person, register }: { person: SheetPerson; register: Register }) {
  const t = useTranslations('register');
  return (
    <div role="group" aria-label={t('minutes')} className="flex flex-wrap items-center gap-1.5 px-4 pb-2">
      <span className="text-sm">{t('minutes')}</span>
      {minutes.map((count) => (
        <button
          key={count}
          type="button"
          aria-pressed={person.minutesLate === count}
          aria-label={t('minutesOf', { count })}
          onClick={() => register.mark(person, 'late', count)}
          className="grid size-11 scroll-mb-56 cursor-pointer place-items-center rounded-control border-[1.5px] border-edge bg-surface tabular-nums aria-pressed:border-ink aria-pressed:bg-ink aria-pressed:font-bold aria-pressed:text-paper"
        >
          {count}
        </button>
      ))}
    </div>
  );
}
