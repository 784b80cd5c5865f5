/** So many days after somebody attained what a class taught, somebody looks again (mechanisms of skills). */
export const recheckDays = [30, 90] as const;
/** Nobody is sent after one that is so many days overdue. */
const expiresAfterDays = 60;
/** Older attainments are of no interest any more. */
export const oldestDays = recheckDays[1] + expiresAfterDays;

const dayMs = 86_400_000;

/** A skill somebody does alone by now: since when without a break, and in which class that began (null: at a re-check). */
export interface Attained {
  readonly skillCode: string;
  readonly since: Date;
  readonly classId: string | null;
}

/** A re-check that is due: one skill, to be seen once more. */
export interface Due {
  readonly skillCode: string;
  readonly dueAt: Date;
  readonly expiresAt: Date;
  /** The class whose last skill it counts from, and when that was seen. */
  readonly classId: string | null;
  readonly from: Date;
  /** 30 or 90 days after. */
  readonly after: (typeof recheckDays)[number];
}

/**
 * The re-check of one person that is due, the one due longest; null when none is. What was attained in one class counts from its last skill on.
 * Any re-check of them from the due day on settles it, and so does that very skill when somebody who did not teach it saw it at a visit (`atVisits`). Which skill is looked at is chance, yet the same whoever asks: the person and the day decide.
 */
export function dueOf(
  personId: string,
  attained: readonly Attained[],
  rechecks: readonly Date[],
  now: Date,
  atVisits: readonly { readonly skillCode: string; readonly at: Date }[] = [],
): Due | null {
  const groups = new Map<string, Attained[]>();
  for (const one of attained) groups.set(one.classId ?? '', [...(groups.get(one.classId ?? '') ?? []), one]);
  const due = [...groups.values()].flatMap((group) => {
    const classId = group[0]?.classId ?? null;
    const from = Math.max(...group.map(({ since }) => since.getTime()));
    return recheckDays.flatMap((after): Due[] => {
      const dueAt = from + after * dayMs;
      const expiresAt = dueAt + expiresAfterDays * dayMs;
      const codes = group.map(({ skillCode }) => skillCode).toSorted();
      const skillCode = codes[chance(`${personId} ${after} ${from}`) % codes.length] ?? '';
      const settled =
        rechecks.some((at) => at.getTime() >= dueAt) ||
        atVisits.some((seen) => seen.skillCode === skillCode && seen.at.getTime() >= dueAt);
      if (settled || now.getTime() < dueAt || now.getTime() >= expiresAt) return [];
      return [
        { skillCode, classId, from: new Date(from), dueAt: new Date(dueAt), expiresAt: new Date(expiresAt), after },
      ];
    });
  });
  return due.toSorted((one, other) => one.dueAt.getTime() - other.dueAt.getTime())[0] ?? null;
}

/** A number that a text stands for, spread evenly (FNV-1a). */
function chance(text: string): number {
  let hash = 0x811c9dc5;
  for (const sign of text) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
