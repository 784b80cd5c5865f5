import { fold } from '@/lib/kernel/text';
import type { MarkState } from './rules';
import type { PaperProblem } from './schema';

/**
 * What somebody typed from a paper sheet: the exceptions only, by the numbers printed before the names. In both languages, with or
 * without tone marks: "3 7 12 vắng, 5 trễ 15, 8 về sớm, 4 phép, +2" or "absent 3 7 12; late 15 min 5"; the letters of the sheet's
 * columns do, too ("3 7 V"). Skills by column: "k1: 3 5 7=2, 9=3" or "k2: tất cả=1". What is not understood is said, never guessed.
 */
export interface PaperSaid {
  readonly states: ReadonlyMap<number, { readonly state: MarkState; readonly minutesLate: number | null }>;
  readonly guests: number | null;
  /** Levels by column (from 1) and number; `rest` where the others who came were given one. */
  readonly levels: readonly { readonly skill: number; readonly number: number; readonly level: number }[];
  readonly rest: readonly { readonly skill: number; readonly level: number }[];
  readonly problems: readonly PaperProblem[];
}

/** How many lines and skill columns the sheet has. */
interface Lines {
  readonly people: number;
  readonly skills: number;
}

const stateWords: Readonly<Record<MarkState, readonly string[]>> = {
  absent: 'v|vang|vang mat|vang khong phep|khong phep|khong den|nghi|nghi hoc|a|absent|away|missing'.split('|'),
  excused: 'p|phep|co phep|vang phep|vang co phep|nghi phep|nghi co phep|xin phep|xin nghi|x|excused'.split('|'),
  late: 'm|tre|muon|den tre|den muon|di tre|di muon|l|late|came late'.split('|'),
  left_early: 's|som|ve som|ve truoc|e|early|left early|left'.split('|'),
  present: 'du|den du|co mat|co mat du|deu co mat|deu den|den|present|came|here'.split('|'),
};
const allWords = 'tat ca|ca lop|con lai|moi nguoi|all|everyone|rest|the rest|others'.split('|');
const fillers =
  'so|stt|va|and|no|number|numbers|nguoi|khach|khach khong ghi ten|guest|guests|people|is|are|was|were'.split('|');

type Token =
  | { readonly kind: 'number'; readonly text: string; readonly numbers: readonly number[] }
  | { readonly kind: 'guests'; readonly text: string; readonly count: number }
  | { readonly kind: 'skill'; readonly text: string; readonly skill: number }
  | { readonly kind: 'minutes'; readonly text: string; readonly minutes: number }
  | { readonly kind: 'state'; readonly text: string; readonly state: MarkState }
  | { readonly kind: 'all' | 'equals' | 'comma' | 'unknown'; readonly text: string };

const shapes = new RegExp(
  [
    String.raw`(?<guests>\+\s*\d{1,4})`,
    String.raw`(?<skill>(?<![\p{L}\p{N}])kn?\s?\d{1,2})`,
    String.raw`(?<minutes>\d{1,4}(?:\s?(?:['’′]|(?:phút|phut|ph|minutes?|mins?)(?!\p{L}))|p(?!\p{L})))`,
    String.raw`(?<range>\d{1,4}\s?[-–—]\s?\d{1,4})`,
    String.raw`(?<number>\d+)`,
    String.raw`(?<equals>=)`,
    String.raw`(?<comma>,)`,
    String.raw`(?<words>[\p{L}\p{M}]+(?:[ \t]+[\p{L}\p{M}]+)*)`,
    String.raw`(?<other>[^\s:.()#/])`,
  ].join('|'),
  'giu',
);

/** The longest run of words that means something is one token; what means nothing is told. */
function wordTokens(text: string): Token[] {
  const words = text.split(/\s+/);
  const tokens: Token[] = [];
  while (words.length > 0) {
    let taken = Math.min(words.length, 5);
    let token: Token | 'filler' | null = null;
    for (; taken > 0 && !token; taken -= 1) token = meaningOf(words.slice(0, taken).join(' '));
    const used = words.splice(0, token ? taken + 1 : 1);
    if (!token) tokens.push({ kind: 'unknown', text: used.join(' ') });
    else if (token !== 'filler') tokens.push(token);
  }
  return tokens;
}

function meaningOf(text: string): Token | 'filler' | null {
  const said = fold(text);
  if (fillers.includes(said)) return 'filler';
  if (allWords.includes(said)) return { kind: 'all', text };
  for (const state of ['absent', 'excused', 'late', 'left_early', 'present'] as const)
    if (stateWords[state].includes(said)) return { kind: 'state', text, state };
  return null;
}

const numbersOf = (text: string) => (text.match(/\d+/g) ?? []).map((digits) => Number(digits.slice(0, 6)));

function tokensOf(segment: string): Token[] {
  return [...segment.matchAll(shapes)].flatMap(({ 0: found, groups = {} }): Token[] => {
    const text = found.trim();
    const [first = 0, last = first] = numbersOf(text);
    if (groups.guests) return [{ kind: 'guests', text, count: first }];
    if (groups.skill) return [{ kind: 'skill', text, skill: first }];
    if (groups.minutes) return [{ kind: 'minutes', text, minutes: first }];
    if (groups.range && last - first >= 0 && last - first < 200)
      return [{ kind: 'number', text, numbers: Array.from({ length: last - first + 1 }, (_, at) => first + at) }];
    if (groups.number) return [{ kind: 'number', text, numbers: [first] }];
    if (groups.equals) return [{ kind: 'equals', text }];
    if (groups.comma) return [{ kind: 'comma', text }];
    if (groups.words) return wordTokens(text);
    return [{ kind: 'unknown', text }];
  });
}

/** Reads what was typed; only what is on the sheet and said without a contradiction stands, all else is a problem. */
export function readPaper(typed: string, lines: Lines): PaperSaid {
  const reader = new Reader(lines);
  for (const segment of typed
    .normalize('NFC')
    .slice(0, 4000)
    .split(/[\n\r;]+/))
    reader.read(tokensOf(segment));
  return reader.said();
}

interface NumberSaid {
  readonly number: number;
  readonly text: string;
}

const textsOf = (numbers: readonly NumberSaid[]) => [...new Set(numbers.map(({ text }) => text))];

class Reader {
  private readonly states = new Map<number, { state: MarkState; minutesLate: number | null }>();
  private readonly levels = new Map<string, { skill: number; number: number; level: number }>();
  private readonly rest = new Map<number, number>();
  private readonly problems: PaperProblem[] = [];
  private guests: number | null = null;
  /** Numbers that wait for their word, in the groups that commas make. */
  private groups: NumberSaid[][] = [[]];
  /** "vắng 3 7": the word came first. */
  private prefix: { state: MarkState; text: string; minutes: number | null } | null = null;
  private skill: number | null = null;
  private all = false;

  constructor(private readonly lines: Lines) {}

  read(tokens: readonly Token[]): void {
    for (let at = 0; at < tokens.length; at += 1) {
      const token = tokens[at];
      if (token) at += this.take(token, tokens.slice(at + 1));
    }
    this.endSegment();
  }

  /** Takes one token; says how many of those after it were used with it. */
  private take(token: Token, after: readonly Token[]): number {
    switch (token.kind) {
      case 'number':
        this.groups.at(-1)?.push(...token.numbers.map((number) => ({ number, text: token.text })));
        return 0;
      case 'comma':
        this.groups.push([]);
        return 0;
      case 'guests':
        this.sayGuests(token.count, token.text);
        return 0;
      case 'skill':
        this.endSegment();
        this.skill = token.skill;
        if (token.skill < 1 || token.skill > this.lines.skills) this.complain('unknownSkill', token.text);
        return 0;
      case 'all':
        this.all = true;
        return 0;
      case 'equals':
        return this.sayLevel(after);
      case 'state':
        return this.sayState(token, after);
      case 'minutes':
        return this.sayMinutes(token, after);
      default:
        this.complain('unknownWord', token.text);
        return 0;
    }
  }

  /** "trễ 15p 5 6": before the numbers. "4P" of nobody late is the column of excuses. */
  private sayMinutes({ text, minutes }: Extract<Token, { kind: 'minutes' }>, after: readonly Token[]): number {
    if (this.prefix?.state === 'late' && this.prefix.minutes === null && this.waiting().length === 0)
      this.prefix.minutes = minutes;
    else if (!/p$/i.test(text) || /\s|h/i.test(text)) this.complain('unclear', text);
    else {
      this.groups.at(-1)?.push({ number: minutes, text });
      return this.sayState({ kind: 'state', text, state: 'excused' }, after);
    }
    return 0;
  }

  private sayGuests(count: number, text: string): void {
    if (this.guests !== null && this.guests !== count) this.complain('saidTwice', text);
    else if (count > 1000) this.complain('unclear', text);
    else this.guests = count;
  }

  private sayState(token: Extract<Token, { kind: 'state' }>, after: readonly Token[]): number {
    if (this.skill !== null || this.prefix) {
      // Only the numbers since the last comma belong to a word that comes after them.
      const own = this.groups.pop() ?? [];
      this.endSegment();
      this.groups = [own];
    }
    const numbers = this.waiting();
    this.groups = [[]];
    if (this.all) {
      this.all = false;
      if (token.state !== 'present' || numbers.length > 0)
        this.complain('unclear', [...textsOf(numbers), token.text].join(' '));
      return 0;
    }
    if (numbers.length === 0) {
      // "Đủ" alone: nobody is missing.
      if (token.state !== 'present') this.prefix = { state: token.state, text: token.text, minutes: null };
      return 0;
    }
    const { minutes, used } = token.state === 'late' ? minutesIn(after) : { minutes: null, used: 0 };
    this.mark(numbers, token.state, minutes, token.text);
    return used;
  }

  private mark(numbers: readonly NumberSaid[], state: MarkState, minutes: number | null, text: string): void {
    if (minutes !== null && (minutes < 1 || minutes > 600))
      return this.complain('minutesShape', [...textsOf(numbers), text, minutes].join(' '));
    for (const { number, text: typed } of numbers) {
      const as = minutes === null ? typed : `${typed} ${text} ${minutes}`;
      const before = this.states.get(number);
      if (number < 1 || number > this.lines.people) this.complain('notOnSheet', as);
      else if (before && (before.state !== state || before.minutesLate !== minutes)) this.complain('saidTwice', as);
      else this.states.set(number, { state, minutesLate: minutes });
    }
  }

  private sayLevel(after: readonly Token[]): number {
    const [next] = after;
    const level = next?.kind === 'number' ? next.numbers[0] : undefined;
    const said = this.waiting();
    const { all, skill } = this;
    this.groups = [[]];
    this.all = false;
    const text = [...textsOf(said), '=', next?.text ?? ''].join(' ').trim();
    if (skill === null || (said.length === 0 && !all)) this.complain('unclear', text);
    else if (level === undefined || level > 4 || next?.text.length !== 1) this.complain('levelShape', text);
    else {
      if (all) this.sayRest(skill, level);
      for (const { number, text } of said) this.seen(skill, number, level, text);
    }
    return next?.kind === 'number' ? 1 : 0;
  }

  private sayRest(skill: number, level: number): void {
    if (skill < 1 || skill > this.lines.skills) return;
    if ((this.rest.get(skill) ?? level) !== level) this.complain('saidTwice', `k${skill}`);
    else this.rest.set(skill, level);
  }

  private seen(skill: number, number: number, level: number, text: string): void {
    const key = `${skill} ${number}`;
    if (skill < 1 || skill > this.lines.skills) return;
    if (number < 1 || number > this.lines.people) this.complain('notOnSheet', text);
    else if ((this.levels.get(key)?.level ?? level) !== level) this.complain('saidTwice', `k${skill}: ${text}`);
    else this.levels.set(key, { skill, number, level });
  }

  private endSegment(): void {
    const numbers = this.waiting();
    const { prefix, skill, all } = this;
    this.groups = [[]];
    this.prefix = null;
    this.skill = null;
    this.all = false;
    if (prefix && numbers.length > 0) this.mark(numbers, prefix.state, prefix.minutes, prefix.text);
    else if (prefix) this.complain('noNumbers', [prefix.text, prefix.minutes ?? ''].join(' ').trim());
    else if (skill !== null && (numbers.length > 0 || all))
      this.complain('levelShape', [`k${skill}:`, ...textsOf(numbers)].join(' '));
    else if (numbers.length > 0) this.complain('noWord', textsOf(numbers).join(' '));
    else if (all) this.complain('unclear', '');
  }

  private waiting = (): readonly NumberSaid[] => this.groups.flat();
  private complain = (kind: PaperProblem['kind'], text: string): void => void this.problems.push({ kind, text });

  said(): PaperSaid {
    for (const { skill, number } of this.levels.values()) {
      const state = this.states.get(number)?.state;
      if (state === 'absent' || state === 'excused') this.complain('notThere', `k${skill}: ${number}`);
    }
    const { states, guests, problems } = this;
    const rest = [...this.rest].map(([skill, level]) => ({ skill, level }));
    return { states, guests, levels: [...this.levels.values()], rest, problems };
  }
}

/** After "5 trễ": "15", "15 phút", "15p"; a number that a word follows is somebody else's. */
function minutesIn(after: readonly Token[]): { minutes: number | null; used: number } {
  const [next, then] = after;
  if (next?.kind === 'minutes') return { minutes: next.minutes, used: 1 };
  const alone = next?.kind === 'number' && next.numbers.length === 1;
  if (!alone || (then && then.kind !== 'comma')) return { minutes: null, used: 0 };
  return { minutes: next.numbers[0] ?? null, used: 1 };
}
