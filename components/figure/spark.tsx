/** The months of one figure as small columns, on one scale of their own. Ornament: the table of months says the same. */
export function Spark({ values }: { values: readonly (number | null)[] }) {
  const most = Math.max(1, ...values.map((value) => value ?? 0));
  const [wide, high] = [120, 28];
  const step = wide / Math.max(1, values.length);
  return (
    <svg
      viewBox={`0 0 ${wide} ${high}`}
      preserveAspectRatio="xMinYMid meet"
      className="mt-2 block h-7 w-full max-w-48"
      aria-hidden
      focusable="false"
    >
      <line x1="0" y1={high - 0.5} x2={wide} y2={high - 0.5} stroke="var(--edge)" />
      {values.map((value, index) => {
        const size = ((high - 3) * (value ?? 0)) / most;
        return (
          <rect
            key={index}
            x={step * index + step * 0.15}
            y={high - 1 - size}
            width={step * 0.7}
            height={size}
            fill={index === values.length - 1 ? 'var(--chart-2)' : 'var(--chart-1)'}
          />
        );
      })}
    </svg>
  );
}
