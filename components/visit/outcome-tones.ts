/** How loud an outcome looks; the word says it. */
export const outcomeTones = {
  done: 'good',
  not_home: 'warn',
  refused: 'plain',
  moved: 'plain',
  died: 'plain',
  unsafe: 'bad',
  wrong_details: 'warn',
} as const;
