import { useTranslations } from 'next-intl';
import { formatDateTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { paperTextLength, type PaperSheet } from '@/lib/register/schema';
import { Button } from '../ui/button';
import { Disclosure } from '../ui/disclosure';
import { EmptyState } from '../ui/empty-state';
import { TextArea } from '../ui/inputs';
import { codeReads } from './paper-pages';

/** Where the exceptions are typed. It is sent to be looked at, and lands in the address: numbers, never a name. */
export function PaperText({ paper, said }: { paper: PaperSheet; said: string | undefined }) {
  const t = useTranslations('register.entry');
  return (
    <form className="grid grid-cols-1 gap-4">
      <p>
        {t('code')}: <b className="tracking-wider">{codeReads(paper.code)}</b>
      </p>
      <input type="hidden" name="sheet" value={paper.code} />
      <TextArea
        name="said"
        label={t('said')}
        hint={t('saidHint')}
        defaultValue={said}
        rows={3}
        maxLength={paperTextLength}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <div>
        <Button type="submit" variant={said === undefined ? 'primary' : 'secondary'} icon="search" wide>
          {t('preview')}
        </Button>
      </div>
      <Disclosure summary={t('numbers')}>
        <ol className="grid grid-cols-1 gap-x-6 sm:grid-cols-2">
          {paper.lines.map((line) => (
            <li key={line.number}>
              <b className="inline-block w-8 tabular-nums">{line.number}</b>
              {line.fullName || '—'}
            </li>
          ))}
        </ol>
        <ul className="mt-3">
          {paper.skills.map(({ code, title }, at) => (
            <li key={code}>
              <b className="inline-block w-8">K{at + 1}</b>
              {title}
            </li>
          ))}
        </ul>
      </Disclosure>
    </form>
  );
}

interface Made {
  readonly code: string;
  readonly madeAt: Date;
  readonly people: number;
}

/** The sheets of one session to choose from. */
export function SheetChoice({ sheets, address, locale }: { sheets: readonly Made[]; address: string; locale: Locale }) {
  const t = useTranslations('register');
  if (sheets.length === 0) return <EmptyState icon="print" title={t('entry.none')} />;
  return (
    <section className="grid grid-cols-1 gap-2">
      <h2 className="text-xl">{t('entry.sheets')}</h2>
      <ul className="divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface">
        {sheets.map(({ code, madeAt, people }) => (
          <li key={code} className="flex flex-wrap items-center gap-x-4 px-4 py-1">
            <Link
              href={`${address}?sheet=${code}`}
              prefetch={false}
              className="link inline-flex min-h-target items-center font-bold tracking-wider"
            >
              {codeReads(code)}
            </Link>
            <span className="text-muted">
              {t('rollCount', { count: people })} · {t('paper.made', { when: formatDateTime(locale, madeAt) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
