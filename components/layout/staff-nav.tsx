'use client';

import { Link, usePathname } from '@/lib/i18n/navigation';
import { cx } from '../ui/cx';
import { Icon, type IconName } from '../ui/icons';

/** A page one can go to from the menu. `holds`: pages that belong there too. */
export type StaffNavPage = { href: string; label: string; holds?: readonly string[] };
/**
 * One entry of the menu: a page, or several that belong together (`pages`, two at least), of which the first opens at once. `label` is
 * short (two or three words): on phones it stands under its sign.
 */
export type StaffNavItem = StaffNavPage & { icon: IconName; pages?: readonly StaffNavPage[] };

const pagesOf = (item: StaffNavItem): readonly StaffNavPage[] => item.pages ?? [item];

/** The page of the menu where one is: of several that match the longest wins, so "/manage" is not it on "/manage/people". */
function useHere(nav: readonly StaffNavItem[]): StaffNavPage | null {
  const here = usePathname();
  const isAt = (address: string) => here === address || here.startsWith(`${address}/`);
  const matches = nav
    .flatMap(pagesOf)
    .flatMap((page) => [page.href, ...(page.holds ?? [])].filter(isAt).map((address) => ({ page, address })));
  return matches.sort((one, other) => other.address.length - one.address.length)[0]?.page ?? null;
}

const line =
  'flex min-h-target items-center gap-3 rounded-control px-3.5 hover:bg-sunk aria-[current=page]:bg-field aria-[current=page]:font-bold aria-[current=page]:text-field-ink';

/** On a wide screen, at the side: one line an entry, and under the one where one is the pages that belong to it. */
export function SideNav({ nav, label }: { nav: readonly StaffNavItem[]; label: string }) {
  const here = useHere(nav);
  return (
    <nav aria-label={label} className="hidden w-60 shrink-0 lg:block print:hidden">
      <ul className="sticky top-0 grid gap-1 p-4">
        {nav.map((item) => {
          const inIt = here !== null && pagesOf(item).includes(here);
          return (
            <li key={item.href}>
              <Link
                href={item.href}
                prefetch={false}
                aria-current={inIt ? (item.pages ? 'true' : 'page') : undefined}
                className={cx(line, inIt && 'font-bold')}
              >
                <Icon name={item.icon} className="size-6" />
                {item.label}
              </Link>
              {item.pages && inIt ? (
                <ul className="ml-6 grid border-l-[1.5px] border-line pl-2">
                  {item.pages.map((page) => (
                    <li key={page.href}>
                      <Link
                        href={page.href}
                        prefetch={false}
                        aria-current={page === here ? 'page' : undefined}
                        className={line}
                      >
                        {page.label}
                      </Link>
                    </li>
                  ))}
                </ul>
              ) : null}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

const thumb =
  'flex min-h-16 w-full flex-col items-center justify-center gap-0.5 border-t-4 border-transparent px-1 pb-1 text-center text-xs leading-tight aria-[current]:border-action aria-[current]:font-bold';

/**
 * On a phone, at the thumb: four entries, or three and "Thêm", which opens upwards without JavaScript and holds every page, under the
 * name of what it belongs to.
 */
export function BottomNav({ nav, label, more }: { nav: readonly StaffNavItem[]; label: string; more: string }) {
  const here = useHere(nav);
  const whole = nav.length <= 4 && nav.every((item) => !item.pages);
  const near = whole ? nav : nav.slice(0, 3);
  // What the thumb reaches already is not said twice.
  const rest = whole ? [] : nav.filter((item) => item.pages || !near.includes(item));
  return (
    <nav
      aria-label={label}
      className="sticky bottom-0 z-10 mt-auto border-t-[1.5px] border-edge bg-surface lg:hidden print:hidden [@media(max-height:26rem)]:static"
    >
      <ul className="grid auto-cols-fr grid-flow-col">
        {near.map((item) => (
          <li key={item.href}>
            <Link
              href={item.href}
              prefetch={false}
              aria-current={
                here && pagesOf(item).includes(here) ? (item.href === here.href ? 'page' : 'true') : undefined
              }
              className={thumb}
            >
              <Icon name={item.icon} className="size-6" />
              {item.label}
            </Link>
          </li>
        ))}
        {rest.length > 0 ? (
          <li>
            <details className="group">
              <summary className={cx(thumb, 'group-open:border-edge')}>
                <Icon name="more" className="size-6" />
                {more}
              </summary>
              <ul className="absolute inset-x-0 bottom-full grid max-h-[70dvh] gap-x-4 overflow-y-auto border-t-[1.5px] border-edge bg-surface p-3 sm:grid-cols-2">
                {rest.map((item) => (
                  <Section key={item.href} item={item} here={here} />
                ))}
              </ul>
            </details>
          </li>
        ) : null}
      </ul>
    </nav>
  );
}

function Section({ item, here }: { item: StaffNavItem; here: StaffNavPage | null }) {
  if (!item.pages)
    return (
      <li>
        <Link href={item.href} prefetch={false} aria-current={item === here ? 'page' : undefined} className={line}>
          <Icon name={item.icon} className="size-6" />
          {item.label}
        </Link>
      </li>
    );
  return (
    <li className="border-b-[1.5px] border-line py-1 last:border-0">
      <p className="flex items-center gap-3 px-3.5 pt-1 text-sm font-bold text-muted">
        <Icon name={item.icon} className="size-5" />
        {item.label}
      </p>
      <ul className="grid grid-cols-2">
        {item.pages.map((page) => (
          <li key={page.href}>
            <Link href={page.href} prefetch={false} aria-current={page === here ? 'page' : undefined} className={line}>
              {page.label}
            </Link>
          </li>
        ))}
      </ul>
    </li>
  );
}
