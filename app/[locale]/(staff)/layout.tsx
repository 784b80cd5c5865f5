import type { Metadata } from 'next';
import { hasLocale } from 'next-intl';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { ClientWords } from '@/components/layout/client-words';
import { StaffFrame, type StaffNavItem } from '@/components/layout/staff-frame';
import { PhoneKeeper } from '@/components/register/phone-keeper';
import { signedInCaller, type May } from '@/lib/access/doors';
import { firstPage } from '@/lib/account/rules';
import { routing } from '@/lib/i18n/routing';
import { leave } from './account/actions';

/** Staff may put the portal on their phone's first screen: it opens at today's work. */
export const metadata: Metadata = { manifest: '/staff.webmanifest' };

type Place = StaffNavItem & { may: Exclude<May, 'public'> };

/** Staff pages. The frame only shows who is signed in and where they may go; every page asks its own door for the right to be read. */
export default async function StaffLayout({
  children,
  params,
}: {
  children: ReactNode;
  params: Promise<{ locale: string }>;
}) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  const [caller, t] = await Promise.all([signedInCaller(), getTranslations('account')]);
  const places: Place[] = [
    { href: '/manage', label: t('nav.today'), icon: 'home', may: 'class.read' },
    {
      href: '/manage/classes',
      label: t('nav.classes'),
      icon: 'calendar',
      may: 'class.read',
      holds: ['/manage/fairness'],
    },
    { href: '/manage/demand', label: t('nav.demand'), icon: 'hand', may: 'class.read' },
    { href: '/manage/people', label: t('nav.people'), icon: 'people', may: 'person.read' },
    { href: '/manage/teams', label: t('nav.teams'), icon: 'person', may: 'class.read' },
    { href: '/manage/rechecks', label: t('nav.rechecks'), icon: 'check', may: 'register.write' },
    { href: '/manage/courses', label: t('nav.courses'), icon: 'list', may: 'class.read' },
    { href: '/manage/venues', label: t('nav.venues'), icon: 'place', may: 'class.write' },
    { href: '/manage/calendar', label: t('nav.calendar'), icon: 'sun', may: 'calendar.write' },
    {
      href: '/manage/import',
      label: t('nav.lists'),
      icon: 'up',
      may: 'declared.write',
      holds: ['/manage/exports', '/manage/jobs'],
    },
    {
      href: '/manage/declared',
      label: t('nav.declared'),
      icon: 'pencil',
      may: 'declared.write',
      holds: ['/manage/eligible'],
    },
    { href: '/dashboard', label: t('nav.dashboard'), icon: 'chart', may: 'figures.read' },
    { href: '/admin/targets', label: t('nav.targets'), icon: 'sign', may: 'target.write' },
    { href: '/admin/accounts', label: t('nav.accounts'), icon: 'person', may: 'account.manage' },
    { href: '/admin/areas', label: t('nav.areas'), icon: 'place', may: 'area.manage' },
    { href: '/admin/skills', label: t('nav.skills'), icon: 'check', may: 'skill.manage' },
    { href: '/admin/audit', label: t('nav.audit'), icon: 'search', may: 'audit.read' },
    { href: '/account', label: t('nav.account'), icon: 'lock', may: 'signedIn' },
  ];
  const first = firstPage(caller?.capabilities ?? []);
  places.sort((a, b) => Number(b.href === first) - Number(a.href === first));
  const nav = caller ? places.filter(({ may }) => may === 'signedIn' || caller.capabilities.includes(may)) : [];
  const [grant] = caller?.grants ?? [];
  const role = grant ? `${t(`roles.${grant.role}`)} · ${locale === 'en' ? grant.areaNameEn : grant.areaNameVi}` : '';
  return (
    <StaffFrame
      nav={nav}
      who={caller ? { name: caller.fullName, role } : null}
      signOut={leave}
      demo={process.env.DEMO === '1'}
    >
      {caller ? (
        <ClientWords of={['register']}>
          <PhoneKeeper
            who={{ account: caller.accountId, name: caller.fullName }}
            mayRecord={caller.capabilities.includes('register.write')}
          />
        </ClientWords>
      ) : null}
      {children}
    </StaffFrame>
  );
}
