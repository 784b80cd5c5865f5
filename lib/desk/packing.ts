import type { Caller, ScopedTx } from '@/lib/access/scoped';
import { mine } from '@/lib/class/queries';
import type { PointPerson } from '@/lib/visit/rules';
import { needsNow } from './queries';
import type { DeskPack, PackedDesk } from './schema';

/** A point of the caller's rounds, with whom may be named there. */
export interface CarriedPoint {
  readonly deskId: string;
  readonly endsAt: Date;
  readonly people: readonly PointPerson[];
}

/**
 * What a phone takes along to log without a network: the points of the caller's rounds with their people, and of the desks it asks for those that
 * are open and the caller's. What one may not log at, or is closed, is not in it.
 */
export async function deskPack(
  tx: ScopedTx,
  caller: Pick<Caller, 'accountId'>,
  language: 'vi' | 'en',
  points: readonly CarriedPoint[],
  asked: readonly string[],
): Promise<DeskPack> {
  const ids = [...new Set([...points.map(({ deskId }) => deskId), ...asked])];
  const desks = await tx<Omit<PackedDesk, 'people' | 'endsAt'>[]>`
    select d.id, d.area_id, ${tx(`a.full_name_${language}`)} as area, d.name from desk d join area a on a.id = d.area_id
    where d.id = any(${ids}::uuid[]) and d.retired_at is null and d.area_id = ${mine(tx, 'desk.log')}
    order by a.name_vi collate "vi-x-icu", d.name collate "vi-x-icu", d.id`;
  return {
    protocol: 1,
    account: caller.accountId,
    needs: await needsNow(tx, language),
    desks: desks.map((desk) => {
      const point = points.find(({ deskId }) => deskId === desk.id);
      return { ...desk, people: point?.people ?? [], endsAt: point?.endsAt ?? null };
    }),
  };
}
