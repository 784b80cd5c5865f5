import { useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';

/** From a class to the model it is held by; or, where one may, to making one of it. */
export function ModelOfClass({
  id,
  model,
  mayMake,
}: {
  id: string;
  model: { id: string; name: string } | null;
  mayMake: boolean;
}) {
  const t = useTranslations('model');
  if (model)
    return (
      <ButtonLink href={`/manage/models/${model.id}`} variant="quiet" icon="gift">
        {t('ofClass', { name: model.name })}
      </ButtonLink>
    );
  if (!mayMake) return null;
  return (
    <ButtonLink href={`/manage/models/new?from=${id}`} variant="quiet" icon="gift">
      {t('makeOf')}
    </ButtonLink>
  );
}
