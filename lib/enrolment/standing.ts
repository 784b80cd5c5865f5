import type { SystemTx } from '@/lib/access/scoped';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { fold } from '@/lib/kernel/text';
import { inGroup, priority, releaseAt } from './queue';
import { activeStates, idempotencyKey } from './rules';
import type { Enrolled, Enrolment } from './schema';

/** The name of a person's field in a form that asks about several. */
export const fieldOf = ({ row = '' }: Enrolment, field: string) => `${field}${row}`;

/** How a class and a person stand to each other before a sign-up. */
export interface Standing {
  /**
   * What the same form made before. Its code is given again for an hour only: a cached page shows its form's key to everybody, and
   * whoever knows a neighbour's name, phone and village could otherwise send it again one day and hold the neighbour's slip.
   */
  readonly repeated: (Pick<Enrolled, 'enrolmentId' | 'code' | 'status'> & { readonly mayShow: boolean }) | null;
  readonly classStatus: string | null;
  readonly classOver: boolean;
  readonly placeKnown: boolean;
  readonly consentVersion: number | null;
  readonly personId: string | null;
  readonly enrolled: boolean;
  /** The class's books wait for something that is due: see `promoteWaiting`. */
  readonly due: boolean;
  /** The group the class keeps places for, when this is somebody of it. */
  readonly group: string | null;
  readonly priority: number;
}

/**
 * How things stand, when it is this person's turn. Somebody known is met again only by the same phone *and* name *and* village,
 * with years of birth that do not contradict: a family shares a phone, and a name is no proof. Anybody else is new.
 */
export async function standing(tx: SystemTx, enrolment: Enrolment): Promise<Standing> {
  const { classId, learner } = enrolment;
  const typed = 'personId' in learner ? null : learner;
  const named = 'personId' in learner ? learner.personId : null;
  const [row] = await tx<Standing[]>`
      with known as (
        select coalesce(${named}::uuid, (
          select coalesce(p.merged_into, p.id) from person_phone f join person p on p.id = f.person_id
          where f.phone = ${typed?.phone ?? null} and p.name_folded = ${fold(typed?.fullName ?? '')} and p.area_id = ${typed?.areaId ?? 0}
            and (p.birth_year is null or ${typed?.birthYear ?? null}::integer is null or p.birth_year = ${typed?.birthYear ?? null})
          order by p.created_at, p.id limit 1)) as person_id
      )
      select known.person_id, c.status as class_status, coalesce(c.last_ends_at <= now(), true) as class_over,
        ${named}::uuid is not null or exists (select from area where id = ${typed?.areaId ?? 0} and kind <> 'province'
          and (valid_to is null or valid_to > current_date)) as place_known,
        (select max(version) from consent_text where purpose = 'class' and used_from <= now()) as consent_version,
        exists (select from enrolment e where e.class_id = ${classId} and e.person_id = known.person_id
          and e.status in ${tx(activeStates)}) as enrolled,
        c.seats_offered > 0 and exists (select from enrolment o where o.class_id = c.id and o.status = 'offered' and o.offer_expires_at <= now())
          or c.seats_reserved > 0 and ${releaseAt(tx)} <= now()
          or exists (select from enrolment u where u.class_id = c.id and u.unconfirmed_until <= now() and u.status in ${tx(activeStates)}) as due,
        case when ${inGroup(tx)} then c.reserved_for end as group, case when c.id is null then 0 else ${priority(tx)} end as priority,
        (select jsonb_build_object('enrolmentId', e.id, 'code', e.code, 'status', e.status,
          'mayShow', e.created_at > now() - interval '1 hour') from enrolment e
          where e.idempotency_key = ${idempotencyKey(enrolment)}) as repeated
      from known left join class c on c.id = ${classId} left join person r on r.id = known.person_id
        cross join lateral (select r.id, case when r.id is null then ${typed?.birthYear ?? null}::integer else r.birth_year end as birth_year,
          coalesce(r.area_id, ${typed?.areaId ?? null}::integer) as area_id) p`;
  if (!row) throw new Error('a select without from conditions gave no row');
  return row;
}

/** Why this person may not be signed up, as things stand; `several` are in the form. */
export function whyNot(found: Standing, enrolment: Enrolment, several: boolean): Refusal | null {
  if (found.classStatus === null || found.classStatus === 'draft') return refuse('notFound');
  if (found.classStatus === 'cancelled') return refuse('classCancelled');
  if (found.classStatus === 'closed' || found.classOver) return refuse('classOver');
  if (!found.placeKnown) {
    const field = enrolment.placeField ?? 'village';
    return refuse(field === 'unit' ? 'chooseUnit' : 'chooseVillage', fieldOf(enrolment, field));
  }
  if (found.consentVersion !== enrolment.consent.version) return refuse('consentChanged', 'consent');
  if (!found.enrolled) return null;
  return several ? refuse('alreadyEnrolled', fieldOf(enrolment, 'fullName')) : refuse('alreadyEnrolled');
}
