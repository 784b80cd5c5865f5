import { useTranslations } from 'next-intl';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';

/** The code on a helper's card, typed by whoever it is shown to; with `initials` also those of the name on it. */
export function HelperCheckForm({
  address,
  code,
  initials,
  wrong,
}: {
  address: string;
  code: string;
  initials?: string | undefined;
  wrong?: string | undefined;
}) {
  const t = useTranslations('helperCard.check');
  return (
    <form action={address} method="get" noValidate className="grid gap-6">
      <ErrorSummary errors={wrong ? [{ field: 'code', message: wrong }] : []} />
      <TextInput
        name="code"
        label={t('code')}
        hint={t('codeHint')}
        error={wrong}
        defaultValue={code}
        width="name"
        maxLength={40}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
      />
      {initials === undefined ? null : (
        <TextInput
          name="initials"
          label={t('initials')}
          hint={t('initialsHint')}
          defaultValue={initials}
          width="short"
          maxLength={40}
          autoComplete="off"
        />
      )}
      <div>
        <SubmitButton icon="shield" pendingLabel={t('looking')} wide>
          {t('look')}
        </SubmitButton>
      </div>
    </form>
  );
}
