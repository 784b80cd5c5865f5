import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createTranslator, type AbstractIntlMessages } from 'next-intl';
import type { Locale } from './routing';

const kept = new Map<Locale, { words: AbstractIntlMessages; at: number }>();

/** All words of a language: the file name under messages/<locale>/ is the namespace. Read once per process; in development once a second. */
export function messagesOf(locale: Locale): AbstractIntlMessages {
  const known = kept.get(locale);
  if (known && (process.env.NODE_ENV === 'production' || Date.now() - known.at < 1000)) return known.words;
  const folder = path.join(process.cwd(), 'messages', locale);
  const words: AbstractIntlMessages = {};
  for (const file of readdirSync(folder)) {
    words[path.basename(file, '.json')] = JSON.parse(
      readFileSync(path.join(folder, file), 'utf8'),
    ) as AbstractIntlMessages;
  }
  kept.set(locale, { words, at: Date.now() });
  return words;
}

/** The words of a key, by its path. */
function found(words: AbstractIntlMessages | string | undefined, path: readonly string[]): string {
  const [next, ...rest] = path;
  if (next === undefined) return typeof words === 'string' ? words : '';
  return typeof words === 'object' ? found(words[next], rest) : '';
}

/** Says the words of a namespace where there is no request to tell the language: in work left to the portal. */
export function speaker(locale: Locale, namespace: string) {
  const words = messagesOf(locale)[namespace];
  return (key: string, values?: Readonly<Record<string, string | number>>): string => {
    const said = found(words, key.split('.'));
    return values ? createTranslator({ locale, messages: { said } })('said', { ...values }) : said;
  };
}
