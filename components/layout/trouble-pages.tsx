import { useTranslations } from 'next-intl';
import { ButtonLink } from '../ui/button';
import { Trouble } from './trouble';

/** Nothing at this address, or nothing this reader may know of: the two are told apart by nobody. */
export function NotFoundPage({ staff }: { staff?: boolean }) {
  const t = useTranslations('error.notFound');
  return (
    <Trouble
      icon="sign"
      title={t('title')}
      actions={
        <>
          <ButtonLink href={staff ? '/manage' : '/classes'} icon={staff ? 'home' : 'search'} wide>
            {staff ? t('toToday') : t('toClasses')}
          </ButtonLink>
          <ButtonLink href="/" variant="secondary" wide>
            {t('toHome')}
          </ButtonLink>
        </>
      }
    >
      <p>{t('body')}</p>
    </Trouble>
  );
}

/** Known, signed in, but not for this reader's job. */
export function ForbiddenPage() {
  const t = useTranslations('error.forbidden');
  return (
    <Trouble
      icon="lock"
      title={t('title')}
      actions={
        <ButtonLink href="/manage" icon="home" wide>
          {t('toToday')}
        </ButtonLink>
      }
    >
      <p>{t('body')}</p>
    </Trouble>
  );
}
