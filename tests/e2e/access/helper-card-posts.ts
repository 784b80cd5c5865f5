import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import { newSerial } from '../../support/cast';
import { inDays, type ActionRow } from './action-row';
import type { Named } from './matrix';
import type { Scene } from './scene';

const cards = '/manage/teams/[id]/cards';
const until = inDays(90);

/** A helper's card of somebody new in the unit's team. */
async function freshCard(sql: Sql, { teamId }: Named): Promise<{ cardId: string; memberId: string }> {
  const [cardId, memberId] = [randomUUID(), randomUUID()];
  await sql`insert into team_member (id, team_id, area_id, full_name) select ${memberId}, id, area_id, 'Hồ Văn Thẻ' from team where id = ${teamId}`;
  await sql`insert into helper_card (id, member_id, area_id, code, valid_from, valid_until)
    select ${cardId}, ${memberId}, area_id, ${newSerial()}, current_date - 1, current_date + 30 from team where id = ${teamId}`;
  return { cardId, memberId };
}

const memberPage = (teamId: string, memberId: string) => `/manage/teams/${teamId}/members/${memberId}`;

/** The forms of helpers' cards. */
export const helperCardRows: Record<string, ActionRow> = {
  [`${cards}#issue`]: {
    may: 'class.write',
    page: ({ teamId, memberId }) => memberPage(teamId, memberId),
    fields: ({ memberId }) => ({ memberId, until }),
    works: { as: 'tochuc.minhhoa' },
  },
  [`${cards}#issueAll`]: {
    may: 'class.write',
    page: ({ teamId }) => `/manage/teams/${teamId}/cards`,
    fields: ({ teamId }) => ({ teamId, until }),
  },
  [`${cards}#revoke`]: {
    may: 'class.write',
    page: ({ helperCardPage }) => helperCardPage,
    fields: ({ helperCardId }) => ({ cardId: helperCardId, because: 'lost', note: '' }),
    works: {
      as: 'tochuc.minhhoa',
      fields: async (own, sql) => ({ cardId: (await freshCard(sql, own)).cardId, because: 'lost', note: '' }),
    },
  },
};

/** Forms shown only at a moment: revoking asks for a card that holds, issuing to a team for somebody without one. */
export async function helperCardScenes(sql: Sql, own: Named): Promise<Record<string, Scene>> {
  const first = await freshCard(sql, own);
  return {
    [`${cards}#revoke`]: {
      named: { helperCardId: first.cardId },
      page: memberPage(own.teamId, first.memberId),
      anew: async () => {
        const { cardId, memberId } = await freshCard(sql, own);
        return { page: memberPage(own.teamId, memberId), fields: { cardId, because: 'lost', note: '' } };
      },
    },
    [`${cards}#issueAll`]: {
      anew: async () => {
        await sql`insert into team_member (id, team_id, area_id, full_name) select ${randomUUID()}, id, area_id, 'Hồ Văn Mới' from team where id = ${own.teamId}`;
        return { page: `/manage/teams/${own.teamId}/cards`, fields: { teamId: own.teamId, until } };
      },
    },
  };
}
