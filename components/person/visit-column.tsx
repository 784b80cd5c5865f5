import type { Column } from '@/components/ui/data-table';
import { Link } from '@/lib/i18n/navigation';

/** The way on from somebody of a list to a visit at their home: for readers who plan visits. */
export const visitColumn = <P extends { readonly id: string; readonly fullName: string }>(
  header: string,
  label: string,
): Column<P> => ({
  key: 'visit',
  header,
  cell: ({ id, fullName }) => (
    <Link
      href={`/manage/people/${id}/visit`}
      prefetch={false}
      className="link inline-flex min-h-target items-center whitespace-nowrap print:hidden"
    >
      {label}
      <span className="sr-only">: {fullName}</span>
    </Link>
  ),
});
