import { useTranslations } from 'next-intl';
import { TextInput } from '@/components/ui/inputs';
import { LookForm } from '@/components/ui/look-form';

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
    <LookForm
      address={address}
      wrong={{ code: wrong }}
      words={{ look: t('look'), looking: t('looking') }}
      icon="shield"
    >
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
    </LookForm>
  );
}
