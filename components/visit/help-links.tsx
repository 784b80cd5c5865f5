import { useTranslations } from 'next-intl';
import { Link } from '@/lib/i18n/navigation';

/** The ways on from asking: the slip one has, the number of who comes. */
export function HelpLinks() {
  const t = useTranslations('help');
  const link = 'link inline-flex min-h-target items-center';
  return (
    <ul className="border-t-[1.5px] border-line pt-4">
      <li>
        <Link href="/help/slip" prefetch={false} className={link}>
          {t('haveSlip')}
        </Link>
      </li>
      <li>
        <Link href="/help/check" prefetch={false} className={link}>
          {t('atDoor')}
        </Link>
      </li>
    </ul>
  );
}
