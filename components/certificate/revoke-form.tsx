'use client';

import { Hidden } from '@/components/class/act-form';
import { useSent, type FormAction, type HiddenFields } from '@/components/class/use-sent';
import { RadioGroup } from '@/components/ui/choices';
import { FoldedForm } from '@/components/ui/folded-form';
import { TextArea, type Choice } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';

/** Revokes a certificate or a card, for good: why, in a kind (the field `because`) and in words. Folded, unless something was wrong. */
export function RevokeForm({
  action,
  fields,
  because,
  choices,
  words,
}: {
  action: FormAction;
  fields: HiddenFields;
  because: string;
  choices: Choice[];
  words: Readonly<Record<'summary' | 'means' | 'why' | 'note' | 'noteHint' | 'send' | 'working', string>>;
}) {
  const { send, typed, error, summary } = useSent(action, [because, 'note']);
  return (
    <FoldedForm summary={words.summary} errors={summary} send={send}>
      <p>{words.means}</p>
      <Hidden fields={fields} />
      <RadioGroup
        name={because}
        legend={words.why}
        defaultValue={typed[because]}
        error={error(because)}
        choices={choices}
      />
      <TextArea
        name="note"
        label={words.note}
        hint={words.noteHint}
        rows={2}
        maxLength={300}
        defaultValue={typed.note}
        error={error('note')}
      />
      <div>
        <SubmitButton variant="danger" pendingLabel={words.working}>
          {words.send}
        </SubmitButton>
      </div>
    </FoldedForm>
  );
}
