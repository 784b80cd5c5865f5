import { getTranslations, setRequestLocale } from 'next-intl/server';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { TextInput } from '@/components/ui/inputs';
import { read } from '@/lib/access/doors';
import { redirect } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { sheetCode } from '@/lib/kernel/input';
import { sessionOfSheet } from '@/lib/register/paper-sheets';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('register', 'entry.title');

/** A pile of sheets on the table: each is found by the code in its corner. */
export default async function FindSheetPage({ params, searchParams }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const { code } = await searchParams;
  const typed = typeof code === 'string' ? code : undefined;
  const asked = sheetCode.safeParse(typed);
  const session = await read('register.write', async (tx) => (asked.success ? sessionOfSheet(tx, asked.data) : null));
  if (session && asked.success) redirect({ href: `/manage/sessions/${session}/entry?sheet=${asked.data}`, locale });
  const [t, say] = await Promise.all([getTranslations('register'), getTranslations('errors')]);
  const wrong = typed === undefined ? undefined : say(asked.success ? 'sheetUnknown' : 'sheetShape');
  return (
    <div className="grid grid-cols-1 gap-6">
      <Breadcrumbs items={[{ label: t('today'), href: '/manage' }, { label: t('entry.title') }]} />
      <PageHeading lead={t('entry.findLead')}>{t('entry.title')}</PageHeading>
      <form className="grid grid-cols-1 gap-5">
        <ErrorSummary errors={wrong ? [{ field: 'code', message: wrong }] : []} />
        <TextInput
          name="code"
          label={t('entry.code')}
          hint={t('entry.codeHint')}
          error={wrong}
          defaultValue={typed?.slice(0, 20)}
          autoComplete="off"
          width="short"
        />
        <div>
          <Button type="submit" wide>
            {t('entry.go')}
          </Button>
        </div>
      </form>
    </div>
  );
}
