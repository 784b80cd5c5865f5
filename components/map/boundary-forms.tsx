'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useForm, type FormAction } from '@/components/account/use-form';
import { Disclosure } from '@/components/ui/disclosure';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { boundaryLimits } from '@/lib/map/schema';

/** Sends a file of boundaries to be looked at. One that is too large is told at once, at its field: the server would not even read the form. */
export function SendBoundaries({ action }: { action: FormAction }) {
  const t = useTranslations('map');
  const say = useTranslations('errors');
  const { send, errors, field } = useForm(action, ['source', 'shapes']);
  const [tooLarge, setTooLarge] = useState(false);
  const shapes = field('shapes');
  return (
    <form
      action={send}
      onSubmit={(event) => {
        if (tooLarge) event.preventDefault();
      }}
      noValidate
      className="grid gap-5"
    >
      <ErrorSummary errors={errors} />
      <TextInput {...field('source')} label={t('source')} hint={t('sourceHint')} autoComplete="off" />
      <TextInput
        name={shapes.name}
        id={shapes.id}
        label={t('file')}
        hint={t('fileHint')}
        type="file"
        accept=".geojson,.json,application/geo+json,application/json"
        onChange={(event) => setTooLarge((event.target.files?.[0]?.size ?? 0) > boundaryLimits.bytes)}
        error={tooLarge ? say('boundaryTooLarge') : shapes.error}
      />
      <div>
        <SubmitButton variant="secondary" icon="search" pendingLabel={t('checking')}>
          {t('check')}
        </SubmitButton>
      </div>
    </form>
  );
}

/** Uses what was looked at, or drops it. */
export function DecideBoundaries({ action, draft }: { action: FormAction; draft: string }) {
  const t = useTranslations('map');
  const { send, errors } = useForm(action, [], 'decide');
  return (
    <form action={send} className="grid gap-3">
      <ErrorSummary errors={errors} />
      <input type="hidden" name="draft" value={draft} />
      <div className="flex flex-wrap gap-3">
        <SubmitButton name="act" value="save" icon="check" pendingLabel={t('saving')}>
          {t('save')}
        </SubmitButton>
        <SubmitButton name="act" value="drop" variant="quiet" pendingLabel={t('dropping')}>
          {t('drop')}
        </SubmitButton>
      </div>
    </form>
  );
}

/** Takes the boundaries in use away, after one more question. */
export function RemoveBoundaries({ action }: { action: FormAction }) {
  const t = useTranslations('map');
  const { send, errors } = useForm(action, [], 'remove');
  return (
    <Disclosure summary={t('remove')} open={errors.length > 0 || undefined}>
      <form action={send} className="grid gap-4">
        <ErrorSummary errors={errors} />
        <p className="font-bold">{t('removeTitle')}</p>
        <p className="max-w-prose">{t('removeLead')}</p>
        <input type="hidden" name="act" value="remove" />
        <div>
          <SubmitButton variant="danger" pendingLabel={t('saving')}>
            {t('remove')}
          </SubmitButton>
        </div>
      </form>
    </Disclosure>
  );
}
