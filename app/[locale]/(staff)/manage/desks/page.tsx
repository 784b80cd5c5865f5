import { getTranslations, setRequestLocale } from 'next-intl/server';
import { DeskTable } from '@/components/desk/desk-tables';
import { ButtonLink } from '@/components/ui/button';
import { PageHeading } from '@/components/ui/headings';
import { read } from '@/lib/access/doors';
import { deskList } from '@/lib/desk/queries';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';

interface Props {
  params: Promise<{ locale: Locale }>;
}

const path = '/manage/desks';

export const generateMetadata = titled('desk', 'desks');

export default async function DesksPage({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const { desks, mayAdd } = await read('desk.log', async (tx, caller) => ({
    desks: await deskList(tx, locale, new Date(), true),
    mayAdd: caller.capabilities.includes('desk.manage'),
  }));
  const t = await getTranslations('desk');
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeading
        lead={t('desksLead')}
        actions={
          mayAdd ? (
            <ButtonLink href={`${path}/new`} icon="plus">
              {t('add')}
            </ButtonLink>
          ) : null
        }
      >
        {t('desks')}
      </PageHeading>
      <DeskTable rows={desks} path={path} />
    </div>
  );
}
