import { afterAll, beforeAll, expect, test } from 'vitest';
import { asSystem, closePool } from '../../lib/access/scoped';
import { withdraw } from '../../lib/card/commands';
import { dayOf, momentOf } from '../../lib/kernel/clock';
import { newId } from '../../lib/kernel/id';
import { isRefusal } from '../../lib/kernel/result';
import { mergePeople } from '../../lib/pair/commands';
import { recordWork } from '../../lib/task/commands';
import { kindOf, taskKinds } from '../../lib/task/kinds';
import { tasksIn } from '../../lib/task/queries';
import { outcomes, type Outcome, type TaskKey } from '../../lib/task/schema';
import { asHolder } from '../card/scene';
import { as } from '../desk/scene';
import { dice } from '../figure/world';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { empty, write, type Batch } from './batches';
import { day, expected, newCodes, sessions, stories, type Mark, type Story } from './histories';
import { expectedThings, happenToThings, meet, type Things } from './things';

const seed = Number(process.env.TASK_SEED ?? Date.now() % 1_000_000);
const [howMany, rounds] = [2000, 8];

let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

type Turn = ReturnType<typeof dice>;
const keyParts = (key: string): TaskKey => {
  const [kind = '', personId = '', fact = ''] = key.split('~');
  return { kind, personId, fact };
};

/** The portal's own answer for everybody of the stories; the moment a re-check counts from is the database's to say. */
async function told(
  all: readonly Story[],
  things: Things,
  now: number,
): Promise<{ tasks: Map<string, string>; count: number }> {
  const ours = new Set(all.map(({ personId }) => personId));
  const facts = new Set([...things.met, ...things.rounds, ...things.handed].map(({ id }) => id));
  const scope = {
    areas: [cast.here.villageId, cast.here.unitId],
    people: null,
    language: 'vi',
    kinds: taskKinds,
    most: 100_000,
  } as const;
  const lines = await asSystem('test: tasks', (tx) => tasksIn(tx, newId(), scope, new Date(now)));
  const mine = lines.filter(({ personId, fact }) => (personId === null ? facts.has(fact) : ours.has(personId)));
  const name = ({ kind, personId, key }: (typeof mine)[number]) =>
    kind === 'recheck' ? `recheck~${personId}~due` : key;
  return { tasks: new Map(mine.map((line) => [name(line), line.state])), count: mine.length };
}

/** What work does besides being written down (the same that `recordWork` does: some go through it instead). */
function follow(story: Story, outcome: Outcome, key: string, at: number, batch: Batch | null): void {
  const pause = (reason: string, until: number | null) => {
    const one = { id: newId(), reason, until, ended: false };
    story.pauses.push(one);
    batch?.pauses.push({ id: one.id, person_id: story.personId, reason, until, at });
  };
  if (outcome === 'refused') pause('refused', at + 90 * day);
  if (outcome === 'unsafe') pause('unsafe', at + 30 * day);
  const { kind, fact } = keyParts(key);
  // Who was waited for was visited: the request is over.
  const waited = kind === 'visit_asked' && outcome === 'done' && story.requests.find(({ id }) => id === fact);
  if (waited) {
    waited.state = 'closed';
    batch?.settled.push(fact);
  }
  const reported = [...story.work, ...story.said].find(({ id }) => id === fact)?.outcome;
  if (kind === 'correct' && outcome === 'done' && (reported === 'moved' || reported === 'died')) pause(reported, null);
}

/** Something that may come of a task as it stands. */
function anOutcome(turn: Turn, key: string): Outcome {
  const possible = outcomes.filter((one) => one !== 'done' || kindOf(keyParts(key).kind)?.settledBy === 'work');
  return turn.pick(possible);
}

function oneStep(story: Story, turn: Turn, now: number, batch: Batch): { key: string; outcome: Outcome } | null {
  const { personId } = story;
  const step = turn.pick([
    'mark',
    'mark',
    'mark',
    'miss',
    'enrol',
    'refer',
    'undo',
    'ask',
    'plan',
    'visit',
    'visit',
    'put',
    'pause',
    'return',
    'observe',
    'work',
    'work',
    'work',
    'end',
    'correct',
  ]);
  if (step === 'mark' || step === 'miss') {
    for (let at = turn.upTo(sessions); at < sessions; at += 1) {
      const state =
        step === 'miss' ? 'absent' : turn.pick<Mark | null>(['absent', 'absent', 'present', 'excused', null]);
      story.marks[at] = state;
      batch.marks.push({ session_id: story.sessionIds[at] ?? '', person_id: personId, state });
      if (step === 'mark') break;
    }
    if (!story.enrolment) enrol(story, now, batch);
  } else if (step === 'enrol') {
    if (!story.enrolment) enrol(story, now, batch);
    else {
      const off = story.enrolment.status === 'confirmed';
      story.enrolment.status = off ? 'cancelled' : 'confirmed';
      (off ? batch.cancelled : batch.restored).push(story.enrolment.id);
    }
  } else if (step === 'refer') {
    const one = { id: newId(), to: turn.pick(['home_visit', 'class'] as const), at: now, undone: false };
    story.referrals.push(one);
    batch.referrals.push({ id: one.id, person_id: personId, to: one.to, at: now });
  } else if (step === 'undo') {
    const one = story.referrals.find(({ undone }) => !undone);
    if (one) {
      one.undone = true;
      batch.undone.push(one.id);
    }
  } else if (step === 'ask' || step === 'plan') {
    const one = story.requests.find(({ state }) => state !== 'closed');
    if (!one || (step === 'ask' && turn.upTo(3) === 0)) {
      const fresh = { id: newId(), at: now, state: 'open' as const };
      story.requests.push(fresh);
      batch.requests.push({ id: fresh.id, person_id: personId, at: now });
    } else if (step === 'ask') {
      one.state = 'closed';
      batch.settled.push(one.id);
    } else if (one.state === 'open') {
      one.state = 'planned';
      batch.plannings.push({ id: newId(), request_id: one.id, person_id: personId });
    } else {
      one.state = 'open';
      batch.unplanned.push(one.id);
    }
  } else if (step === 'visit') {
    const id = newId();
    // Yesterday's promise has come, one for the day after tomorrow not yet; both are days.
    const ahead = turn.pick([-1, 2, null]);
    const on = ahead === null ? null : dayOf(new Date(now + ahead * day));
    const outcome = turn.pick<Outcome>(['done', ...outcomes]);
    story.said.push({ id, outcome, next: on === null ? null : momentOf(on, '00:00').getTime(), at: now });
    batch.said.push({ id, visit_id: newId(), person_id: personId, next_on: on, at: now, outcome });
  } else if (step === 'put') {
    story.put = !story.put;
    if (story.put) batch.plannings.push({ id: newId(), request_id: null, person_id: personId });
    else batch.takenOff.push(personId);
  } else if (step === 'pause') {
    const one = { id: newId(), reason: 'away', until: now + turn.pick([1, 5]) * day, ended: false };
    story.pauses.push(one);
    batch.pauses.push({ id: one.id, person_id: personId, reason: one.reason, until: one.until, at: now });
  } else if (step === 'return') {
    for (const one of story.returned) one.answered = true;
    // One that nobody answered runs out: at most one stands between two units.
    const unanswered = story.returned.some(({ open }) => open) ? [] : ['open'];
    const [id, state] = [newId(), turn.pick(['rejected', 'done', ...unanswered])];
    batch.returned.push({ id, person_id: personId, at: now, state });
    story.returned.push({ id, answered: state === 'done', open: state === 'open' });
  } else if (step === 'observe') {
    // What they could do alone forty days ago is due by now; looking again settles it.
    batch.observed.push({ id: newId(), person_id: personId, at: story.attained ? now : now - 40 * day });
    if (story.attained) story.rechecked = true;
    story.attained = true;
  } else if (step === 'end') {
    const one = story.pauses.find(({ ended }) => !ended);
    if (one) {
      one.ended = true;
      batch.ended.push(one.id);
    }
  } else if (step === 'correct') {
    story.corrected.push(now);
    batch.corrections.push({ person_id: personId, at: now });
  } else {
    const open = [...expected(story, now)].filter(([, state]) => state === 'open' || state === 'later');
    if (open.length === 0) return null;
    const [key] = turn.pick(open);
    // A re-check's key holds a moment that only the database knows: what is recorded on it settles nothing anyway.
    if (!key.startsWith('recheck')) return { key, outcome: anOutcome(turn, key) };
  }
  return null;
}

function enrol(story: Story, now: number, batch: Batch): void {
  story.enrolment = { id: newId(), at: now, status: 'confirmed' };
  const { id } = story.enrolment;
  batch.enrolled.push({
    id,
    class_id: story.classId,
    person_id: story.personId,
    status: 'confirmed',
    code: newCodes.slip(),
    at: now,
  });
}

/** Through the command itself, as somebody at the door does it. */
async function byHand(story: Story, key: string, outcome: Outcome, at: number): Promise<void> {
  const formKey = newId();
  const { kind, personId, fact } = keyParts(key);
  const work = { formKey, task: { kind, personId, fact }, outcome, note: 'x' };
  const done = await as(cast, 'organiser', cast.here, (tx, caller) => recordWork(tx, work, caller, new Date(at)));
  expect(isRefusal(done), `${outcome} on ${key}: ${JSON.stringify(done)}`).toBe(false);
  follow(story, outcome, key, at, null);
  story.work.push({ id: formKey, key, outcome, at });
  const rows = await cast.owner<{ id: string; reason: string; until: Date | null }[]>`
    select id, reason, until from person_pause where person_id = ${story.personId} order by at`;
  for (const pause of story.pauses) {
    const row = rows.find(({ id, reason }) => reason === pause.reason && !story.pauses.some((one) => one.id === id));
    if (row && !rows.some(({ id }) => id === pause.id)) pause.id = row.id;
  }
}

/** Two records become one: all that is known of the one that goes is the other's from then on. */
async function join(goes: Story, stays: Story): Promise<void> {
  const choice = { keptId: stays.personId, mergedId: goes.personId, take: [] };
  const done = await as(cast, 'organiser', cast.here, (tx, caller) => mergePeople(tx, choice, caller));
  expect(isRefusal(done)).toBe(false);
  goes.gone = true;
  stays.referrals.push(...goes.referrals);
  stays.requests.push(...goes.requests);
  stays.pauses.push(...goes.pauses);
  stays.work.push(...goes.work.map((one) => ({ ...one, key: one.key.replace(goes.personId, stays.personId) })));
  goes.work = [];
}

test(
  `property: over ${howMany} random histories every task has its fact, settling the fact settles the task, none twice, no work lost (seed ${seed})`,
  { timeout: 180_000 },
  async () => {
    const turn = dice(seed);
    const all = await stories(cast, howMany);
    const things: Things = { met: [], rounds: [], handed: [] };
    let [recorded, stood] = [0, 0];
    for (let round = 0; round < rounds; round += 1) {
      const now = Date.now() + round * day;
      const batch = empty();
      const hands: { story: Story; key: string; outcome: Outcome }[] = [];
      for (const [at, story] of all.entries()) {
        if (story.gone) continue;
        const work = oneStep(story, turn, now, batch);
        if (!work) continue;
        if (hands.length < 12 && at % 7 === round % 7) hands.push({ story, ...work });
        else {
          const id = newId();
          const { kind, personId, fact } = keyParts(work.key);
          batch.work.push({ id, kind, person_id: personId ?? '', fact, outcome: work.outcome, at: now });
          follow(story, work.outcome, work.key, now, batch);
          story.work.push({ id, key: work.key, outcome: work.outcome, at: now });
        }
        recorded += 1;
      }
      await write(cast, batch);
      await happenToThings(cast, things, turn, now);
      await meet(cast, things, turn, now);
      for (const { story, key, outcome } of hands) await byHand(story, key, outcome, now);
      const blank = ({ gone, enrolment, marks, attained, said, put, returned, requests }: Story) =>
        !gone &&
        enrolment === null &&
        !attained &&
        said.length === 0 &&
        !put &&
        returned.length === 0 &&
        requests.every(({ state }) => state === 'open') &&
        marks.every((mark) => mark === null);
      for (let pairs = 0; pairs < 3; pairs += 1) {
        const goes = all.filter(blank)[turn.upTo(20)];
        const stays = all[turn.upTo(all.length)];
        if (goes && stays && goes !== stays && !stays.gone && goes.corrected.length === 0) await join(goes, stays);
        const leaver = all[turn.upTo(all.length)];
        if (leaver && !leaver.gone) {
          await asHolder(leaver.cardCode, (tx, id) => withdraw(tx, id));
          leaver.gone = true;
        }
      }
      const later = now + 1000;
      const { tasks, count } = await told(all, things, later);
      const wanted = new Map([
        ...all.flatMap((story) => [...expected(story, later)]),
        ...expectedThings(things, later),
      ]);
      stood += wanted.size;
      const differ = [...new Set([...tasks.keys(), ...wanted.keys()])]
        .filter((key) => tasks.get(key) !== wanted.get(key))
        .map((key) => `${key}: told ${tasks.get(key) ?? 'nothing'}, should be ${wanted.get(key) ?? 'nothing'}`);
      expect(differ.slice(0, 5), `round ${round}: ${differ.length} differ`).toEqual([]);
      expect(count, 'each once').toBe(tasks.size);
    }
    // Whatever became of facts and people, work that was recorded is there, under whoever the record is by now.
    const [kept] = await cast.owner<{ count: number }[]>`
      select count(*)::int as count from task_work where person_id = any(${all.map(({ personId }) => personId)}::uuid[])`;
    expect(kept?.count).toBe(recorded);
    const works = await cast.owner<{ id: string; key: string }[]>`
      select id, kind || '~' || person_id || '~' || fact as key from task_work where person_id = any(${all.map(({ personId }) => personId)}::uuid[])`;
    const keys = new Map(all.flatMap(({ work }) => work.map(({ id, key }) => [id, key] as const)));
    expect(works.filter(({ id, key }) => keys.get(id) !== key)).toEqual([]);
    const gone = await cast.owner`
      select from task_work w join person p on p.id = w.person_id where p.full_name = 'Người học đã rút đồng ý' and w.note <> ''`;
    expect(gone.count, 'what was written of those who withdrew').toBe(0);
    expect(stood).toBeGreaterThan(howMany);
  },
);
