import { addDays, momentOf } from '../../../lib/kernel/clock';
import { checkSign } from '../../../lib/kernel/serial';
import type { Row } from '../connection';
import { idOf } from '../ids';
import { lettersOf } from './dice';
import type { Place } from './places';

const letters = '2346789ACDEFGHJKMNPQRTWXY';

interface HelperCardRows {
  team_member: Row[];
  helper_card: Row[];
}

/**
 * Helpers of the units shown in full have cards: most hold, the first expired and was not renewed, the second was lost and has another one,
 * the last has none yet; whoever left lost theirs that day.
 */
export function makeHelperCards(place: Place, today: string, rows: HelperCardRows): void {
  if (!place.rich) return;
  const members = rows.team_member.filter((row) => row.area_id === place.unit.id);
  const give = (member: Row, at: number, from: string, ended: Row = {}) => {
    const name = `demo/helper-card/${String(member.id)}/${at}`;
    const body = lettersOf(name, letters, 9);
    rows.helper_card.push({
      id: idOf(name),
      member_id: member.id ?? null,
      area_id: place.unit.id,
      code: body + checkSign(body),
      valid_from: from,
      valid_until: addDays(from, 364),
      issued_at: momentOf(from, '08:00'),
      revoked_at: null,
      revoked_because: null,
      revoked_note: '',
      ...ended,
    });
  };
  const stays = members.filter((row) => !row.left_on);
  for (const member of members.filter((row) => row.left_on))
    give(member, 1, '2026-01-05', { revoked_at: momentOf('2026-03-31', '09:00'), revoked_because: 'left' });
  for (const [at, member] of stays.slice(0, -1).entries()) {
    if (at === 0) give(member, 1, addDays(today, -400));
    else if (at === 1) {
      const lost = {
        revoked_at: momentOf(addDays(today, -20), '10:00'),
        revoked_because: 'lost',
        revoked_note: 'Rơi ở chợ',
      };
      give(member, 1, addDays(today, -120), lost);
      give(member, 2, addDays(today, -20));
    } else give(member, 1, addDays(today, -60));
  }
}
