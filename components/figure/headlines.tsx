import { useTranslations } from 'next-intl';
import { StatFigure } from '@/components/ui/figures';
import { isMonth, rateOf, type Dashboard } from '@/lib/figure/schema';
import { cellOf, useFigureWords } from './words';

/** The few figures that matter, each saying of what it is a part, what it was before, and (one tap) how it is counted. */
export function Headlines({ dashboard }: { dashboard: Dashboard }) {
  const t = useTranslations('dashboard');
  const f = useTranslations('figures');
  const { number, share } = useFigureWords();
  const { figures, before, missing } = dashboard;
  // What a figure is made of stands further down: the places below, and at the end of the way down the classes.
  const parts = dashboard.places.length > 0 ? '#places' : dashboard.classes.length > 0 ? '#classes' : undefined;
  const people = dashboard.places.length > 0 ? '#places' : '#groups';
  const now = (measure: Parameters<typeof cellOf>[1]) => cellOf(figures, measure);
  const kind = isMonth(dashboard.period) ? 'month' : 'year';
  const was = (value: string | null) => (value ? t('previous', { when: kind, value }) : null);
  const beforeOf = (measure: Parameters<typeof cellOf>[1]) => was(number(cellOf(before, measure)?.value));
  const [marks, sessions, core] = [now('attendance'), now('sessions_held'), now('core_attained')];
  const lines = (...words: (string | null)[]) =>
    words.filter(Boolean).map((line) => (
      <p key={line} className="text-muted">
        {line}
      </p>
    ));
  return (
    <section aria-labelledby="headlines">
      <h2 id="headlines" className="sr-only">
        {t('headline')}
      </h2>
      <div className="grid gap-3 min-[22rem]:grid-cols-2 sm:gap-4 xl:grid-cols-3 print:grid-cols-3">
        <StatFigure
          label={f('people_reached.name')}
          value={number(now('people_reached')?.value)}
          href={people}
          target={lines(beforeOf('people_reached'))}
          definition={f('people_reached.definition')}
        />
        <StatFigure
          label={f('core_attained.name', { skills: dashboard.coreSkills })}
          value={number(core?.value)}
          href={people}
          target={lines(core ? f('outOfSeen', { count: number(core.of) ?? '' }) : null, beforeOf('core_attained'))}
          definition={f('core_attained.definition')}
        />
        <StatFigure
          label={f('attendance.name')}
          value={share(rateOf(marks))}
          href={parts}
          target={lines(
            marks ? f('outOfMarks', { came: number(marks.value) ?? '', marked: number(marks.of) ?? '' }) : null,
            was(share(rateOf(cellOf(before, 'attendance')))),
          )}
          definition={f('attendance.definition')}
        />
        <StatFigure
          label={f('sessions_held.name')}
          value={number(sessions?.value)}
          href={parts}
          target={lines(
            sessions ? f('outOfSessions', { count: number(sessions.of) ?? '' }) : null,
            sessions ? f('classesHeld', { count: number(now('classes_held')?.value) ?? '0' }) : null,
          )}
          definition={f('sessions_held.definition')}
        />
        <StatFigure
          label={f('skills_attained.name')}
          value={number(now('skills_attained')?.value)}
          href={people}
          target={lines(beforeOf('skills_attained'))}
          definition={f('skills_attained.definition')}
        />
        <StatFigure
          label={f('registers_missing.name')}
          value={number(missing.total)}
          href={missing.total > 0 ? '#act' : undefined}
          definition={f('registers_missing.definition')}
        />
      </div>
    </section>
  );
}
