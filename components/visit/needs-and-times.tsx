import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Checkbox } from '@/components/ui/choices';
import { FieldSet } from '@/components/ui/field';
import { visitNeeds, visitTimes } from '@/lib/visit/schema';

/** What help is wanted with, and when somebody is at home: several of each, as `values` of a form sent before say. */
export function NeedsAndTimes({
  needsError,
  timesError,
  needs = '',
  times = '',
  askTimes = true,
}: {
  needsError: ReactNode;
  timesError: ReactNode;
  needs?: string | undefined;
  times?: string | undefined;
  askTimes?: boolean;
}) {
  const t = useTranslations('visitWords');
  const [chosenNeeds, chosenTimes] = [needs.split(','), times.split(',')];
  return (
    <>
      <FieldSet id="needs" legend={t('needsAsked')} hint={t('several')} error={needsError}>
        <div className="grid gap-2.5 md:grid-cols-2">
          {visitNeeds.map((need) => (
            <Checkbox
              key={need}
              name="needs"
              value={need}
              label={t(`need.${need}`)}
              defaultChecked={chosenNeeds.includes(need)}
              aria-invalid={needsError ? true : undefined}
            />
          ))}
        </div>
      </FieldSet>
      {askTimes ? (
        <FieldSet id="times" legend={t('timesAsked')} hint={t('timesHint')} error={timesError}>
          <div className="grid gap-2.5 md:grid-cols-3">
            {visitTimes.map((time) => (
              <Checkbox
                key={time}
                name="times"
                value={time}
                label={t(`time.${time}`)}
                defaultChecked={chosenTimes.includes(time)}
                aria-invalid={timesError ? true : undefined}
              />
            ))}
          </div>
        </FieldSet>
      ) : null}
    </>
  );
}
