// The enrolment form as a browser without JavaScript posts it.
import { randomUUID } from 'node:crypto';

export interface EnrolTarget {
  /** The server action's id in this build. */
  actionId: string;
  classes: readonly { id: string; villageId: number }[];
  consentVersion: number;
  /** Makes names and phones of this run differ from those of every other. */
  run: number;
}

const boundary = 'camtaybenchcamtaybenchcamtaybench';
const syllables = ['An', 'Bình', 'Chi', 'Dung', 'Giang', 'Hà', 'Khánh', 'Lan', 'Minh', 'Nga'];

/** Names of digits are refused, so a number is said in syllables. */
const saidInSyllables = (value: number) => [...String(value)].map((digit) => syllables[Number(digit)]).join(' ');

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
