import { useTranslations } from 'next-intl';
import { ActForm } from '../class/act-form';
import type { FormAction } from '../class/use-sent';
import { ClientWords } from '../layout/client-words';
import { ButtonLink } from '../ui/button';

/** The way to paper and back: for a place where nobody wants a phone in hand. */
export function PaperLinks({
  sessionId,
  mayRecord,
  make,
}: {
  sessionId: string;
  mayRecord: boolean;
  /** Left out where the newest sheet says all there is to say. */
  make: FormAction | null;
}) {
  const t = useTranslations('register');
  if (!mayRecord) return null;
  return (
    <div className="flex flex-wrap gap-3">
      {make ? (
        <ClientWords of={['errors']}>
          <ActForm
            action={make}
            fields={{ sessionId }}
            label={t('paper.make')}
            pendingLabel={t('paper.making')}
            variant="secondary"
            icon="print"
          />
        </ClientWords>
      ) : null}
      <ButtonLink href={`/manage/sessions/${sessionId}/entry`} variant="secondary" icon="pencil">
        {t('paper.enter')}
      </ButtonLink>
    </div>
  );
}
