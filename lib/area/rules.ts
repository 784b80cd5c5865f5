import type { AreaKind } from './schema';

const called: Record<AreaKind, { vi: string; en: string }> = {
  province: { vi: 'Tỉnh', en: 'Province' },
  commune: { vi: 'Xã', en: 'Commune' },
  ward: { vi: 'Phường', en: 'Ward' },
  special_zone: { vi: 'Đặc khu', en: 'Special Zone' },
  village: { vi: 'Thôn', en: 'Village' },
  hamlet: { vi: 'Bản', en: 'Hamlet' },
  residential_group: { vi: 'Tổ dân phố', en: 'Residential Group' },
};

/** A Vietnamese name in base letters, for texts in English: Đồng Thuận → Dong Thuan. */
export function withoutMarks(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D');
}

/** The four names of a place, from its kind and the name as people say it. A kind typed along ("Thôn Đông") is not doubled. */
export function namesOf(kind: AreaKind, typed: string) {
  const { vi, en } = called[kind];
  const prefix = `${vi.toLowerCase()} `;
  const nameVi = typed.toLowerCase().startsWith(prefix) ? typed.slice(prefix.length) : typed;
  const nameEn = withoutMarks(nameVi);
  return { nameVi, nameEn, fullNameVi: `${vi} ${nameVi}`, fullNameEn: `${nameEn} ${en}` };
}
