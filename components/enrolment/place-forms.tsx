'use client';

import type { ReactNode } from 'react';
import { Hidden } from '@/components/class/act-form';
import { useSent, type FormAction, type HiddenFields } from '@/components/class/use-sent';
import { Checkbox } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Folded, type Fold } from '@/components/ui/folded-form';
import { Select, TextInput, type Choice } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';

/** To another class: which, and a reason where that one is full and they are needed there all the same. */
export function MoveForm({
  action,
  fields,
  classes,
  words,
  fold,
}: {
  action: FormAction;
  fields: HiddenFields;
  classes: Choice[];
  words: Readonly<Record<'means' | 'to' | 'choose' | 'overbook' | 'send' | 'working', string>>;
  fold?: Fold;
}) {
  const { send, typed, error, summary, refused } = useSent(action, ['toClassId', 'overbookReason']);
  return (
    <Folded fold={fold} refused={refused}>
      <form action={send} noValidate className="grid gap-5">
        <ErrorSummary errors={summary} />
        <p>{words.means}</p>
        <Hidden fields={fields} />
        <Select
          name="toClassId"
          label={words.to}
          empty={words.choose}
          choices={classes}
          defaultValue={typed.toClassId}
          error={error('toClassId')}
        />
        <TextInput
          name="overbookReason"
          label={words.overbook}
          optional
          maxLength={300}
          defaultValue={typed.overbookReason}
          error={error('overbookReason')}
        />
        <div>
          <SubmitButton icon="arrow" pendingLabel={words.working} wide>
            {words.send}
          </SubmitButton>
        </div>
      </form>
    </Folded>
  );
}

/** A need the places are kept for: the words are read out, then ticked. */
export function NeedForm({
  action,
  fields,
  words,
  children,
  fold,
}: {
  action: FormAction;
  fields: HiddenFields;
  words: Readonly<Record<'agreed' | 'paper' | 'send' | 'working', string>>;
  children: ReactNode;
  fold?: Fold;
}) {
  const { send, error, summary, refused } = useSent(action, ['consent', 'how']);
  return (
    <Folded fold={fold} refused={refused}>
      <form action={send} noValidate className="grid gap-5">
        <ErrorSummary errors={summary} />
        <Hidden fields={fields} />
        {children}
        <Checkbox name="consent" label={words.agreed} error={error('consent')} />
        <Checkbox name="onPaper" label={words.paper} />
        <div>
          <SubmitButton icon="check" pendingLabel={words.working} wide>
            {words.send}
          </SubmitButton>
        </div>
      </form>
    </Folded>
  );
}
