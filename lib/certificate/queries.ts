import { elevated, presentCode, type ScopedTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import type { Locale } from '@/lib/i18n/routing';
import { countedAddress } from '@/lib/kernel/network';
import { listSize } from './keys';
import type {
  AchievementFacts,
  Certificate,
  CertificateStanding,
  CheckedCertificate,
  CredentialFacts,
  OwnCertificate,
} from './schema';

/** The skills of course `co` that must be done alone, in words and in the catalogue's order. */
const requiredSkills = (tx: ScopedTx, locale: Locale) => tx`
  array(select ${tx(`v.title_${locale}`)} from skill k join skill_version v on v.skill_code = k.code and v.valid_to is null
    where k.code in (select ls.skill_code from lesson_skill ls join lesson l on l.id = ls.lesson_id where l.course_id = co.id and ls.required)
    order by k.domain_code, k.position)`;

/** The commune, ward or special zone around the class of certificate `c`. */
const unitOf = (tx: ScopedTx, locale: Locale) => tx`
  coalesce((select ${tx(`u.full_name_${locale}`)} from area_tree t join area u on u.id = t.ancestor_id
    where t.area_id = c.area_id and u.kind in ${tx(unitKinds)} order by t.depth limit 1), '')`;

/** A certificate in full, for those who have its owner on a roster or for its owner, whose card was presented; null for anybody else. */
export async function certificateInFull(tx: ScopedTx, locale: Locale, serial: string): Promise<Certificate | null> {
  const [row] = await tx<Certificate[]>`
    select c.serial, p.full_name, ${tx(`co.title_${locale}`)} as course, c.course_id, co.version, e.class_id,
      ${requiredSkills(tx, locale)} as skills, ${tx(`a.full_name_${locale}`)} as place, ${unitOf(tx, locale)} as unit, c.learnt_from, c.learnt_to,
      c.issued_at, c.revoked_at, c.revoked_code, c.revoked_note
    from certificate c join person p on p.id = c.person_id join enrolment e on e.id = c.enrolment_id join course co on co.id = c.course_id
      join area a on a.id = c.area_id
    where c.serial = ${serial}`;
  return row ?? null;
}

/** Whether the caller may revoke certificates of the place it was earned at. */
export async function mayRevoke(tx: ScopedTx, serial: string): Promise<boolean> {
  const found = await tx`
    select from certificate where serial = ${serial} and area_id = any (coalesce((select may_areas('class.write')), '{}'))`;
  return found.count > 0;
}

/** What the signed file of a certificate is made of; null for those who may not have it, and once it was revoked. */
export async function credentialFacts(tx: ScopedTx, serial: string): Promise<CredentialFacts | null> {
  const [row] = await tx<(Omit<CredentialFacts, 'achievement'> & { courseId: string })[]>`
    select serial, name_salt, name_digest, status_index, issued_at, learnt_from, learnt_to, course_id
    from certificate where serial = ${serial} and revoked_at is null`;
  if (!row) return null;
  const { courseId, ...facts } = row;
  const achieved = await achievementFacts(tx, courseId);
  return achieved ? { ...facts, achievement: achieved } : null;
}

/** What one version of a course certifies, in Vietnamese; null for a course there is not. */
export async function achievementFacts(tx: ScopedTx, courseId: string): Promise<AchievementFacts | null> {
  const [row] = await tx<AchievementFacts[]>`
    select co.id as course_id, co.version, co.title_vi as title, co.summary_vi as summary, co.lessons_required,
      (select count(*) from lesson l where l.course_id = co.id) as lessons, ${requiredSkills(tx, 'vi')} as skills
    from course co where co.id = ${courseId}`;
  return row ?? null;
}

/** Somebody's certificates, the newest first, as far as the caller sees them. */
export async function certificatesOf(tx: ScopedTx, locale: Locale, personId: string): Promise<OwnCertificate[]> {
  const rows = await tx<OwnCertificate[]>`
    select c.serial, ${tx(`co.title_${locale}`)} as course, c.issued_at, c.revoked_at
    from certificate c join course co on co.id = c.course_id
    where c.person_id = ${personId} order by c.issued_at desc, c.id limit 50`;
  return [...rows];
}

/** Wrong serials from one address (of IPv6: one /64) within ten minutes, after which the initials are asked for as well. */
const manyWrong = 30;

/**
 * What anybody may check by a serial: initials and result, never the name; null for a serial there is not. `strict` after many wrong
 * ones from that address: then only whoever also knows the initials (they stand on the paper) is answered; nobody is shut out.
 */
export async function checkedCertificate(
  tx: ScopedTx,
  locale: Locale,
  serial: string,
  address: string,
): Promise<{ found: CheckedCertificate | null; strict: boolean }> {
  await presentCode(tx, serial);
  const [found] = await tx<CheckedCertificate[]>`
    select c.serial, c.initials, ${tx(`co.title_${locale}`)} as course, ${unitOf(tx, locale)} as unit, ${requiredSkills(tx, locale)} as skills,
      c.issued_at, c.revoked_at, c.revoked_code
    from certificate c join course co on co.id = c.course_id where c.serial = ${serial}`;
  const strict = await elevated(tx, 'certificate: how many wrong serials came from there', async (system) => {
    const [near] = await system<{ wrong: number }[]>`
      select count(*) as wrong from slip_attempt where address = ${countedAddress(address)} and at > now() - interval '10 minutes'`;
    return (near?.wrong ?? 0) >= manyWrong;
  });
  return { found: found ?? null, strict };
}

/** Every public key whose signatures still count, the newest first. */
export async function trustedKeys(tx: ScopedTx): Promise<{ id: string; publicKey: string }[]> {
  const rows = await tx<{ id: string; publicKey: string }[]>`
    select id, public_key from signing_key where distrusted_at is null order by created_at desc, id limit 100`;
  return [...rows];
}

/** The places in one published list whose certificates were revoked. Says nothing else of them. */
export async function revokedPlaces(tx: ScopedTx, list: number): Promise<number[]> {
  return elevated(tx, 'certificate: the published list of what was revoked', async (system) => {
    const rows = await system<{ place: number }[]>`
      select status_index - ${list * listSize}::integer as place from certificate
      where revoked_at is not null and status_index between ${list * listSize} and ${list * listSize + listSize - 1}`;
    return rows.map(({ place }) => place);
  });
}

/**
 * How each learner of a class stands for a certificate, besides their path. Seen again: at level 3 or more, in a skill of the course,
 * by somebody who does not teach this class (`trainers`), or at a re-check. Elevated: a lesson made up elsewhere was seen by others elsewhere.
 * Only for a class whose names the caller reads.
 */
export async function certificateStandings(tx: ScopedTx, classId: string): Promise<CertificateStanding[]> {
  const roster = await tx<{ id: string }[]>`
    select id from enrolment where class_id = ${classId} and status in ('confirmed', 'completed', 'partial', 'no_show') limit 500`;
  const ids = roster.map(({ id }) => id);
  return elevated(tx, 'certificate: who else saw what they can do', async (system) => {
    const rows = await system<CertificateStanding[]>`
      with taught as (
        select ls.skill_code from class k join lesson l on l.course_id = k.course_id join lesson_skill ls on ls.lesson_id = l.id where k.id = ${classId}
      ), trainer as (${trainers(system, classId)})
      select e.id as enrolment_id, (select c.serial from certificate c where c.enrolment_id = e.id and c.revoked_at is null) as serial,
        exists (select from consent n where n.person_id = e.person_id and n.purpose = 'class' and n.given and n.withdrawn_at is null) as agreed,
        exists (select from skill_observation o where o.person_id = e.person_id and o.level >= 3 and o.skill_code in (select skill_code from taught)
          and (o.source = 'recheck' or o.source = 'visit' and o.observed_by is not null and o.observed_by not in (select id from trainer)
            or o.source = 'session' and o.observed_by is not null and o.observed_by not in (select id from trainer)
            and exists (select from attendance a where a.session_id = o.session_id and a.person_id = o.person_id
              and a.state in ('present', 'late', 'left_early')))) as seen_again
      from enrolment e where e.id = any(${ids}::uuid[])`;
    return [...rows];
  });
}

/** Who teaches a class: whoever began one of its registers, also when somebody else says they began it before, and who was to teach by role. */
export const trainers = (tx: ScopedTx, classId: string | ReturnType<ScopedTx>) => tx`
  select s.register_started_by as id from class_session s where s.class_id = ${classId} and s.register_started_by is not null
  union
  select o.account_id from register_operation o join class_session s on s.id = o.session_id
  where s.class_id = ${classId} and o.kind = 'start' and o.account_id is not null
  union
  select m.account_id from session_helper h join class_session s on s.id = h.session_id join team_member m on m.id = h.member_id
  where s.class_id = ${classId} and h.role = 'teaches' and h.state = 'yes' and h.absent_at is null and m.account_id is not null`;

/** Who of the unit could look once more: helpers and organisers of today who do not teach the class, by name, at most six. */
export async function otherObservers(tx: ScopedTx, classId: string): Promise<string[]> {
  return elevated(tx, 'certificate: who could look once more', async (system) => {
    const rows = await system<{ fullName: string }[]>`
      select distinct a.full_name collate "vi-x-icu" as full_name
      from class k join area_tree t on t.area_id = k.area_id join account_grant g on g.area_id = t.ancestor_id join account a on a.id = g.account_id
      where k.id = ${classId} and g.role in ('helper', 'organiser') and a.disabled_at is null
        and g.valid_from <= current_date and (g.valid_to is null or g.valid_to >= current_date)
        and a.id not in (${trainers(system, classId)})
      order by 1 limit 6`;
    return rows.map(({ fullName }) => fullName);
  });
}
