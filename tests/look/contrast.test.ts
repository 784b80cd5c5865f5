import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync('app/globals.css', 'utf8');

function block(from: string): Map<string, string> {
  const found = css.split(`/* ${from} */`)[1]?.split('/* end */')[0] ?? '';
  return new Map([...found.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6});/g)].map((hit) => [hit[1] ?? '', hit[2] ?? '']));
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const grounds = ['paper', 'surface', 'sunk'];
const tints = ['lotus-tint', 'field-tint', 'info-tint', 'warn-tint', 'bad-tint'];
/** Words and the grounds they may stand on: WCAG AAA, 7 to 1. */
const words: [string, string[]][] = [
  ['ink', [...grounds, ...tints]],
  ['muted', [...grounds, ...tints]],
  ['lotus', [...grounds, 'lotus-tint', 'field-tint']],
  ['field', [...grounds, 'field-tint']],
  ['info', ['paper', 'surface', 'info-tint']],
  ['warn', ['paper', 'surface', 'warn-tint']],
  ['bad', ['paper', 'surface', 'sunk', 'bad-tint']],
  ['action-ink', ['action', 'action-press']],
  ['field-ink', ['field']],
  ['sun-ink', ['sun']],
  ['deep-ink', ['deep']],
  ['step-ink', ['step-1', 'step-2', 'step-3']],
  ['step-ink-deep', ['step-4', 'step-5']],
];
/** Edges of controls, and marks of charts: 3 to 1. */
const shapes: [string, string[]][] = [
  ['edge', grounds],
  ['focus', grounds],
  ...[1, 2, 3, 4, 5].map((mark): [string, string[]] => [`chart-${mark}`, ['paper', 'surface']]),
];

describe.each(['light', 'dark', 'contrast'])('the %s theme', (theme) => {
  const tokens = block(`tokens:${theme}`);
  const colour = (name: string) => tokens.get(name) ?? '#808080';
  test.each(words.flatMap(([word, on]) => on.map((ground) => [word, ground])))(
    '%s reads on %s at 7 to 1',
    (word, ground) => {
      expect(ratio(colour(word), colour(ground))).toBeGreaterThanOrEqual(7);
    },
  );
  test.each(shapes.flatMap(([shape, on]) => on.map((ground) => [shape, ground])))(
    '%s is seen on %s at 3 to 1',
    (shape, ground) => {
      expect(ratio(colour(shape), colour(ground))).toBeGreaterThanOrEqual(3);
    },
  );
});

test.each(['dark', 'contrast'])('without JavaScript the device gets the very same %s theme', (theme) => {
  expect(block(`tokens:${theme}`).size).toBeGreaterThan(30);
  expect(block(`copy:${theme}`)).toEqual(block(`tokens:${theme}`));
});
