import { came } from '@/lib/register/rules';
import type { SentOperation, Sheet, SheetPerson } from '@/lib/register/schema';
import { isOnRegister, type PhoneOperation, type StoredOperation } from './phone-store';

/**
 * The sheet as this phone shows it: what the portal last told, and on top every act made here that the portal's sheet does not hold
 * yet. Pure: the same acts on the same sheet give the same, whether they were sent, and how often it is done.
 */
export function sheetWith(sheet: Sheet, stored: readonly StoredOperation[]): Sheet {
  const known = new Set([...sheet.known, ...sheet.people.flatMap((person) => person.marks)]);
  return stored
    .map(({ operation }) => operation)
    .filter(isOnRegister)
    .filter((operation) => operation.sessionId === sheet.id && !known.has(operation.id))
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1))
    .reduce(withOperation, sheet);
}

function withOperation(sheet: Sheet, said: SentOperation): Sheet {
  const at = new Date(said.at);
  switch (said.kind) {
    case 'start': {
      const startedAt = sheet.startedAt && sheet.startedAt < at ? sheet.startedAt : at;
      const people = sheet.people.map((person) =>
        person.state === null ? { ...person, state: 'present' as const, byDefault: true } : person,
      );
      return { ...sheet, startedAt, people };
    }
    case 'finish':
      return { ...sheet, finishedAt: sheet.finishedAt ?? at };
    case 'guests':
      return { ...sheet, guests: said.count };
    case 'observe': {
      const key = `${said.personId}:${said.skillCode}`;
      const levelsHere = { ...sheet.levelsHere, [key]: said.level };
      return { ...sheet, levelsHere, helpHere: { ...sheet.helpHere, [key]: said.help ?? '' } };
    }
    default: {
      const marked = sheet.people.map((person) => (person.id === said.personId ? withMark(person, said) : person));
      return { ...sheet, people: said.kind === 'walk_in' ? withWalkIn(sheet, marked, said) : marked };
    }
  }
}

type SentMark = Extract<SentOperation, { kind: 'mark' | 'walk_in' }>;

function withMark(person: SheetPerson, said: SentMark): SheetPerson {
  const state = said.state ?? 'present';
  const settles = person.versions.every(({ id }) => said.after?.includes(id));
  return {
    ...person,
    state,
    minutesLate: state === 'late' ? (said.minutesLate ?? null) : null,
    byDefault: false,
    marks: [said.id, ...person.marks],
    versions: settles ? [] : person.versions,
  };
}

function withWalkIn(
  sheet: Sheet,
  people: readonly SheetPerson[],
  said: Extract<SentOperation, { kind: 'walk_in' }>,
): readonly SheetPerson[] {
  if (people.some((person) => person.id === said.personId)) return people;
  const { personId: id, fullName } = said;
  const person: SheetPerson = {
    id,
    fullName,
    birthYear: Number(said.birthYear) || null,
    village: sheet.villages.find((each) => each.id === said.areaId)?.name ?? '',
    state: null,
    minutesLate: null,
    byDefault: false,
    walkIn: true,
    marks: [],
    versions: [],
  };
  return [...people, withMark(person, said)];
}

/** How many of those on the sheet stand as having come. */
export const presentOf = (people: readonly SheetPerson[]) =>
  people.filter((person) => person.state !== null && came(person.state));

/** Of whom an act is, where one of these sheets tells it. */
export const nameIn = (sheets: readonly Sheet[], operation: PhoneOperation): string | undefined =>
  'personId' in operation
    ? sheets.flatMap(({ people }) => people).find(({ id }) => id === operation.personId)?.fullName
    : undefined;
