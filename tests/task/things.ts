import { dayOf } from '../../lib/kernel/clock';
import { newId, newSlipCode } from '../../lib/kernel/id';
import type { dice } from '../figure/world';
import type { Cast } from '../support/cast';
import { apply, day } from './histories';

type Turn = ReturnType<typeof dice>;

/** A round that is over, as the test knows it: each of its homes, and whether anything was said of it or it was taken off. */
interface Round {
  readonly id: string;
  readonly on: string;
  readonly homes: { readonly id: string; settled: boolean }[];
  off: boolean;
}
/** Somebody another unit handed over. */
interface Handed {
  readonly id: string;
  readonly personId: string;
  readonly asks: 'class' | 'desk' | 'visit';
  state: 'open' | 'accepted' | 'rejected' | 'done';
  expires: number;
  helped: string | null;
}
/** Somebody was met and nobody said who they are; said so, they are known, forgotten, or it was put right: waited for still, or they refused. */
interface Met {
  readonly id: string;
  since: number;
  state: 'met' | 'known' | 'forgotten' | 'waiting' | 'refused';
}
/** Stories about nobody in particular. */
export interface Things {
  readonly met: Met[];
  readonly rounds: Round[];
  readonly handed: Handed[];
}

/** The oracle of tasks that are about nobody: worked out from the stories alone. All of them are open as long as they stand; a name nobody forgot in time counts no more. */
export function expectedThings({ met, rounds, handed }: Things, now: number): Map<string, string> {
  const tasks = new Map<string, string>();
  const weekAgo = dayOf(new Date(now - 7 * day));
  for (const { id, on, homes, off } of rounds)
    if (!off && on >= weekAgo && homes.some(({ settled }) => !settled)) tasks.set(`round_unsaid~~${id}`, 'open');
  for (const { id, since, state } of met) {
    if (state === 'met') tasks.set(`met_unknown~~${id}`, now < since + 30 * day ? 'open' : 'expired');
    if (state === 'waiting') tasks.set(`visit_asked~~${id}`, 'open');
  }
  for (const { id, asks, state, expires, helped } of handed) {
    if (expires <= now) continue;
    if (state === 'open') tasks.set(`referral_received~~${id}`, 'open');
    if (state === 'accepted' && asks !== 'visit' && helped === null) tasks.set(`referral_promised~~${id}`, 'open');
  }
  return tasks;
}

/** Something happens to rounds and referrals, in the stories and in the database. */
export async function happenToThings(cast: Cast, { rounds, handed }: Things, turn: Turn, now: number): Promise<void> {
  const { here, there } = cast;
  const at = (moment: number) => new Date(moment);
  await apply(cast.owner, async (tx) => {
    for (let times = 0; times < 6; times += 1) {
      const on = dayOf(at(now - day));
      const one: Round = { id: newId(), on, homes: [], off: false };
      for (let homes = 1 + turn.upTo(2); homes > 0; homes -= 1) one.homes.push({ id: newId(), settled: false });
      // No two homes of a place have one number on one day.
      const before = rounds.reduce((sum, other) => sum + (other.on === on ? other.homes.length : 0), 0);
      rounds.push(one);
      await tx`insert into visit_round (id, area_id, team_id, day, starts_at, ends_at)
        values (${one.id}, ${here.villageId}, ${here.teamId}, ${on}, (${on}::date + time '08:00') at time zone 'Asia/Ho_Chi_Minh', (${on}::date + time '09:00') at time zone 'Asia/Ho_Chi_Minh')`;
      for (const [nth, home] of one.homes.entries())
        await tx`insert into visit (id, round_id, area_id, day, person_id, pin)
          values (${home.id}, ${one.id}, ${here.villageId}, ${on}, ${nth === 0 ? here.personId : there.personId}, ${String(before + nth).padStart(4, '0')})`;
    }
    for (const round of rounds) {
      const [what, home] = [turn.upTo(5), turn.pick(round.homes)];
      if (what === 0) {
        home.settled = true;
        await tx`insert into visit_outcome (id, visit_id, area_id, outcome, at)
          values (${newId()}, ${home.id}, ${here.villageId}, ${turn.pick(['done', 'not_home', 'refused'])}, ${at(now)})`;
      } else if (what === 1 && turn.upTo(3) === 0) {
        home.settled = true;
        await tx`update visit set taken_off_at = ${at(now)} where id = ${home.id}`;
      } else if (what === 2 && turn.upTo(3) === 0) {
        round.off = true;
        await tx`update visit_round set called_off_at = ${at(now)} where id = ${round.id}`;
      }
    }
    for (let times = 0; times < 6; times += 1) {
      const personId = newId();
      const one: Handed = {
        id: newId(),
        personId,
        asks: turn.pick(['class', 'desk', 'visit']),
        state: 'open',
        expires: now + turn.pick([30, 2]) * day,
        helped: null,
      };
      handed.push(one);
      await tx`insert into person (id, area_id, full_name, given_name, name_folded) values (${personId}, ${there.villageId}, 'Khách', 'Khách', 'khach')`;
      const [consent] = await tx<{ id: string }[]>`
        insert into consent (person_id, purpose, text_version, given, how) values (${personId}, 'class', 1, true, 'self') returning id`;
      await tx`insert into referral (id, person_id, from_area_id, to_area_id, why, asks, consent_id, state, sent_at, state_at, expires_at)
        values (${one.id}, ${personId}, ${there.unitId}, ${here.unitId}, 'work', ${one.asks}, ${consent?.id ?? ''}, 'open', ${at(now)}, ${at(now)}, ${at(one.expires)})`;
    }
    for (const one of handed) {
      const what = turn.upTo(4);
      if (what === 0 && one.state === 'open' && one.expires > now) {
        one.state = turn.pick(['accepted', 'accepted', 'rejected']);
        if (one.state === 'accepted') one.expires = now + 90 * day;
        await tx`update referral set state = ${one.state}, state_at = ${at(now)}, expires_at = ${at(one.expires)} where id = ${one.id}`;
      } else if (what === 1 && one.state === 'accepted' && one.helped === null && one.asks !== 'visit') {
        one.helped = newId();
        if (one.asks === 'desk')
          await tx`insert into desk_assist (id, desk_id, area_id, need_code, need_version, level, minutes, person_id, at)
            values (${one.helped}, ${here.deskId}, ${here.villageId}, 'vneid', 1, 1, 10, ${one.personId}, ${at(now + 1)})`;
        else
          await tx`insert into enrolment (id, class_id, area_id, person_id, status, status_at, created_at, code, channel, idempotency_key)
            values (${one.helped}, ${here.classId}, ${here.villageId}, ${one.personId}, 'confirmed', ${at(now + 1)}, ${at(now + 1)}, ${newSlipCode()}, 'web', ${one.helped})`;
      } else if (what === 2 && one.helped !== null && one.asks === 'desk') {
        await tx`update desk_assist set undone_at = ${at(now)} where id = ${one.helped}`;
        one.helped = null;
      } else if (what === 3 && one.state === 'accepted' && turn.upTo(3) === 0) {
        one.state = 'done';
        await tx`update referral set state = 'done', state_at = ${at(now)} where id = ${one.id}`;
      }
    }
  });
}

/** Somebody is met, is known by then or forgotten, or what was said of them is put right: in the stories and in the database. */
export async function meet({ owner, here }: Cast, { met }: Things, turn: Turn, now: number): Promise<void> {
  await apply(owner, async (tx) => {
    for (let times = 0; times < 6; times += 1) {
      // Of those met 28 days ago some are forgotten before anybody asks, of others the name runs out here.
      const one: Met = { id: newId(), since: now - turn.pick([0, 6, 28]) * day, state: 'met' };
      met.push(one);
      await tx`insert into visit_request (id, code, area_id, asked_by, full_name, needs, consent_version, idempotency_key, closed_at, closed_because)
        values (${one.id}, ${newSlipCode()}, ${here.villageId}, 'self', 'Ai Đó', '{phone}', 1, ${newId()}, ${new Date(one.since)}, 'done')`;
    }
    for (const one of met) {
      const what = turn.upTo(8);
      if (what === 0 && one.state === 'met') {
        one.state = 'known';
        await tx`update visit_request set person_id = ${here.personId} where id = ${one.id}`;
      } else if (what === 1 && one.state === 'met') {
        one.state = 'forgotten';
        await tx`update visit_request set full_name = '' where id = ${one.id}`;
      } else if (what === 2 && one.state === 'met') {
        one.state = turn.pick(['waiting', 'refused']);
        const closed = one.state === 'waiting' ? null : new Date(one.since);
        await tx`update visit_request set closed_at = ${closed}, closed_because = ${closed && 'refused'} where id = ${one.id}`;
      } else if (what === 3 && one.state === 'waiting') {
        Object.assign(one, { state: 'met', since: now });
        await tx`update visit_request set closed_at = ${new Date(now)}, closed_because = 'done' where id = ${one.id}`;
      }
    }
  });
}
