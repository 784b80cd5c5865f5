'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { isHelped } from '@/lib/register/rules';
import type { SheetSkill } from '@/lib/register/schema';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Icon } from '../ui/icons';
import { Select } from '../ui/inputs';
import { HelpGiven } from './help-given';
import { PersonHint } from './person-row';
import type { Register } from './use-register';

const allLevels = ['0', '1', '2', '3', '4'] as const;

/** One skill at a time, everybody who came below it, a level in one tap. */
export function SkillMarks({
  register,
  skills,
  levelsBefore,
}: {
  register: Register;
  skills: readonly SheetSkill[];
  levelsBefore: Readonly<Record<string, number>>;
}) {
  const t = useTranslations('register');
  const [chosen, setChosen] = useState(skills[0]?.code ?? '');
  const skill = skills.find((each) => each.code === chosen);
  if (!skill) return <EmptyState icon="hand" title={t('noSkills')} />;
  return (
    <div className="grid grid-cols-1 gap-4">
      <Select
        name="skill"
        label={t('skill')}
        hint={skill.canDo}
        value={chosen}
        onChange={(event) => setChosen(event.target.value)}
        choices={skills.map((each, index) => ({
          value: each.code,
          label: `${index + 1}/${skills.length}. ${each.title}`,
        }))}
      />
      {register.present.length === 0 ? (
        <EmptyState icon="people" title={t('nobodyCame')} />
      ) : (
        <>
          <div>
            <Button variant="secondary" icon="hand" wide onClick={() => register.allHelped(skill.code)}>
              {t('allHelped')}
            </Button>
            <p className="mt-1 text-sm text-muted">{t('allHelpedHint')}</p>
          </div>
          <ul className="-mx-4 divide-y-[1.5px] divide-line border-y-[1.5px] border-line bg-surface sm:mx-0 sm:rounded-card sm:border-x-[1.5px]">
            {register.present.map((person) => (
              <SkillRow
                key={person.id}
                register={register}
                person={person}
                skill={skill}
                before={levelsBefore[`${person.id}:${skill.code}`]}
              />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function SkillRow({
  register,
  person,
  skill,
  before,
}: {
  register: Register;
  person: Register['people'][number];
  skill: SheetSkill;
  before: number | undefined;
}) {
  const t = useTranslations('register');
  const say = useTranslations('errors');
  const here = register.levels[`${person.id}:${skill.code}`];
  const help = register.help[`${person.id}:${skill.code}`] ?? '';
  const words = (level: number | undefined) => {
    const known = allLevels.find((each) => Number(each) === level);
    return known ? `${known} ${t(`levels.${known}`)}` : '';
  };
  const error = register.errors[person.id];
  return (
    <li className="grid grid-cols-1 gap-2 px-4 py-2.5">
      <div className="leading-snug">
        <span className="block">
          <b>{person.fullName}</b> <PersonHint person={person} among={register.people} />
        </span>
        <span className="block text-sm">
          {before === undefined ? t('beforeNone') : t('before', { level: words(before) })}
          {here === undefined ? null : <b className="text-field"> · {t('now', { level: words(here) })}</b>}
        </span>
      </div>
      <div role="group" aria-label={`${person.fullName}: ${skill.title}`} className="grid grid-cols-5 gap-1.5">
        {allLevels.map((level) => (
          <button
            key={level}
            type="button"
            aria-pressed={here === Number(level)}
            onClick={() => register.observe(person, skill.code, Number(level), isHelped(Number(level)) ? help : '')}
            className="flex min-h-14 scroll-mb-56 cursor-pointer flex-col items-center justify-start rounded-control border-[1.5px] border-edge bg-surface px-0.5 py-1 leading-tight aria-pressed:border-field aria-pressed:bg-field aria-pressed:text-field-ink"
          >
            <b className="text-lg">{level}</b>
            <span className="text-center text-xs">{t(`levels.${level}`)}</span>
          </button>
        ))}
      </div>
      {here !== undefined && isHelped(here) ? (
        <HelpGiven person={person} help={help} say={(words) => register.observe(person, skill.code, here, words)} />
      ) : null}
      {error ? (
        <p role="alert" className="flex items-start gap-2 font-bold text-bad">
          <Icon name="stop" className="mt-[0.15em] size-[1.25em]" />
          {t('rowError', { why: say(error) })}
        </p>
      ) : null}
    </li>
  );
}
