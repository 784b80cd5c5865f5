'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Link } from '@/lib/i18n/navigation';
import { Icon, type IconName } from '../ui/icons';
import { SkipLink } from '../ui/hidden';
import { Logo } from '../ui/logo';
import { DemoBanner } from './demo-banner';
import { DisplaySettings } from './display-settings';
import { Landscape } from './landscape';
import { LanguageLink } from './language-link';
import { NavLink } from './nav-link';
import { useDisplayWords } from './words';

const menu: { href: string; key: 'findClass' | 'myClass'; icon: IconName }[] = [
  { href: '/classes', key: 'findClass', icon: 'search' },
  { href: '/my', key: 'myClass', icon: 'calendar' },
];
const addresses = menu.map((item) => item.href);
const tool =
  'inline-flex min-h-target min-w-target justify-center cursor-pointer items-center gap-1.5 rounded-control px-1.5 text-sm font-bold text-ink underline decoration-1 underline-offset-4 hover:decoration-2 sm:gap-2 sm:px-3 sm:text-base';

function Header({ demo }: { demo: boolean }) {
  const t = useTranslations('layout');
  const display = useDisplayWords();
  return (
    <header className="relative print:hidden">
      {demo ? <DemoBanner /> : null}
      <div aria-hidden className="woven" />
      <div className="mx-auto flex max-w-page flex-wrap items-center justify-between gap-x-1 px-4 pt-2 sm:gap-x-6 sm:px-6">
        <Link
          href="/"
          prefetch={false}
          className="flex min-h-target items-center gap-1.5 rounded-control py-1 sm:gap-2.5"
        >
          <Logo className="size-9 sm:size-12" />
          <span className="leading-tight">
            <span className="block text-xl font-bold tracking-tight">{t('name')}</span>
            <span className="hidden text-xs text-muted sm:block">{t('motto')}</span>
          </span>
        </Link>
        <div className="-mr-1.5 flex flex-wrap items-center sm:mr-0 sm:ml-auto">
          <LanguageLink className={tool}>{t('otherLanguage')}</LanguageLink>
          <DisplaySettings words={display} className={tool} />
        </div>
        <nav aria-label={t('menu')} className="-mx-4 w-[calc(100%+2rem)] px-2 sm:mx-0 sm:w-auto sm:px-0">
          <ul className="grid grid-cols-2 sm:flex">
            {menu.map((item) => (
              <li key={item.href}>
                <NavLink
                  href={item.href}
                  among={addresses}
                  className="flex min-h-14 items-center justify-center gap-2 border-y-4 border-transparent px-1 text-center leading-tight font-bold hover:border-b-bloom aria-[current]:border-b-action aria-[current]:text-lotus sm:px-4"
                >
                  <Icon name={item.icon} className="size-6 text-lotus" />
                  {t(item.key)}
                </NavLink>
              </li>
            ))}
          </ul>
        </nav>
      </div>
      <div aria-hidden className="border-b-[1.5px] border-line" />
    </header>
  );
}

function Footer() {
  const t = useTranslations('layout');
  const link =
    'inline-flex min-h-target items-center font-bold underline underline-offset-4 decoration-1 hover:decoration-2';
  return (
    <footer className="mt-auto pt-16 print:hidden">
      <Landscape />
      <div className="bg-deep text-deep-ink">
        <div className="mx-auto grid max-w-page gap-x-12 gap-y-8 px-4 pt-6 pb-10 sm:px-6 md:grid-cols-[3fr_2fr]">
          <div className="grid max-w-prose gap-5">
            <div>
              <p className="text-xl font-bold">{t('help.title')}</p>
              <p className="mt-1">{t('help.body')}</p>
            </div>
            <p className="flex items-start gap-3 rounded-card border-2 border-current p-4">
              <Icon name="shield" className="size-8" />
              <span>{t('safety')}</span>
            </p>
          </div>
          <nav aria-label={t('footerMenu')}>
            <ul className="grid">
              <li>
                <Link href="/helpers" prefetch={false} className={link}>
                  {t('helpers')}
                </Link>
              </li>
              <li>
                <Link href="/help" prefetch={false} className={link}>
                  {t('helpAtHome')}
                </Link>
              </li>
              <li>
                <Link href="/certificates" prefetch={false} className={link}>
                  {t('certificates')}
                </Link>
              </li>
              <li>
                <Link href="/progress" prefetch={false} className={link}>
                  {t('progress')}
                </Link>
              </li>
              <li>
                <Link href="/privacy" prefetch={false} className={link}>
                  {t('privacy')}
                </Link>
              </li>
              <li>
                <Link href="/sign-in" prefetch={false} className={link}>
                  {t('staffSignIn')}
                </Link>
              </li>
            </ul>
            <p className="mt-4 text-sm">{t('owner')}</p>
          </nav>
        </div>
      </div>
    </footer>
  );
}

/**
 * The frame of every page for residents: name, two ways in, language, display; help at the bottom. The same for every visitor, so it may
 * be cached. Children bring their own `<h1>`; they stand in `<main id="main">`.
 */
export function PublicFrame({ demo, children }: { demo: boolean; children: ReactNode }) {
  const t = useTranslations('layout');
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink>{t('skip')}</SkipLink>
      <Header demo={demo} />
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-page px-4 pt-6 sm:px-6 sm:pt-10 print:p-0">
        {children}
      </main>
      <Footer />
    </div>
  );
}
