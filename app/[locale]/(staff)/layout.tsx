import type { Metadata } from 'next';
import { hasLocale } from 'next-intl';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { ClientWords } from '@/components/layout/client-words';
import { StaffFrame } from '@/components/layout/staff-frame';
import type { StaffNavItem, StaffNavPage } from '@/components/layout/staff-nav';
import { PhoneKeeper } from '@/components/register/phone-keeper';
import { signedInCaller, type May } from '@/lib/access/doors';
import { firstPage } from '@/lib/account/rules';
import { routing } from '@/lib/i18n/routing';
import { leave } from './account/actions';

/** Staff may put the portal on their phone's first screen: it opens at today's work. */
export const metadata: Metadata = { manifest: '/staff.webmanifest' };

type Page = StaffNavPage & { may: Exclude<May, 'public'> };
/** Pages that belong together; of those a caller may open, one stands alone and more are one entry. */
type Section = Pick<StaffNavItem, 'icon' | 'label'> & { pages: readonly Page[] };

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
  const sections: Section[] = [
    {
      icon: 'home',
      label: t('nav.today'),
      pages: [
        { href: '/manage', label: t('nav.todayAll'), may: 'class.read' },
        { href: '/manage/messages', label: t('nav.messages'), may: 'contact.read' },
        { href: '/manage/tasks', label: t('nav.tasks'), may: 'register.write' },
        { href: '/manage/tasks/week', label: t('nav.week'), may: 'register.write' },
        { href: '/manage/rechecks', label: t('nav.rechecks'), may: 'register.write' },
      ],
    },
    {
      icon: 'calendar',
      label: t('nav.classes'),
      pages: [
        { href: '/manage/classes', label: t('nav.classesAll'), may: 'class.read', holds: ['/manage/fairness'] },
        { href: '/manage/demand', label: t('nav.demand'), may: 'class.read' },
        { href: '/manage/courses', label: t('nav.courses'), may: 'class.read' },
        { href: '/manage/models', label: t('nav.models'), may: 'figures.read' },
        { href: '/manage/venues', label: t('nav.venues'), may: 'class.write' },
        { href: '/manage/calendar', label: t('nav.calendar'), may: 'calendar.write' },
      ],
    },
    {
      icon: 'people',
      label: t('nav.people'),
      pages: [
        { href: '/manage/people', label: t('nav.peopleFind'), may: 'person.read' },
        { href: '/manage/people/duplicates', label: t('nav.duplicates'), may: 'person.write' },
        { href: '/manage/unreached', label: t('nav.unreached'), may: 'person.read' },
        { href: '/manage/steps', label: t('nav.steps'), may: 'person.read' },
        { href: '/manage/people/elsewhere', label: t('nav.elsewhere'), may: 'person.read' },
        { href: '/manage/people/readings', label: t('nav.readings'), may: 'person.write' },
        { href: '/manage/referrals', label: t('nav.referrals'), may: 'person.write' },
      ],
    },
    {
      icon: 'hand',
      label: t('nav.desk'),
      pages: [
        { href: '/manage/desk', label: t('nav.deskLog'), may: 'desk.log' },
        { href: '/manage/desks', label: t('nav.desks'), may: 'desk.log' },
        { href: '/manage/desks/proposals', label: t('nav.deskProposals'), may: 'desk.manage' },
      ],
    },
    {
      icon: 'home',
      label: t('nav.visits'),
      pages: [{ href: '/manage/visits', label: t('nav.visits'), may: 'visit.record' }],
    },
    {
      icon: 'person',
      label: t('nav.teams'),
      pages: [{ href: '/manage/teams', label: t('nav.teams'), may: 'class.read' }],
    },
    {
      icon: 'list',
      label: t('nav.lists'),
      pages: [
        { href: '/manage/import', label: t('nav.import'), may: 'declared.write' },
        { href: '/manage/exports', label: t('nav.exports'), may: 'roster.read' },
        { href: '/manage/jobs', label: t('nav.jobs'), may: 'roster.read' },
      ],
    },
    {
      icon: 'chart',
      label: t('nav.dashboard'),
      pages: [
        { href: '/dashboard', label: t('nav.dashboard'), may: 'figures.read' },
        { href: '/dashboard/reports', label: t('nav.reports'), may: 'report.approve' },
        { href: '/manage/reports', label: t('nav.reports'), may: 'report.write' },
        { href: '/dashboard/desks', label: t('nav.deskFigures'), may: 'figures.read' },
        { href: '/manage/declared', label: t('nav.declared'), may: 'declared.write', holds: ['/manage/eligible'] },
        { href: '/admin/targets', label: t('nav.targets'), may: 'target.write' },
      ],
    },
    {
      icon: 'search',
      label: t('nav.admin'),
      pages: [
        { href: '/admin/accounts', label: t('nav.accounts'), may: 'account.manage' },
        { href: '/admin/areas', label: t('nav.areas'), may: 'area.manage' },
        { href: '/admin/messages', label: t('nav.messageBudgets'), may: 'area.manage' },
        { href: '/admin/figures', label: t('nav.countAgain'), may: 'area.manage' },
        { href: '/admin/skills', label: t('nav.skills'), may: 'skill.manage' },
        { href: '/admin/audit', label: t('nav.audit'), may: 'audit.read' },
      ],
    },
    { icon: 'lock', label: t('nav.account'), pages: [{ href: '/account', label: t('nav.account'), may: 'signedIn' }] },
  ];
  const first = firstPage(caller?.capabilities ?? []);
  const nav = caller
    ? sections
        .flatMap((section) => entryFor(section, caller.capabilities))
        .toSorted((a, b) => Number(b.href === first) - Number(a.href === first))
    : [];
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
            mayVisit={caller.capabilities.includes('visit.record')}
            mayLog={caller.capabilities.includes('desk.log')}
          />
        </ClientWords>
      ) : null}
      {children}
    </StaffFrame>
  );
}

/** What of a section a caller may open; no entry where it is nothing. */
function entryFor({ icon, label, pages }: Section, capabilities: readonly string[]): StaffNavItem[] {
  const open = pages
    .filter(({ may }) => may === 'signedIn' || capabilities.includes(may))
    .map(({ may: _may, ...page }) => page);
  const [head] = open;
  if (!head) return [];
  return [open.length > 1 ? { icon, label, href: head.href, pages: open } : { ...head, icon, label }];
}
