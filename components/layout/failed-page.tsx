'use client';

import { useTranslations } from 'next-intl';
import { Button, ButtonLink } from '../ui/button';
import { Trouble } from './trouble';

/** Something broke on our side. `digest` is the mark under which it stands in the log; it says nothing about the reader. */
export function FailedPage({ digest, retry }: { digest?: string; retry?: () => void }) {
  const t = useTranslations('error.failed');
  return (
    <Trouble
      icon="warning"
      title={t('title')}
      actions={
        <>
          {retry ? (
            <Button onClick={retry} wide>
              {t('retry')}
            </Button>
          ) : null}
          <ButtonLink href="/" variant="secondary" wide>
            {t('toHome')}
          </ButtonLink>
        </>
      }
    >
      <p>{t('body')}</p>
      {digest ? <p className="text-sm text-muted">{t('digest', { digest })}</p> : null}
    </Trouble>
  );
}
