import { useTranslations } from 'next-intl';
import { formatDate, formatDay, formatTimeRange } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { phoneForReading } from '@/lib/kernel/phone';
import type { AtHome, EarlierVisit, PointPerson } from '@/lib/visit/rules';
import type { HomeLine, RoundLine } from '@/lib/visit/schema';
import { useTaskWords } from '../task/words';
import { useAsked } from './asked-words';

/** Lines to write at a mobile point. */
const paperLines = Array.from({ length: 14 }, (_, at) => at + 1);

/** A round on paper: a line a home, what is asked, the last three things that happened, room to write what came of it. */
export function RoundPack({
  round,
  homes,
  events,
  earlier,
  households,
  needs,
  village,
  locale,
}: {
  round: RoundLine;
  homes: readonly HomeLine[];
  events: readonly { personId: string; at: Date; kind: 'came' | 'seen' | 'helped'; what: string }[];
  /** What was said at earlier visits, by the home. */
  earlier: readonly (EarlierVisit & { visitId: string })[];
  /** Who lives where, and what is due with each, by the person who is visited. */
  households: ReadonlyMap<string, readonly AtHome[]>;
  /** What people come to the mobile point with; empty where there is none. */
  needs: readonly string[];
  /** Of the village, whom the point may meet besides; empty where there is none. */
  village: readonly PointPerson[];
  locale: Locale;
}) {
  const t = useTranslations('visits');
  const words = useTaskWords();
  const asked = useAsked();
  return (
    // Its own frame scrolls on a narrow screen: the sheet is as wide as paper.
    <div className="overflow-x-auto print:overflow-visible" tabIndex={0} role="region" aria-label={t('pack')}>
      <div className="visit-pack">
        <p className="text-lg font-bold">
          {t('roundIn', { village: round.village })}, {formatDay(locale, round.day)},{' '}
          {formatTimeRange(locale, round.startsAt, round.endsAt)}
        </p>
        <p className="mb-3">{[round.team, ...round.helpers].join(' · ')}</p>
        {homes.length > 0 ? (
          <table>
            <caption className="sr-only">{t('homes')}</caption>
            <thead>
              <tr>
                <th scope="col" className="visit-number">
                  {t('no')}
                </th>
                <th scope="col" className="visit-who">
                  {t('who')}
                </th>
                <th scope="col" className="visit-for">
                  {t('whatFor')}
                </th>
                <th scope="col">{t('lastEvents')}</th>
                <th scope="col" className="visit-write">
                  {t('toWrite')}
                </th>
              </tr>
            </thead>
            <tbody>
              {homes.map((home, at) => (
                <tr key={home.id}>
                  <td>{at + 1}</td>
                  <td>
                    <b>{home.fullName || t('nameGone')}</b>
                    {home.birthYear ? ` (${home.birthYear})` : ''}
                    {home.phone ? <span className="block">{phoneForReading(home.phone)}</span> : null}
                    <span className="block">
                      {t('number')} {round.calledOff ? t('numberOff') : <b>{home.pin}</b>}
                    </span>
                  </td>
                  <td>
                    {home.needs.length > 0 ? asked.needs(home.needs) : t('noRequest')}
                    {home.times.length > 0 ? <span className="block">{asked.times(home.times)}</span> : null}
                    {home.words ? <span className="block">{home.words}</span> : null}
                  </td>
                  <td>
                    <Events of={events.filter(({ personId }) => personId === home.personId)} locale={locale} />
                    {earlier
                      .filter(({ visitId, words: said }) => visitId === home.id && said !== '')
                      .map(({ id, day, words: said }) => (
                        <span key={id} className="block">
                          {formatDate(locale, day)}: “{said}”
                        </span>
                      ))}
                    {(home.personId ? (households.get(home.personId) ?? []) : [])
                      .filter(({ due }) => due.length > 0)
                      .map(({ id, fullName, due }) => (
                        <span key={id} className="block">
                          {id === home.personId ? '' : `${fullName}: `}
                          {t('dueAtHome', { what: due.map(words).join(' · ') })}
                        </span>
                      ))}
                  </td>
                  <td>{home.outcome ? t(`outcomes.${home.outcome}`) : t('writeHere')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : null}
        {village.length > 0 ? <VillagePeople people={village} locale={locale} /> : null}
        {needs.length > 0 ? (
          <>
            <p className="mt-5 mb-2 text-lg font-bold">{t('point')}</p>
            <p className="mb-2">{t('pointPaper', { needs: needs.join(' · ') })}</p>
            <table>
              <caption className="sr-only">{t('point')}</caption>
              <thead>
                <tr>
                  <th scope="col" className="visit-number">
                    {t('no')}
                  </th>
                  <th scope="col">{t('who')}</th>
                  <th scope="col">{t('whatFor')}</th>
                  <th scope="col">{t('pointMinutes')}</th>
                  <th scope="col">{t('pointEnd')}</th>
                </tr>
              </thead>
              <tbody>
                {paperLines.map((line) => (
                  <tr key={line} className="h-9">
                    <td>{line}</td>
                    {['who', 'what', 'minutes', 'end'].map((empty) => (
                      <td key={empty}>&nbsp;</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </>
        ) : null}
        <p className="mt-3">{t('packSafe')}</p>
      </div>
    </div>
  );
}

/** What was last with somebody, each on a line of its own. */
function Events({ of, locale }: { of: PointPerson['events']; locale: Locale }) {
  const t = useTranslations('visits');
  return of.map((event, number) => (
    <span key={number} className="block">
      {formatDate(locale, event.at)}: {t(`events.${event.kind}`, { what: event.what })}
    </span>
  ));
}

/** Whom a mobile point may meet: what is due with each, the last three things, room to write what they were helped with. */
function VillagePeople({ people, locale }: { people: readonly PointPerson[]; locale: Locale }) {
  const t = useTranslations('visits');
  const words = useTaskWords();
  return (
    <>
      <p className="mt-5 mb-2 text-lg font-bold">{t('pointPeople', { count: people.length })}</p>
      <table>
        <caption className="sr-only">{t('pointPeople', { count: people.length })}</caption>
        <thead>
          <tr>
            <th scope="col" className="visit-number">
              {t('no')}
            </th>
            <th scope="col">{t('who')}</th>
            <th scope="col">{t('dueTitle')}</th>
            <th scope="col">{t('lastEvents')}</th>
            <th scope="col" className="visit-write">
              {t('pointWrite')}
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map((person, at) => (
            <tr key={person.id}>
              <td>{at + 1}</td>
              <td>
                <b>{person.fullName}</b>
                {person.birthYear ? ` (${person.birthYear})` : ''}
                <span className="block">{person.village}</span>
              </td>
              <td>
                {person.due.map((due, number) => (
                  <span key={number} className="block">
                    {words(due)}
                  </span>
                ))}
              </td>
              <td>
                <Events of={person.events} locale={locale} />
              </td>
              <td>&nbsp;</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
