import type { Caller, ScopedTx } from '@/lib/access/scoped';
import { newId } from '@/lib/kernel/id';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { firstRefusal, recordOperations } from './commands';
import { readPaper } from './paper';
import { paperSheetOf } from './paper-sheets';
import { came, type MarkState } from './rules';
import type { PaperEntry, PaperLine, PaperProblem, PaperSheet, Sheet, SheetPerson } from './schema';
import { registerSheet } from './sheets';

interface PaperMark {
  readonly number: number | null;
  readonly personId: string;
  readonly fullName: string;
  readonly state: MarkState;
  readonly minutesLate: number | null;
  /** What stands in the register now; null where it was not begun. */
  readonly was: MarkState | null;
  /** Named on the sheet, yet not on the roll any more: they come in as walk-ins. */
  readonly walksIn: boolean;
}

/** What saving a sheet would do. Nothing of it is written yet. */
export interface PaperChanges {
  readonly problems: readonly PaperProblem[];
  /** Everybody the sheet speaks of, by number: exceptions and what differs from the register. */
  readonly marks: readonly PaperMark[];
  readonly levels: readonly { number: number; personId: string; fullName: string; skillCode: string; level: number }[];
  readonly rest: readonly { skillCode: string; level: number }[];
  readonly guests: number | null;
  readonly counts: Readonly<Record<'present' | 'late' | 'excused' | 'absent', number>>;
  /** Of whom the sheet says nothing: who joined after it was printed, who has left the class. */
  readonly ask: readonly { personId: string; fullName: string; number: number | null }[];
}

/** Reads what was typed against the sheet's own numbers and the register as it stands (pure). */
export function paperChanges(paper: PaperSheet, register: Sheet, typed: string): PaperChanges {
  const said = readPaper(typed, { people: paper.lines.length, skills: paper.skills.length });
  const here = new Map(register.people.map((person) => [person.id, person]));
  const named = new Set([...said.states.keys(), ...said.levels.map(({ number }) => number)]);
  const marks: PaperMark[] = [];
  const ask: PaperChanges['ask'][number][] = [];
  const counts = { present: 0, late: 0, excused: 0, absent: 0 };
  for (const line of paper.lines) {
    const person = line.personId === null ? undefined : here.get(line.personId);
    const { state, minutesLate } = said.states.get(line.number) ?? { state: 'present' as const, minutesLate: null };
    if (line.personId === null || (!person && named.has(line.number) && !came(state))) continue;
    if (!person && !named.has(line.number)) {
      ask.push({ personId: line.personId, fullName: line.fullName, number: line.number });
      continue;
    }
    counts[state === 'left_early' ? 'present' : state] += 1;
    const { number, personId, fullName } = line;
    const mark = { number, personId, fullName, state, minutesLate, was: person?.state ?? null, walksIn: !person };
    if (said.states.has(number) || !person || differs(mark, person, register)) marks.push(mark);
  }
  const onPaper = new Set(paper.lines.map(({ personId }) => personId));
  for (const person of register.people)
    if (!onPaper.has(person.id) && person.marks.length === 0)
      ask.push({ personId: person.id, fullName: person.fullName, number: null });
  return { problems: said.problems, marks, guests: said.guests, counts, ask, ...levelsOf(paper, said) };
}

/** Whether saying so changes the register: beginning it marks everybody present, and of two versions saying one settles it. */
function differs(mark: PaperMark, person: SheetPerson, register: Sheet): boolean {
  const stands = person.state ?? (register.startedAt ? null : 'present');
  return stands !== mark.state || person.minutesLate !== mark.minutesLate || person.versions.length > 1;
}

function levelsOf(paper: PaperSheet, said: ReturnType<typeof readPaper>) {
  const codeOf = (skill: number) => paper.skills[skill - 1]?.code;
  const lineOf = (number: number): PaperLine | undefined => paper.lines[number - 1];
  const levels = said.levels.flatMap(({ skill, number, level }) => {
    const [skillCode, line] = [codeOf(skill), lineOf(number)];
    if (!skillCode || !line?.personId) return [];
    return [{ number, personId: line.personId, fullName: line.fullName, skillCode, level }];
  });
  const rest = said.rest.flatMap(({ skill, level }) => {
    const skillCode = codeOf(skill);
    return skillCode ? [{ skillCode, level }] : [];
  });
  return { levels, rest };
}

/**
 * Records a paper sheet as operations, all or nothing: the register begins, what the sheet says otherwise is marked, and it is done. A
 * mark replaces those that were shown (`seen`); where somebody else marked meanwhile, both are told. Refused: not one's own (`notFound`),
 * another sheet, anything not understood, whoever is not accounted for, and what the register refuses.
 */
export async function recordPaper(tx: ScopedTx, form: PaperEntry, caller: Caller): Promise<Refusal | null> {
  const register = await registerSheet(tx, form.sessionId, 'vi');
  if (!register?.mayRecord) return refuse('notFound');
  const paper = await paperSheetOf(tx, register, form.sheet, 'vi');
  if (!paper) return refuse('sheetUnknown', 'sheet');
  const changes = paperChanges(paper, register, form.said);
  if (changes.problems.length > 0) return refuse('paperUnclear', 'said');
  const unsaid = changes.ask.find(({ personId }) => form[`came.${personId}`] === undefined);
  if (unsaid) return refuse('chooseWhoCame', `came.${unsaid.personId}`);
  const operations = operationsOf(paper, register, changes, form);
  return firstRefusal(await recordOperations(tx, operations, caller));
}

function operationsOf(paper: PaperSheet, register: Sheet, changes: PaperChanges, form: PaperEntry): object[] {
  const here = new Map(register.people.map((person) => [person.id, person]));
  const seen = new Set(form.seen);
  const answered = changes.ask.flatMap(({ personId, fullName, number }): PaperMark[] => {
    const state = form[`came.${personId}`] === 'yes' ? 'present' : 'absent';
    const walksIn = !here.has(personId);
    return walksIn && state === 'absent'
      ? []
      : [{ number, personId, fullName, state, minutesLate: null, was: here.get(personId)?.state ?? null, walksIn }];
  });
  const marks = [...changes.marks, ...answered].filter((mark) => {
    const person = here.get(mark.personId);
    return !person || differs(mark, person, register);
  });
  const away = new Set([...changes.marks, ...answered].flatMap((mark) => (came(mark.state) ? [] : mark.personId)));
  const there = paper.lines.flatMap(({ personId }) =>
    personId !== null && here.has(personId) && !away.has(personId) ? [personId] : [],
  );
  const levels = [...changes.levels, ...restLevels(changes, there)].filter(
    ({ personId, skillCode, level }) => register.levelsHere[`${personId}:${skillCode}`] !== level,
  );
  const said: object[] = [
    ...(register.startedAt ? [] : [{ kind: 'start' }]),
    ...marks.map((mark) => markOf(mark, here.get(mark.personId), seen, register.areaId)),
    ...levels.map(({ personId, skillCode, level }) => ({ kind: 'observe', personId, skillCode, level })),
    ...(changes.guests === null ? [] : [{ kind: 'guests', count: changes.guests }]),
    ...(register.finishedAt ? [] : [{ kind: 'finish' }]),
  ];
  const at = new Date().toISOString();
  const why = form.why ? { why: form.why } : {};
  return said.map((content) => ({ id: newId(), sessionId: register.id, at, ...content, ...why }));
}

function markOf(mark: PaperMark, person: SheetPerson | undefined, seen: ReadonlySet<string>, areaId: number): object {
  const { personId, fullName, state, minutesLate, walksIn } = mark;
  const after = (person?.marks ?? []).filter((id) => seen.has(id));
  const late = minutesLate === null ? {} : { minutesLate };
  return walksIn
    ? { kind: 'walk_in', personId, fullName, areaId, state, after, ...late }
    : { kind: 'mark', personId, state, after, ...late };
}

/** "All others": who came and was given no level of their own in that skill. */
function restLevels(changes: PaperChanges, there: readonly string[]) {
  const given = new Set(changes.levels.map(({ personId, skillCode }) => `${personId}:${skillCode}`));
  return changes.rest.flatMap(({ skillCode, level }) =>
    there
      .filter((personId) => !given.has(`${personId}:${skillCode}`))
      .map((personId) => ({ personId, skillCode, level })),
  );
}
