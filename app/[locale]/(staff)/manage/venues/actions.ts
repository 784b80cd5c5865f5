'use server';

import { action } from '@/lib/access/doors';
import { isRefusal, type Refusal } from '@/lib/kernel/result';
import { addVenue, changeVenue, reopenVenue, retireVenue } from '@/lib/venue/commands';
import { newVenueInput, venueIdInput, venueInput } from '@/lib/venue/schema';

const back = (done: Refusal | { id: string }, what: string) =>
  isRefusal(done) ? done : { goTo: `/manage/venues/${done.id}?done=${what}` };

export const add = action({ may: 'class.write', input: newVenueInput }, async (tx, input, caller) =>
  back(await addVenue(tx, input, caller), 'added'),
);

export const changeDetails = action({ may: 'class.write', input: venueInput }, async (tx, input, caller) =>
  back(await changeVenue(tx, input, caller), 'changed'),
);

export const retire = action({ may: 'class.write', input: venueIdInput }, async (tx, input, caller) =>
  back(await retireVenue(tx, input, caller), 'retired'),
);

export const reopen = action({ may: 'class.write', input: venueIdInput }, async (tx, input, caller) =>
  back(await reopenVenue(tx, input, caller), 'reopened'),
);
