import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { DefinitionList } from '@/components/ui/facts';
import { BackLink, PageHeading } from '@/components/ui/headings';
import { Icon } from '@/components/ui/icons';
import { PrintButton } from '@/components/ui/print-button';
import { Written } from '@/components/ui/written';
import { formatDate, formatDateTime } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { phoneForReading } from '@/lib/kernel/phone';
import type { OwnRecord } from '@/lib/card/schema';
import { visitOutcomes } from '@/lib/visit/schema';

/** All that is kept about the holder, in words; the same goes into the file. */
export function OwnDataSheet({ data, locale, file }: { data: OwnRecord; locale: Locale; file: string }) {
  const t = useTranslations('card');
  const p = useTranslations('people');
  const steps = useTranslations('steps');
  const v = useTranslations('visits');
  const { person } = data;
  return (
    <div className="grid max-w-prose gap-8">
      <BackLink href="/my/card">{t('back')}</BackLink>
      <PageHeading lead={t('dataLead')}>{t('data')}</PageHeading>
      <div className="flex flex-wrap gap-3 print:hidden">
        <a href={file} download="the-hoc.json" className={buttonClass('primary', true)}>
          <Icon name="download" />
          {t('dataFile')}
        </a>
        <PrintButton variant="secondary">{t('dataPrint')}</PrintButton>
      </div>
      <DefinitionList
        items={[
          { term: p('fullName'), value: person.fullName },
          { term: p('birthYear'), value: person.birthYear ?? undefined },
          { term: p('gender'), value: person.gender ? p(`genders.${person.gender}`) : undefined },
          { term: p('village'), value: person.livesIn },
          {
            term: p('phone'),
            value: person.phone
              ? `${phoneForReading(person.phone)}${person.phoneOf === 'relative' ? ` (${p('relative')})` : ''}`
              : undefined,
          },
          { term: t('dataSince'), value: formatDate(locale, person.keptSince) },
        ]}
      />
      <Part title={p('classes')} none={t('dataNone')}>
        {data.enrolments.map((one) => (
          <Line key={one.slip} title={one.class} more={[p(`enrolment.${one.status}`), one.place, one.signedUpBy]}>
            {formatDate(locale, one.signedUpAt)}
          </Line>
        ))}
      </Part>
      <Part title={p('attendance')} none={t('dataNone')}>
        {data.attendance.map((one, at) => (
          <Line key={at} title={one.lesson ?? one.class} more={[p(`marks.${one.state}`)]}>
            {formatDateTime(locale, one.sessionAt)}
          </Line>
        ))}
      </Part>
      <Part title={p('skills')} none={t('dataNone')}>
        {data.skills.map((one, at) => (
          <Line
            key={at}
            title={one.skill ?? one.skillCode}
            more={[p(`level.${one.level}`), p(`source.${one.source}`)]}
            written={one.help}
          >
            {formatDate(locale, one.observedAt)}
          </Line>
        ))}
      </Part>
      <Part title={p('assists')} none={t('dataNone')}>
        {data.assists.map((one, at) => (
          <Line
            key={at}
            title={one.need}
            more={[p(`level.${one.level}`), one.desk, one.mayInvite ? t('mayInvite') : null]}
          >
            {formatDateTime(locale, one.at)}
          </Line>
        ))}
      </Part>
      <Part title={steps('title')} none={t('dataNone')}>
        {data.steps.map((one, at) => (
          <Line key={at} title={one.step} more={[steps(`answers.${one.answer}`), steps(`sources.${one.source}`)]}>
            {formatDate(locale, one.at)}
          </Line>
        ))}
      </Part>
      <Part title={p('visits')} none={t('dataNone')}>
        {data.followUps.map((one, at) => (
          <Line
            key={at}
            title={p(`story.tasks.${one.what}`)}
            more={[one.until ? formatDate(locale, one.until) : null]}
            written={one.what === 'paused' ? p(`story.pausedFor.${one.words}`) : one.words}
          >
            {formatDateTime(locale, one.at)}
          </Line>
        ))}
      </Part>
      <Part title={v('title')} none={t('dataNone')}>
        {[
          ...data.visitRequests.map((one) => ({ at: one.at, title: v('request'), words: one.words })),
          ...data.visits.map((one) => ({
            at: one.at,
            title: v(`outcomes.${visitOutcomes.find((known) => known === one.outcome) ?? 'done'}`),
            words: one.words,
          })),
        ].map((one, at) => (
          <Line key={at} title={one.title} more={[one.words || null]}>
            {formatDateTime(locale, one.at)}
          </Line>
        ))}
      </Part>
      <Part title={t('certificates')} none={t('dataNone')}>
        {data.certificates.map((one) => (
          <Line key={one.serial} title={one.course} more={[one.serial, one.initials]}>
            {formatDate(locale, one.issuedAt)}
          </Line>
        ))}
      </Part>
      <Part title={p('consents')} none={t('dataNone')}>
        {data.consents.map((one, at) => (
          <Line
            key={at}
            title={p('consentText', { version: one.textVersion })}
            more={[p(`hows.${one.how}`), one.representative]}
          >
            {formatDate(locale, one.at)}
          </Line>
        ))}
      </Part>
    </div>
  );
}

function Part({ title, none, children }: { title: string; none: string; children: readonly ReactNode[] }) {
  return (
    <section className="grid gap-2">
      <h2 className="text-xl">{title}</h2>
      {children.length === 0 ? (
        <p className="text-muted">{none}</p>
      ) : (
        <ul className="divide-y-[1.5px] divide-line">{children}</ul>
      )}
    </section>
  );
}

function Line({
  title,
  more,
  written,
  children,
}: {
  title: string;
  more: readonly (string | null)[];
  written?: string | null;
  children: ReactNode;
}) {
  return (
    <li className="py-2.5">
      <span className="block font-bold">{title}</span>
      <span className="block">
        {more.filter(Boolean).join(' · ')}
        {written ? (
          <>
            {' · '}
            <Written>{written}</Written>
          </>
        ) : null}
      </span>
      <span className="block text-muted">{children}</span>
    </li>
  );
}
