import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { Paragraphs } from '@/components/enrolment/enrol-section';
import { EqualityForm, WithdrawForm } from '@/components/enrolment/equality-form';
import { SlipLookup } from '@/components/enrolment/slip-lookup';
import { useEqualityErrors } from '@/components/enrolment/words';
import { Disclosure } from '@/components/ui/disclosure';
import { BackLink, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import { slipInHand } from '@/lib/access/slip';
import { equalityConsentText } from '@/lib/enrolment/queries';
import { equalityQuestions } from '@/lib/enrolment/rules';
import type { Locale } from '@/lib/i18n/routing';
import { showSlip } from '../actions';
import { answerQuestions, withdrawAnswers } from './actions';

type Props = {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'my' });
  return { title: t('questions.title'), robots: { index: false } };
}

/** Questions one may answer once signed up, and never has to: explained first, with a consent of their own. */
export default async function QuestionsPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const code = await slipInHand();
  if (!code) return <SlipLookup action={showSlip} gone={false} />;
  const consent = await read('public', (tx) => equalityConsentText(tx, locale));
  const { done } = await searchParams;
  const t = await getTranslations('my');
  return (
    <div className="grid gap-7">
      <BackLink href="/my">{t('questions.back')}</BackLink>
      {done === 'kept' || done === 'withdrawn' ? (
        <Notice tone="good" live opensPage title={t(`questions.${done}`)} />
      ) : null}
      <PageHeading lead={t('questions.lead')}>{t('questions.heading')}</PageHeading>
      {consent ? <Questions consent={consent} words={await words()} /> : null}
      <section className="grid max-w-prose gap-3">
        <h2 className="text-xl">{t('questions.changed')}</h2>
        <p>{t('questions.changedBody')}</p>
        <WithdrawForm action={withdrawAnswers} sending={t('questions.sending')}>
          {t('questions.withdraw')}
        </WithdrawForm>
      </section>
    </div>
  );
}

type Words = Awaited<ReturnType<typeof words>>;

async function words() {
  const t = await getTranslations('my');
  return {
    form: {
      yes: t('questions.yes'),
      no: t('questions.no'),
      rather: t('questions.rather'),
      consent: t('questions.consent'),
      consentHint: t('questions.consentHint'),
      send: t('questions.send'),
      sending: t('questions.sending'),
    },
    read: t('questions.read'),
    questions: equalityQuestions.map((name) => ({ name, legend: t(`questions.ask.${name}`) })),
  };
}

function Questions({
  consent,
  words: { form, read: toRead, questions },
}: {
  consent: { version: number; body: string };
  words: Words;
}) {
  const errors = useEqualityErrors();
  return (
    <EqualityForm
      action={answerQuestions}
      questions={questions}
      words={form}
      errorWords={errors}
      consentVersion={consent.version}
      consentText={
        <Disclosure summary={toRead}>
          <Paragraphs text={consent.body} />
        </Disclosure>
      }
    />
  );
}
