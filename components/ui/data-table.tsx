import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Link } from '@/lib/i18n/navigation';
import { addressWith, type Address } from './address';
import { cx } from './cx';
import { Icon } from './icons';

export type Column<Row> = {
  key: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Numbers stand at the end. */
  align?: 'start' | 'end';
  sortable?: boolean;
};

/** How the rows are ordered now; the header links write `?sort=key` or `?sort=-key` and go back to the first page. */
export type Sort = { by: string; descending: boolean; address: Address };

/** Reads `?sort=`; only a key in `allowed` counts. */
export function parseSort(
  value: string | undefined,
  allowed: readonly string[],
  otherwise: string,
): Omit<Sort, 'address'> {
  const wanted = value ?? otherwise;
  const descending = wanted.startsWith('-');
  const by = descending ? wanted.slice(1) : wanted;
  if (allowed.includes(by)) return { by, descending };
  return { by: otherwise.replace(/^-/, ''), descending: otherwise.startsWith('-') };
}

const words = new Intl.Collator('vi', { numeric: true });

/** The rows by the column asked for; equal ones stay as they came, unknown ones (null) last either way. For lists shown whole. */
export function sortRows<Row>(
  rows: readonly Row[],
  { by, descending }: Omit<Sort, 'address'>,
  values: Readonly<Record<string, (row: Row) => string | number | null>>,
): Row[] {
  const value = values[by];
  if (!value) return [...rows];
  return [...rows].sort((one, other) => {
    const [a, b] = [value(one), value(other)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const order = typeof a === 'number' && typeof b === 'number' ? a - b : words.compare(String(a), String(b));
    return descending ? -order : order;
  });
}

function SortLink({ column, sort, children }: { column: string; sort: Sort; children: ReactNode }) {
  const mine = sort.by === column;
  const next = mine && !sort.descending ? `-${column}` : column;
  return (
    <Link
      href={addressWith(sort.address, { sort: next, page: undefined })}
      prefetch={false}
      className="inline-flex min-h-target items-center gap-1.5 underline decoration-1 underline-offset-4 hover:decoration-2 print:min-h-0 print:no-underline"
    >
      {children}
      {mine ? <Icon name={sort.descending ? 'down' : 'up'} className="size-4" /> : null}
    </Link>
  );
}

/** On a phone numbers stand close, so that as many as possible are seen at once. */
const number = 'px-2.5 text-right';

/**
 * Rows and columns in a frame of their own: on a narrow screen the frame scrolls, never the page, and the first column stays. That
 * column names the row. Sorting is by links, so it works without JavaScript and can be passed on. With no rows it shows `empty`.
 */
export function DataTable<Row>({
  caption,
  captionHidden,
  columns,
  rows,
  rowKey,
  sort,
  empty,
}: {
  caption: string;
  captionHidden?: boolean;
  columns: Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  sort?: Sort;
  empty?: ReactNode;
}) {
  const t = useTranslations('ui');
  if (rows.length === 0 && empty) return <>{empty}</>;
  const edge = 'sticky left-0 z-1 max-w-[45vw] min-w-32 bg-surface sm:max-w-none';
  return (
    <div
      role="region"
      tabIndex={0}
      aria-label={t('tableFrame', { caption })}
      className="scroll-frame relative rounded-card border-[1.5px] border-line bg-surface print:border-0"
    >
      <table className="w-full border-separate border-spacing-0">
        <caption className={captionHidden ? 'sr-only' : 'px-4 pt-3.5 pb-1 text-left font-bold print:px-2'}>
          {caption}
        </caption>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th
                key={column.key}
                scope="col"
                aria-sort={
                  sort && column.sortable && sort.by === column.key
                    ? sort.descending
                      ? 'descending'
                      : 'ascending'
                    : undefined
                }
                className={cx(
                  'border-b-2 border-edge py-2 align-middle text-sm print:px-2 print:py-1 print:whitespace-normal sm:px-4',
                  column.align === 'end' ? number : 'px-4 text-left whitespace-nowrap',
                  index === 0 && edge,
                )}
              >
                {sort && column.sortable ? (
                  <SortLink column={column.key} sort={sort}>
                    {column.header}
                  </SortLink>
                ) : (
                  column.header
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className="group">
              {columns.map((column, index) => {
                const Cell = index === 0 ? 'th' : 'td';
                return (
                  <Cell
                    key={column.key}
                    scope={index === 0 ? 'row' : undefined}
                    className={cx(
                      'border-b-[1.5px] border-line py-2.5 align-baseline group-last:border-b-0 sm:min-w-24 sm:px-4 print:min-w-0 print:px-2 print:py-1',
                      column.align === 'end' ? number : 'min-w-24 px-4 text-left',
                      index === 0 && edge,
                    )}
                  >
                    {column.cell(row)}
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
