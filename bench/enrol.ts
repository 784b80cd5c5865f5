// Sign-ups a second through the real form, beside a bare server doing the same transaction; then the database is asked whether
// every answer was kept and no seat sold twice.
import fs from 'node:fs';
import { z } from 'zod';
import { figure, load, median, openClasses, runs, spread, startBaseline, times, type Section } from './measure';
import { baselinePort, end, memoryOf, origin, portalPort, type Stage } from './stage';
import { stampsOf } from './form';
import type { Seen } from './load';

const connections = 20;
const amount = Number(process.env.BENCH_AMOUNT ?? 1500);
const manifest = z.object({ node: z.record(z.string(), z.object({ exportedName: z.string() })) });

/** The enrolment action's id: action ids change with every build. */
export function enrolActionId(): string {
  const { node } = manifest.parse(JSON.parse(fs.readFileSync('.next/server/server-reference-manifest.json', 'utf8')));
  const found = Object.entries(node).find(([, { exportedName }]) => exportedName === 'enrolHere');
  if (!found) throw new Error('no enrolment action in the build');
  return found[0];
}

let run = 0;

export async function consentVersion(stage: Stage): Promise<number> {
  const [text] = await stage.sql<{ version: number }[]>`
    select max(version) as version from consent_text where purpose = 'class' and used_from <= now()`;
  return text?.version ?? 0;
}

/** Enrols `amount` people and compares answers with rows: how many differ. */
async function enrolMany(stage: Stage, url: string, classes: { id: string; villageId: number }[], size = amount) {
  const count = async () => {
    const [row] = await stage.sql<{ total: number }[]>`select count(*)::int as total from enrolment`;
    return row?.total ?? 0;
  };
  const before = await count();
  const target = {
    actionId: enrolActionId(),
    classes,
    consentVersion: await consentVersion(stage),
    stamps: stampsOf(classes),
    run: run++,
  };
  const seen = await load({ url, connections, amount: size, enrol: target });
  return { seen, differ: (await count()) - before - seen.answers['3xx'] };
}

/** Classes whose counters are not what their enrolments say, or with more people than seats. */
async function wrongCounters(stage: Stage): Promise<number> {
  const [row] = await stage.sql<{ wrong: number }[]>`
    select count(*)::int as wrong from class c join lateral (
      select count(*) filter (where status = 'confirmed') as confirmed, count(*) filter (where status = 'waitlisted') as waiting
      from enrolment where class_id = c.id) e on true
    where (c.status = 'published' and (c.seats_confirmed <> e.confirmed or c.waiting <> e.waiting))
      or c.seats_confirmed > c.capacity + c.seats_overbooked`;
  return row?.wrong ?? -1;
}

interface Measured {
  name: string;
  results: { seen: Seen; differ: number }[];
}

async function measureAll(stage: Stage, who: string, url: string): Promise<Measured[]> {
  const many = await openClasses(stage, 150);
  await enrolMany(stage, url, many, 200);
  const measured: Measured[] = [];
  for (const [name, classes] of [
    [`${many.length} classes`, many],
    ['one hot class', many.slice(0, 1)],
  ] as const) {
    measured.push({ name: `${who}, ${name}`, results: await times(runs, () => enrolMany(stage, url, classes)) });
  }
  return measured;
}

export async function enrol(stage: Stage): Promise<Section[]> {
  const wrongBefore = await wrongCounters(stage);
  const baseline = await startBaseline(stage);
  const measured = await measureAll(stage, 'bare', origin(baselinePort));
  await end(baseline);
  const said: string[] = [];
  for (const workers of [1, 2]) {
    const portal = await stage.portal(workers);
    measured.push(...(await measureAll(stage, `portal, ${workers} worker(s)`, origin(portalPort))));
    said.push(`memory with ${workers} worker(s): ${figure(memoryOf(portal.process.pid ?? 0))} MB`);
    await portal.stop();
  }
  const [over] = await stage.sql<{ sold: number }[]>`
    select count(*)::int as sold from class where seats_confirmed > capacity + seats_overbooked`;
  const differ = measured.flatMap(({ results }) => results).reduce((sum, one) => sum + Math.abs(one.differ), 0);
  said.push(
    `classes with more people than seats: ${over?.sold ?? '?'}; classes whose counters differ from their rows: ${await wrongCounters(stage)} (before: ${wrongBefore}); answers of success without a row, or the reverse: ${differ}`,
  );
  return [
    {
      title: 'Enrolling through the real form',
      how: `The form as a browser without JavaScript posts it (multipart, server action, answered 303), ${amount} different people a run over ${connections} connections, ${runs} runs: median (least–most). "bare" is node:http parsing the same form and running the same command in the same transaction. Most of the people land on waiting lists: seats are few. Aim: 400 a second.`,
      head: ['what', 'enrolments/s', 'p50 ms', 'p99 ms', '÷ bare', 'not 303'],
      rows: measured.map(({ name, results }) => {
        const beside = measured.find((one) => one.name === `bare, ${name.split(', ').at(-1)}`);
        const rate = (of: Measured | undefined) => median((of?.results ?? []).map(({ seen }) => seen.perSecond));
        return [
          name,
          spread(results.map(({ seen }) => seen.perSecond)),
          figure(median(results.map(({ seen }) => seen.p50))),
          figure(median(results.map(({ seen }) => seen.p99))),
          figure(rate({ name, results }) / rate(beside), 2),
          String(results.reduce((sum, { seen }) => sum + amount - seen.answers['3xx'], 0)),
        ];
      }),
      said,
    },
  ];
}
