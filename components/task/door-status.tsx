'use client';

import { AttentionList } from '@/components/register/attention';
import { ActList, SyncLine, TroubleNotice } from '@/components/register/sync-line';
import { useQueue } from '@/components/register/use-register';
import { isWork, type PhoneOperation } from '@/components/register/phone-store';
import { worksOf } from './local-door';

/** How what was recorded on this phone of some people stands: what waits, what was refused and why. Nothing where nothing was. */
export function DoorStatus({
  owner,
  people,
}: {
  owner: string;
  people: readonly { readonly id: string; readonly fullName: string }[];
}) {
  const view = useQueue(owner);
  const own = worksOf(
    view.operations,
    people.map(({ id }) => id),
  );
  if (own.length === 0) return null;
  const waits = own.some(({ state }) => state === 'waiting');
  const nameOf = (operation: PhoneOperation) =>
    isWork(operation) ? people.find(({ id }) => operation.task.includes(id))?.fullName : undefined;
  return (
    <div className="grid grid-cols-1 gap-3 print:hidden">
      <TroubleNotice trouble={waits ? view.trouble : null} durable={view.durable} />
      <AttentionList rows={own.filter(({ state }) => state === 'attention')} owner={owner} nameOf={nameOf} />
      <SyncLine rows={own} known={view.known} conflicts={0} />
      <ActList rows={own} />
    </div>
  );
}
