/** What people, machines and attackers may put into a field. */
export const script = '<script>alert(1)</script><img src=x onerror=alert(1)>';

export const bad = {
  empty: '',
  '10 000 characters': 'a'.repeat(10_000),
  'a day that is not': '2027-02-31',
  'a day as written by hand': '31/02/2027',
  'a year to come': '2999',
  negative: '-1',
  huge: '99999999999999999999',
  'an id of nothing': '00000000-0000-4000-8000-000000000000',
  'an id of another kind': '23456789',
  SQL: "'; drop table person; --",
  'a script': script,
  'a file': new Blob(['x'], { type: 'text/plain' }),
  twice: ['1', '2'],
  NUL: 'Lê\u0000 Thị',
  emoji: '👵🏽🎉',
  NFD: 'Nguyễn Thị Hoà'.normalize('NFD'),
} as const satisfies Record<string, string | readonly string[] | Blob>;

export type BadName = keyof typeof bad;
const isBadName = (name: string): name is BadName => Object.hasOwn(bad, name);
export const badNames: readonly BadName[] = Object.keys(bad).filter(isBadName);

/** For fields nobody types in: ids and marks of the page, which only a program can spoil. */
export const forHidden: readonly BadName[] = [
  'empty',
  '10 000 characters',
  'an id of nothing',
  'an id of another kind',
  'SQL',
  'a script',
  'twice',
  'NUL',
];

export const languages = ['vi', 'en'] as const;
export type Language = (typeof languages)[number];
export const addressIn = (language: Language, address: string) => (language === 'vi' ? address : `/en${address}`);

const atOnce = 6;

/**
 * Six at a time, the next as soon as one is done: enough to keep the server busy, few enough to leave it its breath. `first` comes before
 * every third.
 */
export async function sixAtOnce<T>(
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
  first: () => Promise<unknown> = async () => {},
): Promise<void> {
  const left = items.entries();
  const oneByOne = async () => {
    // All six take from the same list.
    for (const [turn, item] of left) {
      if (turn % 3 === 0) await first();
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, oneByOne));
}
