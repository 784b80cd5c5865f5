import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePool } from '@/lib/access/scoped';
import { cancelClass } from '@/lib/class/commands';
import { cancelEnrolment } from '@/lib/enrolment/commands';
import { isRefusal } from '@/lib/kernel/result';
import { httpChannel } from '@/lib/message/channels';
import { takeOverFromTheDead } from '@/lib/message/sending';
import { sendDue } from '@/lib/message/worker';
import { newId } from '@/lib/kernel/id';
import { callOffRound, takeOffRound } from '@/lib/visit/commands';
import { isQuiet, monthOf, monthStart } from '@/lib/message/schema';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { roundAt } from '../visit/scene';
import { as, dayAhead, gateway, group, move, senderProcess, type Group } from './scene';

/** `MESSAGES_LONG=10000` sends that many; every run sends fewer, by the same rules. */
const many = Number(process.env.MESSAGES_LONG ?? 480);
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const classSize = 40;

/** A small generator of its own (mulberry32), so that a run can be had again from its seed. */
function dice(from: number) {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

interface End {
  id: string;
  state: string;
  why: string | null;
  purpose: string;
  enrolmentId: string | null;
  visitId: string | null;
  attempts: { at: string; outcome: string }[];
}
const ends = () => cast.owner<End[]>`
  select m.id, m.state, m.why, m.purpose, m.enrolment_id, m.visit_id, coalesce((select jsonb_agg(jsonb_build_object('at', a.at, 'outcome', a.outcome) order by a.at)
    from message_attempt a where a.message_id = m.id), '[]') as attempts from message m`;

/** How a bad gateway answers, by chance. */
const bad = (random: () => number) => () => {
  const die = random();
  if (die < 0.05) return 'refuse' as const;
  if (die < 0.15) return 'busy' as const;
  if (die < 0.2) return 'broken' as const;
  if (die < 0.25) return 'brokenAfter' as const;
  if (die < 0.28) return 'slow' as const;
  if (die < 0.33) return 'dropBefore' as const;
  if (die < 0.4) return 'dropAfter' as const;
  return 'ok' as const;
};

describe.each([
  ['that gives each key on once', true],
  ['that gives on whatever it gets', false],
])('a failing, slow gateway %s, senders killed in the middle, facts withdrawn meanwhile', (_name, dedupes) => {
  test(
    `${many} messages: each at most once, none lost, none after its fact was withdrawn, none in quiet hours`,
    { timeout: 900_000 },
    async () => {
      const random = dice(seed);
      await cast.owner`delete from message`;
      const receiver = await gateway({ dedupes, behave: bad(random), slowness: 250 });
      const day = dayAhead(2);
      // The clock of the senders runs beside the real one, so that it is half past eight in the morning of the day before.
      const start = new Date(`${dayAhead(1)}T08:30:00+07:00`).getTime();
      let ahead = start - Date.now();
      const now = () => new Date(Date.now() + ahead);
      await cast.owner`insert into message_budget (area_id, month, allowed) values (${cast.here.unitId}, ${monthStart(monthOf(now()))}, 1000000)
      on conflict (area_id, month) do update set allowed = excluded.allowed`;
      const groups: Group[] = [];
      for (let n = 0; n < many / classSize; n += 1)
        groups.push(await group(cast, cast.here, classSize, [`${day}T09:00:00+07:00`]));
      await move(
        cast.owner,
        groups.map(({ classId }) => classId),
        2,
      );
      // One class in four is visited at home, all on one round.
      const rounds: { id: string; visitIds: string[] }[] = [];
      for (const { personIds } of groups.filter((_one, nth) => nth % 4 === 0)) {
        const id = await roundAt(cast, cast.here, { day: dayAhead(dedupes ? 2 : 3), from: '14:00', until: '17:00' });
        const visitIds = personIds.map(() => newId());
        await cast.owner`update consent set text_version = 2 where purpose = 'message' and person_id = any(${[...personIds]}::uuid[])`;
        await cast.owner`insert into visit (id, round_id, area_id, day, person_id, pin)
          select x.id, ${id}, ${cast.here.villageId}, ${dayAhead(dedupes ? 2 : 3)}, x.person_id, lpad((${rounds.length * classSize} + x.nth)::text, 4, '0')
          from unnest(${visitIds}::uuid[], ${[...personIds]}::uuid[]) with ordinality x (id, person_id, nth)`;
        rounds.push({ id, visitIds });
      }
      const made = await cast.owner<
        { id: string }[]
      >`select id from message where purpose in ('change', 'visit') and state = 'waiting'`;
      expect(made.count).toBe((groups.length + rounds.length) * classSize);

      /** When each fact was gone for certain, by the senders' clock. */
      const goneAt = new Map<string, number>();
      let running = true;
      const withdrawing = (async () => {
        const places = groups.flatMap(({ enrolmentIds }) => enrolmentIds.filter(() => random() < 0.06));
        const off = new Set(groups.filter(() => random() < 0.08));
        for (const one of off) {
          const done = await as(cast, 'organiser', (tx, caller) =>
            cancelClass(tx, { classId: one.classId, reason: 'Bão' }, caller),
          );
          if (!isRefusal(done)) for (const id of one.enrolmentIds) goneAt.set(id, now().getTime());
          if (!running) return;
        }
        const homes = rounds.flatMap(({ visitIds }) => visitIds.filter(() => random() < 0.1));
        const callingOff = rounds.filter(() => random() < 0.2);
        // Some are told by then, others not.
        await reached(receiver, Math.ceil(many / 8));
        for (const id of homes) {
          const done = await as(cast, 'organiser', (tx, caller) =>
            takeOffRound(tx, { visitId: id }, caller, new Date()),
          );
          if (!isRefusal(done)) goneAt.set(id, now().getTime());
          if (!running) return;
        }
        for (const { id, visitIds } of callingOff) {
          const done = await as(cast, 'organiser', (tx, caller) =>
            callOffRound(tx, { roundId: id }, caller, new Date()),
          );
          const at = now().getTime();
          if (!isRefusal(done)) for (const visitId of visitIds) if (!goneAt.has(visitId)) goneAt.set(visitId, at);
          if (!running) return;
        }
        for (const id of places) {
          const done = await as(cast, 'organiser', (tx, caller) =>
            cancelEnrolment(tx, { caller, channel: 'staff' }, { enrolmentId: id }, 'bận'),
          );
          if (!isRefusal(done)) goneAt.set(id, now().getTime());
          if (!running) return;
        }
      })();

      // Three times two senders are killed in the middle of their work.
      const env = {
        GATEWAY_URL: receiver.url,
        GATEWAY_DEDUPES: dedupes ? '1' : '0',
        GATEWAY_PATIENCE: '120',
        CLOCK_AHEAD: String(ahead),
        DATABASE_POOL: '4',
      };
      for (let round = 0; round < 3; round += 1) {
        const senders = [senderProcess(env), senderProcess(env)];
        const target = receiver.seen.length + Math.ceil((many / 16) * (0.5 + random()));
        await Promise.race([once(senders[0] ?? process, 'exit'), reached(receiver, target)]);
        for (const sender of senders) {
          sender.kill('SIGKILL');
          if (sender.exitCode === null && sender.signalCode === null) await once(sender, 'exit');
        }
      }
      expect(receiver.seen.length).toBeGreaterThan(many / 16);
      // Two more finish the work, here: the clock goes on five minutes at a time, so that what waits for another try gets it.
      const channels = { sms: httpChannel({ url: receiver.url, dedupes, patience: 120 }) };
      await Promise.all([sendDue(channels, now), sendDue(channels, now)]);
      running = false;
      await withdrawing;
      for (let step = 0; step < 16; step += 1) {
        ahead += 5 * 60_000;
        await takeOverFromTheDead(channels, now());
        await Promise.all([sendDue(channels, now), sendDue(channels, now)]);
      }
      await receiver.close();

      const all = await ends();
      // None lost: every one that was made has come to an end, or is on somebody's list of calls.
      expect(all.filter(({ state }) => state === 'waiting' || state === 'sending')).toEqual([]);
      const known = new Set(all.map(({ id }) => id));
      expect(made.filter(({ id }) => !known.has(id))).toEqual([]);
      // At most once each.
      const times = new Map<string, number>();
      for (const { key } of receiver.given) times.set(key, (times.get(key) ?? 0) + 1);
      expect([...times].filter(([, count]) => count > 1)).toEqual([]);
      // What was given on is known as sent, or in doubt; what is known as sent was given on.
      const wrong = all.filter(({ id, state, why, attempts }) => {
        const got = times.has(id);
        if (state === 'sent' || state === 'delivered') return !got;
        return got && !(why === 'inDoubt' || attempts.some(({ outcome }) => outcome === 'unknown'));
      });
      expect(wrong).toEqual([]);
      // None taken up after its fact was gone.
      const late = all.filter(
        ({ purpose, enrolmentId, visitId, attempts }) =>
          (purpose === 'change' || purpose === 'visit') &&
          attempts.some(({ at }) => new Date(at).getTime() > (goneAt.get(visitId ?? enrolmentId ?? '') ?? Infinity)),
      );
      expect(late).toEqual([]);
      // That nobody comes is told to homes that may know somebody was to come, and to no others; none of them is left out.
      const knew = new Set(
        all.flatMap(({ id, purpose, visitId, why }) =>
          purpose === 'visit' && visitId && (times.has(id) || why === 'inDoubt') ? [visitId] : [],
        ),
      );
      const off = all.filter(({ purpose }) => purpose === 'visit_off');
      const mayKnow = (one: End) => one.attempts.some(({ outcome }) => outcome === 'unknown');
      expect(
        off.filter(
          ({ id, visitId }) =>
            times.has(id) && !knew.has(visitId ?? '') && !all.some((one) => one.visitId === visitId && mayKnow(one)),
        ),
      ).toEqual([]);
      expect(
        off.filter(({ state, why, visitId }) => state === 'withdrawn' && why === 'notTold' && knew.has(visitId ?? '')),
      ).toEqual([]);
      expect([...knew].filter((id) => goneAt.has(id) && !off.some(({ visitId }) => visitId === id))).toEqual([]);
      expect(off.length).toBeGreaterThan(0);
      expect(goneAt.size).toBeGreaterThan(0);
      expect(all.some(({ why }) => why === 'classOff' || why === 'leftClass')).toBe(true);
      // None in quiet hours: the day went on to noon only, so this holds by the clock; tests/message/quiet has the evening.
      expect(all.flatMap(({ attempts }) => attempts).filter(({ at }) => isQuiet(new Date(at)))).toEqual([]);
      const counts = new Map<string, number>();
      for (const { state, why } of all)
        counts.set(`${state} ${why ?? ''}`.trim(), (counts.get(`${state} ${why ?? ''}`.trim()) ?? 0) + 1);
      process.stdout.write(
        `outbox: seed ${seed}, gateway ${dedupes ? 'dedupes' : 'repeats'}, ${all.length} messages, ${receiver.seen.length} requests, ${receiver.given.length} given on; ${[...counts].map(([name, count]) => `${name} ${count}`).join(', ')}\n`,
      );
    },
  );
});

/** Resolves once the gateway has seen so many requests. */
function reached(receiver: { seen: readonly unknown[] }, target: number): Promise<void> {
  return new Promise((resolve) => {
    const look = setInterval(() => {
      if (receiver.seen.length < target) return;
      clearInterval(look);
      resolve();
    }, 5);
    look.unref();
  });
}
