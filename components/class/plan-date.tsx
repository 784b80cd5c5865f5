import { useTranslations } from 'next-intl';
import { TextInput } from '@/components/ui/inputs';
import { StatusPill } from '@/components/ui/pill';

/** A verdict in the reader's words: with which class it clashes, or whose day off it is. */
export interface VerdictView {
  verdict: 'fine' | 'fewSeats' | 'dayOff' | 'venueTaken' | 'past';
  because: string;
}

/** The fields of a move, as the form sends them. */
export const moveNames = (day: string): [string, string] => [`moves.${day}.day`, `moves.${day}.time`];

const tones = { fine: 'good', fewSeats: 'warn', dayOff: 'warn', venueTaken: 'bad', past: 'bad' } as const;

/** What is to be known of a date. `out`: it is left out though nothing stands in its way. */
export function VerdictPill({ told, out }: { told: VerdictView; out?: boolean }) {
  const t = useTranslations('planning');
  const { verdict, because } = told;
  const byChoice = out === true && (verdict === 'fine' || verdict === 'fewSeats');
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      <StatusPill tone={byChoice ? 'plain' : tones[verdict]}>
        {byChoice ? t('leftOut') : t(`verdict.${verdict}`)}
      </StatusPill>
      {because ? <span className="min-w-0">{because}</span> : null}
    </span>
  );
}

/** Another day or time for one date, closed until it is asked for; once looked at again, with the verdict of where it went. */
export function MoveFields({
  day,
  words,
  moved,
  before,
  error,
}: {
  day: string;
  words: string;
  moved: (VerdictView & { words: string }) | null;
  before: (name: string) => string | undefined;
  error: (name: string) => string | undefined;
}) {
  const t = useTranslations('planning');
  const [dayName, timeName] = moveNames(day);
  const open = moved !== null || error(dayName) !== undefined || error(timeName) !== undefined;
  return (
    <details open={open || undefined}>
      <summary className="link inline-flex min-h-target cursor-pointer items-center text-sm">
        {t('move')}
        <span className="sr-only">: {words}</span>
      </summary>
      {moved ? (
        <div className="mb-2 grid gap-1">
          <b className="tabular-nums">{t('movedTo', { when: moved.words })}</b>
          <VerdictPill told={moved} />
        </div>
      ) : null}
      <div className="flex flex-wrap gap-3 pb-2">
        <TextInput
          name={dayName}
          type="date"
          label={t('moveDay')}
          width="date"
          defaultValue={before(dayName)}
          error={error(dayName)}
        />
        <TextInput
          name={timeName}
          type="time"
          label={t('moveTime')}
          optional
          width="short"
          defaultValue={before(timeName)}
          error={error(timeName)}
        />
      </div>
    </details>
  );
}
