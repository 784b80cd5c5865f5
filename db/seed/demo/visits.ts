import { addDays, momentOf } from '../../../lib/kernel/clock';
import type { Row, SeedTx } from '../connection';
import { idOf } from '../ids';
import { accountOf, memberWithAccount } from './accounts';
import { Dice } from './dice';
import { inventName } from './names';
import type { Place } from './places';

interface VisitRows {
  person: Row[];
  team_member: Row[];
  session_helper: Row[];
  desk: Row[];
  desk_shift: Row[];
  desk_assist: Row[];
  visit_request: Row[];
  visit_round: Row[];
  visit_round_helper: Row[];
  visit: Row[];
  visit_outcome: Row[];
}

const letters = '2346789ACDEFGHJKMNPQRTWXY';
const asked = [
  { needs: '{vneid,service}', times: '{morning}', words: 'Nhà sau trường tiểu học.', days: 9, born: 1951, phone: true },
  {
    needs: '{safety}',
    times: '{afternoon,evening}',
    words: 'Có người gọi đòi cài phần mềm.',
    days: 2,
    born: 1963,
    phone: true,
  },
  { needs: '{phone}', times: '{}', words: '', days: 16, born: 1946, phone: false },
  { needs: '{payment,phone}', times: '{evening}', words: '', days: 5, born: 1970, phone: true },
  { needs: '{vneid}', times: '{morning,afternoon}', words: 'Gọi trước cho con gái.', days: 1, born: 1955, phone: true },
] as const;
const outcomes = [
  ['done', 35, ''],
  ['not_home', null, 'Hàng xóm nói chiều mới về.'],
  ['done', 20, ''],
  ['wrong_details', null, 'Nhà này không có ai tên như vậy.'],
] as const;

/** Whom the mobile point of the round that went helped: what for, how much help, minutes, sent where. */
const helped = [
  ['vneid', 1, 15, null],
  ['payment', 2, 10, 'bank'],
  ['phone', 2, 5, 'home_visit'],
  ['service', 1, 30, 'one_stop'],
  ['phone', 3, 5, null],
] as const;

/** Who asked for a visit in a unit shown in full, a round that went, one of yesterday of which nothing was said yet, one of today and one to come. */
export function makeVisits(place: Place, today: string, rows: VisitRows): void {
  const village = place.villages[0];
  const username = { 18859: 'daisu.dongthuan', 18901: 'daisu.minhhoa' }[place.unit.id];
  const [team] = place.teams;
  if (!place.rich || !village || !username || !team) return;
  const dice = new Dice(`visits/${place.unit.id}`);
  const organiser = accountOf('organiser', place.unit.id);
  const requests = asked.map(({ needs, times, words, days, born, phone }, at) => {
    const request = {
      id: idOf(`demo/visit-request/${place.unit.id}/${at}`),
      code: Array.from({ length: 8 }, () => letters[dice.int(0, letters.length - 1)]).join(''),
      area_id: at === 3 ? (place.villages[1]?.id ?? village.id) : village.id,
      asked_by: at % 2 === 0 ? 'relative' : 'self',
      full_name: inventName(dice, at % 2 === 0 ? 'female' : 'male', place.mountain),
      birth_year: born,
      phone: phone ? `+84900077${String(place.unit.id % 100).padStart(2, '0')}${at}` : null,
      phone_of: phone ? (at % 2 === 0 ? 'relative' : 'self') : null,
      needs,
      times,
      words,
      consent_version: 1,
      idempotency_key: idOf(`demo/visit-key/${place.unit.id}/${at}`),
      created_at: momentOf(addDays(today, -days), '06:15'),
      created_by: null,
      person_id: null,
      closed_at: null,
      closed_because: null,
      closed_by: null,
      closed_note: '',
    };
    rows.visit_request.push(request);
    return request;
  });
  const own = memberWithAccount(place.unit.id, username);
  const helper = accountOf('helper', place.unit.id);
  const mate = rows.team_member.find(
    ({ team_id, left_on, account_id, id }) => team_id === team.id && !left_on && !account_id && id !== own,
  );
  if (!mate) return;
  const people = rows.person
    .filter(
      ({ area_id, merged_into, created_at }) =>
        area_id === village.id &&
        !merged_into &&
        created_at instanceof Date &&
        created_at < momentOf(addDays(today, -8), '00:00'),
    )
    .slice(0, 8)
    .map(({ id }) => String(id));
  const deskId = idOf(`demo/desk/round/${place.unit.id}`);
  const round = (name: string, day: string, from: string, until: string, point = false): string => {
    const id = idOf(`demo/round/${place.unit.id}/${name}`);
    const [starts, ends] = [momentOf(day, from), momentOf(day, until)];
    rows.visit_round.push({
      id,
      area_id: village.id,
      team_id: team.id,
      day,
      starts_at: starts,
      ends_at: ends,
      planned_at: momentOf(addDays(today, -8), '09:00'),
      planned_by: organiser,
      desk_id: point ? deskId : null,
    });
    for (const member of [own, String(mate.id)])
      rows.visit_round_helper.push({
        id: idOf(`demo/round-helper/${id}/${member}`),
        round_id: id,
        area_id: village.id,
        member_id: member,
        who_id: member,
        starts_at: starts,
        ends_at: ends,
      });
    return id;
  };
  const home = (
    roundId: string,
    day: string,
    number: number,
    who: { person?: string; request?: string },
    told: boolean,
  ) => {
    const id = idOf(`demo/visit/${roundId}/${number}`);
    rows.visit.push({
      id,
      round_id: roundId,
      area_id: village.id,
      day,
      request_id: who.request ?? null,
      person_id: who.person ?? null,
      pin: String(1000 + ((place.unit.id * 37 + number * 1013 + Number(day.slice(8)) * 211) % 9000)),
      // The evening before, or of a round still to come yesterday: nothing was told in the future.
      told_at: told ? momentOf(addDays(day < today ? day : today, -1), '17:30') : null,
      told_by: told ? organiser : null,
      planned_at: momentOf(addDays(today, -7), '09:00'),
    });
    return id;
  };
  // At noon, when no class is held: nobody is at two places.
  const [past, now, next] = [addDays(today, -3), today, addDays(today, 4)];
  const went = round('went', past, '11:40', '13:10', true);
  rows.desk.push({
    id: deskId,
    area_id: village.id,
    kind: 'mobile_point',
    name: `Điểm lưu động ${village.name}`,
    address: village.name,
    way_there: '',
    created_at: momentOf(addDays(today, -8), '09:00'),
    created_by: organiser,
  });
  for (const [at, [need, level, minutes, sentTo]] of helped.entries())
    rows.desk_assist.push({
      id: idOf(`demo/assist/${went}/${at}`),
      desk_id: deskId,
      area_id: village.id,
      need_code: need,
      need_version: 1,
      level,
      minutes,
      referred_to: sentTo,
      person_id: at === 1 ? (people[6] ?? null) : null,
      invite: false,
      at: momentOf(past, `12:${10 + at * 8}`),
      logged_by: helper,
    });
  for (const [at, [outcome, minutes, words]] of outcomes.entries()) {
    const person = people[at];
    if (!person) continue;
    const visit = home(went, past, at + 1, { person }, true);
    rows.visit_outcome.push({
      id: idOf(`demo/visit-outcome/${visit}`),
      visit_id: visit,
      area_id: village.id,
      outcome,
      minutes,
      words,
      at: momentOf(past, ['11:55', '12:15', '12:35', '12:55'][at] ?? '12:55'),
      received_at: momentOf(past, '13:30'),
      recorded_by: helper,
      next_on: outcome === 'not_home' ? addDays(today, 4) : null,
    });
  }
  // Met on the way there, and nobody said yet who it is.
  const metAt = momentOf(past, '12:50');
  const met = idOf(`demo/visit-request/${place.unit.id}/met`);
  rows.visit_request.push({
    id: met,
    code: Array.from({ length: 8 }, () => letters[dice.int(0, letters.length - 1)]).join(''),
    area_id: village.id,
    asked_by: 'self',
    full_name: inventName(dice, 'female', place.mountain),
    birth_year: 1949,
    phone: null,
    phone_of: null,
    needs: '{phone}',
    times: '{}',
    words: '',
    consent_version: 2,
    idempotency_key: idOf(`demo/visit-key/${place.unit.id}/met`),
    created_at: metAt,
    created_by: helper,
    person_id: null,
    closed_at: metAt,
    closed_because: 'done',
    closed_by: helper,
    closed_note: '',
  });
  rows.visit_outcome.push({
    id: idOf(`demo/visit-outcome/${met}`),
    visit_id: home(went, past, outcomes.length + 1, { request: met }, true),
    area_id: village.id,
    outcome: 'done',
    minutes: 15,
    words: '',
    at: metAt,
    received_at: momentOf(past, '13:30'),
    recorded_by: helper,
    next_on: null,
  });
  const yesterday = addDays(today, -1);
  const unsaid = round('unsaid', yesterday, '11:40', '13:10');
  for (const [at, person] of people.slice(6, 8).entries()) home(unsaid, yesterday, at + 1, { person }, true);
  const going = round('today', now, '11:40', '13:10');
  const [first, second, third] = requests;
  if (first) home(going, now, 1, { request: first.id }, true);
  if (people[4]) home(going, now, 2, { person: people[4] }, true);
  const ahead = round('ahead', next, '11:40', '13:10', true);
  if (third) home(ahead, next, 1, { request: third.id }, false);
  if (second) home(ahead, next, 2, { request: second.id }, true);
  if (people[5]) home(ahead, next, 3, { person: people[5] }, false);
}

/** What was seen at home where a visit helped: a basic skill, the ways skills are. */
export async function seeAtHome(tx: SeedTx): Promise<void> {
  await tx`
    insert into skill_observation (id, person_id, skill_code, level, source, visit_id, area_id, observed_at, observed_by)
    select md5('demo/visit-skill/' || v.id)::uuid, v.person_id, 'A1', 2, 'visit', v.id, v.area_id, o.at, o.recorded_by
    from visit_outcome o join visit v on v.id = o.visit_id where o.outcome = 'done' and v.person_id is not null`;
}
