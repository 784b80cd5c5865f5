import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const namesIn = (file: string, pattern: RegExp) =>
  [...readFileSync(file, 'utf8').matchAll(pattern)].map(([, name]) => name).sort();

test('every icon a page may name is drawn, and nothing is drawn that no page may name', () => {
  const drawn = namesIn('components/ui/icons.svg', /<symbol id="([a-z]+)"/g);
  const named = namesIn('components/ui/icons.tsx', /^ {2}'([a-z]+)',$/gm);
  expect(named.length).toBeGreaterThan(20);
  expect(named).toEqual(drawn);
});
