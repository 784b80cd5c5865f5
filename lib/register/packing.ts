import type { Caller, ScopedTx } from '@/lib/access/scoped';
import type { Locale } from '@/lib/i18n/routing';
import { sessionLinesOf } from '@/lib/manage/queries';
import type { Pack, PackedSheet, Sheet, SheetPerson } from './schema';
import { registerSheet } from './sheets';

/** Days before and after now whose registers a phone takes along, and the most sessions: the nearest. */
const daysBack = 7;
const daysAhead = 14;
const mostSessions = 150;

/**
 * What a phone takes along to take registers without a network: the sessions the caller records at, with their rolls. Names, and what
 * tells namesakes apart; never phone numbers, other years of birth or who recorded what. With `sessionId` that one session, or none
 * when it is out of sight.
 */
export async function registerPack(
  tx: ScopedTx,
  caller: Caller,
  locale: Locale,
  now: Date,
  sessionId: string | undefined,
): Promise<Pack> {
  const ids = sessionId ? [sessionId] : await sessionsAround(tx, now);
  const lines = new Map((await sessionLinesOf(tx, locale, ids)).map((line) => [line.id, line]));
  const sessions: Pack['sessions'][number][] = [];
  const villages: Record<string, Sheet['villages']> = {};
  for (const id of ids) {
    const [line, sheet] = [lines.get(id), await registerSheet(tx, id, locale)];
    if (!line || !sheet) continue;
    const unit = sheet.villages.at(-1)?.id ?? 0;
    villages[unit] = sheet.villages;
    sessions.push({ line, sheet: packed(sheet, unit) });
  }
  return { protocol: 2, account: caller.accountId, name: caller.fullName, sessions, villages };
}

async function sessionsAround(tx: ScopedTx, now: Date): Promise<string[]> {
  const day = 86_400_000;
  const rows = await tx<{ id: string }[]>`
    select id from class_session
    where status in ('published', 'held') and area_id = any(coalesce((select may_areas('register.write')), '{}'))
      and ends_at > ${new Date(now.getTime() - daysBack * day)} and starts_at < ${new Date(now.getTime() + daysAhead * day)}
    order by abs(extract(epoch from starts_at - ${now}::timestamptz)), id limit ${mostSessions}`;
  // In an order of their own, so that the same rolls are the same bytes.
  return rows.map((row) => row.id).toSorted();
}

/** The sheet without what a phone need not carry: of the levels so far, those of the skills this session teaches. */
function packed(sheet: Sheet, unit: number): PackedSheet {
  const { villages: _there, history: _here, people, levelsBefore, ...rest } = sheet;
  const taught = new Set(sheet.skills.map(({ code }) => code));
  const levels = Object.entries(levelsBefore).filter(([key]) => taught.has(key.slice(key.indexOf(':') + 1)));
  const named = new Map<string, number>();
  for (const { fullName } of people) named.set(fullName, (named.get(fullName) ?? 0) + 1);
  const spare = (person: SheetPerson): SheetPerson =>
    (named.get(person.fullName) ?? 0) > 1 ? person : { ...person, birthYear: null, village: '' };
  return { ...rest, people: people.map(spare), levelsBefore: Object.fromEntries(levels), unit };
}
