import { useTranslations } from 'next-intl';
import { RevokeForm } from '@/components/certificate/revoke-form';
import { Serial } from '@/components/certificate/serial';
import type { FormAction } from '@/components/class/use-sent';
import { ButtonLink } from '@/components/ui/button';
import { StatusPill } from '@/components/ui/pill';
import { lastDayFrom } from '@/lib/helpercard/rules';
import { endedBecause, type HelperCardLine } from '@/lib/helpercard/schema';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { IssueCardForm } from './card-forms';

const tones = { valid: 'good', expired: 'warn', revoked: 'bad' } as const;

/** The cards of a member, for those who give them out: how each stands, and to print, renew or revoke the one that holds. */
export function HelperCardBox({
  cards,
  member,
  teamId,
  today,
  locale,
  issue,
  revoke,
}: {
  cards: readonly HelperCardLine[];
  member: { id: string; left: boolean };
  teamId: string;
  today: string;
  locale: Locale;
  issue: FormAction;
  revoke: FormAction;
}) {
  const t = useTranslations('helperCard.box');
  const valid = cards.find(({ state }) => state === 'valid');
  return (
    <section aria-labelledby="helper-card" id="card" className="grid gap-4">
      <h2 id="helper-card" className="text-2xl">
        {t('heading')}
      </h2>
      {cards.length === 0 ? <p>{t('none')}</p> : null}
      <ul className="grid gap-3">
        {cards.map((card) => (
          <li key={card.id} className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <Serial serial={card.code} />
            <StatusPill tone={tones[card.state]}>
              {t(card.state, { day: formatDate(locale, card.validUntil) })}
            </StatusPill>
            {card.revokedBecause ? (
              <span className="text-muted">
                {[t(`because.${card.revokedBecause}`), card.revokedNote].filter(Boolean).join(' ')}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      {valid ? (
        <div>
          <ButtonLink href={`/manage/teams/${teamId}/cards?member=${member.id}`} variant="secondary" icon="print">
            {t('print')}
          </ButtonLink>
        </div>
      ) : null}
      {member.left ? null : (
        <IssueCardForm
          action={issue}
          fields={{ memberId: member.id }}
          label={t(valid ? 'renew' : 'issue')}
          about={valid ? t('renewBody') : undefined}
          until={lastDayFrom(today)}
        />
      )}
      {valid ? (
        <RevokeForm
          action={revoke}
          fields={{ cardId: valid.id }}
          because="because"
          choices={endedBecause.map((value) => ({ value, label: t(`whyChoice.${value}`) }))}
          words={{
            summary: t('revoke'),
            means: t('revokeBody'),
            why: t('why'),
            note: t('note'),
            noteHint: t('noteHint'),
            send: t('revoke'),
            working: t('working'),
          }}
        />
      ) : null}
    </section>
  );
}
