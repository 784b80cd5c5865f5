import { setImmediate as breathe } from 'node:timers/promises';
import { z } from 'zod';
import type { ScopedTx } from '@/lib/access/scoped';
import { dayOf } from '@/lib/kernel/clock';
import { day, optionalText, wholeNumber } from '@/lib/kernel/input';
import { phoneHint } from '@/lib/kernel/phone';
import { fold } from '@/lib/kernel/text';
import { addPeople } from '@/lib/person/commands';
import { consentVersions, peopleToCompare } from '@/lib/person/queries';
import { likelyFrom, likeness, type Described } from '@/lib/person/rules';
import { correctInput, type NewPerson } from '@/lib/person/schema';
import { oneOf } from './cells';
import { kindOf, type Blame, type Parsed, type Tell } from './kinds';
import { placesOfMine } from './places';
import { typedDay, yearTyped, type ListRow } from './rules';

const genders = {
  female: ['nữ', 'female', 'f', 'gái', 'bà', 'cô'],
  male: ['nam', 'male', 'm', 'trai', 'ông'],
  other: ['khác', 'other'],
};
const phoneOwners = {
  self: ['chính chủ', 'của mình', 'bản thân', 'mình', 'self', 'own'],
  relative: ['người thân', 'người nhà', 'con', 'cháu', 'relative', 'family'],
};

/** The same rules as when somebody is written down by hand; besides, the evidence that they agreed on paper. */
const resident = z.object({
  fullName: correctInput.shape.fullName,
  birthYear: z.preprocess(
    (typed) => (typeof typed === 'string' ? yearTyped(typed) : typed),
    correctInput.shape.birthYear,
  ),
  gender: oneOf(genders, 'genderWord'),
  phone: correctInput.shape.phone,
  phoneOf: oneOf(phoneOwners, 'phoneOfWord'),
  village: optionalText(120),
  unit: optionalText(120),
  consentOn: z
    .string('consentDayMissing')
    .min(1, 'consentDayMissing')
    .transform(typedDay)
    .pipe(day)
    .refine((typed) => typed <= dayOf(new Date()), 'consentDayAhead'),
  consentVersion: wholeNumber(1, 1000, 'consentVersionUnknown'),
});
type Resident = z.output<typeof resident>;

/** So long others wait at most while rows are gone through. */
const mostMsAtOnce = 25;

/** Most people of one family and given name that are compared with a row. */
const mostCompared = 200;

/** Who is there already or stands further up, by family and given name, so that only those who may be one are compared. */
class Known {
  readonly #people = new Map<string, (Described & { areaId: number })[]>();
  #key = (name: string) => `${name.split(' ')[0] ?? ''} ${name.split(' ').at(-1) ?? ''}`;

  add(person: Described & { areaId: number }): void {
    const key = this.#key(person.name);
    const all = this.#people.get(key);
    if (!all) this.#people.set(key, [person]);
    else if (all.length < mostCompared) all.push(person);
  }

  /** Whether somebody so like this one is there that a person has to say they are two. */
  has(person: Described & { areaId: number }): boolean {
    return (this.#people.get(this.#key(person.name)) ?? []).some(
      (other) => (likeness(person, other, person.areaId === other.areaId)?.score ?? 0) >= likelyFrom,
    );
  }
}

async function describe(tx: ScopedTx) {
  const placeOf = await placesOfMine(tx, 'person.write');
  const versions = await consentVersions(tx);
  return { placeOf, versions };
}

type Around = Awaited<ReturnType<typeof describe>>;

/** Where somebody lives: a village, or the unit when no village is said. */
const homeOf = ({ village = '', unit = '' }: Partial<Resident>, { placeOf }: Around) =>
  placeOf(village || unit, village ? unit : '');

const described = (row: Resident, areaId: number) => ({
  name: fold(row.fullName),
  birthYear: row.birthYear ?? null,
  phoneHint: row.phone ? phoneHint(row.phone) : null,
  areaId,
});

/** The words agreed to exist, and were in use on the day of signing. */
function consentKnown(line: ListRow, row: Partial<Resident>, { versions }: Around, blame: Blame): void {
  if (row.consentVersion === undefined) return;
  const from = versions.get(row.consentVersion);
  if (from === undefined) blame(line, 'consentVersion', 'consentVersionUnknown');
  else if (row.consentOn !== undefined && row.consentOn < from) blame(line, 'consentOn', 'consentBeforeWords');
}

async function check(tx: ScopedTx, rows: readonly Parsed<Resident>[], blame: Blame, tell: Tell): Promise<void> {
  const around = await describe(tx);
  const there = new Known();
  const above = new Known();
  for (const person of await peopleToCompare(tx)) there.add(person);
  let breathed = Date.now();
  for (const [at, { line, row, whole }] of rows.entries()) {
    // By the clock: a name that is looked up may take as long as a thousand rows.
    if (Date.now() - breathed > mostMsAtOnce) {
      await breathe();
      breathed = Date.now();
    }
    if (at % 500 === 0) await tell(at, rows.length);
    consentKnown(line, row, around, blame);
    const home = homeOf(row, around);
    if ('wrong' in home) {
      blame(line, row.village ? 'village' : 'unit', row.village || row.unit ? home.wrong : 'placeMissing');
      continue;
    }
    if (!whole) continue;
    const person = described(whole, home.id);
    if (there.has(person)) blame(line, 'fullName', 'likelyThere', true);
    else if (above.has(person)) blame(line, 'fullName', 'likelyTwice', true);
    above.add(person);
  }
}

/** Residents of one's own areas. */
export const residents = kindOf<Resident>({
  kind: 'residents',
  may: 'person.write',
  mostRows: 20_000,
  columns: {
    fullName: { required: true, also: ['Họ tên', 'Tên', 'Name'] },
    birthYear: { also: ['Ngày sinh', 'Sinh năm', 'Born', 'Date of birth', 'Birth year'] },
    gender: { also: ['Giới', 'Sex'] },
    phone: { also: ['SĐT', 'Số điện thoại', 'ĐT', 'Phone number'] },
    phoneOf: {},
    village: { also: ['Thôn', 'Bản', 'Tổ dân phố', 'Thôn/bản', 'Hamlet'] },
    unit: { also: ['Xã', 'Phường', 'Commune', 'Ward', 'Unit'] },
    consentOn: { required: true },
    consentVersion: { required: true },
  },
  schema: resident,
  cells: resident.partial(),
  check: (tx, _caller, rows, blame, tell) => check(tx, rows, blame, tell),
  async write(tx, caller, rows, tell) {
    const around = await describe(tx);
    const people = rows.flatMap((row): NewPerson[] => {
      const home = homeOf(row, around);
      if ('wrong' in home) return [];
      const { fullName, birthYear, gender, phone, phoneOf = 'self', consentOn, consentVersion } = row;
      return [
        {
          fullName,
          birthYear: birthYear ?? null,
          gender: gender ?? null,
          phone: phone ?? null,
          phoneOf: phoneOf ?? 'self',
          areaId: home.id,
          consent: { how: 'paper', version: consentVersion, on: consentOn },
        },
      ];
    });
    for (let at = 0; at < people.length; at += 500) {
      const refused = await addPeople(tx, caller, people.slice(at, at + 500));
      if (refused) return refused;
      await tell(at, people.length);
    }
  },
});
