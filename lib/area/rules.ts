import type { AreaKind, NameKind, PlaceFound, PlaceHit } from './schema';

const called: Record<AreaKind, { vi: string; en: string }> = {
  province: { vi: 'Tỉnh', en: 'Province' },
  commune: { vi: 'Xã', en: 'Commune' },
  ward: { vi: 'Phường', en: 'Ward' },
  special_zone: { vi: 'Đặc khu', en: 'Special Zone' },
  village: { vi: 'Thôn', en: 'Village' },
  hamlet: { vi: 'Bản', en: 'Hamlet' },
  residential_group: { vi: 'Tổ dân phố', en: 'Residential Group' },
};

/** A Vietnamese name in base letters, for texts in English: Đồng Thuận → Dong Thuan. */
export function withoutMarks(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D');
}

/** The four names of a place, from its kind and the name as people say it. A kind typed along ("Thôn Đông") is not doubled. */
export function namesOf(kind: AreaKind, typed: string) {
  const { vi, en } = called[kind];
  const prefix = `${vi.toLowerCase()} `;
  const nameVi = typed.toLowerCase().startsWith(prefix) ? typed.slice(prefix.length) : typed;
  const nameEn = withoutMarks(nameVi);
  return { nameVi, nameEn, fullNameVi: `${vi} ${nameVi}`, fullNameEn: `${nameEn} ${en}` };
}

// — What a place is called, and what somebody typed —

const kindWords =
  'tinh|thanh pho|thi xa|thi tran|huyen|dac khu|phuong|xa|thon|ban|lang|xom|ap|to dan pho|tieu khu|khu pho|khu';
const leadingKind = new RegExp(`^(?:${kindWords}) (?=.)`);
/** As they are written short, only where something follows. */
const short: readonly (readonly [RegExp, string])[] = [
  [/^tdp (?=.)/, 'to dan pho '],
  [/^tk (?=.)/, 'tieu khu '],
  [/^kp (?=.)/, 'khu pho '],
  [/^tp (?=.)/, 'thanh pho '],
  [/^tx (?=.)/, 'thi xa '],
  [/^tt (?=.)/, 'thi tran '],
  [/^p (?=.)/, 'phuong '],
  [/^x (?=.)/, 'xa '],
  [/^h (?=.)/, 'huyen '],
  [/ (?:ward|commune|special zone|village|hamlet|residential group|district|town|city|province)$/, ''],
];
/** Longer is no place's name; they bound what one search can cost. Typed are up to four characters a letter: its marks may stand apart. */
const mostWords = 12;
const mostLetters = 100;
const mostTyped = 4 * mostLetters;

/** A name in base letters and single spaces, without what stands in brackets; `place_full` in the database. */
export function placeFull(name: string): string {
  return name
    .replace(/\([^)]*\)/g, ' ')
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[Đđ]/g, 'd')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** The same without the word for its kind and without leading zeros; `place_words` in the database. */
export function placeWords(name: string): string {
  return placeFull(name)
    .replace(leadingKind, '')
    .replace(/\b0+(?=[0-9])/g, '');
}

/** Words and, letter by letter, the words without it: what two names a typo apart have in common. Digits stay. */
export function nearForms(words: string): string[] {
  const without = [...words].flatMap((letter, at) =>
    /\d/.test(letter) || words.length <= 2 ? [] : [words.slice(0, at) + words.slice(at + 1)],
  );
  return [...new Set([words, ...without])];
}

/** At most one letter put in, left out, changed, or two neighbours swapped, and the same numbers. */
export function atMostOneTypo(one: string, other: string): boolean {
  if (one.replace(/\D+/g, ' ').trim() !== other.replace(/\D+/g, ' ').trim()) return false;
  let from = 0;
  while (from < one.length && one[from] === other[from]) from += 1;
  let cut = 0;
  const most = Math.min(one.length, other.length) - from;
  while (cut < most && one[one.length - 1 - cut] === other[other.length - 1 - cut]) cut += 1;
  const left = one.slice(from, one.length - cut);
  const right = other.slice(from, other.length - cut);
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}

/** What was typed, read as a place: whole, and cut in two ("thôn 3 | xã Minh Hóa") wherever it may be cut. */
export interface PlaceQuery {
  /** Base letters, short kind words written out. */
  readonly full: string;
  /** The forms a whole name may have: as typed, and without the word for its kind. */
  readonly wholes: readonly string[];
  readonly splits: readonly {
    readonly full: string;
    readonly head: string;
    readonly tailFull: string;
    readonly tail: string;
  }[];
  readonly typed: string;
}

const written = (typed: string) =>
  short.reduce((words, [pattern, long]) => words.replace(pattern, long), placeFull(typed));

const withoutKind = (full: string) => full.replace(leadingKind, '').replace(/\b0+(?=[0-9])/g, '');

/** Reads what was typed as a place, at most 12 words of 100 letters; null when there is no letter or digit in it. */
export function placeQuery(given: string): PlaceQuery | null {
  const typed = given.slice(0, mostTyped);
  const parts = typed
    .split(/[,;()–]| - /)
    .map(written)
    .filter(Boolean);
  const all = (parts.length > 1 ? parts.slice(0, 2) : parts).join(' ').slice(0, mostLetters);
  const full = all.split(' ').slice(0, mostWords).join(' ').trim();
  if (full === '') return null;
  const words = full.split(' ');
  const comma = (parts[0] ?? '').split(' ').length;
  const cuts = words.map((_, at) => at).filter((at) => (parts.length > 1 ? at === comma : at > 0));
  const splits = cuts.flatMap((at) => {
    const first = words.slice(0, at).join(' ');
    const tailFull = written(words.slice(at).join(' '));
    const tail = withoutKind(tailFull);
    return [...new Set([first, withoutKind(first)])].map((head) => ({ full: first, head, tailFull, tail }));
  });
  return { full, wholes: [...new Set([full, withoutKind(full)])], splits, typed };
}

/** Letters with their marks, wherever in the syllable the mark was put: Hoá and Hóa are one, Hoa is another. */
function marked(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .map((syllable) => {
      const letters = syllable.replace(/đ/g, 'd\u0335').normalize('NFD');
      return letters.replace(/\p{M}/gu, '') + [...letters.replace(/[^\p{M}]/gu, '')].sort().join('');
    })
    .join(' ');
}

const nameOrder: readonly NameKind[] = ['today', 'spelling', 'predecessor', 'former_district', 'former_province'];

/** 0 the very name · 1 the name of another kind of place · 2 begins so · 3 a word inside begins so · 4 a letter off; else nothing. */
function fitOf(query: PlaceQuery, hit: PlaceHit): number | null {
  const full = placeFull(hit.name);
  const words = placeWords(hit.name);
  if (hit.within !== null) {
    const tail = placeWords(hit.within);
    const fits = query.splits.flatMap((split) => {
      if (split.head === words && split.tail === tail) return full === split.full || split.full === words ? [0] : [1];
      const head = atMostOneTypo(split.head, words) || atMostOneTypo(split.full, full);
      const after = atMostOneTypo(split.tail, tail) || atMostOneTypo(split.tailFull, placeFull(hit.within ?? ''));
      if ((split.head === words && after) || (head && split.tail === tail)) return [4];
      return [];
    });
    return fits.length > 0 ? Math.min(...fits) : null;
  }
  if (full === query.full || query.full === words) return 0;
  if (query.wholes.includes(words)) return 1;
  if (query.wholes.some((whole) => words.startsWith(whole))) return 2;
  if (query.wholes.some((whole) => ` ${words}`.includes(` ${whole}`))) return 3;
  const near = atMostOneTypo(query.full, full) || query.wholes.some((whole) => atMostOneTypo(whole, words));
  return near ? 4 : null;
}

/**
 * The places meant, best first, each once: the whole name before a part of it before a letter off; the marks typed; today's name
 * before an old one; a unit before its villages. Within a rank as given. Places of one rank are told apart only by who asks.
 */
export function rankPlaces(query: PlaceQuery, hits: readonly PlaceHit[]): PlaceFound[] {
  // Marks count for something only where some were typed.
  const marks = /[^\p{ASCII}]/u.test(query.typed.normalize('NFC')) ? marked(query.typed) : null;
  const asMarked = marks === null ? '' : ` ${marks} `;
  const ranked = hits.flatMap((hit) => {
    const fit = fitOf(query, hit);
    if (fit === null) return [];
    const asTyped = marks === null || asMarked.includes(` ${marked(bare(hit.name))} `) ? 0 : 1;
    const unit = hit.unitId === null ? 0 : 1;
    const names = nameOrder.indexOf(hit.nameKind) * 10 + (hit.withinKind ? nameOrder.indexOf(hit.withinKind) : 0);
    return [{ hit, fit, order: ((fit * 2 + asTyped) * 100 + names) * 2 + unit }];
  });
  ranked.sort((one, other) => one.order - other.order);
  const found = new Map<number, PlaceFound>();
  for (const { hit, fit, order } of ranked) {
    if (found.has(hit.id)) continue;
    found.set(hit.id, {
      id: hit.id,
      isUnit: hit.unitId === null,
      label: hit.label,
      unitId: hit.unitId,
      unitLabel: hit.unitLabel,
      because: hit.nameKind === 'today' ? null : { kind: hit.nameKind, name: hit.name },
      fit: fit <= 1 ? 'exact' : fit <= 3 ? 'part' : 'typo',
      rank: order,
    });
  }
  return [...found.values()];
}

/** A name without its kind and its brackets, marks kept. */
function bare(name: string): string {
  const clear = name
    .replace(/\([^)]*\)/g, ' ')
    .normalize('NFC')
    .trim();
  const words = clear.split(/\s+/);
  const kept = placeWords(name).split(' ').length;
  return words.slice(-kept).join(' ');
}

/**
 * The one place that was surely meant: the only one of the best rank, by its whole name or all but one letter of it, or the only
 * one found at all. Null when somebody has to say which.
 */
export function placeMeant(found: readonly PlaceFound[]): PlaceFound | null {
  const [first, second] = found;
  if (!first) return null;
  if (!second) return first;
  return first.fit !== 'part' && second.rank !== first.rank ? first : null;
}
