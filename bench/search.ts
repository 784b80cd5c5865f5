// How long a search for a place takes, with 5 000 villages made for the bench alone.
import { closePool, openScoped } from '../lib/access/scoped';
import { findPlaces } from '../lib/area/queries';
import { fillUnits, otherSpelling, throwsOf, units, unmarked, withTypo } from '../tests/area/world';
import { figure, type Section } from './measure';
import type { Stage } from './stage';

const villages = 5000;
const asked = 300;
const rounds = 5;
const bar = 20;
const seed = Number(process.env.SEED ?? 20_261_122);

function queries(planted: readonly { name: string; unit: string }[], dice: (below: number) => number) {
  const all = units();
  const unit = () => all[dice(all.length)]?.fullNameVi ?? '';
  const village = () => planted[dice(planted.length)] ?? { name: '', unit: '' };
  const aliases = all.flatMap(({ aliases: names }) => names.map(({ name }) => name));
  const both = () => (({ name, unit: inUnit }) => `${name}, ${inUnit}`)(village());
  const makes: Record<string, () => string> = {
    'a unit': unit,
    'a unit, without marks': () => unmarked(unit()).toLowerCase(),
    'a unit, the other spelling, decomposed': () => otherSpelling(unit()).normalize('NFD'),
    'an old name': () => aliases[dice(aliases.length)] ?? '',
    'a village alone': () => village().name,
    'a village and its unit': both,
    'a village and its unit, without marks or comma': () => unmarked(both()).replace(',', ''),
    'a unit, one typo': () => withTypo(unit(), dice),
    'a village and its unit, one typo': () =>
      (({ name, unit: inUnit }) => `${name}, ${withTypo(inUnit, dice)}`)(village()),
    'nothing there is': () => `${'zxwqj'[dice(5)]}${unmarked(unit()).slice(3)} ${dice(900)}`,
  };
  return Object.entries(makes).map(([how, make]) => ({
    how,
    typed: Array.from({ length: asked / Object.keys(makes).length }, make),
  }));
}

const at = (sorted: readonly number[], part: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

/** Time from the call to the answer, transaction, role and rights included, one after the other. */
export async function search(stage: Stage): Promise<Section[]> {
  const dice = throwsOf(seed);
  const kindsOfQuery = queries(await fillUnits(stage.sql, villages, dice), dice);
  process.env.DATABASE_URL = stage.databaseUrl;
  const ask = (typed: string) => openScoped('read only', 'camtay_public', '', (tx) => findPlaces(tx, 'vi', typed));
  for (const { typed } of kindsOfQuery) for (const one of typed.slice(0, 10)) await ask(one);
  const taken = new Map<string, number[]>(kindsOfQuery.map(({ how }) => [how, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const { how, typed } of kindsOfQuery)
      for (const one of typed) {
        const began = performance.now();
        await ask(one);
        taken.get(how)?.push(performance.now() - began);
      }
  await closePool();
  // Each query's quickest of its rounds: what it takes when nothing else on the machine comes between.
  const undisturbed = kindsOfQuery.flatMap(({ how, typed }) =>
    typed.map((_, one) =>
      Math.min(...(taken.get(how) ?? []).filter((__, position) => position % typed.length === one)),
    ),
  );
  const sorted = (times: readonly number[]) => times.toSorted((a, b) => a - b);
  const row = (how: string, times: readonly number[]) => {
    const all = sorted(times);
    return [how, String(all.length), figure(at(all, 0.5), 1), figure(at(all, 0.95), 1), figure(all.at(-1) ?? 0, 1)];
  };
  const every = [...taken.values()].flat();
  const p95 = at(sorted(every), 0.95);
  const calm = at(sorted(undisturbed), 0.95);
  return [
    {
      title: 'Search for a place',
      how: `${villages} villages under the 78 units, all but the demo's made for this bench (seed ${seed}), with the real predecessors, districts and spellings. ${asked} different queries, each ${rounds} times, one after the other, after warming up; time of the whole call in the portal's process, with its transaction and the public role. Accuracy is a test: tests/area/search.test.ts.`,
      head: ['what is typed', 'times', 'p50 ms', 'p95 ms', 'most ms'],
      rows: [
        ...[...taken].map(([how, times]) => row(how, times)),
        row('all', every),
        row('all, the quickest of each one’s rounds', undisturbed),
      ],
      said: [
        `p95 ${figure(p95, 1)} ms; bar ${bar} ms: ${p95 <= bar ? 'held' : 'not held'}.`,
        `p95 of the quickest rounds ${figure(calm, 1)} ms: ${calm <= bar ? 'held' : 'not held'}.`,
      ],
    },
  ];
}
