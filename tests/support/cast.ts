import { createHash } from 'node:crypto';
import postgres from 'postgres';
import type { Role } from '../../db/capabilities';
import { connectionOptions } from '../../db/connection';
import { checkSign, initialsOf } from '../../lib/kernel/serial';
import {
  newAddressId,
  newCardCode,
  newId,
  newSerialBody,
  newSheetCode,
  newSlipCode,
  newToken,
} from '../../lib/kernel/id';
import { fold, givenName } from '../../lib/kernel/text';

/** One unit of the small world: everything a row may hang on, published and draft. */
export interface Place {
  unitId: number;
  villageId: number;
  venueId: string;
  teamId: string;
  memberId: string;
  /** A course of the unit's own that no class uses, with one lesson of one skill. */
  courseId: string;
  lessonId: string;
  classId: string;
  draftId: string;
  /** Of the published class: yesterday, tomorrow. */
  sessionIds: [string, string];
  draftSessionId: string;
  /** Confirmed in the published class, came yesterday, observed once. */
  personId: string;
  enrolmentId: string;
  code: string;
  /** Of the learner's card. */
  cardCode: string;
  /** Of a certificate of theirs. */
  serial: string;
  operationId: string;
  observationId: string;
  /** Of the village, where the learner was helped once, long ago. */
  deskId: string;
}

export interface Cast {
  here: Place;
  there: Place;
  courseId: string;
  lessonId: string;
  skillCode: string;
  /** The token of a fresh sign-in of that role, in that unit (province roles: in the province). */
  token: (role: Role, place: Place) => Promise<string>;
  accountOf: (role: Role, place: Place) => Promise<string>;
  /** The database's owner, who passes every wall: for setting the scene and looking at what was written. */
  owner: postgres.Sql;
}

/** A serial nobody has yet, with its check sign. */
export function newSerial(): string {
  const body = newSerialBody();
  return body + checkSign(body);
}

const province = 44;
const provinceRoles: readonly Role[] = ['province_leader', 'province_admin'];

/**
 * The same small world for every suite: Đồng Thuận ward (here) and Minh Hóa commune (there), each with a village, a venue, a
 * team, a published and a draft class, one learner who came yesterday; and accounts for every role.
 */
export async function setTheScene(url: string): Promise<Cast> {
  const owner = postgres({
    ...connectionOptions(url),
    max: 4,
    onnotice: () => {},
    transform: postgres.camel,
    connection: { TimeZone: 'Asia/Ho_Chi_Minh' },
  });
  const [course] = await owner<{ courseId: string; lessonId: string; skillCode: string }[]>`
    select l.course_id, l.id as lesson_id, s.skill_code from lesson l join lesson_skill s on s.lesson_id = l.id
    where l.area_id = ${province} order by l.course_id, l.position, s.skill_code limit 1`;
  if (!course) throw new Error('the template database holds no course');
  const here = await furnish(owner, 18859, 1_900_001, course);
  const there = await furnish(owner, 18901, 1_900_002, course);
  await owner`select rebuild_area_tree()`;
  const accounts = new Map<string, string>();
  const accountOf = async (role: Role, place: Place) => {
    const areaId = provinceRoles.includes(role) ? province : place.unitId;
    const key = `${role}.${areaId}`;
    const known = accounts.get(key);
    if (known) return known;
    const id = newId();
    accounts.set(key, id);
    await owner`insert into account (id, username, full_name, password_hash, area_id) values (${id}, ${key}, ${`Người thử ${key}`}, 'none', ${areaId})`;
    await owner`insert into account_grant (account_id, role, area_id) values (${id}, ${role}, ${areaId})`;
    return id;
  };
  const token = async (role: Role, place: Place) => {
    const fresh = newToken();
    await owner`insert into auth_session (token_hash, account_id, expires_at, device)
      values (${createHash('sha256').update(fresh).digest()}, ${await accountOf(role, place)}, now() + interval '1 day', 'test')`;
    return fresh;
  };
  return { here, there, ...course, token, accountOf, owner };
}

async function furnish(
  owner: postgres.Sql,
  unitId: number,
  villageId: number,
  course: { courseId: string; lessonId: string; skillCode: string },
): Promise<Place> {
  const place: Place = {
    unitId,
    villageId,
    venueId: newId(),
    teamId: newId(),
    memberId: newId(),
    courseId: newId(),
    lessonId: newId(),
    classId: newAddressId(),
    draftId: newAddressId(),
    sessionIds: [newId(), newId()],
    draftSessionId: newId(),
    personId: newId(),
    enrolmentId: newId(),
    code: newSlipCode(),
    cardCode: newCardCode(),
    serial: newSerial(),
    operationId: newId(),
    observationId: newId(),
    deskId: newId(),
  };
  const village = `Thôn Thử ${villageId}`;
  const name = 'Nguyễn Thị Thử';
  const accountId = newId();
  await owner.begin(async (tx) => {
    await tx`insert into area (id, kind, name_vi, name_en, full_name_vi, full_name_en, name_folded, valid_from)
      values (${villageId}, 'village', ${village}, ${village}, ${village}, ${village}, ${fold(village)}, '2025-07-01')`;
    await tx`insert into area_parent (area_id, parent_id, valid_from) values (${villageId}, ${unitId}, '2025-07-01')`;
    await tx`insert into account (id, username, full_name, password_hash, area_id) values (${accountId}, ${`cast.${unitId}`}, 'Người dựng cảnh', 'none', ${unitId})`;
    await tx`insert into venue (id, area_id, name, address) values (${place.venueId}, ${villageId}, ${`Nhà văn hóa ${village}`}, ${village})`;
    await tx`insert into day_off (area_id, kind, first_day, last_day, reason, name) values (${villageId}, 'dates', '2026-03-01', '2026-03-02', 'market', 'Phiên chợ')`;
    await tx`insert into team (id, area_id, kind, name) values (${place.teamId}, ${unitId}, 'community_tech', ${`Tổ công nghệ số ${village}`})`;
    await tx`insert into team_member (id, team_id, area_id, full_name) values (${place.memberId}, ${place.teamId}, ${unitId}, 'Trần Văn Thử')`;
    await tx`insert into helper_card (member_id, area_id, code, valid_from, valid_until)
      values (${place.memberId}, ${unitId}, ${newSerial()}, current_date - 800, current_date - 500)`;
    await tx`insert into team_member_free (member_id, area_id, weekday, part) values (${place.memberId}, ${unitId}, 1, 'morning')`;
    await tx`insert into team_member_away (member_id, area_id, first_day, last_day)
      values (${place.memberId}, ${unitId}, current_date - 30, current_date - 28)`;
    await tx`insert into team_member_training (member_id, area_id, title, held_on, given_by, minutes)
      values (${place.memberId}, ${unitId}, 'Cách ngồi kèm', current_date - 60, 'Hội Khuyến học', 90)`;
    await tx`insert into team_member_skill (member_id, skill_code, area_id) values (${place.memberId}, ${course.skillCode}, ${unitId})`;
    await tx`insert into course (id, area_id, title_vi, title_en, summary_vi, summary_en, bring_vi, bring_en)
      values (${place.courseId}, ${unitId}, ${`Khóa học ${village}`}, ${`Course ${village}`}, 'Học thử.', 'A trial.', 'Điện thoại.', 'A phone.')`;
    await tx`insert into lesson (id, course_id, area_id, position, title_vi, title_en)
      values (${place.lessonId}, ${place.courseId}, ${unitId}, 1, 'Bài thử', 'Trial lesson')`;
    await tx`insert into lesson_skill (lesson_id, skill_code, area_id) values (${place.lessonId}, ${course.skillCode}, ${unitId})`;
    for (const [id, status] of [
      [place.classId, 'published'],
      [place.draftId, 'draft'],
    ] as const) {
      await tx`insert into class (id, area_id, course_id, venue_id, team_id, status, capacity, seats_confirmed, first_starts_at, last_ends_at, published_at)
        values (${id}, ${villageId}, ${course.courseId}, ${place.venueId}, ${place.teamId}, ${status}, 20, ${status === 'draft' ? 0 : 1},
          now() - interval '1 day', now() + interval '26 hours', ${status === 'draft' ? null : new Date()})`;
    }
    const sessions = [
      [place.sessionIds[0], place.classId, 1, '-1 day', 'published'],
      [place.sessionIds[1], place.classId, 2, '1 day', 'published'],
      [place.draftSessionId, place.draftId, 1, '2 days', 'planned'],
    ] as const;
    for (const [id, classId, position, from, status] of sessions) {
      await tx`insert into class_session (id, class_id, area_id, lesson_id, venue_id, position, starts_at, ends_at, status)
        values (${id}, ${classId}, ${villageId}, ${course.lessonId}, ${place.venueId}, ${position},
          now() + ${from}::interval, now() + ${from}::interval + interval '90 minutes', ${status})`;
    }
    await tx`insert into session_helper (session_id, member_id, role) values (${place.sessionIds[1]}, ${place.memberId}, 'teaches')`;
    await tx`insert into class_skipped_day (class_id, day, area_id, reason) values (${place.classId}, '2026-01-01', ${villageId}, 'chosen')`;
    await tx`insert into postponement (press_id, area_id, first_day, last_day, instead, reason, changes, by)
      values (${newId()}, ${unitId}, '2026-01-01', '2026-01-01', 'move', 'Bão', '[]', ${accountId})`;
    await tx`insert into class_recording (class_id, area_id, language, media_type, content, content_hash)
      values (${place.classId}, ${villageId}, 'bru', 'audio/wav', ${Buffer.from('RIFF0000WAVE')}, ${'0'.repeat(32)})`;
    await tx`insert into person (id, area_id, full_name, given_name, name_folded, birth_year, gender, phone_hint)
      values (${place.personId}, ${villageId}, ${name}, ${givenName(name)}, ${fold(name)}, 1954, 'female', '••• 567')`;
    await tx`insert into person_phone (person_id, phone) values (${place.personId}, '+84912345567')`;
    await tx`insert into card (person_id, code) values (${place.personId}, ${place.cardCode})`;
    await tx`insert into consent (person_id, purpose, text_version, given, how) values (${place.personId}, 'class', 1, true, 'self')`;
    await tx`with made as (insert into household (area_id) values (${villageId}) returning id)
      insert into household_member (household_id, person_id, area_id) select id, ${place.personId}, ${villageId} from made`;
    const consentId = newId();
    await tx`insert into consent (id, person_id, purpose, text_version, given, how) values (${consentId}, ${place.personId}, 'need', 1, true, 'oral')`;
    await tx`insert into person_need (person_id, kind, consent_id) values (${place.personId}, 'disability', ${consentId})`;
    await tx`insert into enrolment (id, class_id, area_id, person_id, status, code, channel, idempotency_key)
      values (${place.enrolmentId}, ${place.classId}, ${villageId}, ${place.personId}, 'confirmed', ${place.code}, 'web', ${newId()})`;
    await tx`insert into enrolment_event (enrolment_id, area_id, to_status, channel) values (${place.enrolmentId}, ${villageId}, 'confirmed', 'web')`;
    await tx`insert into register_operation (id, session_id, area_id, account_id, person_id, kind, content, content_hash, device_time, outcome)
      values (${place.operationId}, ${place.sessionIds[0]}, ${villageId}, ${accountId}, ${place.personId}, 'mark', '{}', 'none', now(), 'applied')`;
    await tx`insert into register_sheet (id, session_id, area_id, code, people, skills)
      values (${newId()}, ${place.sessionIds[0]}, ${villageId}, ${newSheetCode()}, ${[place.personId]}::uuid[], '{}')`;
    await tx`insert into attendance (session_id, person_id, area_id, state, by_default, marked_at, operation_id)
      values (${place.sessionIds[0]}, ${place.personId}, ${villageId}, 'present', false, now(), ${place.operationId})`;
    await tx`insert into skill_observation (id, person_id, skill_code, level, source, session_id, area_id, observed_at)
      values (${place.observationId}, ${place.personId}, ${course.skillCode}, 2, 'session', ${place.sessionIds[0]}, ${villageId}, now())`;
    await tx`insert into certificate (serial, enrolment_id, course_id, area_id, person_id, initials, name_salt, name_digest, learnt_from, learnt_to)
      select ${place.serial}, e.id, k.course_id, e.area_id, e.person_id, ${initialsOf(name)}, 'salt', 'digest', now() - interval '40 days', now() - interval '30 days'
      from enrolment e join class k on k.id = e.class_id where e.id = ${place.enrolmentId}`;
    await tx`insert into signing_key (id, public_key) values ('k0123456789abcdef', ${'A'.repeat(43)}) on conflict do nothing`;
    await tx`insert into desk (id, area_id, kind, name, address) values (${place.deskId}, ${villageId}, 'culture_house', ${`Điểm ${village}`}, ${village})`;
    await tx`insert into desk_hours (desk_id, area_id, weekday, opens, closes) values (${place.deskId}, ${villageId}, 1, '07:30', '11:30')`;
    await tx`insert into desk_shift (desk_id, area_id, member_id, who_id, starts_at, ends_at)
      values (${place.deskId}, ${villageId}, ${place.memberId}, ${place.memberId}, '2026-01-05T07:30+07', '2026-01-05T11:30+07')`;
    await tx`insert into desk_assist (id, desk_id, area_id, need_code, need_version, level, minutes, person_id, at, logged_by)
      values (${newId()}, ${place.deskId}, ${villageId}, 'vneid', 1, 1, 10, ${place.personId}, '2026-01-05T08:00+07', ${accountId})`;
    await tx`insert into desk_operation (id, desk_id, area_id, account_id, kind, assist_id, content, content_hash, device_time, outcome)
      values (${newId()}, ${place.deskId}, ${villageId}, ${accountId}, 'undo', ${newId()}, '{}', '', '2026-01-05T08:01+07', 'held')`;
    const [round, visit, request] = [newId(), newId(), newId()];
    await tx`insert into visit_request (id, code, area_id, asked_by, full_name, needs, idempotency_key, closed_at, closed_because)
      values (${request}, ${newSlipCode()}, ${villageId}, 'staff', 'Lê Thị Xưa', '{phone}', ${newId()}, '2026-01-06T12:00+07', 'done')`;
    await tx`insert into visit_round (id, area_id, team_id, day, starts_at, ends_at)
      values (${round}, ${villageId}, ${place.teamId}, '2026-01-06', '2026-01-06T08:00+07', '2026-01-06T10:00+07')`;
    await tx`insert into visit_round_helper (id, round_id, area_id, member_id, who_id, starts_at, ends_at)
      values (${newId()}, ${round}, ${villageId}, ${place.memberId}, ${place.memberId}, now(), now())`;
    await tx`insert into visit (id, round_id, area_id, day, request_id, pin) values (${visit}, ${round}, ${villageId}, '2026-01-06', ${request}, '0106')`;
    await tx`insert into visit_outcome (id, visit_id, area_id, outcome, minutes, at, recorded_by)
      values (${newId()}, ${visit}, ${villageId}, 'done', 30, '2026-01-06T08:40+07', ${accountId})`;
    await tx`insert into visit_operation (id, visit_id, area_id, account_id, kind, content, content_hash, device_time, outcome)
      values (${newId()}, ${visit}, ${villageId}, ${accountId}, 'skill', '{}', '', '2026-01-06T08:40+07', 'merged')`;
    const modelId = newId();
    await tx`insert into model (id, area_id, status, name, what, audience, course_id, weekdays, start_time, minutes, sessions, capacity, minimum_to_run,
        venue_kind, published_at)
      values (${modelId}, ${unitId}, 'published', ${`Gia đình số ${village}`}, 'Cả nhà cùng học.', '{families}', ${place.courseId}, '{2,5}', '19:30', 90,
        6, 16, 5, 'culture_house', '2026-01-02')`;
    await tx`insert into model_class (class_id, model_id, area_id, version) values (${place.classId}, ${modelId}, ${villageId}, 1)`;
    await tx`insert into model_round (round_id, model_id, area_id, version) values (${round}, ${modelId}, ${villageId}, 1)`;
    await tx`insert into visit_check_attempt (area_id, address) values (${villageId}, '192.0.2.1')`;
    await tx`insert into desk_dismissal (area_id, desk_id, need_code, reason) values (${villageId}, ${place.deskId}, 'payment', 'Đã có lớp')`;
    await tx`insert into step_record (person_id, step_code, answer, source, at, key)
      values (${place.personId}, 'phone', 'yes', 'self', '2026-01-05T08:00+07', ${newId()})`;
    const demandId = newId();
    await tx`insert into class_demand (id, area_id, skill_code, idempotency_key) values (${demandId}, ${villageId}, ${course.skillCode}, ${newId()})`;
    const task = { kind: 'never', person_id: place.personId, fact: 'never', area_id: villageId };
    await tx`insert into task_work ${tx({ ...task, id: newId(), outcome: 'not_home', at: '2026-01-02', by: accountId })}`;
    // In the time of duty, and nobody met: no figure counts it.
    await tx`insert into door_visit ${tx({ id: newId(), home: place.personId, area_id: villageId, day: '2026-01-02', at: '2026-01-02', minutes: 20, met: false, by: accountId, elsewhere: 'shift' })}`;
    await tx`insert into task_given ${tx({ ...task, member_id: place.memberId, given_at: '2026-01-01', until: '2026-01-08', ended_at: '2026-01-02' })}`;
    await tx`insert into person_pause ${tx({ id: newId(), person_id: place.personId, area_id: villageId, reason: 'away', until: '2026-01-09', at: '2026-01-02' })}`;
    await tx`insert into class_demand_contact (demand_id, area_id, full_name, phone, consent_version)
      values (${demandId}, ${villageId}, 'Lê Thị Xin', '+84912345568', 1)`;
    const [reportId, stepId] = [newId(), newId()];
    await tx`insert into report (id, area_id, period, closes_on) values (${reportId}, ${unitId}, 'k2026-01', '2026-01-15')`;
    await tx`insert into report_remark (report_id, area_id, obstacles) values (${reportId}, ${unitId}, 'Mất sóng')`;
    await tx`insert into report_step (report_id, area_id, to_state) values (${reportId}, ${unitId}, 'draft')`;
    await tx`insert into report_step (id, report_id, area_id, from_state, to_state, content)
      values (${stepId}, ${reportId}, ${unitId}, 'draft', 'submitted', '{"number": "", "obstacles": "Mất sóng", "proposals": "", "below": []}')`;
    await tx`insert into report_figure (step_id, report_id, area_id, position, code, name_vi, name_en, unit, kind, value)
      values (${stepId}, ${reportId}, ${unitId}, 0, 'R01', 'Số buổi', 'Sessions', 'sessions', 'computed', 3)`;
    await tx`insert into report_due (area_id, day) values (${unitId}, 20)`;
    await tx`insert into eligible (area_id, as_of, grp, people, source) values (${villageId}, '2026-01-01', 'all', 400, 'Sổ dân cư')`;
    await tx`insert into declared_figure (indicator_code, area_id, period, value, source, as_of) values ('R11', ${villageId}, '2024', 3, 'Công an xã', '2024-12-31')`;
    await tx`insert into target (indicator_code, area_id, period, value) values ('R01', ${villageId}, '2024', 12)`;
    const [messageId, agreedId] = [newId(), newId()];
    await tx`insert into consent (id, person_id, purpose, text_version, given, how) values (${agreedId}, ${place.personId}, 'message', 1, true, 'oral')`;
    await tx`insert into message_choice (person_id, consent_id, sms) values (${place.personId}, ${agreedId}, true)`;
    await tx`insert into class_change (class_id, session_id, area_id, was_starts_at, was_venue_id, was_off)
      values (${place.classId}, ${place.sessionIds[0]}, ${villageId}, now(), ${place.venueId}, false)`;
    await tx`insert into message (id, key, purpose, person_id, enrolment_id, class_id, area_id, unit_id, not_before, due_at, expires_at, state, settled_at)
      values (${messageId}, ${`cast:${messageId}`}, 'place', ${place.personId}, ${place.enrolmentId}, ${place.classId}, ${villageId}, ${unitId},
        now() - interval '2 days', now(), now() - interval '1 day', 'told', now())`;
    await tx`insert into message_attempt (message_id, area_id, channel, at, outcome, ended_at) values (${messageId}, ${villageId}, 'sms', now(), 'refused', now())`;
    await tx`insert into message_call (message_id, area_id, outcome, by) values (${messageId}, ${villageId}, 'reached', ${accountId})`;
    await tx`insert into message_budget (area_id, month, allowed) values (${unitId}, '2026-01-01', 100)`;
    await tx`insert into member_choice (member_id, sms) values (${place.memberId}, true)`;
    await leaveTraces(tx, place, accountId);
    await tx`insert into audit_event (action, subject_kind, subject_id, area_id) values ('scene.set', 'area', ${String(unitId)}, ${unitId})`;
  });
  return place;
}

/** Somebody of nowhere once read the learner's record and sent them on; they were written down in the wrong place before. All of it is over. */
async function leaveTraces(tx: postgres.TransactionSql, place: Place, accountId: string): Promise<void> {
  const [searchId, referralId, consentId] = [newId(), newId(), newId()];
  await tx`insert into outside_search (id, account_id, found) values (${searchId}, ${accountId}, 1)`;
  await tx`insert into outside_hit (search_id, person_id) values (${searchId}, ${place.personId})`;
  await tx`insert into outside_reading (person_id, account_id, reader_area_id, owner_area_id, why, words, opened_at, until)
    values (${place.personId}, ${accountId}, 44, ${place.villageId}, 'asks_class', 'Xin vào lớp ở đây', now() - interval '1 day', now() - interval '21 hours')`;
  await tx`insert into consent (id, person_id, purpose, text_version, given, how) values (${consentId}, ${place.personId}, 'refer', 1, true, 'paper')`;
  await tx`insert into referral (id, person_id, from_area_id, to_area_id, why, asks, consent_id, state, expires_at)
    select ${referralId}, ${place.personId}, ${place.unitId}, min(id), 'work', 'class', ${consentId}, 'rejected', now() + interval '1 day'
    from area where kind = 'commune' and id not in (18859, 18901)`;
  await tx`insert into referral_step (referral_id, to_state) values (${referralId}, 'open')`;
  await tx`insert into person_residence (person_id, from_area_id, area_id, how, since)
    values (${place.personId}, ${place.unitId}, ${place.villageId}, 'corrected', '2026-01-01')`;
}
