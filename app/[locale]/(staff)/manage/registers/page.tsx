import { getTranslations, setRequestLocale } from 'next-intl/server';
import { MissingRegisters } from '@/components/register/missing-registers';
import { ButtonLink } from '@/components/ui/button';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { read } from '@/lib/access/doors';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { registersNotTaken, watcherOf } from '@/lib/register/watch';

interface Props {
  params: Promise<{ locale: Locale }>;
}

export const generateMetadata = titled('register', 'missing.title');

/** Registers that were not taken: all of them for who takes them, for leaders those that have come up to them. */
export default async function MissingRegistersPage({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const now = new Date();
  const { missing, watcher } = await read('class.read', async (tx, caller) => {
    const own = watcherOf(caller);
    return { missing: await registersNotTaken(tx, locale, own, now), watcher: own };
  });
  const t = await getTranslations('register');
  return (
    <div className="grid grid-cols-1 gap-6">
      <Breadcrumbs items={[{ label: t('today'), href: '/manage' }, { label: t('missing.title') }]} />
      <PageHeading
        above={t('missing.count', { count: missing.total })}
        actions={
          watcher === 'organiser' ? (
            <ButtonLink href="/manage/sheets" variant="secondary" icon="pencil">
              {t('missing.paper')}
            </ButtonLink>
          ) : null
        }
        lead={t({ organiser: 'missing.lead', leader: 'missing.leadLeader', province: 'missing.leadProvince' }[watcher])}
      >
        {t('missing.title')}
      </PageHeading>
      <MissingRegisters rows={missing.rows} now={now} />
    </div>
  );
}
