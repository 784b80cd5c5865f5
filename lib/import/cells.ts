import { z } from 'zod';
import type { TaughtIn } from '@/lib/class/schema';
import { wordFor } from './rules';

/** One of some words, or nothing said. */
export const oneOf = <W extends string>(words: Readonly<Record<W, readonly string[]>>, wrong: string) =>
  z
    .string()
    .default('')
    .transform((typed) => (typed === '' ? undefined : (wordFor(typed, words) ?? null)))
    .refine((word) => word !== null, wrong);

/** Some of some words, with commas or semicolons between them, each once; nothing said is none. */
export const someOf = <W extends string>(words: Readonly<Record<W, readonly string[]>>, wrong: string) =>
  z
    .string()
    .default('')
    .transform((typed, context): W[] => {
      const said = typed.split(/[;,\n]/).filter((one) => one.trim() !== '');
      const known = said.flatMap((one) => wordFor(one, words) ?? []);
      if (known.length < said.length) context.addIssue({ code: 'custom', message: wrong });
      return [...new Set(known)];
    });

/** How people write the languages classes are taught in. */
export const spoken: Readonly<Record<TaughtIn, readonly string[]>> = {
  vi: ['tiếng Việt', 'việt', 'vietnamese', 'vi', 'kinh'],
  bru: ['Bru', 'Bru–Vân Kiều', 'Vân Kiều', 'Bru Van Kieu'],
  pako: ['Pa Kô', 'Pakô', 'Pako'],
};
