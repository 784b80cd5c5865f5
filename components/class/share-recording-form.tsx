'use client';

import { useTranslations } from 'next-intl';
import { useState, type ChangeEvent } from 'react';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { taughtIn } from '@/lib/class/schema';
import { mostRecordingBytes } from '@/lib/recording/schema';
import { Hidden } from './act-form';
import { useSent, type FormAction } from './use-sent';

/**
 * Sends a recording. A file that is too large is told at once, at its field: past 2 MB the server would not even read the form.
 */
export function RecordingForm({ action, classId }: { action: FormAction; classId: string }) {
  const t = useTranslations('sharing.recordings');
  const say = useTranslations('errors');
  const { send, typed, error, summary } = useSent(action, ['language', 'recording']);
  const [tooLarge, setTooLarge] = useState(false);
  const choose = (event: ChangeEvent<HTMLInputElement>) =>
    setTooLarge((event.target.files?.[0]?.size ?? 0) > mostRecordingBytes);
  return (
    <form
      action={send}
      onSubmit={(event) => {
        if (tooLarge) event.preventDefault();
      }}
      noValidate
      className="grid gap-5"
    >
      <ErrorSummary errors={summary} />
      <Hidden fields={{ classId }} />
      <Select
        name="language"
        label={t('language')}
        choices={taughtIn.toReversed().map((value) => ({ value, label: t(`languages.${value}`) }))}
        defaultValue={typed.language ?? 'bru'}
        error={error('language')}
        width="name"
      />
      <TextInput
        name="recording"
        label={t('file')}
        hint={t('fileHint')}
        type="file"
        accept=".mp3,.ogg,.oga,.opus,.m4a,.wav,audio/mpeg,audio/ogg,audio/mp4,audio/wav"
        onChange={choose}
        error={tooLarge ? say('recordingTooLarge') : error('recording')}
      />
      <div>
        <SubmitButton pendingLabel={t('saving')} icon="up" variant="secondary">
          {t('save')}
        </SubmitButton>
      </div>
    </form>
  );
}
