import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { ClientWords } from '@/components/layout/client-words';
import { BackLink, PageHeading } from '@/components/ui/headings';
import { SlipForm, VisitSlip } from '@/components/visit/visit-slip';
import { read } from '@/lib/access/doors';
import { visitorAddress } from '@/lib/access/slip';
import { getPathname } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { problemsOf } from '@/lib/kernel/input';
import { slipOfVisit } from '@/lib/visit/checking';
import { noteWrongCode } from '@/lib/visit/commands';
import { slipAddress } from '@/lib/visit/schema';
import { withdrawHelp } from '../actions';

export const dynamic = 'force-dynamic';

type Props = {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'help' });
  return { title: t('slipTitle'), robots: { index: false } };
}

/** What a slip's number opens: what was asked for and how it stands. Nothing on it says who it is about. */
export default async function HelpSlipPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const { code: asked, sent } = await searchParams;
  const typed = asked === undefined ? null : slipAddress.safeParse({ code: asked });
  const from = await visitorAddress();
  const now = new Date();
  const slip = typed?.success
    ? await read('public', (tx) => slipOfVisit(tx, locale, typed.data.code, from, now))
    : null;
  if (typed?.success && slip === null) await noteWrongCode(from);
  const [t, say] = await Promise.all([getTranslations('help'), getTranslations('errors')]);
  if (slip && slip !== 'tooMany')
    return (
      <div className="grid max-w-prose gap-8">
        <BackLink href="/help">{t('back')}</BackLink>
        <PageHeading lead={sent === '1' ? t('sentLead') : undefined}>
          {t(sent === '1' ? 'sent' : 'slipHeading')}
        </PageHeading>
        <ClientWords of={['help', 'errors']}>
          <VisitSlip slip={slip} locale={locale} withdraw={withdrawHelp} />
        </ClientWords>
      </div>
    );
  const wrong = !typed
    ? undefined
    : say(
        slip === 'tooMany'
          ? 'tooManyTries'
          : typed.success
            ? 'visitCodeUnknown'
            : (problemsOf(typed.error).code ?? 'codeShape'),
      );
  return (
    <div className="grid max-w-prose gap-8">
      <BackLink href="/help">{t('back')}</BackLink>
      <PageHeading lead={t('slipLead')}>{t('slipHeading')}</PageHeading>
      <SlipForm
        address={getPathname({ href: '/help/slip', locale })}
        code={typeof asked === 'string' ? asked.slice(0, 40) : ''}
        wrong={wrong}
      />
    </div>
  );
}
