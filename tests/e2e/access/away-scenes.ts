import type { APIRequestContext } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import { newCardCode } from '../../../lib/kernel/id';
import type { Named } from './matrix';
import type { Scene } from './scene';

/** Somebody new of a unit, whose consent stands. */
async function somebody(sql: Sql, unit: number): Promise<string> {
  const id = randomUUID();
  await sql`insert into person (id, area_id, full_name, given_name, name_folded, birth_year)
    values (${id}, ${unit}, 'Hồ Thị Xa Xôi', 'Xôi', 'ho thi xa xoi', 1954)`;
  await sql`insert into consent (person_id, purpose, text_version, given, how) values (${id}, 'class', 1, true, 'oral')`;
  return id;
}

/** What a search by an account has just found in another unit. */
export async function aHit(sql: Sql, username: string, unit: number): Promise<{ searchId: string; hitId: string }> {
  const [searchId, hitId, personId] = [randomUUID(), randomUUID(), await somebody(sql, unit)];
  await sql`insert into outside_search (id, account_id, found, at)
    select ${searchId}, id, 1, now() + interval '2 hours' from account where username = ${username}`;
  await sql`insert into outside_hit (id, search_id, person_id) values (${hitId}, ${searchId}, ${personId})`;
  return { searchId, hitId };
}

/** The page of such a search: whenever within hours it is looked at. */
export const somebodyFound = async (sql: Sql, username: string): Promise<string> =>
  `/manage/people/elsewhere?search=${(await aHit(sql, username, 18901)).searchId}`;

/** A reading an account has just opened. */
export async function aReading(sql: Sql, username: string, readerUnit: number, ownerUnit: number): Promise<string> {
  const [id, personId] = [randomUUID(), await somebody(sql, ownerUnit)];
  await sql`insert into outside_reading (id, person_id, account_id, reader_area_id, owner_area_id, why, words, until)
    select ${id}, ${personId}, id, ${readerUnit}, ${ownerUnit}, 'asks_class', 'Bác xin vào lớp tối', now() + interval '3 hours'
    from account where username = ${username}`;
  return id;
}

/** A referral of somebody new from one unit to another. */
export async function aReferral(
  sql: Sql,
  from: number,
  to: number,
  state: 'open' | 'accepted',
  person?: string,
): Promise<string> {
  const [id, consentId, personId] = [randomUUID(), randomUUID(), person ?? (await somebody(sql, from))];
  await sql`insert into consent (id, person_id, purpose, text_version, given, how) values (${consentId}, ${personId}, 'refer', 1, true, 'paper')`;
  await sql`insert into referral (id, person_id, from_area_id, to_area_id, why, asks, consent_id, state, expires_at)
    values (${id}, ${personId}, ${from}, ${to}, 'work', 'class', ${consentId}, ${state}, now() + interval '20 days')`;
  await sql`insert into referral_step (referral_id, to_state) values (${id}, 'open')`;
  return id;
}

/** Forms that their page shows only of what one has just found, opened, was sent, or sent. */
export async function awayScenes(
  sql: Sql,
  own: Named,
  holding: (code: string) => Promise<APIRequestContext>,
): Promise<Record<string, Scene>> {
  const there = own.unit === 18859 ? 18901 : 18859;
  const hit = () => aHit(sql, 'tochuc.dongthuan', there);
  const reading = () => aReading(sql, 'tochuc.dongthuan', own.unit, there);
  const referral = (inward: boolean, state: 'open' | 'accepted' = 'open') =>
    inward ? aReferral(sql, there, own.unit, state) : aReferral(sql, own.unit, there, state);
  const first = await hit();
  const page = ({ searchId }: { searchId: string }) => `/manage/people/elsewhere?search=${searchId}`;
  const running = await reading();
  const answered = await aReading(sql, 'motcua.minhhoa', 18901, own.unit);
  const [holder, code] = [await somebody(sql, own.unit), newCardCode()];
  await sql`insert into card (person_id, code) values (${holder}, ${code})`;
  const stopped = await aReferral(sql, own.unit, there, 'open', holder);
  const accepted = await referral(true, 'accepted');
  const words = { why: 'asks_class', words: 'Bác xin vào lớp tối ở đây' };
  const fresh =
    (inward: boolean, more: Record<string, string>, state: 'open' | 'accepted' = 'open') =>
    async () => {
      const id = await referral(inward, state);
      return { page: `/manage/referrals/${id}`, fields: { referralId: id, ...more } };
    };
  return {
    '/manage/people/elsewhere#open': {
      page: page(first),
      anew: async () => {
        const made = await hit();
        return { page: page(made), fields: { hitId: made.hitId, ...words } };
      },
    },
    '/manage/people/elsewhere#close': {
      page: `/manage/people/elsewhere/${running}`,
      named: { readingId: running },
      anew: async () => {
        const id = await reading();
        return { page: `/manage/people/elsewhere/${id}`, fields: { readingId: id } };
      },
    },
    '/manage/people/readings#answer': {
      named: { readingId: answered },
      anew: async () => {
        const id = await aReading(sql, 'motcua.minhhoa', 18901, own.unit);
        return { page: '/manage/people/readings', fields: { readingId: id, objection: 'Người này không hề xin' } };
      },
    },
    '/manage/referrals#send': {
      anew: async () => {
        const id = await somebody(sql, own.unit);
        return {
          page: `/manage/people/${id}/refer`,
          fields: {
            personId: id,
            toAreaId: there,
            why: 'work',
            asks: 'desk',
            courseId: '',
            note: '',
            agreed: 'on',
            how: 'oral',
            witness: 'Trần Thị Chứng',
          },
        };
      },
    },
    '/manage/referrals#accept': {
      named: { referralInId: await referral(true) },
      anew: fresh(true, { takenBy: 'Lê Văn Nhận', livesHere: '', homeId: '', movedOn: '' }),
    },
    '/manage/referrals#reject': {
      named: { referralInId: await referral(true) },
      anew: fresh(true, { reason: 'Chưa có lớp' }),
    },
    '/manage/referrals#withdraw': {
      named: { referralOutId: await referral(false) },
      anew: fresh(false, { reason: 'Gửi nhầm' }),
    },
    '/manage/referrals#finish': {
      named: { referralInId: accepted },
      anew: fresh(true, {}, 'accepted'),
    },
    '/my#stopReferralByCard': {
      as: await holding(code),
      page: '/my/card/readers',
      named: { referralOutId: stopped },
    },
  };
}
