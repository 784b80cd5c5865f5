import type { APIRequestContext } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import { forgetAttempts } from '../../support/server';
import { newAddressId, newCardCode, newSlipCode } from '../../../lib/kernel/id';
import type { Named } from './matrix';
import type { Scene } from './scene';
import { listScenes } from './list-posts';
import { mapScenes } from './map-posts';
import { messageScenes } from './message-posts';
import { certificateScenes } from './certificate-posts';
import { awayScenes } from './away-scenes';
import { deskScenes } from './desk-posts';
import { taskScenes } from './task-posts';
import { metScenes } from './visit-met-posts';
import { visitScenes } from './visit-posts';
import { paperScenes } from './paper-scenes';
import { peopleScenes } from './people-scenes';
import { reportScenes } from './report-scenes';
import { dutyScenes } from './duty-posts';
import { modelScenes } from './model-posts';
import { helperCardScenes } from './helper-card-posts';
import { teamScenes } from './team-scenes';
import { actionNamed, contextFor, post, type Fields } from './portal';

interface MadeClass {
  classId: string;
  sessionIds: string[];
}

/** A class of its own from four days on, with a session that stands and one that was called off; the last by its id (`nameThings` takes the first). */
export async function newClass(
  sql: Sql,
  own: Named,
  capacity: number,
  reservedFor: string | null = null,
): Promise<MadeClass> {
  const [classId, venueId, sessionIds] = [`z${newAddressId().slice(1)}`, randomUUID(), [randomUUID(), randomUUID()]];
  await sql`insert into venue (id, area_id, name, address) values (${venueId}, ${own.villageId}, 'Nhà văn hóa Cảnh (demo)', 'Thôn Cảnh')`;
  const kept = reservedFor ? 1 : 0;
  await sql`insert into class (id, area_id, course_id, venue_id, team_id, status, capacity, first_starts_at, last_ends_at, offer_hours,
      reserved_for, reserved_places, seats_reserved)
    values (${classId}, ${own.villageId}, ${own.courseId}, ${venueId}, ${own.teamId}, 'published', ${capacity}, now() + interval '4 days',
      now() + interval '6 days', 24, ${reservedFor}, ${kept}, ${kept})`;
  for (const [at, id] of sessionIds.entries())
    await sql`insert into class_session (id, class_id, area_id, venue_id, position, starts_at, ends_at, status, status_reason)
      values (${id}, ${classId}, ${own.villageId}, ${venueId}, ${at + 1}, now() + make_interval(days => ${4 + at}),
        now() + make_interval(days => ${4 + at}, mins => 90), ${at === 0 ? 'published' : 'cancelled'}, ${at === 0 ? null : 'Bão'})`;
  return { classId, sessionIds };
}

interface MadePlace {
  personId: string;
  enrolmentId: string;
  slip: string;
}

/** Somebody's place in a class; `unconfirmed` as after a sign-up that looked unnatural. */
export async function newPlace(
  sql: Sql,
  own: Named,
  { classId }: MadeClass,
  status: 'confirmed' | 'waitlisted' | 'offered',
  unconfirmed = false,
): Promise<MadePlace> {
  const [personId, enrolmentId, slip] = [randomUUID(), randomUUID(), newSlipCode()];
  await sql`insert into person (id, area_id, full_name, given_name, name_folded, birth_year)
    values (${personId}, ${own.villageId}, 'Hồ Thị Cảnh', 'Cảnh', 'ho thi canh', 1954)`;
  await sql`insert into person_phone (person_id, phone) values (${personId}, '+84900077678')`;
  await sql`insert into consent (person_id, purpose, text_version, given, how) values (${personId}, 'class', 1, true, 'oral')`;
  await sql`insert into enrolment (id, class_id, area_id, person_id, status, code, channel, idempotency_key, offer_expires_at, offer_by, unconfirmed_until)
    values (${enrolmentId}, ${classId}, ${own.villageId}, ${personId}, ${status}, ${slip}, 'phone', ${randomUUID()},
      case when ${status} = 'offered' then now() + interval '1 day' end, case when ${status} = 'offered' then 'slip' end,
      case when ${unconfirmed} then now() + interval '1 day' end)`;
  const path = status === 'offered' ? ['waitlisted', 'offered'] : [status];
  for (const [at, to] of path.entries())
    await sql`insert into enrolment_event (enrolment_id, area_id, from_status, to_status, channel)
      values (${enrolmentId}, ${own.villageId}, ${path[at - 1] ?? null}, ${to}, 'phone')`;
  await sql`update class set seats_confirmed = seats_confirmed + ${status === 'confirmed' ? 1 : 0},
      seats_offered = seats_offered + ${status === 'offered' ? 1 : 0}, waiting = waiting + ${status === 'waitlisted' ? 1 : 0}
    where id = ${classId}`;
  if (unconfirmed)
    await sql`insert into signup_sighting (enrolment_id, class_id, network, why, at) values (${enrolmentId}, ${classId}, 'none', 'network', now())`;
  return { personId, enrolmentId, slip };
}

/** A browser that holds a slip, or a card. */
async function holding(baseURL: string, code: string, more: Fields = {}): Promise<APIRequestContext> {
  const context = await contextFor(baseURL, '');
  const answer = await post(context, '/my', actionNamed('/my#showSlip'), { code, ...more });
  if (answer.status() !== 303) throw new Error(`what is in hand does not open: ${answer.status()}`);
  return context;
}

/** The organiser at one more device, which keeps a search for that name. */
async function searchingFor(baseURL: string, name: string): Promise<APIRequestContext> {
  const context = await contextFor(baseURL, 'tochuc.dongthuan');
  await post(context, '/manage/people', actionNamed('/manage/people#search'), { name });
  return context;
}

/** A scene for every form its page shows only at a moment. */
export async function setScenes(sql: Sql, own: Named, baseURL: string): Promise<Record<string, Scene>> {
  // Whatever suite ran before tried wrong numbers from the same network.
  await forgetAttempts(sql);
  const full = await newClass(sql, own, 2);
  const roomy = await newClass(sql, own, 500);
  const kept = await newClass(sql, own, 500, 'disability');
  const seated = await newPlace(sql, own, full, 'confirmed');
  const offered = await newPlace(sql, own, full, 'offered');
  const waiting = await newPlace(sql, own, full, 'waitlisted');
  const needy = await newPlace(sql, own, kept, 'waitlisted');
  const doubted = await newPlace(sql, own, roomy, 'confirmed', true);
  const leaver = await newPlace(sql, own, roomy, 'confirmed');
  const mover = await newPlace(sql, own, roomy, 'confirmed');
  const holder = await newPlace(sql, own, roomy, 'confirmed');
  const card = newCardCode();
  const cardOfOffer = newCardCode();
  await sql`insert into card (person_id, code) values (${holder.personId}, ${card}), (${offered.personId}, ${cardOfOffer})`;
  const slipHeld = await holding(baseURL, seated.slip);
  const offerHeld = await holding(baseURL, offered.slip);
  const cardHeld = await holding(baseURL, card, { birthYear: 1954, second: 'on' });
  const offerByCard = await holding(baseURL, cardOfOffer, { birthYear: 1954, second: 'on' });
  // Signed in at a second device, which keeps a search.
  const searching = await searchingFor(baseURL, 'Nguyen');
  const [newest] = await sql<{ id: string }[]>`
    select s.id from auth_session s join account a on a.id = s.account_id where a.username = 'tochuc.dongthuan' and s.ended_at is null
    order by s.created_at desc limit 1`;
  const accountId = randomUUID();
  await sql`insert into account (id, username, full_name, password_hash, area_id, disabled_at)
    values (${accountId}, ${`canh.${accountId.slice(0, 8)}`}, 'Người đã khóa', 'none', ${own.unit}, now())`;
  const onPlace = ({ classId }: MadeClass, { enrolmentId }: MadePlace): Partial<Named> => ({
    placeClassId: classId,
    enrolmentId,
  });
  const anew = (made: MadeClass, fields: (place: MadePlace) => Fields): Required<Pick<Scene, 'anew'>> => ({
    anew: async () => {
      const place = await newPlace(sql, own, made, 'confirmed');
      return { page: `/manage/classes/${made.classId}/places/${place.enrolmentId}`, fields: fields(place) };
    },
  });
  const undoing = async () => {
    const { enrolmentId } = await newPlace(sql, own, roomy, 'confirmed', true);
    const fields = { classId: roomy.classId, batch: enrolmentId, before: new Date().toISOString() };
    return { page: `/manage/classes/${roomy.classId}/unconfirmed`, fields };
  };
  return {
    '/account#endDevice': { named: { deviceId: newest?.id ?? '' } },
    '/account#chooseHow': { as: await contextFor(baseURL, 'daisu.dongthuan') },
    '/my#cancelMine': { as: slipHeld, page: '/my?cancel=1' },
    '/my#closeSlip': { as: slipHeld },
    '/my#answerMine': { as: offerHeld },
    '/my#openMyCard': { as: slipHeld },
    '/my/questions#answerQuestions': { as: slipHeld },
    '/my/questions#withdrawAnswers': { as: slipHeld },
    '/my#leaveByCard': { as: cardHeld, named: { enrolmentId: holder.enrolmentId }, page: '/my/card?leave=1' },
    '/my#answerByCard': { as: offerByCard, named: { enrolmentId: offered.enrolmentId }, page: '/my/card' },
    '/my#excuseByCard': {
      as: cardHeld,
      named: { futureSessionId: roomy.sessionIds[0] ?? '' },
      page: '/my/card?excuse=1',
    },
    '/my#changePhoneByCard': { as: cardHeld },
    '/my#chooseLessByCard': { as: cardHeld },
    '/my#withdrawByCard': { as: cardHeld, page: '/my/card/withdraw?sure=1' },
    '/my#closeCard': { as: cardHeld },
    '/manage/people/[id]/card#make': { named: { personId: leaver.personId } },
    '/manage/people/[id]/card#replace': {
      named: { personId: holder.personId },
      page: `/manage/people/${holder.personId}`,
    },
    '/manage/classes/[id]#answerForThem': { named: onPlace(full, offered), page: `/manage/classes/${full.classId}` },
    '/manage/classes/[id]#takeBeyond': { named: onPlace(full, waiting) },
    '/manage/classes/[id]#noteTheirNeed': {
      named: onPlace(kept, needy),
      ...anew(kept, ({ enrolmentId }) => ({ classId: kept.classId, enrolmentId, consent: 'on', consentVersion: 1 })),
    },
    '/manage/classes/[id]#confirmForThem': { named: onPlace(roomy, doubted) },
    '/manage/classes/[id]#undoSignUps': { named: onPlace(roomy, doubted), anew: undoing },
    '/manage/classes/[id]#leaveForThem': {
      named: onPlace(roomy, leaver),
      ...anew(roomy, ({ enrolmentId }) => ({ classId: roomy.classId, enrolmentId, reason: 'Bận việc nhà' })),
    },
    '/manage/classes/[id]#moveThem': {
      named: { ...onPlace(roomy, mover), classId: own.classId },
      ...anew(roomy, ({ enrolmentId }) => ({ enrolmentId, toClassId: kept.classId, formKey: randomUUID() })),
    },
    '/manage/classes/[id]#restoreOne': {
      named: { futureSessionId: roomy.sessionIds[1] ?? '' },
      page: `/manage/classes/${roomy.classId}`,
    },
    '/manage/demand#settle': {
      anew: async () => {
        const id = randomUUID();
        await sql`insert into class_demand (id, area_id, skill_code, idempotency_key) values (${id}, ${own.villageId}, 'A1', ${randomUUID()})`;
        return {
          page: own.demandPage,
          fields: { ids: id, outcome: 'referred', classId: '', note: 'Mời sang thôn bên' },
        };
      },
    },
    '/manage/people#forgetSearch': { as: searching },
    '/manage/people#enrolNew': { as: searching },
    ...(await listScenes(sql, own)),
    ...(await mapScenes(sql)),
    ...(await deskScenes(sql, own)),
    ...(await modelScenes(sql, own)),
    ...(await awayScenes(sql, own, (code) => holding(baseURL, code, { birthYear: 1954, second: 'on' }))),
    ...(await visitScenes(sql, own, await searchingFor(baseURL, 'Ho Thi Doi'), await contextFor(baseURL, ''))),
    ...(await messageScenes(sql, own)),
    ...(await taskScenes(sql, own)),
    ...(await paperScenes(sql, own)),
    ...(await peopleScenes(sql, own, await searchingFor(baseURL, 'Ho Thi Doi'))),
    ...(await helperCardScenes(sql, own)),
    ...(await dutyScenes(sql, own)),
    ...(await metScenes(sql, own)),
    ...(await teamScenes(sql, own, await contextFor(baseURL, 'daisu.dongthuan'))),
    ...(await reportScenes(sql, own, baseURL)),
    ...(await certificateScenes(sql, own)),
    '/admin/accounts#enableAccount': { named: { accountId } },
  };
}
