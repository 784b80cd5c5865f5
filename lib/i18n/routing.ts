import { defineRouting } from 'next-intl/routing';

/** The portal's languages. Vietnamese addresses carry no prefix; English ones begin with /en. */
export const routing = defineRouting({
  locales: ['vi', 'en'],
  defaultLocale: 'vi',
  localePrefix: 'as-needed',
  localeDetection: false,
  alternateLinks: false,
  localeCookie: false,
});

export type Locale = (typeof routing.locales)[number];
