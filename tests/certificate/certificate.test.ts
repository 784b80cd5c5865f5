import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closePool, openScoped, type Caller } from '../../lib/access/scoped';
import { withdraw } from '../../lib/card/commands';
import {
  distrustEarlierKeys,
  issueCertificates,
  keepSigningKey,
  noteWrongSerial,
  revokeCertificate,
} from '../../lib/certificate/commands';
import { signingKey } from '../../lib/certificate/keys';
import {
  certificateInFull,
  certificateStandings,
  checkedCertificate,
  credentialFacts,
  revokedPlaces,
  trustedKeys,
} from '../../lib/certificate/queries';
import { checkSign, initialsOf, isSerial, sameInitials } from '../../lib/kernel/serial';
import { closeClass } from '../../lib/completion/commands';
import { newId, newSerialBody } from '../../lib/kernel/id';
import { recordOperations } from '../../lib/register/commands';
import { asHolder } from '../card/scene';
import { came, seated, taughtClass, twoLessons, type TaughtCourse } from '../completion/scene';
import { asResident, asStaff } from '../enrolment/scene';
import { newSerial, setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;
let course: TaughtCourse;
let organiser: string;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  course = await twoLessons(cast);
  organiser = await cast.token('organiser', cast.here);
  await keepSigningKey();
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const by = async () => ({ accountId: await cast.accountOf('organiser', cast.here) });
const issue = (classId: string, token = organiser) =>
  asStaff(token, async (tx) => issueCertificates(tx, { classId }, await by()));
const serialOf = async (enrolmentId: string) => {
  const [row] = await cast.owner<{ serial: string }[]>`
    select serial from certificate where enrolment_id = ${enrolmentId} and revoked_at is null`;
  return row?.serial ?? null;
};
const check = (serial: string, address = '10.2.2.2') =>
  asResident((tx) => checkedCertificate(tx, 'vi', serial, address));

/** Somebody who took both lessons and was seen doing A1 alone by whom it says. */
async function finished(seenBy: 'trainer' | 'other', fullName = 'Hồ Thị Đào') {
  const made = await taughtClass(cast, cast.here, course);
  const one = await seated(cast, cast.here, made, { fullName });
  const who = seenBy === 'trainer' ? made.trainer : await cast.accountOf('organiser', cast.here);
  await came(cast, cast.here, one.personId, made.sessionIds[0] ?? '', { level: 3, by: who });
  await came(cast, cast.here, one.personId, made.sessionIds[1] ?? '');
  return { ...made, ...one };
}

test('a certificate needs a second pair of eyes: not the trainer’s alone, but another’s, or a re-check’s', async () => {
  const alone = await finished('trainer');
  expect(await issue(alone.classId)).toEqual({ refused: 'certificateNobody' });
  await cast.owner`insert into skill_observation (id, person_id, skill_code, level, source, area_id, observed_at, place, observed_by)
    values (${newId()}, ${alone.personId}, 'A1', 3, 'recheck', ${cast.here.villageId}, now(), 'home', ${alone.trainer})`;
  expect(await issue(alone.classId)).toEqual({ issued: 1 });
  const seen = await finished('other');
  expect(await issue(seen.classId)).toEqual({ issued: 1 });
  expect(isSerial((await serialOf(seen.enrolmentId)) ?? '')).toBe(true);
});

test('the trainers stay trainers when somebody says they began the register before, and so does whoever teaches by role', async () => {
  const alone = await finished('trainer');
  const began = (token: string, sessionId: string, at: string) =>
    openScoped('read write', 'camtay_app', token, async (tx) => {
      const [row] = await tx<{ caller: Caller }[]>`select caller()`;
      return row && recordOperations(tx, [{ id: newId(), sessionId, kind: 'start', at }], row.caller);
    });
  for (const sessionId of alone.sessionIds) {
    await began(await cast.token('helper', cast.here), sessionId, '2026-01-02T12:00:00Z');
    await began(organiser, sessionId, '2026-01-01T12:00:00Z');
  }
  const starters =
    await cast.owner`select distinct register_started_by from class_session where class_id = ${alone.classId}`;
  expect(starters).toEqual([{ registerStartedBy: await cast.accountOf('organiser', cast.here) }]);
  expect(await issue(alone.classId)).toEqual({ refused: 'certificateNobody' });

  const taught = await finished('other');
  const member = newId();
  await cast.owner`insert into team_member (id, team_id, area_id, full_name, account_id)
    values (${member}, ${cast.here.teamId}, ${cast.here.villageId}, 'Người dạy', ${await cast.accountOf('organiser', cast.here)})`;
  await cast.owner`insert into session_helper (session_id, member_id, role, state, answered_at)
    values (${taught.sessionIds[0] ?? ''}, ${member}, 'teaches', 'yes', now())`;
  expect(await issue(taught.classId)).toEqual({ refused: 'certificateNobody' });
  await cast.owner`update session_helper set role = 'helps' where member_id = ${member}`;
  expect(await issue(taught.classId)).toEqual({ issued: 1 });
  await cast.owner`delete from session_helper where member_id = ${member}`;
});

test('it needs the path done, a consent that stands, and the right to run the class; twenty at once issue one', async () => {
  const half = await finished('other');
  await cast.owner`update attendance set state = 'absent' where person_id = ${half.personId} and session_id = ${half.sessionIds[1] ?? ''}`;
  expect(await issue(half.classId)).toEqual({ refused: 'certificateNobody' });
  const gone = await finished('other');
  await cast.owner`update consent set withdrawn_at = now() where person_id = ${gone.personId}`;
  expect(await issue(gone.classId)).toEqual({ refused: 'certificateNobody' });
  const fine = await finished('other');
  expect(await issue(fine.classId, await cast.token('organiser', cast.there))).toEqual({ refused: 'notFound' });
  expect(await issue(fine.classId, await cast.token('helper', cast.here))).toEqual({ refused: 'notFound' });
  const done = await Promise.all(Array.from({ length: 20 }, () => issue(fine.classId)));
  expect(done.filter((one) => 'issued' in one)).toHaveLength(1);
});

test('a stranger learns initials and result by the serial, and nothing else of anybody', async () => {
  const one = await finished('other', 'Nguyễn Thị Ánh Đào');
  await issue(one.classId);
  const serial = (await serialOf(one.enrolmentId)) ?? '';
  const { found } = await check(serial);
  expect(found).toMatchObject({ serial, initials: 'N.T.Á.Đ.', course: 'Hai bài', revokedAt: null });
  expect(JSON.stringify(found)).not.toMatch(/Nguyễn|Ánh|Thôn|1954/);
  expect((await check(newSerial())).found).toBeNull();
  const seen = await asResident(async (tx) => {
    await checkedCertificate(tx, 'vi', serial, '10.2.2.2');
    return (await tx`select from certificate`).count;
  });
  expect(seen, 'only the one whose serial was shown').toBe(1);
  expect((await asResident((tx) => tx`select from certificate`)).count).toBe(0);
});

test('many wrong serials from one network ask for the initials there, and shut nobody out', async () => {
  const one = await finished('other');
  await issue(one.classId);
  const serial = (await serialOf(one.enrolmentId)) ?? '';
  for (let n = 0; n < 30; n += 1) await noteWrongSerial('2001:db8:1:2::9');
  const village = await check(serial, '2001:db8:1:2::77');
  expect(village.strict, 'the /64 counts as one').toBe(true);
  expect(sameInitials('htd', village.found?.initials ?? '')).toBe(true);
  expect(sameInitials('', village.found?.initials ?? '')).toBe(false);
  expect((await check(serial, '2001:db8:1:3::77')).strict).toBe(false);
});

test('revoked for good: its page, its file and the published list say so; another may be issued', async () => {
  const one = await finished('other');
  await issue(one.classId);
  const serial = (await serialOf(one.enrolmentId)) ?? '';
  const revoke = (token: string) =>
    asStaff(token, async (tx) => revokeCertificate(tx, { serial, code: 'mistake', note: 'Nhầm' }, await by()));
  expect(await revoke(await cast.token('helper', cast.here))).toEqual({ refused: 'notFound' });
  expect(await revoke(await cast.token('organiser', cast.there))).toEqual({ refused: 'notFound' });
  const [place] = await cast.owner<
    { statusIndex: number }[]
  >`select status_index from certificate where serial = ${serial}`;
  expect(await asResident((tx) => revokedPlaces(tx, 0))).not.toContain(place?.statusIndex);
  expect(await revoke(organiser)).toEqual({ serial });
  expect(await revoke(organiser)).toEqual({ refused: 'certificateRevoked' });
  expect((await check(serial)).found).toMatchObject({ revokedCode: 'mistake' });
  expect(await asResident((tx) => revokedPlaces(tx, 0))).toContain(place?.statusIndex);
  expect(await asStaff(organiser, (tx) => credentialFacts(tx, serial))).toBeNull();
  expect(await issue(one.classId)).toEqual({ issued: 1 });
});

test('the database itself keeps a certificate as it is', async () => {
  const one = await finished('other');
  await issue(one.classId);
  const serial = (await serialOf(one.enrolmentId)) ?? '';
  for (const change of [
    `initials = 'X.'`,
    `course_id = '${cast.courseId}'`,
    `issued_at = now() - interval '1 year'`,
    `name_digest = 'other'`,
  ])
    await expect(cast.owner.unsafe(`update certificate set ${change} where serial = '${serial}'`)).rejects.toThrow(
      /never/,
    );
  await expect(cast.owner`delete from certificate where serial = ${serial}`).rejects.toThrow(/never/);
  await asStaff(organiser, async (tx) => revokeCertificate(tx, { serial, code: 'mistake', note: '' }, await by()));
  await expect(
    cast.owner`update certificate set revoked_at = null, revoked_code = null where serial = ${serial}`,
  ).rejects.toThrow(/never/);
});

test('its owner has it by their card; another unit’s staff and another card do not', async () => {
  const one = await finished('other');
  await issue(one.classId);
  const serial = (await serialOf(one.enrolmentId)) ?? '';
  const own = await asHolder(one.cardCode, (tx) => certificateInFull(tx, 'vi', serial));
  expect(own).toMatchObject({ serial, fullName: 'Hồ Thị Đào', course: 'Hai bài' });
  expect(await asHolder(one.cardCode, (tx) => credentialFacts(tx, serial))).not.toBeNull();
  expect(await asHolder(cast.there.cardCode, (tx) => certificateInFull(tx, 'vi', serial))).toBeNull();
  const there = await cast.token('organiser', cast.there);
  expect(await asStaff(there, (tx) => certificateInFull(tx, 'vi', serial))).toBeNull();
  expect(await asStaff(there, (tx) => certificateStandings(tx, one.classId))).toEqual([]);
});

test('whoever withdraws leaves a certificate that says so, without initials and without a mark of the name', async () => {
  const one = await finished('other');
  await asStaff(organiser, async (tx) => closeClass(tx, { classId: one.classId }, await by()));
  await issue(one.classId);
  const serial = (await serialOf(one.enrolmentId)) ?? '';
  await asHolder(one.cardCode, withdraw);
  expect((await check(serial)).found).toMatchObject({ initials: '', revokedCode: 'withdrawn' });
  const [row] = await cast.owner`select name_salt, name_digest from certificate where serial = ${serial}`;
  expect(row).toEqual({ nameSalt: null, nameDigest: null });
});

test('keys: today’s is published, earlier ones stay until they are distrusted', async () => {
  const earlier = signingKey('an earlier secret, an earlier secret, an earlier one');
  await cast.owner`insert into signing_key (id, public_key) values (${earlier.id}, ${earlier.publicKey})`;
  const ids = async () => (await asResident((tx) => trustedKeys(tx))).map(({ id }) => id);
  expect(await ids()).toEqual(expect.arrayContaining([signingKey().id, earlier.id]));
  await distrustEarlierKeys();
  expect(await ids()).toEqual([signingKey().id]);
  await expect(
    openScoped(
      'read write',
      'camtay_app',
      organiser,
      (tx) => tx`insert into signing_key (id, public_key) values ('k0000000000000000', ${'B'.repeat(43)})`,
    ),
  ).rejects.toThrow();
});

test('property: a serial with one wrong sign, or two that changed places, is noticed before anybody is asked', () => {
  const letters = '2346789ACDEFGHJKMNPQRTWXY';
  fc.assert(
    fc.property(fc.nat({ max: 9 }), fc.nat({ max: 24 }), fc.integer({ min: 1, max: 2 }), (at, letter, apart) => {
      const serial = newSerial();
      expect(isSerial(serial)).toBe(true);
      const typo = serial.slice(0, at) + letters[letter] + serial.slice(at + 1);
      expect(isSerial(typo)).toBe(typo === serial);
      const signs = [...serial];
      const other = (at + apart) % 10;
      if (Math.abs(other - at) !== apart) return;
      [signs[at], signs[other]] = [signs[other] ?? '', signs[at] ?? ''];
      expect(isSerial(signs.join(''))).toBe(signs.join('') === serial);
    }),
    { numRuns: 2000 },
  );
  expect(checkSign(newSerialBody())).toMatch(/^[2346789ACDEFGHJKMNPQRTWXY]$/);
  expect(initialsOf('Hồ  Văn Ánh'.normalize('NFD'))).toBe('H.V.Á.');
});
