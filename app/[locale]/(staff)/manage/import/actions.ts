'use server';

import { action } from '@/lib/access/doors';
import { checkList, writeList } from '@/lib/import/commands';
import { uploadInput, writeForm } from '@/lib/import/schema';
import { isRefusal } from '@/lib/kernel/result';

export const upload = action(
  { may: 'declared.write', input: uploadInput, file: 'sheet' },
  async (tx, { kind, sheet, language }, caller) => {
    const bytes = Buffer.from(await sheet.arrayBuffer());
    const done = await checkList(tx, caller, language, { kind, bytes, name: sheet.name });
    return isRefusal(done) ? done : { goTo: `/manage/jobs/${done.id}` };
  },
);

export const write = action({ may: 'declared.write', input: writeForm }, async (tx, { language, ...asked }, caller) => {
  const done = await writeList(tx, caller, language, asked);
  return isRefusal(done) ? done : { goTo: `/manage/jobs/${done.id}` };
});
