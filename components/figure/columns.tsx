import { cx } from '@/components/ui/cx';

/** One month of the picture: what stands under it, how high, and the figure as it is written and in words. */
type Point = { label: string; value: number | null; number: string; words: string };

/**
 * Columns drawn on the server, their words as large as any: seen without JavaScript and on paper. Ornament; the table beside it carries the figures.
 * `scale`: the largest of all pictures beside it.
 */
export function Columns({ points, scale = 1 }: { points: readonly Point[]; scale?: number }) {
  const most = Math.max(scale, ...points.map(({ value }) => value ?? 0));
  // On a phone there is no room for large numbers beside each other: the largest alone.
  const isLeftOut = (value: number | null) => most > 999 && value !== most;
  return (
    <div className="flex h-44 text-sm sm:h-60" aria-hidden>
      {points.map(({ label, value, number, words }) => (
        <div key={label} title={words} className="flex min-w-0 flex-1 flex-col items-center justify-end">
          <span className={cx('font-bold', isLeftOut(value) && 'invisible sm:visible')}>{number}</span>
          {/* What the two lines of words leave; filled by a picture, since paper leaves backgrounds out. */}
          <svg className="w-4/5 max-w-12" style={{ height: `calc((100% - 3rem) * ${(value ?? 0) / most})` }}>
            <rect width="100%" height="100%" rx="3" fill="var(--chart-1)" />
          </svg>
          <span className="w-full border-t-[1.5px] border-edge text-center">{label.split('/')[0]}</span>
        </div>
      ))}
    </div>
  );
}
