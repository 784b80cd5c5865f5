import { useTranslations } from 'next-intl';
import { addressWith } from '@/components/ui/address';
import { cx } from '@/components/ui/cx';
import { Link } from '@/lib/i18n/navigation';
import { messageShows, type MessageShow } from '@/lib/message/schema';

/** Which kind of messages the page shows, with how many there are of each; it stands in the address. */
export function ShowLinks({
  counts,
  here,
  classId,
}: {
  counts: Readonly<Record<MessageShow, number>>;
  here: MessageShow;
  classId: string | undefined;
}) {
  const t = useTranslations('messages');
  return (
    <nav aria-label={t('show')} className="print:hidden">
      <ul className="flex flex-wrap gap-2">
        {messageShows.map((show) => (
          <li key={show}>
            <Link
              href={addressWith({ path: '/manage/messages', params: { class: classId } }, { show })}
              prefetch={false}
              aria-current={show === here ? 'true' : undefined}
              className={cx(
                'inline-flex min-h-target items-center gap-1.5 rounded-control border-[1.5px] px-3.5',
                show === here ? 'border-field bg-field font-bold text-field-ink' : 'border-edge hover:bg-sunk',
              )}
            >
              {t(`shows.${show}`)} <span className={show === here ? undefined : 'text-muted'}>{counts[show]}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
