import { useTranslations } from 'next-intl';
import { ReasonForm } from '@/components/class/act-form';
import type { FormAction } from '@/components/class/use-sent';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import type { Answered, Invitee, Proposal } from '@/lib/desk/schema';
import { formatDate } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { phoneForReading } from '@/lib/kernel/phone';

/** A class proposed, with what speaks for it, who agreed to be invited, and the two answers there are. */
export function ProposalCard({
  proposal,
  people,
  locale,
  dismiss,
}: {
  proposal: Proposal;
  people: readonly Invitee[];
  locale: Locale;
  dismiss: FormAction;
}) {
  const t = useTranslations('desk.proposals');
  const { areaId, deskId, need, needName, place, unit, count, days, byHand, referred, busiestHour, course } = proposal;
  const key = `proposal-${deskId ?? areaId}-${need}`;
  return (
    <Card as="section" labelledBy={key}>
      <div className="grid gap-4">
        <div>
          <p className="font-bold text-field">{deskId === null ? t('together', { unit }) : `${place}, ${unit}`}</p>
          <h2 id={key} className="text-xl">
            {t('heading', { course, count, need: needName })}
          </h2>
        </div>
        <ul className="list-disc pl-5">
          <li>{t('times', { count, days })}</li>
          {byHand > 0 ? <li>{t('byHand', { count: byHand })}</li> : null}
          {referred > 0 ? <li>{t('referred', { count: referred })}</li> : null}
          <li>{t('busiest', { from: busiestHour, until: busiestHour + 1 })}</li>
        </ul>
        <Invitees people={people} locale={locale} />
        <div>
          <ButtonLink href={`/manage/classes/new?course=${proposal.courseId}`} icon="plus">
            {t('open')}
          </ButtonLink>
        </div>
        <ReasonForm
          folded={t('dismissAsk')}
          action={dismiss}
          fields={{ areaId: String(areaId), deskId: deskId ?? '', need }}
          label={t('dismiss')}
          pendingLabel={t('saving')}
          reasonLabel={t('reason')}
          reasonHint={t('reasonHint')}
          reasonId={`reason-${key}`}
          variant="secondary"
          back={null}
        />
      </div>
    </Card>
  );
}

/** A class that came of a proposal, and who is still to be invited. */
export function AnsweredCard({ answered, locale }: { answered: Answered; locale: Locale }) {
  const key = `answered-${answered.classId}`;
  return (
    <Card as="section" labelledBy={key}>
      <div className="grid gap-4">
        <h3 id={key} className="text-lg">
          <Link href={`/manage/classes/${answered.classId}`} prefetch={false} className="link">
            {answered.title}
          </Link>
        </h3>
        <Invitees people={answered.people} locale={locale} />
      </div>
    </Card>
  );
}

/** Who agreed to be invited, with the number to ring for those who may. */
function Invitees({ people, locale }: { people: readonly Invitee[]; locale: Locale }) {
  const t = useTranslations('desk.proposals');
  if (people.length === 0) return <p className="text-muted">{t('nobody')}</p>;
  return (
    <div>
      <p className="font-bold">{t('invite', { count: people.length })}</p>
      <ul className="divide-y-[1.5px] divide-line border-y-[1.5px] border-line">
        {people.map((one) => (
          <li key={one.personId} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 py-2">
            <p className="min-w-0">
              <Link href={`/manage/people/${one.personId}`} prefetch={false} className="link">
                {one.fullName}
              </Link>
              <span className="block text-sm text-muted">
                {[one.birthYear, one.village, t('helpedOn', { day: formatDate(locale, one.lastAt) })]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </p>
            <p className="flex flex-wrap gap-x-5">
              {one.phone ? (
                <a href={`tel:${one.phone}`} className="link inline-flex min-h-target items-center whitespace-nowrap">
                  {phoneForReading(one.phone)}
                </a>
              ) : null}
              <Link
                href={`/manage/people/${one.personId}/enrol`}
                prefetch={false}
                className="link inline-flex min-h-target items-center"
              >
                {t('enrol')}
                <span className="sr-only">: {one.fullName}</span>
              </Link>
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}
