import { phoneHint } from '../../../lib/kernel/phone';
import { fold, givenName } from '../../../lib/kernel/text';
import type { Row } from '../connection';
import { idOf } from '../ids';
import type { Dice } from './dice';
import { inventName } from './names';
import type { Place, Village } from './places';

export interface Person {
  id: string;
  villageId: number;
  fullName: string;
  birthYear: number | null;
  gender: string | null;
  phone: string | null;
  phoneOfRelative: boolean;
  /** How easily they learn and how surely they come, 0 to 1. */
  ability: number;
  reliability: number;
  /** Where they are by now, per skill. */
  levels: Map<string, number>;
  courses: Set<string>;
  /** The last day of the class they are in. */
  busyUntil: string;
  joined: number;
  /** What is written about them, once they came or signed up. */
  record: { person: Row; consent: Row } | null;
}

/** Ages weighted to those the movement is for: six in ten are 60 and over. */
type Ages = readonly [from: number, to: number];
const ages: readonly [readonly [Ages, number], ...(readonly [Ages, number])[]] = [
  [[60, 69], 34],
  [[70, 79], 21],
  [[80, 91], 6],
  [[45, 59], 22],
  [[28, 44], 11],
  [[16, 27], 6],
];

/** One number each of a block nobody has, those that begin with 0900 0; villages are numbered by unit, a hundred each. */
function inventPhone(village: Village, at: number): string {
  const [unit, number] = [Math.floor((village.id - 1_000_000) / 100) - 1, (village.id % 100) - 1];
  return `+849000${String(unit * 1200 + number * 100 + at).padStart(5, '0')}`;
}

/** Everybody who might come, by village; only those who do are written. */
export function makePeople(place: Place, thisYear: number, dice: Dice): Person[] {
  return place.villages.flatMap((village) => {
    const count = place.rich ? dice.int(20, 28) : dice.int(9, 13);
    const people: Person[] = [];
    for (let at = 1; at <= count; at += 1) people.push(makePerson(place, village, at, thisYear, dice, people.at(-1)));
    return people;
  });
}

function makePerson(
  place: Place,
  village: Village,
  at: number,
  thisYear: number,
  dice: Dice,
  neighbour: Person | undefined,
): Person {
  const [from, to] = dice.weighted(ages);
  const age = dice.int(from, to);
  const gender = dice.chance(0.58) ? 'female' : 'male';
  const shares = neighbour?.phone && !neighbour.phoneOfRelative && dice.chance(0.22);
  const own = dice.chance(age >= 75 ? 0.35 : 0.7) ? inventPhone(village, at) : null;
  const easy = age >= 75 ? 0.45 : age >= 60 ? 0.6 : 0.8;
  return {
    id: idOf(`demo/person/${village.id}/${at}`),
    villageId: village.id,
    fullName: inventName(dice, gender, place.mountain),
    birthYear: dice.chance(0.06) ? null : thisYear - age,
    gender: dice.chance(0.04) ? null : gender,
    phone: shares ? neighbour.phone : own,
    phoneOfRelative: Boolean(shares),
    ability: Math.min(1, Math.max(0, easy + dice.between(-0.45, 0.45))),
    reliability: dice.between(0.6, 0.99),
    levels: new Map(),
    courses: new Set(),
    busyUntil: '',
    joined: 0,
    record: null,
  };
}

export interface PersonRows {
  person: Row[];
  person_phone: Row[];
  consent: Row[];
}

export interface FirstContact {
  at: Date;
  how: string;
  representative: string | null;
  takenBy: string | null;
}

/** Writes somebody down when they come or sign up, with the consent they gave for it at the first time. */
export function meet(person: Person, contact: FirstContact, rows: PersonRows): void {
  if (person.record === null) {
    person.record = { person: personRow(person), consent: consentRow(person) };
    rows.person.push(person.record.person);
    rows.consent.push(person.record.consent);
    if (person.phone !== null) {
      const belongsTo = person.phoneOfRelative ? 'relative' : 'self';
      rows.person_phone.push({ person_id: person.id, phone: person.phone, belongs_to: belongsTo });
    }
  }
  const { person: row, consent } = person.record;
  if (row.created_at instanceof Date && row.created_at <= contact.at) return;
  row.created_at = contact.at;
  Object.assign(consent, {
    how: contact.how,
    representative: contact.representative,
    taken_by: contact.takenBy,
    at: contact.at,
  });
}

function personRow(person: Person): Row {
  return {
    id: person.id,
    area_id: person.villageId,
    full_name: person.fullName,
    given_name: givenName(person.fullName),
    name_folded: fold(person.fullName),
    birth_year: person.birthYear,
    gender: person.gender,
    phone_hint: person.phone === null ? null : phoneHint(person.phone),
    created_at: null,
  };
}

function consentRow(person: Person): Row {
  return {
    id: idOf(`demo/consent/${person.id}`),
    person_id: person.id,
    purpose: 'class',
    text_version: 1,
    given: true,
  };
}
