import { useLocale, useTranslations } from 'next-intl';
import { cx } from '@/components/ui/cx';
import { Badge } from '@/components/ui/pill';
import { Icon, skillIcon } from '@/components/ui/icons';
import { formatDate } from '@/lib/i18n/format';
import { currentLevel } from '@/lib/person/rules';
import type { ObservedSkill } from '@/lib/person/schema';

/** The level of one skill: its words, and four squares that only repeat them. */
function Level({ level }: { level: number | null }) {
  const t = useTranslations('people');
  return (
    <span className="inline-flex items-center gap-2.5">
      <span aria-hidden className="inline-flex gap-1">
        {[1, 2, 3, 4].map((step) => (
          <span
            key={step}
            className={cx(
              'size-3.5 rounded-[4px] border-[1.5px]',
              level !== null && level >= step ? 'border-field bg-field' : 'border-edge',
            )}
          />
        ))}
      </span>
      <span className={cx('text-sm', level !== null && level >= 3 && 'font-bold')}>
        {t(`level.${level ?? 'none'}`)}
      </span>
    </span>
  );
}

/** Each skill with its level of independence, by domain; the history of one opens in place. */
export function SkillGrid({ skills }: { skills: readonly ObservedSkill[] }) {
  const t = useTranslations('people');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const domains = [...new Set(skills.map((skill) => skill.domain))];
  return (
    <div className="grid gap-5 xl:grid-cols-2">
      {domains.map((domain) => {
        const inIt = skills.filter((skill) => skill.domain === domain);
        return (
          <section key={domain} className="rounded-card border-[1.5px] border-line bg-surface">
            <h3 className="flex items-center gap-2.5 border-b-[1.5px] border-line px-4 py-2.5 font-bold">
              <Icon name={skillIcon(inIt[0]?.code ?? '')} className="size-6 text-field" />
              {domain}
            </h3>
            <ul className="divide-y-[1.5px] divide-line">
              {inIt.map((skill) => (
                <li key={skill.code} className="px-4 py-2">
                  <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
                    <span className="min-w-0 grow basis-48">
                      {skill.title} {skill.core ? <Badge>{t('core')}</Badge> : null}
                    </span>
                    <Level level={currentLevel(skill)} />
                  </div>
                  {skill.history.length > 0 ? (
                    <details className="mt-1">
                      <summary className="link inline-flex min-h-8 items-center text-sm">
                        {t('history', { count: skill.history.length })}
                      </summary>
                      <ol className="grid gap-1 pt-1 text-sm">
                        {skill.history.slice(0, 20).map((one) => (
                          <li key={one.at.toISOString()}>
                            <span className="tabular-nums">{formatDate(locale, one.at)}</span> ·{' '}
                            <b>{t(`level.${one.level}`)}</b> · {t(`source.${one.source}`)}
                            {one.by ? ` · ${one.by}` : null}
                            {one.help ? ` · ${one.help}` : null}
                          </li>
                        ))}
                      </ol>
                    </details>
                  ) : null}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
