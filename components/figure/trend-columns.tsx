'use client';

import { Bar, BarChart, LabelList, ResponsiveContainer, Tooltip, XAxis } from 'recharts';
import type { Point } from './columns';

const words = { fill: 'var(--ink)', fontSize: 14 };

/** The months as columns one can point at. The table beside it says the same to those who do not see it. */
export default function TrendColumns({ points }: { points: readonly Point[] }) {
  return (
    <div aria-hidden className="h-full w-full">
      <ResponsiveContainer width="100%" height="100%">
        <BarChart data={[...points]} margin={{ top: 22, right: 0, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <XAxis
            dataKey="label"
            tick={words}
            tickFormatter={(label: string) => label.split('/')[0] ?? label}
            tickLine={false}
            stroke="var(--edge)"
            interval={0}
            height={24}
          />
          <Tooltip
            cursor={{ fill: 'var(--sunk)' }}
            content={({ active, payload }) => {
              const point: unknown = payload?.[0]?.payload;
              return active && isPoint(point) ? (
                <p className="rounded-control border-[1.5px] border-edge bg-surface px-3 py-1 text-sm">
                  <b>{point.label}</b>: {point.words}
                </p>
              ) : null;
            }}
          />
          <Bar dataKey="value" fill="var(--chart-1)" radius={3} maxBarSize={48} isAnimationActive={false}>
            <LabelList dataKey="value" position="top" fill="var(--ink)" fontSize={14} fontWeight={700} />
          </Bar>
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

function isPoint(value: unknown): value is Point {
  return typeof value === 'object' && value !== null && 'label' in value && 'words' in value;
}
