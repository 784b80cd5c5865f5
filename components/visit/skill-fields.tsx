'use client';

import { useTranslations } from 'next-intl';
import { Disclosure } from '@/components/ui/disclosure';
import { Select } from '@/components/ui/inputs';
import type { skillsToAsk } from '@/lib/visit/rules';

export type SkillAsked = ReturnType<typeof skillsToAsk>[number];

const levels = ['0', '1', '2', '3', '4'] as const;
const level = (value: number | null) => levels.find((known) => known === String(value)) ?? 'none';

/** The skills seen at a visit, in a box: those due or taught before the others. */
export function SkillFields({
  skills,
  field,
  open,
}: {
  skills: readonly SkillAsked[];
  field: (name: string) => { name: string; id: string; error?: string; defaultValue: string };
  /** Something is wrong in there. */
  open: boolean;
}) {
  const t = useTranslations('visits');
  const people = useTranslations('people');
  const one = (skill: SkillAsked) => (
    <Select
      key={skill.code}
      {...field(`level.${skill.code}`)}
      label={skill.title}
      hint={(skill.isDue ? `${t('skillDue')} ` : '') + t('levelNow', { level: people(`level.${level(skill.level)}`) })}
      empty={t('notSeen')}
      choices={levels.map((value) => ({ value, label: people(`level.${value}`) }))}
    />
  );
  const [soon, others] = [skills.filter((skill) => skill.soon), skills.filter((skill) => !skill.soon)];
  return (
    <Disclosure summary={t('skills')} open={open}>
      <div className="grid gap-4">
        <p className="text-muted">{t('skillsHint')}</p>
        {soon.map(one)}
        {soon.length > 0 && others.length > 0 ? (
          <details open={open}>
            <summary className="link inline-flex min-h-target items-center font-bold">{t('otherSkills')}</summary>
            <div className="grid gap-4 pt-2">{others.map(one)}</div>
          </details>
        ) : (
          others.map(one)
        )}
      </div>
    </Disclosure>
  );
}
