import type { DeclaredSaid, DeclaredValue, FigureCell, IndicatorValue, IndicatorVersion } from './schema';

const nothing = { value: null, of: null, hidden: false, source: null, asOf: null, computedAt: null };

const named = ({ code, nameVi, nameEn, unit, kind }: IndicatorVersion) =>
  ({ code, nameVi, nameEn, unit, kind: kind === 'computed' ? 'computed' : 'declared' }) as const;

/** The sum, or null where one of them is missing. */
const sum = (numbers: readonly (number | null)[]) =>
  numbers.reduce<number | null>((total, one) => (total === null || one === null ? null : total + one), 0);

/**
 * A computed indicator from the cells of one area and period. Several groups of a measure share nobody and are added up; one hidden among
 * them hides the whole. No cell at all means nothing can be said. `eligible` is how many people of its group live there, where that is known
 * whole. Reads no declared figure.
 */
export function computedValue(
  version: IndicatorVersion,
  cells: readonly FigureCell[],
  eligible: number | null,
): IndicatorValue {
  const own = cells.filter(({ measure, grp }) => measure === version.measure && version.groups.includes(grp));
  if (version.kind !== 'computed' || own.length === 0) return { ...named(version), ...nothing };
  const value = sum(own.map((cell) => cell.value));
  const computedAt = own.reduce((latest, cell) => (cell.computedAt > latest ? cell.computedAt : latest), new Date(0));
  if (value === null) return { ...named(version), ...nothing, hidden: true, computedAt };
  const counted = version.whole === 'figure' ? sum(own.map((cell) => cell.denominator)) : null;
  // More people than are said to live there: one of the two is wrong, so no share is made of them.
  const whole = version.whole === 'eligible' ? (eligible !== null && eligible >= value ? eligible : null) : counted;
  return { ...named(version), ...nothing, value, of: whole, computedAt };
}

/**
 * One declared indicator of an area: its own word, else the sum of the units below once all of them have spoken, of the earliest of their days; before that no
 * sum, since it would read as the whole, but how many have spoken. Sources are words of Vietnamese papers, as those that people type.
 */
export function declaredTogether(said: readonly DeclaredSaid[], units: number): DeclaredValue | null {
  const own = said.find((one) => one.own);
  if (own) return own;
  const [first, ...others] = said;
  if (!first) return null;
  const { code } = first;
  if (said.length < units)
    return {
      code,
      value: null,
      denominator: null,
      source: `${said.length}/${units} xã, phường, đặc khu đã khai`,
      asOf: null,
    };
  return {
    code,
    value: said.reduce((total, { value }) => total + value, 0),
    denominator: sum(said.map(({ denominator }) => denominator)),
    source: `Cộng số đã khai của ${units} xã, phường, đặc khu`,
    asOf: others.reduce((earliest, { asOf }) => (asOf < earliest ? asOf : earliest), first.asOf),
  };
}

/** A declared indicator from what was said last. Reads no figure. */
export function declaredValue(version: IndicatorVersion, said: DeclaredValue | undefined): IndicatorValue {
  if (version.kind !== 'declared' || !said) return { ...named(version), ...nothing };
  const { value, denominator, source, asOf } = said;
  return { ...named(version), ...nothing, value, of: denominator, source, asOf };
}

/** As it is compared with a target: a count, or per cent of the whole. Null where nothing can be said. */
export function shownValue(
  shownAs: 'count' | 'share',
  { value, of }: Pick<IndicatorValue, 'value' | 'of'>,
): number | null {
  if (shownAs === 'count' || value === null) return value;
  return of !== null && of > 0 ? (100 * value) / of : null;
}
