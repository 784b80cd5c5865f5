import { addDays, momentOf } from '../../../lib/kernel/clock';
import type { Row } from '../connection';
import { courseId } from '../courses';
import { idOf } from '../ids';
import { accountOf } from './accounts';
import { unitCourses } from './courses';
import type { Place } from './places';

interface ModelRows {
  class: Row[];
  class_session: Row[];
  visit_round: Row[];
  model: Row[];
  model_class: Row[];
  model_round: Row[];
}

interface Words {
  name: string;
  what: string;
  audience: readonly string[];
  forWhom: string;
  materials: readonly string[];
  plan: { weekdays: readonly number[]; startTime: string; sessions: number; capacity: number; venueKind: string };
}

const family: Words = {
  name: 'Gia đình số (demo)',
  what: 'Mỗi nhà có một người trẻ nhận kèm ông bà.\nBuổi đầu cả nhà cùng đến, người trẻ ngồi cạnh; các buổi sau bà con tự làm, người trẻ chỉ nhắc.\nGiữa hai buổi, người giúp ghé nhà xem còn vướng chỗ nào.',
  audience: ['families', 'older'],
  forWhom: 'Nhà có người cao tuổi ở cùng con cháu',
  materials: ['Điện thoại của chính ông bà, sạc đầy', 'Căn cước', 'Tờ việc cần tập ở nhà, chữ to'],
  plan: { weekdays: [2, 5], startTime: '19:30', sessions: 6, capacity: 16, venueKind: 'culture_house' },
};
const market: Words = {
  name: 'Chợ số (demo)',
  what: 'Học ngay tại chợ vào buổi vãn khách. Mỗi sạp dán mã, người giúp đứng cạnh khi có khách trả tiền thật.\nBài cuối tập nhận ra tin nhắn chuyển khoản giả.',
  audience: ['traders', 'women'],
  forWhom: 'Tiểu thương chợ phường và người hay đi chợ',
  materials: ['Mã của từng sạp in sẵn', 'Điện thoại có tài khoản ngân hàng', 'Tờ “ba điều nhìn trước khi giao hàng”'],
  plan: { weekdays: [3, 6], startTime: '14:30', sessions: 4, capacity: 20, venueKind: 'market' },
};
const identity: Words = {
  name: 'Mỗi công dân một danh tính số (demo)',
  what: 'Lập danh sách người chưa có VNeID mức 2 theo thôn, hẹn công an xã đến làm lưu động, rồi học ngay cách dùng.\nAi vướng giấy tờ thì hẹn lại, không để về tay không.',
  audience: ['everyone'],
  forWhom: '',
  materials: ['Căn cước gắn chip', 'Sim chính chủ', 'Danh sách theo thôn'],
  plan: { weekdays: [6, 7], startTime: '08:00', sessions: 3, capacity: 20, venueKind: 'service_centre' },
};
const morning: Words = {
  name: 'Hẹn sáng thứ Bảy (demo)',
  what: 'Ai cũng ghé được, không cần đăng ký, gặp gì chỉ nấy.',
  audience: ['everyone'],
  forWhom: '',
  materials: [],
  plan: { weekdays: [6], startTime: '08:00', sessions: 4, capacity: 20, venueKind: 'culture_house' },
};

/** So many days ago it was written, and what it was copied from. */
interface Mark {
  key: string;
  ago: number;
  copiedFrom?: string;
  adapted?: string;
  draft?: true;
}

const arrayOf = (words: readonly string[]) => `{${words.map((one) => `"${one}"`).join()}}`;
const modelId = (key: string) => idOf(`demo/model/${key}`);

/**
 * Models of the two units shown in full: the digital family of Minh Hóa, copied by Đồng Thuận and by a third unit that has hardly begun; the
 * digital market of Đồng Thuận, copied by nobody; one citizen one identity, of Đồng Thuận, copied by Minh Hóa; and a draft each. Each has the
 * classes of its course that its unit held since, and the family's copy a round of visits. None is older than what is noted of helpers.
 */
export function makeModels(places: readonly Place[], today: string, rows: ModelRows): void {
  const ward = places.find(({ unit }) => unit.id === 18859);
  const commune = places.find(({ unit }) => unit.id === 18901);
  const [core, steps, payment] = [courseId('core'), courseId('first-steps'), courseId('payment')];
  const lately = momentOf(addDays(today, -40), '00:00');
  const begun = (row: Row) =>
    row.first_starts_at instanceof Date &&
    row.first_starts_at > lately &&
    row.first_starts_at < momentOf(today, '00:00');
  const third = places.find((place) => !place.rich && heldIn(place, [core, steps], rows).filter(begun).length === 1);
  if (!ward || !commune) return;
  const own = unitCourses(ward);
  const [first, second] = [courseId(own.first.key), courseId(own.second.key)];
  const vneid = courseId('vneid');
  write(commune, family, [steps, payment], { key: 'family', ago: 115 }, today, rows);
  write(
    ward,
    family,
    [core],
    {
      key: 'family/ward',
      ago: 105,
      copiedFrom: 'family',
      adapted:
        'Ở phường nhiều ông bà sống một mình, nên người kèm là thanh niên cùng tổ dân phố; học khóa dài 12 buổi.',
    },
    today,
    rows,
  );
  if (third) write(third, family, [steps, core], { key: 'family/third', ago: 41, copiedFrom: 'family' }, today, rows);
  write(ward, market, [second, first], { key: 'market', ago: 117 }, today, rows);
  write(ward, identity, [vneid], { key: 'identity', ago: 116 }, today, rows);
  write(
    commune,
    identity,
    [vneid],
    {
      key: 'identity/commune',
      ago: 112,
      copiedFrom: 'identity',
      adapted: 'Xã xa, nên làm lưu động tại bản vào cuối tuần thay vì ở trung tâm hành chính công.',
    },
    today,
    rows,
  );
  for (const place of [ward, commune])
    write(place, morning, [core], { key: `morning/${place.unit.id}`, ago: 5, draft: true }, today, rows);
  const round = rows.visit_round.find(
    (row) => ward.villages.some(({ id }) => id === row.area_id) && String(row.day) < today,
  );
  if (round)
    rows.model_round.push({
      round_id: round.id ?? null,
      model_id: modelId('family/ward'),
      area_id: round.area_id ?? null,
      version: 1,
      at: momentOf(addDays(today, -1), '20:00'),
      by: accountOf('organiser', ward.unit.id),
    });
}

/** The classes of some courses a unit held or holds. */
function heldIn({ unit, villages }: Place, courses: readonly string[], rows: ModelRows): Row[] {
  return rows.class.filter(
    (row) =>
      (row.area_id === unit.id || villages.some(({ id }) => id === row.area_id)) &&
      courses.includes(String(row.course_id)) &&
      (row.status === 'published' || row.status === 'closed'),
  );
}

function write(
  place: Place,
  words: Words,
  courses: readonly string[],
  mark: Mark,
  today: string,
  rows: ModelRows,
): void {
  const [course = ''] = courses;
  const at = momentOf(addDays(today, -mark.ago), '09:00');
  const by = accountOf('organiser', place.unit.id);
  const { venueKind, startTime, ...plan } = words.plan;
  rows.model.push({
    id: modelId(mark.key),
    area_id: place.unit.id,
    copied_from: mark.copiedFrom ? modelId(mark.copiedFrom) : null,
    copied_version: mark.copiedFrom ? 1 : null,
    status: mark.draft ? 'draft' : 'published',
    version: 1,
    name: words.name,
    what: words.what,
    for_whom: words.forWhom,
    adapted: mark.adapted ?? '',
    audience: arrayOf(words.audience),
    materials: arrayOf(words.materials),
    course_id: course,
    weekdays: `{${plan.weekdays.join()}}`,
    start_time: startTime,
    minutes: 90,
    sessions: plan.sessions,
    capacity: plan.capacity,
    minimum_to_run: 5,
    venue_kind: venueKind,
    created_at: at,
    created_by: by,
    changed_at: at,
    changed_by: by,
    published_at: mark.draft ? null : at,
  });
  if (mark.draft) return;
  for (const row of heldIn(place, courses, rows)) {
    // What began before the model was written down was another way of working.
    const begins = row.first_starts_at;
    if (!(begins instanceof Date) || begins < at) continue;
    rows.model_class.push({
      class_id: row.id ?? null,
      model_id: modelId(mark.key),
      area_id: row.area_id ?? null,
      version: 1,
      at: row.created_at ?? at,
      by,
    });
  }
}
