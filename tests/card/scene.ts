import { presentCard, recordOwnReading, type RecordTx, type ScopedTx } from '@/lib/access/scoped';
import { openCard } from '@/lib/card/commands';
import { newCardCode, newId } from '@/lib/kernel/id';
import { fold, givenName } from '@/lib/kernel/text';
import type { Cast, Place } from '../support/cast';
import { asResident } from '../enrolment/scene';

export const nothingTyped = { digits: '', name: '' };

/** A try to open a card from an address, in a transaction of its own as every request is. */
export const tryCard = (code: string, typed: object, address = '10.1.1.1') =>
  asResident((tx) => openCard(tx, address, { code }, { ...nothingTyped, ...typed }));

/** Does work as the holder of a card, as the actions do. */
export const asHolder = <R>(code: string, work: (tx: ScopedTx, personId: string) => Promise<R>): Promise<R | null> =>
  asResident(async (tx) => {
    const personId = await presentCard(tx, code);
    return personId ? work(tx, personId) : null;
  });

/** Reads as the holder of a card, as the pages do. */
export const readAsHolder = <R>(code: string, work: (tx: RecordTx, personId: string) => Promise<R>) =>
  asHolder(code, async (tx, personId) => work(await recordOwnReading(tx, personId, 'card'), personId));

export interface Learner {
  personId: string;
  code: string;
}

/** Somebody with a card and a consent, of whom only what is given is known. */
export async function learner(
  cast: Cast,
  place: Place,
  known: { fullName?: string; birthYear?: number | null; phone?: string | null } = {},
): Promise<Learner> {
  const { fullName = 'Võ Thị Thử', birthYear = 1950, phone = null } = known;
  const [personId, code] = [newId(), newCardCode()];
  await cast.owner`insert into person (id, area_id, full_name, given_name, name_folded, birth_year)
    values (${personId}, ${place.villageId}, ${fullName}, ${givenName(fullName)}, ${fold(fullName)}, ${birthYear})`;
  if (phone) await cast.owner`insert into person_phone (person_id, phone) values (${personId}, ${phone})`;
  await cast.owner`insert into consent (person_id, purpose, text_version, given, how) values (${personId}, 'class', 1, true, 'self')`;
  await cast.owner`insert into card (person_id, code) values (${personId}, ${code})`;
  return { personId, code };
}
