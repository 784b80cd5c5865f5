import { useTranslations } from 'next-intl';
import { tellsGroups, withoutClass } from '@/lib/figure/rules';
import type { Dashboard } from '@/lib/figure/schema';
import { capital, cellOf, useFigureWords } from './words';

/** The state of a place in words a person would say, before any figure: older people first, then who came, then where there is no class yet. */
export function Sentence({ dashboard }: { dashboard: Dashboard }) {
  const t = useTranslations('dashboard.sentence');
  const { number, period, locale, name } = useFigureWords();
  const { area, figures, places, coreSkills: skills, placeKind: kind } = dashboard;
  const when = period(dashboard.period);
  const place = locale === 'en' ? area.fullNameEn : area.fullNameVi;
  const within = locale === 'en' ? place : place.charAt(0).toLocaleLowerCase('vi') + place.slice(1);
  const said = (value: number) => number(value) ?? '';
  const [came, able] = [cellOf(figures, 'people_reached', 'age60'), cellOf(figures, 'core_attained', 'age60')];
  const known = dashboard.eligible.age60;
  const living = known?.complete ? known.people : null;
  const all = cellOf(figures, 'people_reached');
  const parts: string[] = [];
  if (came === null)
    parts.push(t(tellsGroups(dashboard.period) ? 'hidden' : 'hiddenUntilYear', { place: within, when }));
  else if (!came?.value) parts.push(t('nobody', { place: within, when }));
  else if (living !== null && living >= came.value)
    parts.push(t('reachedOf', { place, when, count: said(came.value), living: said(living) }));
  else parts.push(t('reached', { place, when, count: said(came.value) }));
  if (able?.value) parts.push(t('able', { count: said(able.value), skills }));
  else if (able !== null && came?.value) parts.push(t('ableNobody', { skills }));
  if (all) parts.push(t('everybody', { count: said(all.value) }));
  const left = withoutClass(places).length;
  const silent = places.filter(({ older }) => older === null);
  // Two or three are named, so that one knows whom to ask.
  const named = known?.declared && silent.length <= 3 && silent.length === known.places - known.declared ? silent : [];
  const rest = [
    living !== null
      ? null
      : named.length > 0
        ? t('livingSilent', { names: new Intl.ListFormat(locale).format(named.map(name)) })
        : known?.declared
          ? t('livingPart', { declared: said(known.declared), places: said(known.places), kind })
          : t('livingUnknown'),
    places.length === 0
      ? null
      : left > 0
        ? t('withoutClass', { count: said(left), kind })
        : t('classEverywhere', { kind }),
  ].filter((one) => one !== null);
  const [first = '', ...more] = parts;
  const others = [...(more.length > 0 ? [more.join('; ')] : []), ...rest];
  return (
    <div className="grid max-w-prose gap-1">
      <p className="text-xl leading-normal font-bold text-ink">{`${capital(first)}.`}</p>
      {others.length > 0 ? <p>{others.map((one) => `${capital(one)}.`).join(' ')}</p> : null}
    </div>
  );
}
