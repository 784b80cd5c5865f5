import { useTranslations } from 'next-intl';
import { FilterBar } from '@/components/ui/filter-bar';
import { Select, TextInput } from '@/components/ui/inputs';
import { Notice } from '@/components/ui/notice';
import type { PlaceChoice } from '@/lib/area/schema';
import { Link } from '@/lib/i18n/navigation';

/** Where somebody lives: typed, or chosen from the list. */
export function HelpWhere({
  path,
  units,
  typed,
  nothing,
}: {
  path: '/help' | '/help/check';
  units: readonly PlaceChoice[];
  typed: string | undefined;
  nothing: boolean;
}) {
  const t = useTranslations('help');
  return (
    <section aria-labelledby="where" className="grid gap-4">
      <h2 id="where" className="text-2xl">
        {t('where')}
      </h2>
      {nothing ? <Notice tone="warn" title={t('noPlace', { typed: typed ?? '' })} /> : null}
      <FilterBar path={path} landing="found" label={t('where')} submitLabel={t('next')}>
        <TextInput name="q" label={t('typePlace')} defaultValue={typed} maxLength={100} autoComplete="off" />
        <Select
          name="area"
          label={t('orChoose')}
          empty={t('chooseUnit')}
          choices={units.map(({ id, name }) => ({ value: String(id), label: name }))}
        />
      </FilterBar>
    </section>
  );
}

/** The ways on from asking: the slip one has, the number of who comes. */
export function HelpLinks() {
  const t = useTranslations('help');
  const link = 'link inline-flex min-h-target items-center';
  return (
    <ul className="border-t-[1.5px] border-line pt-4">
      <li>
        <Link href="/help/slip" prefetch={false} className={link}>
          {t('haveSlip')}
        </Link>
      </li>
      <li>
        <Link href="/help/check" prefetch={false} className={link}>
          {t('atDoor')}
        </Link>
      </li>
    </ul>
  );
}
