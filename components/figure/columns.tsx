/** One month of the picture: what stands under it, how high, and the figure in words. */
export type Point = { label: string; value: number | null; words: string };

const wide = 600;
const high = 200;
const foot = 24;
const head = 22;

/** Columns drawn on the server: seen without JavaScript and on paper. Ornament; the table beside it carries the figures. */
export function Columns({ points }: { points: readonly Point[] }) {
  const most = Math.max(1, ...points.map(({ value }) => value ?? 0));
  const step = wide / Math.max(1, points.length);
  const bar = Math.min(48, step * 0.62);
  return (
    <svg viewBox={`0 0 ${wide} ${high}`} className="block h-full w-full" aria-hidden focusable="false">
      <line x1="0" y1={high - foot} x2={wide} y2={high - foot} stroke="var(--edge)" strokeWidth="1.5" />
      {points.map(({ label, value }, index) => {
        const middle = step * (index + 0.5);
        const size = ((high - foot - head) * (value ?? 0)) / most;
        return (
          <g key={label} fontSize="14" textAnchor="middle" fill="var(--ink)">
            <rect x={middle - bar / 2} y={high - foot - size} width={bar} height={size} rx="3" fill="var(--chart-1)" />
            <text x={middle} y={high - foot - size - 6} fontWeight="700">
              {value ?? '—'}
            </text>
            <text x={middle} y={high - 6}>
              {label.split('/')[0]}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
