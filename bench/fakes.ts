// Thousands of fake sign-ups through the real form while people sign up for the same class and an organiser writes down a sheet.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { saidInSyllables } from './form';
import { figure, median, type Section } from './measure';
import { portalPort, type Stage } from './stage';
import { formsOf, Visitor, type Answer, type Fields } from './visitor';

const unit = 18859;
const seats = 180;
const fakes = Number(process.env.BENCH_FAKES ?? 5000);
/** What bots do that gives itself away; besides, so many of each kind. */
const clumsy = fakes / 20;
const patienceMs = 4000;

interface Scene {
  readonly name: string;
  /** Makes the networks of this scene others than those of every other. */
  readonly number: number;
  readonly fakes: boolean;
  /** How long the people come, and so do the bots. */
  readonly seconds: number;
  /** As many of the bots' forms under way at once. */
  readonly atOnce: number;
}

const scenes: readonly Scene[] = [
  { name: 'no attack', number: 1, fakes: false, seconds: 30, atOnce: 0 },
  { name: 'ten minutes in two', number: 2, fakes: true, seconds: 120, atOnce: 16 },
  { name: 'as fast as they can', number: 3, fakes: true, seconds: 30, atOnce: 64 },
];

interface Seen {
  /** How long a real person waited for each step; and the organiser. */
  readonly steps: number[];
  readonly sheetSteps: number[];
  readonly answers: Answer[];
  readonly fakes: Record<string, number>;
}

let count = 0;
const somebody = (name: string): Fields => ({
  fullName: `${name} ${saidInSyllables((count += 1))}`,
  birthYear: '1954',
  consent: 'on',
});
const newPhone = () => `09${String(20_000_000 + (count += 1)).padStart(8, '0')}`;

/** The sign-up form as it stands on the class's page. */
async function formAt(visitor: Visitor, classId: string): Promise<{ page: Answer; form: Fields }> {
  const page = await visitor.get(`/classes/${classId}`);
  const [form] = formsOf(page.html, 'stamp', 'fullName');
  if (!form) throw new Error(`no sign-up form: status ${page.status}`);
  return { page, form };
}

/** One person: the class's page, the form, the same in words, the slip. Gives the phone they left. */
async function signUp(seen: Seen, address: string, classId: string, villageId: number): Promise<string> {
  const visitor = new Visitor(address);
  const { page, form } = await formAt(visitor, classId);
  await sleep(patienceMs);
  const path = `/classes/${classId}`;
  const phone = newPhone();
  const answers = { ...somebody('Trần Thị'), phone, village: String(villageId), forWhom: 'self' };
  const looked = await visitor.send(path, { ...form, ...answers, step: 'check' });
  const [again = {}] = formsOf(looked.html, 'stamp', 'consent');
  await sleep(1000);
  const sent = await visitor.send(path, { ...again, step: 'confirm' });
  const slip = await visitor.get(sent.location || '/my');
  seen.answers.push(page, looked, sent, slip);
  seen.steps.push(...[page, looked, sent, slip].map(({ ms }) => ms));
  return phone;
}

/** The organiser's sheet: ten lines at a time. */
async function writeSheets(
  seen: Seen,
  organiser: Visitor,
  classId: string,
  villageId: number,
  everyMs: number,
): Promise<void> {
  for (let sheet = 0; sheet < 3; sheet += 1) {
    await sleep(everyMs);
    const path = `/manage/classes/${classId}/enrol`;
    const page = await organiser.get(path);
    const [form = {}] = formsOf(page.html, 'fullName10');
    const lines = Array.from({ length: 10 }, (_, at) =>
      Object.entries({ ...somebody('Lê Thị'), noPhone: 'on', areaId: String(villageId) }).map(([name, value]) => [
        at === 0 || name === 'consent' ? name : `${name}${at + 1}`,
        value,
      ]),
    );
    const sent = await organiser.send(path, { ...form, channel: 'paper', ...Object.fromEntries(lines.flat()) });
    seen.answers.push(page, sent);
    seen.sheetSteps.push(page.ms, sent.ms);
  }
}

async function signedIn(address: string): Promise<Visitor> {
  const organiser = new Visitor(address);
  const [door = {}] = formsOf((await organiser.get('/sign-in')).html, 'password');
  await organiser.send('/sign-in', { ...door, name: 'tochuc.dongthuan', password: 'cam-tay-demo-2026' });
  return organiser;
}

type Bot = (at: number) => Promise<Answer>;

/** The bots' ways: those who look like people, and those who give themselves away. A few addresses, three networks and a /64. */
async function botsFor({ number }: Scene, classId: string, villageId: number): Promise<Record<string, Bot>> {
  const addresses = [
    `192.0.${number}.10`,
    `192.0.${number}.99`,
    `198.51.${number}.5`,
    `203.0.${number}.7`,
    `2001:db8:9:${number}::1`,
    `2001:db8:9:${number}:ffff::2`,
  ];
  const path = `/classes/${classId}`;
  const visitors = addresses.map((address) => new Visitor(address));
  const bot = (at: number) => visitors[at % visitors.length] ?? new Visitor('192.0.2.1');
  let kept = (await formAt(bot(0), classId)).form;
  await sleep(patienceMs);
  // Bots keep their forms fresh, as long as they have waited out the time each.
  const fresh = async () => {
    const { form } = await formAt(bot(0), classId);
    await sleep(patienceMs);
    kept = form;
  };
  const filled = (): Fields => ({
    ...kept,
    ...somebody('Nguyễn'),
    formKey: randomUUID(),
    phone: newPhone(),
    village: String(villageId),
    step: 'confirm',
  });
  return {
    patient: async (at) => {
      if (at % 500 === 499) void fresh();
      return bot(at).send(path, filled());
    },
    hurried: async (at) => bot(at).send(path, { ...filled(), ...(await formAt(bot(at), classId)).form, people: '1' }),
    'into the trap': (at) => bot(at).send(path, { ...filled(), more: 'https://example.com' }),
    'made-up stamp': (at) => bot(at).send(path, { ...filled(), stamp: `${kept.stamp}x` }),
    'one phone': (at) => bot(at).send(path, { ...filled(), phone: '0911000000' }),
  };
}

/** Sends all the bots' forms, spread over the time there is, never more than so many at once. */
async function attack(scene: Scene, seen: Seen, bots: Record<string, Bot>): Promise<void> {
  const forms = Object.entries(bots).flatMap(([kind, send]) =>
    Array.from({ length: kind === 'patient' ? fakes : clumsy }, (_, at) => ({
      kind,
      send: () => send(at),
      // All kinds are spread alike.
      when: (at + 0.5) / (kind === 'patient' ? fakes : clumsy),
    })),
  );
  const inTime = forms.toSorted((one, other) => one.when - other.when);
  const began = performance.now();
  const lane = async () => {
    for (let next = inTime.shift(); next; next = inTime.shift()) {
      const early = scene.atOnce > 16 ? 0 : began + next.when * scene.seconds * 1000 - performance.now();
      if (early > 0) await sleep(early);
      const answer = await next.send();
      seen.answers.push({ ...answer, html: '' });
      const what = `${next.kind}: ${answer.status === 303 ? 'taken' : answer.status === 200 ? 'asked again' : answer.status}`;
      seen.fakes[what] = (seen.fakes[what] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: scene.atOnce }, lane));
}

/** Four of five have a network of their own; the fifth shares one with bots. */
const addressOf = ({ number }: Scene, at: number) =>
  at % 5 === 4 ? `192.0.${number}.${200 + at}` : `100.${64 + number}.${at}.7`;

interface Place {
  readonly id: string;
  readonly code: string;
  readonly status: string;
  readonly unconfirmed: boolean;
}

/** Whoever sat among the bots calls: the organiser looks the code up and vouches with one press. */
async function vouch(organiser: Visitor, classId: string, { id, code }: Place): Promise<void> {
  const path = `/manage/classes/${classId}/unconfirmed?q=${code}`;
  const form = formsOf((await organiser.get(path)).html, 'enrolmentId').find(({ enrolmentId }) => enrolmentId === id);
  if (form) await organiser.send(path, form);
}

const isSeated = ({ status, unconfirmed }: Place) => status === 'confirmed' && !unconfirmed;

/** A class with so many seats, nobody in it, and a village of its unit. */
async function emptyClass(stage: Stage): Promise<{ id: string; villageId: number }> {
  const [row] = await stage.sql<{ id: string; villageId: number }[]>`
    update class c set capacity = ${seats} + seats_confirmed + seats_offered + seats_held, reserved_places = 0, reserved_for = null, seats_reserved = 0
    where c.id = (select id from class where status = 'published' and waiting = 0 and capacity < ${seats} and first_starts_at > now() + interval '1 day'
      and area_id in (select area_id from area_tree where ancestor_id = ${unit}) order by id limit 1)
    returning c.id, c.area_id as village_id`;
  if (!row) throw new Error('the demo world holds no class without a queue');
  return row;
}

/** The places of those with these phones; of those on the sheets without. */
const placesOf = (stage: Stage, classId: string, phones: readonly string[] | null) =>
  stage.sql<Place[]>`
    select e.id, e.code, e.status, e.unconfirmed_until is not null as unconfirmed from enrolment e
    where e.class_id = ${classId} and e.created_at > now() - interval '10 minutes'
      and case when ${phones === null} then e.channel = 'paper'
        else e.person_id in (select person_id from person_phone where phone = any (${phones ?? []}::text[])) end
    order by e.created_at`;

async function play(stage: Stage, scene: Scene) {
  const { id: classId, villageId } = await emptyClass(stage);
  const seen: Seen = { steps: [], sheetSteps: [], answers: [], fakes: {} };
  const organiser = await signedIn('198.18.0.9');
  const bots = scene.fakes ? await botsFor(scene, classId, villageId) : {};
  const everyMs = (scene.seconds * 1000) / 30;
  const people = Array.from({ length: 30 }, async (_, at) => {
    await sleep(at * everyMs);
    return signUp(seen, addressOf(scene, at), classId, villageId);
  });
  const began = performance.now();
  const [phones, attackMs] = await Promise.all([
    Promise.all(people),
    attack(scene, seen, bots).then(() => performance.now() - began),
    writeSheets(seen, organiser, classId, villageId, (scene.seconds * 1000) / 4),
  ]);
  const web = () =>
    placesOf(
      stage,
      classId,
      phones.map((phone) => `+84${phone.slice(1)}`),
    );
  const atOnce = (await web()).filter(isSeated).length;
  for (const place of await web()) if (place.unconfirmed) await vouch(organiser, classId, place);
  const [fake] = await stage.sql<{ ordinary: number; seated: number; waiting: number }[]>`
    select (count(*) filter (where e.unconfirmed_until is null))::integer as ordinary,
      (count(*) filter (where e.unconfirmed_until is not null and e.status = 'confirmed'))::integer as seated,
      (count(*) filter (where e.unconfirmed_until is not null and e.status = 'waitlisted'))::integer as waiting
    from enrolment e join person p on p.id = e.person_id where e.class_id = ${classId} and p.name_folded like 'nguyen %'
      and e.channel = 'web' and e.created_at > now() - interval '10 minutes'`;
  return {
    scene,
    seen,
    attackMs,
    atOnce,
    called: (await web()).filter(isSeated).length,
    sheet: (await placesOf(stage, classId, null)).filter(isSeated).length,
    fake: fake ?? { ordinary: 0, seated: 0, waiting: 0 },
  };
}

const share = (values: readonly number[], part: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0;

/** Both people and bots over HTTP, with and without the attack. */
export async function fakeSignUps(stage: Stage): Promise<Section[]> {
  const portal = await stage.portal();
  const played = [];
  // The first visit of each page is nobody's measure.
  const warm = new Visitor('198.18.0.1');
  for (const path of ['/classes', '/my', '/sign-in']) await warm.get(path);
  for (const scene of scenes) played.push(await play(stage, scene));
  await portal.stop();
  const [calm] = played;
  return [
    {
      title: 'Fake sign-ups beside real ones',
      how: `One portal process on port ${portalPort}, behind the address a proxy names. Bots at six addresses (three networks of IPv4, one /64) post ${figure(fakes)} complete forms with waited-out stamps and a new name and phone each, and ${figure(clumsy)} each of four clumsy kinds, for one class with ${seats} free seats. Meanwhile 30 people go through page, form, the answers in words and slip, every fifth from a network of the bots, and an organiser writes down 30 on three sheets from one address. "After a call" is after the organiser looked up the code of those who sat among the bots and pressed once. Steps are whole requests of the 30 people; think times are not counted.`,
      head: [
        'scene',
        'of 30 with a place, at once',
        'after a call',
        'of 30 on the sheets',
        '5xx',
        'bots’ forms/s',
        'fakes: ordinary / on trial / waiting',
        'step p50 ms',
        'p95 ms',
        '÷ no attack (p50)',
        'sheet step p50 ms',
      ],
      rows: played.map(({ scene, seen, attackMs, atOnce, called, sheet, fake }) => [
        scene.name,
        String(atOnce),
        String(called),
        String(sheet),
        String(seen.answers.filter(({ status }) => status >= 500).length),
        scene.fakes ? figure((fakes + 4 * clumsy) / (attackMs / 1000)) : '—',
        `${fake.ordinary} / ${fake.seated} / ${figure(fake.waiting)}`,
        figure(median(seen.steps)),
        figure(share(seen.steps, 0.95)),
        figure(median(seen.steps) / median(calm?.seen.steps ?? []), 1),
        figure(median(seen.sheetSteps)),
      ]),
      said: played
        .filter(({ scene }) => scene.fakes)
        .map(
          ({ scene, seen }) =>
            `${scene.name}: ${Object.entries(seen.fakes)
              .map(([what, times]) => `${what} ${figure(times)}`)
              .sort()
              .join(', ')}`,
        ),
    },
  ];
}
