import { useTranslations } from 'next-intl';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';

/** The serial of a certificate, typed; goes into the address, so that what it shows can be passed on. */
export function CheckForm({ address, serial, wrong }: { address: string; serial: string; wrong?: string | undefined }) {
  const t = useTranslations('certificate.check');
  return (
    <form action={address} method="get" noValidate className="grid gap-6">
      <ErrorSummary errors={wrong ? [{ field: 'serial', message: wrong }] : []} />
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
      <div>
        <SubmitButton icon="search" pendingLabel={t('looking')} wide>
          {t('look')}
        </SubmitButton>
      </div>
    </form>
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
    <form action={address} method="get" noValidate className="grid gap-6">
      <ErrorSummary errors={wrong ? [{ field: 'initials', message: wrong }] : []} />
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
      <div>
        <SubmitButton icon="search" pendingLabel={t('looking')} wide>
          {t('look')}
        </SubmitButton>
      </div>
    </form>
  );
}
