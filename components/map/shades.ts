/** The five shades of a map from least to most, each with the ink that reads on it. Whole class names, so that they are found. */
export const shadeClass: Readonly<Record<number, string>> = {
  1: 'bg-step-1 text-step-ink',
  2: 'bg-step-2 text-step-ink',
  3: 'bg-step-3 text-step-ink',
  4: 'bg-step-4 text-step-ink-deep',
  5: 'bg-step-5 text-step-ink-deep',
};

/** The same for shapes, and for the words on them. */
export const shapeClass: Readonly<Record<number, { shape: string; words: string }>> = {
  1: { shape: 'fill-step-1', words: 'fill-step-ink' },
  2: { shape: 'fill-step-2', words: 'fill-step-ink' },
  3: { shape: 'fill-step-3', words: 'fill-step-ink' },
  4: { shape: 'fill-step-4', words: 'fill-step-ink-deep' },
  5: { shape: 'fill-step-5', words: 'fill-step-ink-deep' },
};

/** Where a figure is kept back, and where there is none. */
export const signs = { hidden: '*', missing: '—' } as const;
