import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ClientWords } from '@/components/layout/client-words';
import { PaperLinks } from '@/components/register/paper-links';
import { PlainRegisterForm, PlainWalkInForm } from '@/components/register/plain-register';
import { RegisterHistory } from '@/components/register/register-history';
import { RegisterSheet } from '@/components/register/register-sheet';
import { RosterList } from '@/components/register/roster-list';
import { SessionFacts, SessionHead } from '@/components/register/session-head';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { id } from '@/lib/kernel/input';
import { newId } from '@/lib/kernel/id';
import { needsReason } from '@/lib/register/rules';
import { registerSheet } from '@/lib/register/sheets';
import { addWalkIn, makeSheet, saveRegister } from './actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'register' });
  return { title: t('title'), robots: { index: false } };
}

/** The register of one session: the roll, the exceptions, the skills. */
export default async function RegisterPage({ params, searchParams }: Props) {
  const { locale, id: given } = await params;
  setRequestLocale(locale);
  const sessionId = id.safeParse(given);
  const { sheet, owner, mayMatch } = await read('roster.read', async (tx, caller) => ({
    sheet: sessionId.success ? await registerSheet(tx, sessionId.data, locale) : null,
    owner: caller.accountId,
    mayMatch: caller.capabilities.includes('person.write'),
  }));
  if (!sheet) notFound();
  const t = await getTranslations('register');
  const closed = sheet.status === 'published' || sheet.status === 'held' ? null : t(`closed.${sheet.status}`);
  const mayRecord = sheet.mayRecord && !closed;
  const late = needsReason(sheet.endsAt.getTime(), sheet.startedAt?.getTime() ?? null, Date.now());
  const facts = <SessionFacts sheet={sheet} locale={locale} />;
  return (
    <div className="mx-auto grid grid-cols-1 max-w-3xl gap-5">
      {(await searchParams).done === 'paper' ? <Notice tone="good" live title={t('donePaper')} /> : null}
      <SessionHead sheet={sheet} locale={locale} />
      {closed ? (
        <Notice tone="warn" title={closed}>
          {sheet.statusReason}
        </Notice>
      ) : null}
      {!closed && !sheet.mayRecord ? <Notice title={t('readOnly')} /> : null}
      {mayRecord ? (
        <ClientWords of={['register', 'errors']}>
          <div className="needs-js">
            <RegisterSheet sheet={sheet} owner={owner} facts={facts} />
          </div>
          <noscript>
            <div className="grid grid-cols-1 gap-8">
              {sheet.startedAt ? null : facts}
              <PlainRegisterForm sheet={sheet} late={late} action={saveRegister} />
              {sheet.startedAt ? (
                <PlainWalkInForm sheet={sheet} late={late} personId={newId()} action={addWalkIn} />
              ) : null}
            </div>
          </noscript>
        </ClientWords>
      ) : (
        <>
          {facts}
          {sheet.people.length > 0 ? (
            <ClientWords of={['register']}>
              <RosterList people={sheet.people} />
            </ClientWords>
          ) : null}
        </>
      )}
      <PaperLinks sessionId={sheet.id} mayRecord={mayRecord} make={makeSheet} />
      {mayMatch && sheet.people.some(({ walkIn }) => walkIn) ? (
        <p className="max-w-prose">
          {t('walkInsToMatch')}{' '}
          <Link href="/manage/people/duplicates" prefetch={false} className="link">
            {t('toMatch')}
          </Link>
        </p>
      ) : null}
      <RegisterHistory sheet={sheet} locale={locale} />
    </div>
  );
}
