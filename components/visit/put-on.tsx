import { useTranslations } from 'next-intl';
import type { FormAction } from '@/components/account/use-form';
import type { TaskGroup } from '@/lib/task/schema';
import type { QueueLine } from '@/lib/visit/schema';
import { useReasons, useTaskWords } from '../task/words';
import { useAsked } from './asked-words';
import { PutOnForm } from './put-on-form';

/** As many as one round takes. */
const mostShown = 40;

/**
 * Whom else a round goes to, each with why: those given to whoever goes (chosen already), those who wait for a visit, those with whom something is due.
 */
export function PutOn({
  action,
  roundId,
  waiting,
  due,
}: {
  action: FormAction;
  roundId: string;
  waiting: readonly QueueLine[];
  due: readonly (TaskGroup & { readonly theirs: boolean })[];
}) {
  const t = useTranslations('visits');
  const [words, reasons, asked] = [useTaskWords(), useReasons(), useAsked()];
  const people = due.map((group) => ({
    value: `p:${group.personId ?? ''}`,
    label: group.fullName ?? '',
    hint: [
      ...(group.theirs ? [t('givenToThem')] : []),
      group.village,
      ...reasons(group),
      ...group.tasks.map(words),
    ].join(' · '),
    ticked: group.theirs,
  }));
  const choices = [
    ...people.filter(({ ticked }) => ticked),
    ...waiting.map((one) => ({
      value: `r:${one.id}`,
      label: one.fullName,
      hint: [
        one.village,
        asked.times(one.times),
        asked.needs(one.needs),
        ...one.priority.reasons.map((reason) => t(`reasons.${reason}`)),
      ].join(' · '),
    })),
    ...people.filter(({ ticked }) => !ticked),
  ].slice(0, mostShown);
  return choices.length > 0 ? (
    <PutOnForm action={action} roundId={roundId} choices={choices} />
  ) : (
    <p className="text-muted">{t('nobodyToPutOn')}</p>
  );
}
