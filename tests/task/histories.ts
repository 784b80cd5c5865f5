import type postgres from 'postgres';
import { newAddressId, newCardCode, newId, newSlipCode } from '../../lib/kernel/id';
import { fold, givenName } from '../../lib/kernel/text';
import type { Cast } from '../support/cast';

export const day = 86_400_000;
/** Sessions of each class, all over; the last was yesterday. */
export const sessions = 5;

export type Mark = 'absent' | 'present' | 'excused';
export interface Report {
  id: string;
  key: string;
  outcome: string;
  at: number;
}

/** One person's story as the test knows it, beside what the database holds. */
export interface Story {
  personId: string;
  cardCode: string;
  classId: string;
  sessionIds: string[];
  marks: (Mark | null)[];
  enrolment: { id: string; at: number; status: 'confirmed' | 'cancelled' } | null;
  referrals: { id: string; to: 'home_visit' | 'class'; at: number; undone: boolean }[];
  /** Requests for a visit: waiting, with a round that goes there, or settled. */
  requests: { id: string; at: number; state: 'open' | 'planned' | 'closed' }[];
  /** A round that goes to them without a request. */
  put: boolean;
  /** What was said at their home, the newest last, and the day it promised. */
  said: { id: string; outcome: string; next: number | null; at: number }[];
  /** Referrals another unit sent back, or let run out (`open`); one that was followed by another is answered. */
  returned: { id: string; answered: boolean; open: boolean }[];
  attained: boolean;
  rechecked: boolean;
  work: Report[];
  pauses: { id: string; reason: string; until: number | null; ended: boolean }[];
  corrected: number[];
  gone: boolean;
}

/** So many people and their classes, of whom nothing is known yet. */
export async function stories(cast: Cast, count: number): Promise<Story[]> {
  const { owner, here } = cast;
  const made: Story[] = [];
  const classes: { id: string; sessionIds: string[] }[] = [];
  for (let at = 0; at < count / 50; at += 1)
    classes.push({ id: newAddressId(), sessionIds: Array.from({ length: sessions }, () => newId()) });
  const venues = classes.map(() => newId());
  await owner`insert into venue ${owner(
    classes.map((_, at) => ({ id: venues[at] ?? '', area_id: here.villageId, name: `Nhà ${at}`, address: 'x' })),
  )}`;
  for (const [at, one] of classes.entries()) {
    await owner`insert into class (id, area_id, course_id, venue_id, team_id, status, capacity, published_at, first_starts_at, last_ends_at)
      values (${one.id}, ${here.villageId}, ${cast.courseId}, ${venues[at] ?? ''}, ${here.teamId}, 'published', 60, now(),
        now() - interval '5 days', now() - interval '1 day' + interval '1 hour')`;
    await owner`insert into class_session (id, class_id, area_id, venue_id, position, starts_at, ends_at, status, register_started_at)
      select id, ${one.id}, ${here.villageId}, ${venues[at] ?? ''}, nth, now() - make_interval(days => ${sessions + 1} - nth::int),
        now() - make_interval(days => ${sessions + 1} - nth::int) + interval '1 hour', 'held', now()
      from unnest(${one.sessionIds}::uuid[]) with ordinality s (id, nth)`;
  }
  for (let at = 0; at < count; at += 1) {
    const home = classes[at % classes.length];
    made.push({
      personId: newId(),
      cardCode: newCardCode(),
      classId: home?.id ?? '',
      sessionIds: home?.sessionIds ?? [],
      marks: Array.from({ length: sessions }, () => null),
      enrolment: null,
      referrals: [],
      requests: [],
      put: false,
      said: [],
      returned: [],
      attained: false,
      rechecked: false,
      work: [],
      pauses: [],
      corrected: [],
      gone: false,
    });
  }
  const names = made.map((_, at) => `Nguyễn Thị Chuyện ${at}`);
  await owner`insert into person (id, area_id, full_name, given_name, name_folded, birth_year)
    select p.id, ${here.villageId}, p.name, p.given, p.folded, 1940 + (p.nth % 40)::int
    from unnest(${made.map(({ personId }) => personId)}::uuid[], ${names}::text[], ${names.map(givenName)}::text[], ${names.map(fold)}::text[])
      with ordinality p (id, name, given, folded, nth)`;
  await owner`insert into consent (person_id, purpose, text_version, given, how)
    select id, 'class', 1, true, 'self' from unnest(${made.map(({ personId }) => personId)}::uuid[]) p (id)`;
  await owner`insert into card (person_id, code)
    select * from unnest(${made.map(({ personId }) => personId)}::uuid[], ${made.map(({ cardCode }) => cardCode)}::text[])`;
  return made;
}

/**
 * The oracle: which tasks a story has and how each stands, worked out from the story alone. Written apart from the portal's own rules, in the
 * plainest words there are.
 */
export function expected(story: Story, now: number): Map<string, string> {
  const tasks = new Map<string, string>();
  if (story.gone) return tasks;
  const { personId, marks, enrolment, referrals, work } = story;
  const key = (kind: string, fact: string) => `${kind}~${personId}~${fact}`;
  const assisted = referrals.some(({ undone }) => !undone);
  // Met: at home, or for a task that is done with them and not with papers.
  const met = [
    ...story.said.map(({ outcome }) => outcome),
    ...work.flatMap((one) => (/^(correct|referral_returned)~/.test(one.key) ? [] : [one.outcome])),
  ].some((outcome) => outcome === 'done' || outcome === 'refused');
  const known = marks.some((mark) => mark !== null) || enrolment !== null || story.attained || assisted || met;
  const last = story.said.at(-1);
  const reported = [...work, ...(last ? [last] : [])]
    .filter(({ outcome }) => ['moved', 'died', 'wrong_details'].includes(outcome))
    .filter(({ at }) => !story.corrected.some((when) => when > at))
    .filter(({ id }) => !work.some((one) => one.key === key('correct', id) && one.outcome === 'done'))
    .filter(() => !story.pauses.some(({ reason, ended }) => ['moved', 'died'].includes(reason) && !ended))
    .toSorted((one, other) => other.at - one.at || (one.id < other.id ? -1 : 1));
  const paused = story.pauses.some(({ until, ended }) => !ended && (until === null || until > now));
  const stands = (name: string, byWork: boolean, again: number): string => {
    // Of two at one moment (two records that became one) the portal takes the lower id.
    const mine = work
      .filter((one) => one.key === name)
      .toSorted((one, other) => other.at - one.at || (one.id < other.id ? -1 : 1));
    if (byWork && mine.some(({ outcome }) => outcome === 'done')) return 'settled';
    if (reported.length > 0) return 'held';
    if (paused) return 'paused';
    return mine[0]?.outcome === 'not_home' && mine[0].at + again * day > now ? 'later' : 'open';
  };
  const put = (name: string, byWork: boolean, again: number) => tasks.set(name, stands(name, byWork, again));

  if (!known) put(key('never', 'never'), true, 7);
  const marked = marks.flatMap((mark, at) => (mark === null ? [] : [{ mark, at }]));
  const lastCame = marked.findLastIndex(({ mark }) => mark !== 'absent');
  const run = marked.slice(lastCame + 1);
  if (run.length >= 2 && enrolment?.status === 'confirmed')
    put(key('absence', `${story.classId}:${story.sessionIds[run[1]?.at ?? 0] ?? ''}`), true, 1);
  for (const { id, to, at, undone } of referrals) {
    if (undone) continue;
    if (to === 'home_visit') {
      const asked = story.requests.some((one) => one.state !== 'closed' || one.at > at);
      const been = story.said.some((one) => one.at > at && (one.outcome === 'done' || one.outcome === 'refused'));
      if (!asked && !been && !story.put) put(key('referral_home', id), true, 3);
    } else if (!(enrolment && enrolment.at > at)) put(key('referral_class', id), false, 3);
  }
  const waits = story.requests.filter(({ state }) => state !== 'closed');
  for (const { id } of waits.filter(({ state }) => state === 'open')) put(key('visit_asked', id), true, 3);
  const promises = last && ['done', 'not_home', 'unsafe'].includes(last.outcome);
  if (promises && last.next !== null && last.next <= now && waits.length === 0 && !story.put)
    put(key('visit_next', last.id), true, 3);
  for (const { id, answered } of story.returned) if (!answered) put(key('referral_returned', id), true, 3);
  if (story.attained && !story.rechecked) put(key('recheck', 'due'), false, 3);
  if (reported[0]) tasks.set(key('correct', reported[0].id), 'open');
  return tasks;
}

/** What a round does to the database, all stories at once; triggers that count figures stand still meanwhile. */
export async function apply(
  owner: postgres.Sql,
  work: (tx: postgres.TransactionSql) => Promise<unknown>,
): Promise<void> {
  await owner.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await work(tx);
  });
}

export const newCodes = { slip: newSlipCode };
