import { useTranslations } from 'next-intl';
import { Disclosure } from '@/components/ui/disclosure';
import { PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import type { FormState } from '@/lib/kernel/result';
import { SlipForm } from './slip-form';
import { useSlipErrors } from './words';

/** Asks for the code on a slip. */
export function SlipLookup({
  action,
  gone,
}: {
  action: (before: FormState, form: FormData) => Promise<FormState>;
  gone: boolean;
}) {
  const t = useTranslations('my');
  const errors = useSlipErrors();
  return (
    <div className="grid gap-8">
      <PageHeading lead={t('lead')}>{t('heading')}</PageHeading>
      {gone ? <Notice tone="warn" title={t('gone')} /> : null}
      <SlipForm
        action={action}
        errorWords={errors}
        words={{
          code: t('code'),
          codeHint: t('codeHint'),
          name: t('name'),
          nameHint: t('nameHint'),
          show: t('show'),
          showing: t('showing'),
        }}
      />
      <div className="max-w-prose">
        <Disclosure summary={t('lost')}>
          <p>{t('lostBody')}</p>
        </Disclosure>
      </div>
    </div>
  );
}
