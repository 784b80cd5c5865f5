import { Link } from '@/lib/i18n/navigation';
import { serialGroups } from '@/lib/kernel/serial';

/** A serial in two groups, as it is printed and read out. */
export function Serial({ serial }: { serial: string }) {
  const [first, second] = serialGroups(serial);
  return (
    <span className="inline-flex flex-wrap gap-x-[0.5em] tracking-[0.06em]">
      <span>{first}</span> <span>{second}</span>
    </span>
  );
}

export function SerialLink({ serial, href }: { serial: string; href: string }) {
  return (
    <Link href={href} prefetch={false} className="link font-bold whitespace-nowrap">
      {serialGroups(serial).join(' ')}
    </Link>
  );
}
