import { stopOf, standingOf, type Said } from '@/lib/step/rules';
import type { BandCounts, KnownBand, PlaceBands } from './schema';

/** From this level on something can be done, with help; from the second on alone. */
const helpedFrom = 1;
const aloneFrom = 3;

/** What is known of one person, of all records of theirs. */
export interface KnownOf {
  /** Places in classes: confirmed in one that is published and not over is being in class. */
  readonly places: readonly { readonly status: string; readonly classStatus: string; readonly endsAt: number | null }[];
  /** Marks in registers, of any kind. */
  readonly marks: number;
  /** Named at a desk. */
  readonly assists: number;
  /** Met at home, whatever they said. */
  readonly visits: number;
  /** Met or rung for a task that was about them: done, or they refused. */
  readonly works: number;
  /** What was observed; `counts` is false of what they said of themselves, and of what was seen where they stand as absent. */
  readonly observed: readonly {
    readonly skill: string;
    readonly level: number;
    readonly at: number;
    readonly id: string;
    readonly counts: boolean;
  }[];
  readonly steps: readonly Said[];
}

/**
 * The highest rung somebody stands on. Alone: every core skill at 3 or more, as seen last. With help: some skill at 1 or more. In class: a confirmed place in a
 * class that runs. Blocked: a step known to be missing. Contacted: anything else that somebody had to do with them. The SQL of the lists says the same.
 */
export function bandOf(
  known: KnownOf,
  { core, steps, now }: { readonly core: readonly string[]; readonly steps: readonly string[]; readonly now: number },
): KnownBand {
  const latest = new Map(
    known.observed
      .filter(({ counts }) => counts)
      .toSorted((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1))
      .map(({ skill, level }) => [skill, level]),
  );
  if (core.length > 0 && core.every((skill) => (latest.get(skill) ?? 0) >= aloneFrom)) return 'alone';
  if ([...latest.values()].some((level) => level >= helpedFrom)) return 'helped';
  const learns = known.places.some(
    ({ status, classStatus, endsAt }) =>
      status === 'confirmed' && classStatus === 'published' && endsAt !== null && endsAt > now,
  );
  if (learns) return 'inClass';
  if (stopOf(steps, standingOf(known.steps)) !== null) return 'blocked';
  const met =
    known.places.length + known.marks + known.assists + known.visits + known.works + known.observed.length > 0 ||
    known.steps.some(({ step }) => steps.includes(step));
  return met ? 'contacted' : 'never';
}

/** The bands of a place from what is known and what was declared: they add up to `total`, whatever is given. */
export function bandsFrom(counts: BandCounts, declared: number | null): PlaceBands {
  const known = Object.values(counts).reduce((sum, people) => sum + people, 0);
  const unknown = declared === null ? null : Math.max(0, declared - known);
  return {
    declared,
    known,
    total: known + (unknown ?? 0),
    unknown,
    counts,
    declaredTooLow: declared !== null && known > declared,
    unreached: unknown === null ? null : unknown + counts.never,
  };
}
