import { elevated, type Caller, type ScopedTx } from '@/lib/access/scoped';
import { stepList } from '@/lib/step/queries';
import type { StepStanding } from '@/lib/step/schema';
import { visitConsent } from './checking';
import { earlierVisits, homesOf, lastEvents, outcomesOf, ownRounds, placesOn, skillsAtHomes } from './queries';
import type { PackedHome, PackedRound, VisitPack } from './rules';
import type { HomeLine, RoundLine } from './schema';

type Language = 'vi' | 'en';
type Rounds = readonly { readonly round: RoundLine; readonly homes: readonly HomeLine[] }[];

/** The rounds the caller goes on with their homes, as a phone takes them along. */
export async function roundsToCarry(tx: ScopedTx, language: Language, now: Date): Promise<Rounds> {
  const rounds: { round: RoundLine; homes: readonly HomeLine[] }[] = [];
  for (const round of await ownRounds(tx, language))
    rounds.push({ round, homes: await homesOf(tx, round.id, null, now) });
  return rounds;
}

/** Whom these rounds go to. */
export const peopleCarried = (rounds: Rounds): readonly string[] => [
  ...new Set(rounds.flatMap(({ homes }) => homes.flatMap(({ personId }) => personId ?? []))),
];

/** Of whom the pack of these rounds tells something, those who live with them included: whose reading is to be written down. */
export const peopleTold = (
  rounds: Rounds,
  households: ReadonlyMap<string, PackedHome['household']>,
): readonly string[] => [
  ...new Set([...peopleCarried(rounds), ...[...households.values()].flatMap((home) => home.map(({ id }) => id))]),
];

/**
 * What a helper needs at these doors, with a network or without: who lives there, what was asked, said and seen before, the last three things, what was said at earlier visits,
 * steps and skills. Never a phone number: the page shows it beside, a phone does not keep it. Households come from tasks: see the callers.
 */
export async function packedHomes(
  tx: ScopedTx,
  language: Language,
  homes: readonly HomeLine[],
  households: ReadonlyMap<string, PackedHome['household']>,
): Promise<readonly PackedHome[]> {
  const ids = homes.map(({ id }) => id);
  const said = await outcomesOf(tx, ids);
  const skills = await skillsAtHomes(tx, language, homes);
  const events = await lastEvents(tx, language, homes);
  const earlier = await earlierVisits(tx, homes);
  const steps = await stepsAtHomes(tx, [...new Set(homes.flatMap(({ personId }) => personId ?? []))]);
  const known = await tx<{ id: string; visitId: string }[]>`
    select id, visit_id from visit_operation where visit_id = any(${ids}::uuid[]) order by id`;
  return homes.map(({ phone: _phone, phoneOf: _of, toldAt: _told, rungBackAt: _back, ...home }) => ({
    ...home,
    said: said.filter(({ visitId }) => visitId === home.id).map(({ visitId: _at, ...one }) => one),
    skills: skills.filter(({ visitId }) => visitId === home.id).map(({ visitId: _at, ...one }) => one),
    events: events.filter(({ personId }) => personId === home.personId).map(({ personId: _whose, ...one }) => one),
    earlier: earlier.filter(({ visitId }) => visitId === home.id).map(({ visitId: _at, ...one }) => one),
    steps: steps.filter(({ personId }) => personId === home.personId).map(({ personId: _whose, ...one }) => one),
    household: (home.personId && households.get(home.personId)) || [],
    known: known.filter(({ visitId }) => visitId === home.id).map(({ id }) => id),
  }));
}

/** All of it as a phone takes it along. */
export async function visitPack(
  tx: ScopedTx,
  caller: Pick<Caller, 'accountId'>,
  language: Language,
  rounds: Rounds,
  households: ReadonlyMap<string, PackedHome['household']>,
): Promise<VisitPack> {
  const homes = await packedHomes(
    tx,
    language,
    rounds.flatMap((one) => one.homes),
    households,
  );
  const packed = new Map(homes.map((home) => [home.id, home]));
  const goesTo = await whereTo(tx, language, rounds);
  return {
    protocol: 1,
    account: caller.accountId,
    steps: await stepList(tx, language),
    consent: await visitConsent(tx, language),
    rounds: rounds.map(({ round, homes: own }): PackedRound => ({
      ...round,
      visits: own.flatMap(({ id }) => packed.get(id) ?? []),
      ...goesTo.get(round.id),
    })),
  };
}

/** Of each round where somebody met on the way may live, as the page asks it. */
async function whereTo(
  tx: ScopedTx,
  language: Language,
  rounds: Rounds,
): Promise<ReadonlyMap<string, Required<Pick<PackedRound, 'places' | 'home'>>>> {
  const ids = rounds.map(({ round }) => round.id);
  const into = await tx<{ id: string; areaId: number }[]>`
    select id, area_id from visit_round where id = any(${ids}::uuid[])`;
  const places = new Map<number, NonNullable<PackedRound['places']>>();
  for (const area of new Set(into.map(({ areaId }) => areaId))) places.set(area, await placesOn(tx, language, area));
  return new Map(
    into.map(({ id, areaId }) => {
      const there = places.get(areaId) ?? [];
      return [id, { places: there, home: there.some((place) => place.id === areaId) ? areaId : null }];
    }),
  );
}

/** The answers that count of people the caller visits; read as the system, since the helper looks nobody up elsewhere. */
async function stepsAtHomes(
  tx: ScopedTx,
  people: readonly string[],
): Promise<readonly (Pick<StepStanding, 'code' | 'answer' | 'source' | 'at'> & { personId: string })[]> {
  if (people.length === 0) return [];
  return elevated(tx, 'visits: steps of those the caller visits', async (system) => [
    ...(await system<(Pick<StepStanding, 'code' | 'answer' | 'source' | 'at'> & { personId: string })[]>`
      select distinct on (r.person_id, s.position, r.step_code) r.person_id, r.step_code as code, r.answer, r.source, r.at
      from step_record r join step s on s.code = r.step_code and s.retired_at is null
      where r.person_id = any(${[...people]}::uuid[])
      order by r.person_id, s.position, r.step_code, r.at desc, r.recorded_at desc, r.id desc`),
  ]);
}
