import { useTranslations } from 'next-intl';
import { TextInput } from '@/components/ui/inputs';
import { LookForm } from '@/components/ui/look-form';

/** The serial of a certificate, typed; goes into the address, so that what it shows can be passed on. */
export function CheckForm({ address, serial, wrong }: { address: string; serial: string; wrong?: string | undefined }) {
  const t = useTranslations('certificate.check');
  return (
    <LookForm address={address} wrong={{ serial: wrong }} words={{ look: t('look'), looking: t('looking') }}>
      <TextInput
        name="serial"
        label={t('serial')}
        hint={t('serialHint')}
        error={wrong}
        defaultValue={serial}
        width="name"
        maxLength={40}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
      />
    </LookForm>
  );
}

/** Asked after many wrong serials from one network: whoever holds the paper knows the initials, whoever guesses does not. */
export function InitialsForm({
  address,
  initials,
  wrong,
}: {
  address: string;
  initials: string;
  wrong?: string | undefined;
}) {
  const t = useTranslations('certificate.check');
  return (
    <LookForm address={address} wrong={{ initials: wrong }} words={{ look: t('look'), looking: t('looking') }}>
      <TextInput
        name="initials"
        label={t('initials')}
        hint={t('initialsHint')}
        error={wrong}
        defaultValue={initials}
        width="short"
        maxLength={40}
        autoComplete="off"
      />
    </LookForm>
  );
}
