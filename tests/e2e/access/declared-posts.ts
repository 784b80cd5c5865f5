import { inDays, type ActionRow } from './action-row';

const year = inDays(0).slice(0, 4);

/** The forms of what is declared, and of what is aimed at. */
export const declaredRows: Record<string, ActionRow> = {
  '/manage/declared#record': {
    may: 'declared.write',
    page: ({ unit }) => `/manage/declared?area=${unit}&period=${year}`,
    fields: ({ unit }) => ({
      areaId: unit,
      period: year,
      indicator: 'R10',
      value: '12',
      of: '3.000',
      source: 'Công an xã',
      asOf: inDays(-1),
      note: '',
    }),
    works: { as: 'tochuc.dongthuan' },
  },
  '/manage/eligible#declare': {
    may: 'declared.write',
    page: ({ unit }) => `/manage/eligible?area=${unit}`,
    fields: ({ villageId }) => ({ areaId: villageId, all: '3.000', source: 'Sổ dân cư', asOf: inDays(-1) }),
    works: { as: 'tochuc.minhhoa' },
  },
  // A unit's own target is the province's to set; its leader's are those of its villages.
  '/admin/targets#set': {
    may: 'target.write',
    page: ({ villageId }) => `/admin/targets?area=${villageId}&period=${year}`,
    fields: ({ villageId }) => ({ areaId: villageId, period: year, indicator: 'R03', value: '120', source: '' }),
    works: { as: 'lanhdao.dongthuan' },
  },
};
