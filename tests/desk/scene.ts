import type { Role } from '../../db/capabilities';
import { openScoped, type Caller, type ScopedTx } from '../../lib/access/scoped';
import { logAssist } from '../../lib/desk/commands';
import { assistInput, type Assist } from '../../lib/desk/schema';
import { newId } from '../../lib/kernel/id';
import type { Cast, Place } from '../support/cast';

/** A transaction as an action gets it from the door, as somebody of a role. */
export async function as<R>(
  cast: Cast,
  role: Role,
  place: Place,
  work: (tx: ScopedTx, caller: Caller) => Promise<R>,
): Promise<R> {
  return openScoped('read write', 'camtay_app', await cast.token(role, place), async (tx) => {
    const [row] = await tx<{ caller: Caller | null }[]>`select caller()`;
    if (!row?.caller) throw new Error('nobody signed in');
    return work(tx, row.caller);
  });
}

/** The form as it is sent, read as the door reads it. */
export const typed = (place: Place, more: Record<string, string> = {}): Assist =>
  assistInput.parse({
    formKey: newId(),
    deskId: place.deskId,
    need: 'vneid.1',
    level: '1',
    minutes: '10',
    outcome: 'settled',
    ...more,
  });

export const log = (cast: Cast, form: Assist, role: Role = 'desk_officer', place = cast.here, now = new Date()) =>
  as(cast, role, place, (tx, caller) => logAssist(tx, form, caller, now));

/** Assists as they lie in the database, at a desk of its own unless told which. */
export async function deskWith(
  cast: Cast,
  place: Place,
  assists: readonly { need?: string; hoursAgo: number; personId?: string; invite?: boolean; referred?: boolean }[],
  { deskId = newId(), areaId = place.villageId, now = new Date() } = {},
): Promise<string> {
  await cast.owner`insert into desk (id, area_id, kind, name, address) values (${deskId}, ${areaId}, 'mobile_point', ${`Điểm ${deskId.slice(-4)}`}, 'Bản Thử')
    on conflict do nothing`;
  for (const { need = 'vneid', hoursAgo, personId = null, invite = false, referred = false } of assists)
    await cast.owner`insert into desk_assist (id, desk_id, area_id, need_code, need_version, level, minutes, person_id, invite, at, referred_to)
      values (${newId()}, ${deskId}, ${areaId}, ${need}, 1, 1, 10, ${personId}, ${invite}, ${new Date(now.getTime() - hoursAgo * 3_600_000)},
        ${referred ? 'bank' : null})`;
  return deskId;
}

/** So many assists, one an hour back from `from` hours ago. */
export const times = (count: number, from = 1, more: { need?: string } = {}) =>
  Array.from({ length: count }, (_, at) => ({ hoursAgo: from + at, ...more }));
