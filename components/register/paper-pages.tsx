import { useTranslations } from 'next-intl';
import { formatDateTime, formatDateTimeRange } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import type { PaperLine, PaperSheet, Sheet } from '@/lib/register/schema';

/** So many people on one sheet of A4; the last one has empty lines for whoever walks in. */
const perPage = 28;
const [fewest, mostEmpty] = [25, 5];
const marks = ['v', 'm', 's', 'p'] as const;

/** The code as it is printed and typed: K7F-3AC. */
export const codeReads = (code: string) => `${code.slice(0, 3)}-${code.slice(3)}`;

type Session = Pick<Sheet, 'title' | 'lesson' | 'venue' | 'startsAt' | 'endsAt'>;

/** The register as pages of A4: numbers, names, columns for the exceptions and for the lesson's skills. */
export function PaperPages({ paper, session, locale }: { paper: PaperSheet; session: Session; locale: Locale }) {
  const t = useTranslations('register.paper');
  const count = Math.max(1, Math.ceil(paper.lines.length / perPage));
  const pages = Array.from({ length: count }, (_, at) => paper.lines.slice(at * perPage, (at + 1) * perPage));
  return (
    <div
      role="region"
      aria-label={t('heading')}
      tabIndex={0}
      className="paper-frame overflow-x-auto rounded-card border-[1.5px] border-line bg-surface p-4"
    >
      {pages.map((lines, at) => (
        <Page
          key={at}
          lines={lines}
          empty={at === count - 1 ? Math.max(2, Math.min(mostEmpty, fewest - lines.length)) : 0}
          paper={paper}
          session={session}
          locale={locale}
          page={{ page: at + 1, pages: count }}
        />
      ))}
    </div>
  );
}

interface PageProps {
  lines: readonly PaperLine[];
  empty: number;
  paper: PaperSheet;
  session: Session;
  locale: Locale;
  page: { page: number; pages: number };
}

function Page({ lines, empty, paper, session, locale, page }: PageProps) {
  const t = useTranslations('register.paper');
  return (
    <div className="paper-page" data-dense={lines.length + empty > fewest ? '' : undefined}>
      <div className="mb-[2mm] flex items-start justify-between gap-[6mm]">
        <div className="min-w-0">
          <h2 className="text-[15pt] leading-tight">
            {t('heading')}: {session.title}
          </h2>
          <p>
            <b>{formatDateTimeRange(locale, session.startsAt, session.endsAt)}</b>
          </p>
          <p>{[session.lesson, session.venue].filter(Boolean).join(' · ')}</p>
        </div>
        <div className="shrink-0 border-2 border-current px-[3mm] py-[1mm] text-center">
          <p className="text-[8.5pt]">{t('code')}</p>
          <p className="text-[17pt] font-bold tracking-wider whitespace-nowrap">{codeReads(paper.code)}</p>
          <p className="text-[8.5pt]">{t('page', page)}</p>
        </div>
      </div>
      <p className="mb-[1.5mm] text-[9.5pt]">{t('howTo')}</p>
      <Lines lines={lines} empty={empty} paper={paper} />
      <SkillKey paper={paper} />
      <p className="mt-[3mm] flex justify-between gap-[8mm]">
        <span>{t('guests')}</span>
        <span className="pr-[20mm]">{t('teacher')}</span>
      </p>
      <p className="text-[8.5pt]">{t('made', { when: formatDateTime(locale, paper.madeAt) })}</p>
    </div>
  );
}

function Lines({ lines, empty, paper }: Pick<PageProps, 'lines' | 'empty' | 'paper'>) {
  const t = useTranslations('register.paper');
  const cells = [
    ...marks.map((mark) => ({ key: mark, look: 'paper-mark' })),
    ...paper.skills.map(({ code }) => ({ key: code, look: 'paper-level' })),
  ];
  const blank = cells.map(({ key, look }) => (
    <td key={key} className={look}>
      {'\u00a0'}
    </td>
  ));
  return (
    <table>
      <thead>
        <tr>
          <th scope="col" className="paper-number">
            {t('number')}
          </th>
          <th scope="col">{t('name')}</th>
          {marks.map((mark) => (
            <th key={mark} scope="col" className="paper-mark">
              <b className="block text-[11pt]">{t(mark)}</b>
              {t(`${mark}Word`)}
            </th>
          ))}
          {paper.skills.map(({ code }, at) => (
            <th key={code} scope="col" className="paper-level">
              <b className="block text-[11pt]">{t('skill', { number: at + 1 })}</b>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.number}>
            <td className="paper-number">{line.number}</td>
            <th scope="row" className="paper-name">
              <b>{line.fullName || '—'}</b> {line.birthYear ?? ''}
            </th>
            {blank}
          </tr>
        ))}
        {Array.from({ length: empty }, (_, at) => (
          <tr key={`empty ${at}`}>
            <td className="paper-number">+</td>
            <td className="paper-name text-[8.5pt] text-muted">{at === 0 ? t('blank') : null}</td>
            {blank}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What the columns of skills stand for, and the levels written into them. */
function SkillKey({ paper }: { paper: PaperSheet }) {
  const t = useTranslations('register.paper');
  if (paper.skills.length === 0) return null;
  return (
    <div className="mt-[2mm] text-[8.5pt]">
      <ul className="grid grid-cols-2 gap-x-[6mm]">
        {paper.skills.map(({ code, title }, at) => (
          <li key={code}>
            <b>{t('skill', { number: at + 1 })}</b> {title}
          </li>
        ))}
      </ul>
      <p>{t('levelsHow')}</p>
    </div>
  );
}
