import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const languages = ['vi', 'en'] as const;

type Words = Record<string, string>;

/** Every message of a file as `a.b.c` → its words. */
function flat(value: unknown, at = ''): Words {
  if (typeof value === 'string') return { [at]: value };
  if (typeof value !== 'object' || value === null) throw new Error(`${at} is not words`);
  return Object.assign({}, ...Object.entries(value).map(([key, inner]) => flat(inner, at ? `${at}.${key}` : key)));
}

const filesOf = (language: string) => fs.readdirSync(path.join(root, 'messages', language)).sort();
const wordsOf = (language: string, file: string): Words =>
  flat(JSON.parse(fs.readFileSync(path.join(root, 'messages', language, file), 'utf8')));

/** The names a message takes in (`{name}`, `{count, plural, …}` and inside its branches) and its tags. */
function placeholders(words: string): string[] {
  const found = new Set([...words.matchAll(/<(\w+)>/g)].map(([tag]) => tag));
  // Braces open in turn: a name, a branch of it, a name in the branch…
  let branch = false;
  const open: boolean[] = [];
  for (const { 0: piece, index } of words.matchAll(/[{}]/g)) {
    if (piece === '}') {
      branch = open.pop() ?? false;
      continue;
    }
    open.push(branch);
    if (branch) {
      branch = false;
      continue;
    }
    const [, name = '', more] = /^\{\s*(\w+)\s*(,)?/.exec(words.slice(index)) ?? [];
    found.add(name);
    branch = more === ',';
  }
  return [...found].sort();
}

function sourceOf(...folders: string[]): { file: string; code: string }[] {
  return folders.flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => ({
        file: path.join(folder, file),
        code: fs.readFileSync(path.join(root, folder, file), 'utf8'),
      })),
  );
}

describe('words on screen', () => {
  it('come in the same files in both languages', () => {
    expect(filesOf('en')).toEqual(filesOf('vi'));
  });

  it.each(filesOf('vi'))('%s has the same keys and placeholders in both, and nothing empty', (file) => {
    const [vi, en] = [wordsOf('vi', file), wordsOf('en', file)];
    expect(Object.keys(en).sort()).toEqual(Object.keys(vi).sort());
    const differing = Object.keys(vi).filter(
      (key) => placeholders(vi[key] ?? '').join() !== placeholders(en[key] ?? '').join(),
    );
    expect(differing, 'other placeholders').toEqual([]);
    for (const words of [vi, en]) expect(Object.keys(words).filter((key) => words[key]?.trim() === '')).toEqual([]);
  });

  it('are of a namespace that some page uses', () => {
    const code = sourceOf('app', 'components', 'lib')
      .map((source) => source.code)
      .join('\n');
    const unused = filesOf('vi')
      .map((file) => path.basename(file, '.json'))
      .filter((name) => !new RegExp(`(Translations\\(|namespace: |messages\\.|\\{ ui, )['"]?${name}\\b`).test(code));
    expect(unused).toEqual([]);
  });
});

/** Message keys in the code: what `refuse` says and what the schemas of forms say. */
function keysInCode(): { key: string; file: string }[] {
  const shapes = [
    /\brefuse(?:AndKeep)?\(\s*'(\w+)'/g,
    /\brefused: '(\w+)'/g,
    /\bmessage: '(\w+)'/g,
    /\berror: '(\w+)' \}\)/g,
    /\breason: '(\w+)'/g,
    // In schemas: the last argument of a check, a bare argument of a type, and the pieces of lib/kernel/input.ts.
    /\.(?:min|max|int|regex|refine|length)\((?:[^()'/]|\([^()]*\)|\/(?:[^/\\\n]|\\.)+\/u?)*'(\w+)',?\s*\)/g,
    /\bz(?:\.coerce)?\.(?:string|number|uuid|int)\('(\w+)'\)/g,
    /\bz\.(?:enum|literal|array)\([^'()]*(?:\([^()]*\))?[^'()]*, '(\w+)'\)/g,
    /\b(?:text|wholeNumber|listOf|personName)\([^'\n]*'(\w+)'/g,
  ];
  return [...sourceOf('lib'), ...sourceOf('app').filter(({ file }) => file.endsWith('actions.ts'))].flatMap(
    ({ file, code }) =>
      shapes.flatMap((shape) => [...code.matchAll(shape)].map(([, key]) => ({ key: key ?? '', file }))),
  );
}

describe('refusals', () => {
  // What only programs are told, what stands for another refusal, and the screen that asks for a look at what was typed.
  const notWords = new Set(['signIn', 'forbidden', 'ours', 'check']);

  it.each(languages)('all have their words (%s)', (language) => {
    const known = wordsOf(language, 'errors.json');
    const keys = keysInCode();
    expect(keys.length).toBeGreaterThan(150);
    const missing = keys.filter(({ key }) => !(key in known) && !notWords.has(key));
    expect(missing).toEqual([]);
  });

  it('leave no words that nobody says', () => {
    const code = sourceOf('lib', 'app', 'components', 'db')
      .map((source) => source.code)
      .join('\n');
    const silent = Object.keys(wordsOf('vi', 'errors.json')).filter((key) => !code.includes(`'${key}'`));
    expect(silent).toEqual([]);
  });
});

describe('words a page asks for', () => {
  /** Every `t('key')` whose namespace is said in the same file. */
  function asked(): { key: string; file: string }[] {
    return sourceOf('app', 'components').flatMap(({ file, code }) => {
      const speakers = [...code.matchAll(/(\w+) = (?:await )?(?:use|get)Translations\('([\w.]+)'\)/g)];
      return speakers.flatMap(([, speaker, namespace]) =>
        speakers.filter(([, other]) => other === speaker).length > 1
          ? []
          : [...code.matchAll(new RegExp(`\\b${speaker}(?:\\.rich)?\\('([\\w.]+)'`, 'g'))].map(([, key]) => ({
              key: `${namespace}.${key}`,
              file,
            })),
      );
    });
  }

  it.each(languages)('are all there (%s)', (language) => {
    const known = new Set(
      filesOf(language).flatMap((file) =>
        Object.keys(wordsOf(language, file)).map((key) => `${path.basename(file, '.json')}.${key}`),
      ),
    );
    const keys = asked();
    expect(keys.length).toBeGreaterThan(300);
    expect(keys.filter(({ key }) => !known.has(key))).toEqual([]);
  });
});
