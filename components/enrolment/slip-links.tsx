import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';

/** Where else one can go from a slip: the codes of everybody signed up together, the questions one may answer. */
export function SlipLinks({ several }: { several: boolean }) {
  const t = useTranslations('my');
  return (
    <div className="flex flex-wrap items-start gap-3 print:hidden">
      {several ? (
        <ButtonLink href="/my/all" variant="secondary" icon="people" wide>
          {t('allLink')}
        </ButtonLink>
      ) : null}
      <ButtonLink href="/my/questions" variant="quiet" wide>
        {t('questionsLink')}
      </ButtonLink>
    </div>
  );
}
