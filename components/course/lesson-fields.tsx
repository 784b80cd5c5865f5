import { useTranslations } from 'next-intl';
import { Hidden } from '@/components/class/act-form';
import { Checkbox } from '@/components/ui/choices';
import { Disclosure } from '@/components/ui/disclosure';
import { FieldSet } from '@/components/ui/field';
import { TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { lessonField, type LessonTyped } from '@/lib/course/rules';

/** A skill of the catalogue as it may be ticked for a lesson. */
export interface SkillChoice {
  code: string;
  domain: string;
  title: string;
  canDo: string;
  core: boolean;
}

/** One lesson of the form: what it is called, how long it takes, what one can do after it, and the buttons that move it. */
export function LessonFields({
  at,
  count,
  lesson,
  skills,
  errors,
  cameHere,
}: {
  at: number;
  count: number;
  lesson: LessonTyped;
  skills: readonly SkillChoice[];
  errors: Readonly<Record<string, string>>;
  /** A button was pressed that brought this lesson here. */
  cameHere: boolean;
}) {
  const t = useTranslations('course');
  const number = at + 1;
  const field = (name: 'titleVi' | 'titleEn' | 'minutes') => ({
    name: lessonField(name, at),
    defaultValue: lesson[name],
    error: errors[lessonField(name, at)],
  });
  const taught = skills.filter(({ code }) => lesson.skills.includes(code));
  const wrong = errors[lessonField('skills', at)];
  const move = (act: 'up' | 'down' | 'remove') => (
    <SubmitButton
      name="step"
      value={`${act}-${number}`}
      variant="quiet"
      icon={act === 'remove' ? 'cross' : act}
      pendingLabel={t('form.working')}
    >
      {t(`form.${act}`)}
      <span className="sr-only">: {t('form.lesson', { number })}</span>
    </SubmitButton>
  );
  return (
    <li>
      <fieldset className="grid min-w-0 gap-4 rounded-card border-2 border-edge p-4 sm:p-5">
        <legend className="px-2 text-lg font-bold">{t('form.lesson', { number })}</legend>
        {lesson.lineageId ? <Hidden fields={{ [lessonField('lineageId', at)]: lesson.lineageId }} /> : null}
        <div className="grid gap-4 lg:grid-cols-[1fr_1fr_8rem]">
          <TextInput {...field('titleVi')} label={t('form.lessonVi')} maxLength={200} autoFocus={cameHere} />
          <TextInput {...field('titleEn')} label={t('form.lessonEn')} optional maxLength={200} lang="en" />
          <TextInput {...field('minutes')} label={t('form.minutes')} inputMode="numeric" width="short" />
        </div>
        {taught.length > 0 ? (
          <div>
            <p className="font-bold">{t('form.canDo')}</p>
            <ul className="list-disc pl-6">
              {taught.map(({ code, canDo }) => (
                <li key={code}>{canDo}</li>
              ))}
            </ul>
          </div>
        ) : null}
        <Disclosure summary={t('form.skillsChosen', { count: taught.length })} open={wrong !== undefined}>
          <FieldSet
            id={lessonField('skills', at)}
            legend={<span className="sr-only">{t('form.skillsOf', { number })}</span>}
            error={wrong}
          >
            {[...new Set(skills.map(({ domain }) => domain))].map((domain) => (
              <fieldset key={domain} className="min-w-0">
                <legend className="font-bold">{domain}</legend>
                {skills
                  .filter((skill) => skill.domain === domain)
                  .map(({ code, title, canDo }) => (
                    <Checkbox
                      key={code}
                      name={lessonField('skills', at)}
                      value={code}
                      plain
                      label={
                        <>
                          {code} · {title}
                          <span className="block text-sm text-muted">{canDo}</span>
                        </>
                      }
                      defaultChecked={lesson.skills.includes(code)}
                      aria-invalid={wrong ? true : undefined}
                    />
                  ))}
              </fieldset>
            ))}
          </FieldSet>
        </Disclosure>
        <div className="flex flex-wrap gap-x-2">
          {at > 0 ? move('up') : null}
          {at < count - 1 ? move('down') : null}
          {count > 1 ? move('remove') : null}
        </div>
      </fieldset>
    </li>
  );
}
