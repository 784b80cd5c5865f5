import type { APIRequestContext } from '@playwright/test';
import type { Named } from './matrix';
import type { Fields } from './portal';

/** What a form is about that its page shows only at a moment, and who has in hand what shows it. */
export interface Scene {
  named?: Partial<Named>;
  page?: string;
  as?: APIRequestContext;
  /** The same form about something fresh, made for one sending that will be accepted. */
  anew?: () => Promise<{ page: string; fields: Fields }>;
}
