import { addDays, momentOf, weekdayOf } from '../../../lib/kernel/clock';
import type { Row } from '../connection';
import { idOf } from '../ids';
import { accountOf } from './accounts';
import { Dice } from './dice';
import type { Place } from './places';

interface DeskRows {
  person: Row[];
  team_member: Row[];
  desk: Row[];
  desk_hours: Row[];
  desk_shift: Row[];
  desk_assist: Row[];
  desk_dismissal: Row[];
}

type Kind = 'service_centre' | 'culture_house' | 'mobile_point';
interface DemoDesk {
  id: string;
  areaId: number;
  kind: Kind;
  /** Days of the week it is open, and the parts of such a day. */
  weekdays: readonly number[];
  parts: readonly (readonly [from: string, until: string])[];
  /** How many come in a part of a day. */
  busy: readonly [from: number, to: number];
}

const wholeDay = [
  ['07:30', '11:30'],
  ['13:30', '17:00'],
] as const;
/** So many days back and ahead somebody is on duty. */
const [daysBack, daysAhead] = [35, 14];
/** Since when help is logged: from the beginning of a month, since the few of a part of one would hide the next month's too. */
const loggedSince = (today: string) => `${addDays(`${today.slice(0, 7)}-01`, -45).slice(0, 7)}-01`;

const needs = [
  ['service', 34],
  ['vneid', 30],
  ['payment', 8],
  ['trader', 4],
  ['phone', 12],
  ['other', 12],
] as const;
const help = [
  ['1', 40],
  ['2', 28],
  ['3', 14],
  ['0', 16],
  ['4', 2],
] as const;
const minutes = [
  ['10', 34],
  ['15', 28],
  ['5', 20],
  ['30', 16],
  ['60', 2],
] as const;
const sentTo = {
  vneid: 'police',
  service: 'one_stop',
  payment: 'bank',
  trader: 'bank',
  phone: 'telecom',
  other: 'elsewhere',
} as const;

/** The service centre every working day; of a unit shown in full also one in a village, fixed or mobile. */
function desksOf({ unit, villages, rich }: Place): DemoDesk[] {
  const [first, second] = villages;
  const centre: DemoDesk = {
    id: idOf(`demo/desk/${unit.id}/centre`),
    areaId: unit.id,
    kind: 'service_centre',
    weekdays: [1, 2, 3, 4, 5],
    parts: wholeDay,
    busy: rich ? [2, 4] : [1, 4],
  };
  if (!rich) return [centre];
  const inVillage = { id: idOf(`demo/desk/${unit.id}/village`), busy: [1, 3] as const };
  if (unit.id === 18901 && second)
    return [
      centre,
      { ...inVillage, areaId: second.id, kind: 'mobile_point', weekdays: [6], parts: [['08:00', '11:00']] },
    ];
  if (!first) return [centre];
  return [
    centre,
    { ...inVillage, areaId: first.id, kind: 'culture_house', weekdays: [2, 6], parts: [['13:30', '16:30']] },
  ];
}

const words: Readonly<Record<Kind, { name: string; address: string; wayThere: string }>> = {
  service_centre: {
    name: 'Quầy hỗ trợ số (demo)',
    address: 'Trung tâm Phục vụ hành chính công, tầng 1, quầy số 5',
    wayThere: 'Vào cửa chính, rẽ trái, bàn có biển màu xanh.',
  },
  culture_house: {
    name: 'Điểm hỗ trợ nhà văn hóa (demo)',
    address: 'Nhà văn hóa, phòng bên phải',
    wayThere: 'Cạnh sân bóng chuyền.',
  },
  mobile_point: {
    name: 'Điểm lưu động vào bản (demo)',
    address: 'Nhà cộng đồng, theo lịch trực',
    wayThere: '',
  },
};

/** The desks of a unit, who is on duty, and who was helped; what is logged for today has its moment in the day. */
export function makeDesks(place: Place, today: string, rows: DeskRows): void {
  // In every third unit, which is enough to see how units compare.
  if (!place.rich && place.unit.id % 9 !== 1) return;
  const officer = accountOf('desk_officer', place.unit.id) ?? accountOf('helper', place.unit.id);
  const helper = accountOf('helper', place.unit.id);
  const members = rows.team_member
    .filter(({ area_id, left_on, account_id }) => area_id === place.unit.id && !left_on && !account_id)
    .slice(0, 3)
    .map(({ id }) => String(id));
  for (const desk of desksOf(place)) {
    const { id, areaId, kind, weekdays, parts } = desk;
    rows.desk.push({
      id,
      area_id: areaId,
      kind,
      name: words[kind].name,
      address: words[kind].address,
      way_there: words[kind].wayThere,
      created_at: momentOf('2025-07-15', '08:00'),
      created_by: accountOf('organiser', place.unit.id),
    });
    if (kind !== 'mobile_point')
      for (const weekday of weekdays)
        for (const [opens, closes] of parts)
          rows.desk_hours.push({ desk_id: id, area_id: areaId, weekday, opens, closes });
    const who = kind === 'service_centre' ? [officer, members[0]] : [helper === officer ? null : helper, members[1]];
    onDuty(place, desk, today, who, rows);
    helpPeople(place, desk, today, kind === 'service_centre' ? officer : helper, rows);
  }
  if (place.rich) decideAgainst(place, today, rows);
}

/** Each part of a day has one on duty: an account or a member of a team, in turns. */
function onDuty(
  place: Place,
  desk: DemoDesk,
  today: string,
  who: readonly (string | null | undefined)[],
  rows: DeskRows,
): void {
  const [account, member] = who;
  for (let at = -daysBack; at <= daysAhead; at += 1) {
    const day = addDays(today, at);
    if (!desk.weekdays.includes(weekdayOf(day))) continue;
    for (const [part, [from, until]] of desk.parts.entries()) {
      const byMember = Boolean(member) && (!account || part > 0 || desk.kind === 'mobile_point');
      if (!byMember && !account) continue;
      rows.desk_shift.push({
        id: idOf(`demo/shift/${desk.id}/${day}/${from}`),
        desk_id: desk.id,
        area_id: desk.areaId,
        account_id: byMember ? null : (account ?? null),
        member_id: byMember ? (member ?? null) : null,
        starts_at: momentOf(day, from),
        ends_at: momentOf(day, until),
        planned_at: momentOf(addDays(today, -daysBack - 3), '09:00'),
        planned_by: accountOf('organiser', place.unit.id),
      });
    }
  }
}

/** Who came and what for: mostly without a name; of those who gave it most agreed to be invited. */
function helpPeople(place: Place, desk: DemoDesk, today: string, by: string | null, rows: DeskRows): void {
  const dice = new Dice(`desk/${desk.id}`);
  const homes = new Set<number>(place.villages.map(({ id }) => id));
  const known = rows.person.filter(({ area_id, merged_into }) => homes.has(Number(area_id)) && !merged_into);
  for (let day = loggedSince(today); day <= today; day = addDays(day, 1)) {
    if (!desk.weekdays.includes(weekdayOf(day))) continue;
    for (const [from, until] of desk.parts) {
      const [start, end] = [momentOf(day, from).getTime(), momentOf(day, until).getTime()];
      for (let number = dice.int(...desk.busy); number > 0; number -= 1) {
        const moment = new Date(start + Math.floor(dice.next() * (end - start - 60_000)));
        const need = dice.weighted(needs);
        const person = dice.chance(0.35) ? known[dice.int(0, known.length - 1)] : undefined;
        const met = person && person.created_at instanceof Date && person.created_at < moment ? person : undefined;
        rows.desk_assist.push({
          id: idOf(`demo/assist/${desk.id}/${day}/${from}/${number}`),
          desk_id: desk.id,
          area_id: desk.areaId,
          need_code: need,
          need_version: 1,
          level: Number(dice.weighted(help)),
          minutes: Number(dice.weighted(minutes)),
          referred_to: dice.chance(0.14) ? sentTo[need] : null,
          person_id: met?.id ?? null,
          invite: met !== undefined && dice.chance(0.7),
          at: moment,
          logged_by: by,
        });
      }
    }
  }
}

/** A proposal of a while ago that was decided against. */
function decideAgainst(place: Place, today: string, rows: DeskRows): void {
  rows.desk_dismissal.push({
    id: idOf(`demo/dismissal/${place.unit.id}`),
    area_id: place.unit.id,
    desk_id: idOf(`demo/desk/${place.unit.id}/centre`),
    need_code: 'service',
    reason: 'Tuần trước cổng dịch vụ công lỗi nên bà con hỏi nhiều. Nay đã chạy lại bình thường.',
    at: momentOf(addDays(today, -1), '06:30'),
    by: accountOf('organiser', place.unit.id),
  });
}
