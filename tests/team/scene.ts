import type { Role } from '@/db/capabilities';
import { openScoped, type ScopedTx } from '@/lib/access/scoped';
import { newAddressId, newId } from '@/lib/kernel/id';
import { isRefusal, type Refusal } from '@/lib/kernel/result';
import { answerAsk, askHelpers } from '@/lib/team/commands';
import { answerInput, askInput } from '@/lib/team/schema';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';

type Staff = { accountId: string };
export type Work<R> = (tx: ScopedTx, caller: Staff) => Promise<R>;

/** The small world with what its suites of teams need: doing things as somebody, more members, classes ahead. */
export async function teamScene() {
  const cast = await setTheScene((await testDatabase()).url);
  const as = async <R>(role: Role, place: Place, work: Work<R>): Promise<R> => {
    const accountId = await cast.accountOf(role, place);
    return openScoped('read write', 'camtay_app', await cast.token(role, place), (tx) => work(tx, { accountId }));
  };
  return { cast, as, ...makers(cast), ...acts(as, cast) };
}

function makers({ owner, courseId, lessonId, skillCode }: Cast) {
  interface Wanted {
    account?: string;
    languages?: string[];
    skills?: string[];
    teamId?: string;
  }
  /** Somebody of the place's team who may teach the cast's one lesson, unless said. */
  const member = async (place: Place, { account, languages = ['vi'], skills = [skillCode], teamId }: Wanted = {}) => {
    const id = newId();
    await owner`insert into team_member (id, team_id, area_id, account_id, full_name, phone, languages)
      values (${id}, ${teamId ?? place.teamId}, ${place.unitId}, ${account ?? null}, ${`Lê Văn ${id.slice(0, 4)}`}, '+84912000111', ${languages})`;
    for (const skill of skills)
      await owner`insert into team_member_skill (member_id, skill_code, area_id) values (${id}, ${skill}, ${place.unitId})`;
    return id;
  };
  /** A class with sessions of 90 minutes so many days ahead (or behind), each at a venue of its own. */
  const classOn = async (place: Place, days: readonly number[], { enrolled = 9, language = 'vi' } = {}) => {
    const [classId, venueId] = [newAddressId(), newId()];
    const sessionIds = days.map(() => newId());
    await owner`insert into venue (id, area_id, name, address) values (${venueId}, ${place.villageId}, 'Nhà thử', 'Đường Thử')`;
    await owner`insert into class (id, area_id, course_id, venue_id, team_id, status, language, capacity, seats_confirmed, first_starts_at, last_ends_at, published_at)
      values (${classId}, ${place.villageId}, ${courseId}, ${venueId}, ${place.teamId}, 'published', ${language}, 30, ${enrolled},
        now() + ${`${Math.min(...days)} days`}::interval, now() + ${`${Math.max(...days)} days 90 minutes`}::interval, now())`;
    for (const [at, day] of days.entries())
      await owner`insert into class_session (id, class_id, area_id, lesson_id, venue_id, position, starts_at, ends_at, status)
        values (${sessionIds[at] ?? ''}, ${classId}, ${place.villageId}, ${lessonId}, ${venueId}, ${at + 1},
          date_trunc('hour', now()) + ${`${day} days`}::interval, date_trunc('hour', now()) + ${`${day} days 90 minutes`}::interval, 'published')`;
    return { classId, venueId, sessionIds, session: sessionIds[0] ?? '' };
  };
  const helperOf = async (sessionId: string, memberId: string) => {
    const [row] = await owner<
      {
        id: string;
        state: string;
        noBecause: string | null;
        calledOff: boolean;
        startsAt: Date;
        moved: boolean;
        role: string;
      }[]
    >`select id, state, no_because, called_off, starts_at, moved_at is not null as moved, role
      from session_helper where session_id = ${sessionId} and member_id = ${memberId}`;
    return row ?? null;
  };
  return { member, classOn, helperOf };
}

function acts(as: <R>(role: Role, place: Place, work: Work<R>) => Promise<R>, { here }: Cast) {
  const ask = (sessionId: string, members: string[], more: { role?: string; scope?: string; place?: Place } = {}) =>
    as('organiser', more.place ?? here, (tx, caller) =>
      askHelpers(
        tx,
        askInput.parse({ sessionId, members, role: more.role ?? 'helps', scope: more.scope ?? 'one' }),
        caller,
        new Date(),
      ),
    );
  const answer = (role: Role, ids: string[], said: 'yes' | 'no', reason = '', place = here) =>
    as(role, place, (tx, caller) =>
      answerAsk(tx, answerInput.parse({ ids, answer: said, reason }), caller, new Date()),
    );
  return { ask, answer };
}

/** What was done, or the test ends with the reason. */
export function done<R extends object>(result: R | Refusal): R {
  if (isRefusal(result)) throw new Error(result.refused);
  return result;
}
