import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { HelperCheckForm } from '@/components/helpercard/check-form';
import { HelperVerdict } from '@/components/helpercard/verdict';
import { WorkTodayList } from '@/components/helpercard/work-today';
import { PageHeading } from '@/components/ui/headings';
import { read } from '@/lib/access/doors';
import { visitorAddress } from '@/lib/access/slip';
import { noteWrongSerial } from '@/lib/certificate/commands';
import { checkedHelperCard } from '@/lib/helpercard/queries';
import { helperCheckInput } from '@/lib/helpercard/schema';
import { workOfToday } from '@/lib/helpercard/today';
import { getPathname, Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { problemsOf } from '@/lib/kernel/input';

export const dynamic = 'force-dynamic';

type Props = {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'helperCard' });
  return { title: t('check.title'), referrer: 'no-referrer' };
}

const one = (given: string | string[] | undefined) => (typeof given === 'string' ? given : undefined);

/** Whether somebody at the door is who their card says, for whoever they stand in front of; and which teams are where today. */
export default async function HelpersPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const asked = await searchParams;
  const typed =
    asked.code === undefined
      ? null
      : helperCheckInput.safeParse({ code: asked.code, initials: one(asked.initials)?.slice(0, 40) });
  const now = new Date();
  const address = await visitorAddress();
  const { found, work } = await read('public', async (tx) => ({
    found: typed?.success ? await checkedHelperCard(tx, locale, typed.data, address, now) : null,
    work: typed ? [] : await workOfToday(tx, locale, now),
  }));
  // Asked for the initials and none given yet: no guess.
  const guessed = found?.verdict === 'unknown' || (found?.verdict === 'more' && typed?.data?.initials !== undefined);
  if (guessed) await noteWrongSerial(address);
  const [t, today, say] = await Promise.all([
    getTranslations('helperCard.check'),
    getTranslations('helperCard.today'),
    getTranslations('errors'),
  ]);
  const wrong = typed && !typed.success ? say(problemsOf(typed.error).code ?? 'helperCodeShape') : undefined;
  return (
    <div className="grid grid-cols-1 gap-10">
      <div className="grid max-w-prose gap-8">
        <PageHeading lead={t('lead')}>{t('heading')}</PageHeading>
        {found ? <HelperVerdict found={found} locale={locale} /> : null}
        <HelperCheckForm
          address={getPathname({ href: '/helpers', locale })}
          code={one(asked.code)?.slice(0, 40) ?? ''}
          initials={found?.verdict === 'more' ? (one(asked.initials)?.slice(0, 40) ?? '') : undefined}
          wrong={wrong}
        />
        <Link href="/help/check" prefetch={false} className="link inline-flex min-h-target items-center">
          {t('visitNumber')}
        </Link>
      </div>
      {typed ? (
        // Somebody stands before them: the answer is enough to read.
        <Link href="/helpers" prefetch={false} className="link inline-flex min-h-target items-center">
          {today('look')}
        </Link>
      ) : (
        <WorkTodayList rows={work} />
      )}
    </div>
  );
}
