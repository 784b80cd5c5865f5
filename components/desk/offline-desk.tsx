'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { StoredDesk } from '@/components/register/phone-store';
import { newOperationId } from '@/components/register/portal';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeading } from '@/components/ui/headings';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { useDesks } from './carry-desk';
import { DeskLog } from './desk-log';

/** Where one logs next of these desks: at a point of a round, else where there is but one. */
const atHand = (desks: readonly StoredDesk[]) =>
  desks.find(({ desk }) => desk.people.length > 0) ?? (desks.length === 1 ? desks[0] : undefined);

/** The log of a desk, as online. The desk is read once: what is logged while it is open is the log's own business. */
export function DeskHere({ owner, desk: id, locale }: { owner: string; desk: string | null; locale: Locale }) {
  const t = useTranslations('desk');
  const desks = useDesks(owner);
  const found = desks && (id ? desks.find((row) => row.id === id) : atHand(desks));
  const [opened, setOpened] = useState<StoredDesk | null>(null);
  const [formKey] = useState(newOperationId);
  if (found && !opened) setOpened(found);
  if (!desks || (found && !opened)) return <p role="status">{t('phone.opening')}</p>;
  if (!opened)
    return desks.length > 0 && !id ? (
      <>
        <PageHeading>{t('title')}</PageHeading>
        <DesksHere owner={owner} />
      </>
    ) : (
      <EmptyState icon="place" title={t('phone.notHere')}>
        {t('phone.notHereBody')}
      </EmptyState>
    );
  const { desk, needs } = opened;
  return (
    <div className="grid grid-cols-1 gap-5">
      <PageHeading above={desk.area}>{desk.name}</PageHeading>
      <DeskLog
        owner={owner}
        desk={desk}
        needs={needs}
        formKey={formKey}
        person={null}
        whose={null}
        plain={null}
        notice={null}
        rows={[]}
        count={0}
        hours={null}
        locale={locale}
      />
    </div>
  );
}

/** The desks this phone can log at; nothing where there are none. */
export function DesksHere({ owner }: { owner: string }) {
  const t = useTranslations('desk');
  const desks = useDesks(owner);
  if (!desks || desks.length === 0) return null;
  return (
    <section className="grid grid-cols-1 gap-3">
      <h2 className="text-xl">{t('title')}</h2>
      <ul className="divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface">
        {desks.map(({ id, desk }) => (
          <li key={id} className="px-4 py-2">
            <Link
              href={`/manage/desk?desk=${id}`}
              prefetch={false}
              className="link inline-flex min-h-target items-center font-bold"
            >
              {desk.name}
            </Link>
            <span className="block text-sm text-muted">{desk.area}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
