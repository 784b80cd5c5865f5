import type { Choice, ChoiceGroup } from '@/components/ui/inputs';

interface Place {
  id: number;
  nameVi: string;
  nameEn: string;
}

/** Places as a select shows them, in the reader's language. */
export function areaChoices(places: readonly Place[], locale: string): (Choice | ChoiceGroup)[] {
  return places.map(({ id, nameVi, nameEn }) => ({ value: String(id), label: locale === 'en' ? nameEn : nameVi }));
}
