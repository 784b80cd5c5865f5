import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { SheetPerson } from '@/lib/register/schema';
import { Button } from '../ui/button';
import { TextInput } from '../ui/inputs';

const helps = ['steps', 'slowly', 'bigger', 'family', 'language'] as const;

/** What helped somebody, in one press or in own words: the next teacher begins there. */
export function HelpGiven({
  person: { id, fullName: name },
  help,
  say,
}: {
  person: SheetPerson;
  help: string;
  say: (help: string) => void;
}) {
  const t = useTranslations('register');
  const [open, setOpen] = useState(false);
  const known = helps.map((each) => t(`help.${each}`));
  const [own, setOwn] = useState(known.includes(help) ? '' : help);
  const choose = (words: string) => {
    say(words);
    setOpen(false);
  };
  if (!open)
    return (
      <Button variant="quiet" className="justify-self-start" onClick={() => setOpen(true)}>
        {help ? t('help.given', { help }) : t('help.ask')}
        <span className="sr-only"> {name}</span>
      </Button>
    );
  return (
    <div
      role="group"
      aria-label={t('help.of', { name })}
      className="grid grid-cols-1 gap-2 border-l-4 border-edge pl-3"
    >
      <div className="flex flex-wrap gap-2">
        {known.map((words) => (
          <Button
            key={words}
            variant="secondary"
            aria-pressed={help === words}
            onClick={() => choose(help === words ? '' : words)}
          >
            {words}
          </Button>
        ))}
      </div>
      <form
        noValidate
        className="flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          choose(own.trim());
        }}
      >
        <TextInput
          name="help"
          id={`help-${id}`}
          label={t('help.own')}
          value={own}
          onChange={(event) => setOwn(event.target.value)}
          maxLength={200}
        />
        <Button type="submit" variant="secondary">
          {t('help.save')}
        </Button>
      </form>
    </div>
  );
}
