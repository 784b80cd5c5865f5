import { growsStill, mayShift, type Frame, type Line, type Shift } from './frame';
import { isSafe, isSmall, type Over } from './schema';

/** What may have been otherwise: in a value, its whole, or both. */
export interface Move {
  readonly value: Shift | null;
  readonly of: Shift | null;
}

/** The spans whose numbers a move changes. */
function touchedBy({ value, of }: Move): readonly number[] {
  if (value === null || of === null || value === of) return (value ?? of)?.touches ?? [];
  return [...new Set([...value.touches, ...of.touches])];
}

/** What of a cell may be worked out; `rest`: what the value leaves of the whole. */
export const sides = ['value', 'of', 'rest'] as const;
export type Side = (typeof sides)[number];

/** By how much a move changes a side of a span. */
export function effect({ value, of }: Move, span: number, side: Side): number {
  const [one, all] = [value?.by[span] ?? 0, of?.by[span] ?? 0];
  if (side === 'rest') return all - one;
  return side === 'value' ? one : all;
}

/** The numbers of one place for a measure in everybody's tier, and what may have been otherwise there. */
export class Place {
  readonly moves: Move[] = [];
  /** By span: whether some move changes the value, the whole, and what the one leaves of the other. */
  private readonly changed: Readonly<Record<Side, Uint8Array>>;
  /** By span: whether it is hidden though no move of the place is known to change it. */
  private readonly forced: Uint8Array;
  readonly size: number;

  constructor(
    readonly frame: Frame,
    readonly over: Over,
    readonly value: Line,
    readonly of: Line,
    /** Whether few of the whole without the value are to be hidden too. */
    readonly restTells: boolean,
    /** What was counted for the parent itself and is shown nowhere. */
    readonly isOwn: boolean,
    /** What is known anyhow: spans that were told for good, and the whole, where another measure decides whether it is told. */
    private readonly known: { readonly spans: ReadonlySet<number>; readonly whole: boolean },
    /** Of how things stand, what only grows. */
    readonly grows: readonly ('value' | 'of')[] = [],
    /** Whether a move leaves what another measure's numbers say of this one's true. */
    private readonly isWithin: (move: Move) => boolean = () => true,
  ) {
    const flags = () => new Uint8Array(frame.spans.length);
    this.changed = { value: flags(), of: flags(), rest: flags() };
    this.forced = flags();
    this.size = of.at.reduce((sum, count) => sum + count, 0);
  }

  private isSmallIn(span: number): boolean {
    return !isSafe(this.value.told[span] ?? 0, this.of.told[span] ?? 0, this.restTells);
  }

  isHidden(span: number): boolean {
    const { value, of, rest } = this.changed;
    return value[span] === 1 || of[span] === 1 || rest[span] === 1 || this.forced[span] === 1 || this.isSmallIn(span);
  }

  /** Hides a span, for a reason that is not found here. */
  force(span: number): void {
    if ((this.of.told[span] ?? 0) > 0 && !this.known.spans.has(span)) this.forced[span] = 1;
  }

  get forcedSpans(): readonly number[] {
    return this.frame.spans.flatMap((_, nth) => (this.forced[nth] === 1 ? [nth] : []));
  }

  /** The sides of a span that are hidden but could be worked out: nothing changes them. */
  bare(span: number): Side[] {
    if (this.isOwn ? !this.isSmallIn(span) : !this.isHidden(span)) return [];
    const [value = 0, of = 0] = [this.value.told[span], this.of.told[span]];
    const asked = { value: value > 0, of: of > 0 && !this.known.whole, rest: this.restTells && isSmall(of - value) };
    return sides.filter((side) => asked[side] && this.changed[side][span] !== 1);
  }

  isActive(slot: number): boolean {
    return (this.of.at[slot] ?? 0) > 0;
  }

  /** Whether it may have been so, as far as the numbers of periods tell. */
  allows(move: Move): boolean {
    if (move.of && this.known.whole) return false;
    const { spans } = this.known;
    if (spans.size > 0 && touchedBy(move).some((nth) => spans.has(nth))) return false;
    if (move.value && !mayShift(this.over, this.value, move.value)) return false;
    if (move.of && !mayShift(this.over, this.of, move.of)) return false;
    for (const side of this.grows) {
      const shift = move[side];
      if (shift && !growsStill(this[side], shift)) return false;
    }
    if (!this.isWithin(move)) return false;
    if (move.value === move.of) return true;
    // A value stays within its whole, and so it does in each half-month of what adds up.
    const rest = (side: 'at' | 'told', nth: number) => (this.of[side][nth] ?? 0) - (this.value[side][nth] ?? 0);
    const touched = [
      ...(move.value && !move.of ? move.value.take : []),
      ...(move.of && !move.value ? move.of.give : []),
    ];
    if (this.over !== 'distinct' && touched.some((slot) => rest('at', slot) < 1)) return false;
    return touchedBy(move).every((nth) => rest('told', nth) + effect(move, nth, 'rest') >= 0);
  }

  apply(move: Move): void {
    if (this.moves.some(({ value, of }) => value === move.value && of === move.of)) return;
    this.moves.push(move);
    for (const nth of touchedBy(move))
      for (const side of sides) if (effect(move, nth, side) !== 0) this.changed[side][nth] = 1;
  }

  /** What is lost by a move: numbers that would be hidden for it, more where the place is large; and that it fills what is known to be empty. */
  cost(move: Move): number {
    if (this.isOwn) return 0;
    const { give, take } = move.of ?? move.value ?? { give: [], take: [] };
    let lost = [...give, ...take].every((slot) => this.isActive(slot)) ? 0 : 40;
    for (const nth of touchedBy(move))
      if ((this.of.told[nth] ?? 0) > 0 && !this.isHidden(nth)) lost += this.frame.spans[nth]?.weight ?? 0;
    return lost * Math.log2(4 + this.size);
  }

  /** How often a shift could be made; any number of times by whoever gives nothing. */
  holds({ value, of }: Move): number {
    const one = value ?? of;
    const line = value ? this.value : this.of;
    return Math.min(...(one?.give ?? []).map((slot) => line.at[slot] ?? 0));
  }
}
