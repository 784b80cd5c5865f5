import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Link } from '@/lib/i18n/navigation';
import { Icon } from '../ui/icons';
import { SkipLink } from '../ui/hidden';
import { Logo } from '../ui/logo';
import { SubmitButton } from '../ui/submit-button';
import { DemoBanner } from './demo-banner';
import { DisplaySettings } from './display-settings';
import { LanguageLink } from './language-link';
import { BottomNav, SideNav, type StaffNavItem } from './staff-nav';
import { useDisplayWords } from './words';

/** Who is signed in, in words: name, and what they are where ("Cán bộ Mặt trận · phường Đồng Thuận"). */
export type StaffWho = { name: string; role: string };
export type StaffFrameProps = {
  nav: StaffNavItem[];
  who?: StaffWho | null;
  signOut?: (form: FormData) => void | Promise<void>;
  demo: boolean;
  /** Without what leads away from here: for a page that must do without a network. */
  alone?: boolean;
  children: ReactNode;
};

const tool =
  'inline-flex min-h-target min-w-target justify-center cursor-pointer items-center gap-2 rounded-control px-2.5 text-sm underline decoration-1 underline-offset-4 hover:decoration-2';

function Account({ who, signOut }: Pick<StaffFrameProps, 'who' | 'signOut'>) {
  const t = useTranslations('layout');
  if (!who) return null;
  return (
    <div className="flex items-center justify-between gap-x-3">
      <p className="flex min-w-0 items-center gap-2.5 text-sm leading-tight">
        <Icon name="person" className="size-6 text-field" />
        <span className="min-w-0">
          <b className="block">{who.name}</b>
          <span className="text-muted">{who.role}</span>
        </span>
      </p>
      {signOut ? (
        <form action={signOut} data-sign-out="">
          <SubmitButton variant="quiet" pendingLabel={t('signingOut')}>
            <span className="whitespace-nowrap">{t('signOut')}</span>
          </SubmitButton>
        </form>
      ) : null}
    </div>
  );
}

function TopBar({ who, signOut, alone }: Pick<StaffFrameProps, 'who' | 'signOut' | 'alone'>) {
  const t = useTranslations('layout');
  const display = useDisplayWords();
  return (
    <header className="relative border-b-[1.5px] border-line bg-surface print:hidden">
      <div aria-hidden className="woven" />
      <div className="flex flex-wrap items-center justify-between gap-x-4 px-4 py-1 lg:px-6">
        <Link
          href={alone ? '/manage' : '/'}
          prefetch={false}
          className="flex min-h-target items-center gap-2 rounded-control"
        >
          <Logo className="size-9" />
          <span className="text-lg font-bold">{t('name')}</span>
        </Link>
        <div className="flex flex-wrap items-center gap-x-1">
          {alone ? null : <LanguageLink className={tool}>{t('otherLanguage')}</LanguageLink>}
          <DisplaySettings words={display} className={tool} />
        </div>
        <div className="w-full border-t-[1.5px] border-line sm:w-auto sm:border-0">
          <Account who={who} signOut={signOut} />
        </div>
      </div>
    </header>
  );
}

/**
 * The frame of the staff's pages: dense but quiet. The menu is data: who may go where is decided by whoever fills `nav`, never here. On a
 * wide screen it stands at the side, on a phone at the thumb.
 */
export function StaffFrame({ nav, who, signOut, demo, alone, children }: StaffFrameProps) {
  const t = useTranslations('layout');
  return (
    <div className="staff flex min-h-dvh flex-col text-base">
      <SkipLink>{t('skip')}</SkipLink>
      {demo ? <DemoBanner /> : null}
      <TopBar who={who} signOut={signOut} alone={alone} />
      <div className="mx-auto flex w-full max-w-[96rem] grow">
        {nav.length > 0 ? <SideNav nav={nav} label={t('staffMenu')} /> : null}
        <main id="main" tabIndex={-1} className="min-w-0 grow px-4 pt-5 pb-12 lg:px-6 lg:pt-7 print:p-0">
          {children}
        </main>
      </div>
      {nav.length > 0 ? <BottomNav nav={nav} label={t('staffMenu')} more={t('more')} /> : null}
    </div>
  );
}
