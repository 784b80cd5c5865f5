'use client';

import { useTranslations } from 'next-intl';
import { Button, ButtonLink } from '../ui/button';
import { Trouble } from './trouble';

/**
 * Something broke on our side, or (`lost`) the portal was not reached. `digest` is the mark under which it stands in the log; it says nothing about the
 * reader.
 */
export function FailedPage({ digest, retry, lost = false }: { digest?: string; retry?: () => void; lost?: boolean }) {
  const t = useTranslations('error');
  const kind = lost ? 'lost' : 'failed';
  return (
    <Trouble
      icon="warning"
      title={t(`${kind}.title`)}
      actions={
        <>
          {retry ? (
            <Button onClick={retry} wide>
              {t('failed.retry')}
            </Button>
          ) : null}
          <ButtonLink href="/" variant="secondary" wide>
            {t('failed.toHome')}
          </ButtonLink>
        </>
      }
    >
      <p>{t(`${kind}.body`)}</p>
      {digest ? <p className="text-sm text-muted">{t('failed.digest', { digest })}</p> : null}
    </Trouble>
  );
}
