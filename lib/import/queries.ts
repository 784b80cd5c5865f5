import type { ScopedTx } from '@/lib/access/scoped';
import { currentConsentText } from '@/lib/enrolment/queries';
import { speaker } from '@/lib/i18n/messages';
import { dayOf } from '@/lib/kernel/clock';
import { writeSheet } from '@/lib/sheet/commands';
import type { SheetFormat } from '@/lib/sheet/schema';
import { classes } from './classes';
import { eligible } from './eligible';
import { helpers } from './helpers';
import type { Kind } from './kinds';
import { residents } from './residents';
import type { ImportKind } from './schema';
import { columnName } from './words';

type Language = 'vi' | 'en';

export const kinds: Readonly<Record<ImportKind, Kind>> = { residents, classes, helpers, eligible };

/** The version of the words of consent that is signed now: it is printed on the form, and typed into the list. */
export const versionSigned = async (tx: ScopedTx, language: Language) =>
  (await currentConsentText(tx, language))?.version ?? 1;

/**
 * The columns of a kind, in the order of the template: what they are called, whether they must be filled in, what to write there. `version`: of the words
 * of consent signed now.
 */
export function columnsToFill(language: Language, kind: ImportKind, version: number) {
  const t = speaker(language, 'import');
  return Object.entries(kinds[kind].columns).map(([key, { required = false }]) => ({
    key,
    name: columnName(language, kind, key),
    required,
    hint: t(`hints.${kind}.${key}`, { version: String(version) }),
  }));
}

/** An empty list to fill in, with one line as an example and, in an XLSX, a sheet that says what to write where. */
export async function templateSheet(
  tx: ScopedTx,
  language: Language,
  kind: ImportKind,
  format: SheetFormat,
): Promise<{ bytes: Buffer; name: string }> {
  const t = speaker(language, 'import');
  const version = await versionSigned(tx, language);
  const columns = columnsToFill(language, kind, version);
  const [year = '', month = '', day = ''] = dayOf(new Date()).split('-');
  const today = `${day}/${month}/${year}`;
  const example = columns.map(({ key }) => t(`examples.${kind}.${key}`, { today, version: String(version) }));
  const notes = {
    name: t('guide'),
    columns: [
      { header: t('column'), width: 30 },
      { header: t('must'), width: 14 },
      { header: t('whatToWrite'), width: 90 },
    ],
    rows: columns.map(({ name, required, hint }) => ({ cells: [name, required ? t('yes') : t('no'), hint] })),
  };
  const sheet = {
    name: t(`kinds.${kind}.title`),
    columns: columns.map(({ name, required }) => ({ header: required ? `${name} (*)` : name, width: 24 })),
    rows: [{ cells: example }],
  };
  return { bytes: await writeSheet(format, sheet, [notes]), name: `${t(`kinds.${kind}.file`)}.${format}` };
}
