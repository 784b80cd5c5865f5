// The enrolment form as a browser without JavaScript posts it.
import { randomUUID } from 'node:crypto';
import { stampFor } from '../lib/enrolment/commands';

export interface EnrolTarget {
  /** The server action's id in this build. */
  actionId: string;
  classes: readonly { id: string; villageId: number }[];
  consentVersion: number;
  /** The stamp of a page rendered a while ago, for each class. */
  stamps: Readonly<Record<string, string>>;
  /** Makes names and phones of this run differ from those of every other. */
  run: number;
}

/** The key the measured portal is started with. */
export const benchSecret = 'only-for-benches-only-for-benches-only-for-benches';

/** Stamps of forms rendered a minute ago. */
export function stampsOf(classes: EnrolTarget['classes']): Record<string, string> {
  process.env.AUTH_SECRET ??= benchSecret;
  const then = new Date(Date.now() - 60_000);
  return Object.fromEntries(classes.map(({ id }) => [id, stampFor(id, then)]));
}

const boundary = 'camtaybenchcamtaybenchcamtaybench';
const syllables = ['An', 'Bình', 'Chi', 'Dung', 'Giang', 'Hà', 'Khánh', 'Lan', 'Minh', 'Nga'];

/** Names of digits are refused, so a number is said in syllables. */
export const saidInSyllables = (value: number) => [...String(value)].map((digit) => syllables[Number(digit)]).join(' ');

/** Address, headers and body of the `index`-th person, who goes to the classes in turn. */
export function formBody(target: EnrolTarget, index: number, origin: string) {
  const place = target.classes[index % target.classes.length];
  if (!place) throw new Error('no class to enrol in');
  const fields: Record<string, string> = {
    $ACTION_REF_1: '',
    '$ACTION_1:0': JSON.stringify({ id: target.actionId, bound: '$@1' }),
    '$ACTION_1:1': JSON.stringify([{ errors: {}, values: {} }]),
    classId: place.id,
    formKey: randomUUID(),
    consentVersion: String(target.consentVersion),
    stamp: target.stamps[place.id] ?? '',
    step: 'confirm',
    people: '1',
    fullName: `Nguyễn ${saidInSyllables(index)}`,
    phone: `09${String(10_000_000 + target.run * 1_000_000 + index).padStart(8, '0')}`,
    village: String(place.villageId),
    birthYear: '1954',
    forWhom: 'self',
    consent: 'on',
  };
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return {
    path: `/classes/${place.id}`,
    // As a browser does: the portal compares it with its own address.
    headers: { origin, 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: `${parts.join('')}--${boundary}--\r\n`,
  };
}
