import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { Steps } from '@/components/ui/disclosure';
import { PageHeading } from '@/components/ui/headings';

/** What was asked for has arrived; what happens now. */
export function AskSent({ place, area }: { place: string; area: number }) {
  const t = useTranslations('ask');
  return (
    <div className="grid gap-8">
      <PageHeading lead={t('sentLead', { place })}>{t('sent')}</PageHeading>
      <Steps items={[1, 2, 3].map((step) => ({ title: t(`then${step}`) }))} />
      <div className="flex flex-wrap gap-3">
        <ButtonLink href={`/classes?area=${area}`} icon="search" wide>
          {t('seeNear')}
        </ButtonLink>
        <ButtonLink href={`/ask?area=${area}`} variant="secondary" wide>
          {t('again')}
        </ButtonLink>
      </div>
    </div>
  );
}
