'use client';

import dynamic from 'next/dynamic';
import { useEffect, useState, type ReactNode } from 'react';
import type { Point } from './columns';

const load = () => import('./trend-columns');
const TrendColumns = dynamic(load, { ssr: false });

/** Shows what the server drew, and once the chart's code is there the chart one can point at. Nothing moves: both are as high. */
export function TrendChart({ points, children }: { points: readonly Point[]; children: ReactNode }) {
  const [ready, setReady] = useState(false);
  useEffect(() => {
    let here = true;
    void load()
      .then(() => here && setReady(true))
      .catch(() => undefined);
    return () => {
      here = false;
    };
  }, []);
  return <div className="h-44 w-full sm:h-60">{ready ? <TrendColumns points={points} /> : children}</div>;
}
