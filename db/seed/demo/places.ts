import { fold } from '../../../lib/kernel/text';
import { readUnits, provinceId, type Unit } from '../areas';
import type { Row } from '../connection';
import { idOf } from '../ids';
import { Dice } from './dice';
import { inventName } from './names';

/** The ward and the commune that are shown in full: everything happens there today, yesterday and tomorrow. */
export const richUnits: readonly number[] = [18859, 18901];

export interface Venue {
  id: string;
  areaId: number;
  name: string;
  /** Sessions it has already, as day and time. */
  taken: Set<string>;
}

export interface Village {
  id: number;
  name: string;
  venue: Venue;
}

export interface Place {
  unit: Unit;
  rich: boolean;
  /** Bru–Vân Kiều and Pa Kô country. */
  mountain: boolean;
  /** How busy the movement is here, about 0.3 to 1.5. */
  activity: number;
  villages: Village[];
  hall: Venue;
  teams: { id: string; kind: string }[];
}

export interface PlaceRows {
  area: Row[];
  area_parent: Row[];
  venue: Row[];
  team: Row[];
  team_member: Row[];
}

const mountainDistricts = new Set(['Huyện Hướng Hóa', 'Huyện Đakrông', 'Huyện Minh Hóa']);
const villageKinds = {
  village: ['Thôn Mẫu', 'Sample Village'],
  hamlet: ['Bản Mẫu', 'Sample Hamlet'],
  residential_group: ['Tổ dân phố Mẫu', 'Sample Residential Group'],
} as const;
const began = '2025-07-01';

/** Invented villages, culture houses and teams under every real unit. Nothing invented goes without "(demo)". */
export function makePlaces(rows: PlaceRows): Place[] {
  return readUnits()
    .filter(({ id }) => id !== provinceId)
    .map((unit, index) => makePlace(unit, index, rows));
}

function makePlace(unit: Unit, index: number, rows: PlaceRows): Place {
  const dice = new Dice(`place/${unit.id}`);
  const rich = richUnits.includes(unit.id);
  const mountain = unit.aliases.some(({ name }) => mountainDistricts.has(name));
  const quiet = index % 13 === 7;
  const activity = quiet ? 0.15 : dice.between(0.35, 1.5);
  const count = rich ? 12 : unit.kind === 'special_zone' ? 3 : dice.int(6, 11);
  const villages = Array.from({ length: count }, (_, at) =>
    makeVillage(unit, 1_000_000 + (index + 1) * 100 + at + 1, at + 1, mountain, dice, rows),
  );
  const centre = `Trung tâm Phục vụ hành chính công ${unit.fullNameVi} (demo)`;
  const hall = makeVenue(`venue/${unit.id}`, unit.id, centre, unit.fullNameVi, dice, rows);
  if (rich) {
    makeVenue(
      `venue/${unit.id}/old`,
      unit.id,
      'Kho hợp tác xã cũ (demo)',
      unit.fullNameVi,
      new Dice(`old/${unit.id}`),
      rows,
    );
    Object.assign(rows.venue.at(-1) ?? {}, { retired_at: `${began}T08:00:00+07:00` });
  }
  const place = { unit, rich, mountain, activity, villages, hall, teams: [] };
  return { ...place, teams: makeTeams(place, dice, rows) };
}

function makeVillage(unit: Unit, id: number, number: number, mountain: boolean, dice: Dice, rows: PlaceRows): Village {
  const kind = unit.kind === 'ward' ? 'residential_group' : mountain && number % 3 === 0 ? 'hamlet' : 'village';
  const name = `${villageKinds[kind][0]} ${number} (demo)`;
  const english = `${villageKinds[kind][1]} ${number} (demo)`;
  rows.area.push({
    id,
    kind,
    name_vi: name,
    name_en: english,
    full_name_vi: name,
    full_name_en: english,
    name_folded: fold(name),
    valid_from: began,
  });
  rows.area_parent.push({ area_id: id, parent_id: unit.id, valid_from: began });
  const venue = makeVenue(`venue/${id}`, id, `Nhà văn hóa ${name}`, `${name}, ${unit.fullNameVi}`, dice, rows);
  return { id, name, venue };
}

const waysThere = [
  'Cạnh trường tiểu học, cổng màu xanh.',
  'Đầu đường vào, có bảng tên lớn. Xe máy vào tận sân.',
  'Đối diện trạm y tế, đi bộ từ chợ chừng năm phút.',
  'Giữa xóm, cạnh cây đa. Trời mưa đi lối sau cho khô.',
  '',
] as const;

/** Thrown apart, so that what else is invented of a place stays what it was. */
function furniture(key: string): { power: boolean; wifi: boolean } {
  const dice = new Dice(`furniture/${key}`);
  return { power: dice.chance(0.92), wifi: dice.chance(0.45) };
}

function makeVenue(key: string, areaId: number, name: string, address: string, dice: Dice, rows: PlaceRows): Venue {
  const id = idOf(`demo/${key}`);
  rows.venue.push({
    id,
    area_id: areaId,
    name,
    address,
    way_there: dice.pick(waysThere),
    seats: dice.int(5, 10) * 5,
    step_free: dice.chance(0.55),
    ...furniture(key),
  });
  return { id, areaId, name, taken: new Set() };
}

const teamKinds = [
  ['digital_ambassadors', 'Đại sứ số', 'youth'],
  ['community_tech', 'Tổ công nghệ số cộng đồng', 'government'],
  ['shock_team', 'Đội hình xung kích thanh niên', 'youth'],
  ['front', 'Mặt trận và các đoàn thể', 'front'],
] as const;

function makeTeams(place: Omit<Place, 'teams'>, dice: Dice, rows: PlaceRows): Place['teams'] {
  const { unit } = place;
  const kinds = place.rich ? teamKinds : teamKinds.slice(0, dice.int(2, 3));
  return kinds.map(([kind, title, organisation]) => {
    const id = idOf(`demo/team/${unit.id}/${kind}`);
    rows.team.push({ id, area_id: unit.id, kind, organisation, name: `${title} ${unit.fullNameVi} (demo)` });
    for (let member = 1; member <= dice.int(3, 6); member += 1) {
      rows.team_member.push({
        id: idOf(`demo/team/${unit.id}/${kind}/${member}`),
        team_id: id,
        area_id: unit.id,
        account_id: null,
        full_name: inventName(dice, dice.chance(0.5) ? 'female' : 'male', place.mountain),
        joined_on: `2025-${String(dice.int(7, 12)).padStart(2, '0')}-${String(dice.int(1, 28)).padStart(2, '0')}`,
      });
    }
    return { id, kind };
  });
}
