import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';

/** The head of a page that belongs to one class: the trail back to it, then what is done here. */
export function ClassStepHead({
  id,
  title,
  step,
  heading = step,
  lead,
  actions,
  said,
}: {
  id: string;
  /** The class's. */
  title: string;
  /** What the page is called in the trail; also its heading unless `heading` says it better. */
  step: string;
  heading?: string;
  lead?: ReactNode;
  actions?: ReactNode;
  /** What was just done, between trail and heading. */
  said?: ReactNode;
}) {
  const t = useTranslations('manage');
  return (
    <>
      <Breadcrumbs
        items={[
          { label: t('classes.title'), href: '/manage/classes' },
          { label: title, href: `/manage/classes/${id}` },
          { label: step },
        ]}
      />
      {said}
      <PageHeading above={title} lead={lead} actions={actions}>
        {heading}
      </PageHeading>
    </>
  );
}
