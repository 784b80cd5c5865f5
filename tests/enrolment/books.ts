import type postgres from 'postgres';

/**
 * What must hold of a class's places at every moment, asked of the rows alone. Each query lists the breaches of one law; `C` is the
 * condition on class `c`.
 */
export const laws: Record<string, string> = {
  'counters are what the rows say': `
    select c.id from class c left join lateral (
      select count(*) filter (where e.status in ('confirmed', 'completed', 'partial', 'no_show')) as confirmed, count(*) filter (where e.status = 'offered') as offered,
        count(*) filter (where e.status = 'waitlisted') as waiting from enrolment e where e.class_id = c.id) n on true
    where C and (c.seats_confirmed <> n.confirmed or c.seats_offered <> n.offered or c.waiting <> n.waiting)`,
  'never more than the seats and the counted extra ones, which are few': `
    select c.id from class c where C and (c.seats_overbooked > greatest(2, c.capacity / 10)
      or (select count(*) from enrolment e where e.class_id = c.id and e.status in ('offered', 'confirmed', 'completed', 'partial', 'no_show')) + c.seats_held + c.seats_reserved
        > c.capacity + c.seats_overbooked
      or (c.seats_overbooked > 0 and c.seats_confirmed + c.seats_offered + c.seats_held + c.seats_reserved < c.capacity + c.seats_overbooked))`,
  'no seat idle while somebody who may have it waits': `
    select e.id from class c join enrolment e on e.class_id = c.id and e.status = 'waitlisted' join person p on p.id = e.person_id
    where C and c.status = 'published' and p.merged_into is null and e.unconfirmed_until is null and e.party_id is null
      and exists (select from class_session s where s.class_id = c.id and s.status = 'published' and s.starts_at > now())
      and (c.capacity + c.seats_overbooked > c.seats_confirmed + c.seats_offered + c.seats_held + c.seats_reserved
        or (c.seats_reserved > 0 and p.birth_year <= extract(year from c.first_starts_at) - 60))`,
  'a state is where its events lead, unbroken': `
    select e.id from class c join enrolment e on e.class_id = c.id
    where C and e.status is distinct from (select v.to_status from enrolment_event v where v.enrolment_id = e.id order by v.step desc limit 1)
    union all
    select v.id from class c join enrolment e on e.class_id = c.id join enrolment_event v on v.enrolment_id = e.id
    left join enrolment_event before on before.enrolment_id = v.enrolment_id and before.step = v.step - 1
    where C and (v.from_status is distinct from before.to_status or (v.step > 1) <> (before.id is not null))`,
  'an offer has an end, and only an offer': `
    select e.id from class c join enrolment e on e.class_id = c.id where C and (e.status = 'offered') <> (e.offer_expires_at is not null)`,
  'nobody twice in one class': `
    select min(e.id::text) from class c join enrolment e on e.class_id = c.id join person p on p.id = e.person_id
    where C and e.status in ('waitlisted', 'offered', 'confirmed') group by c.id, coalesce(p.merged_into, p.id) having count(*) > 1`,
};

/** Gives the database a function that names the laws broken by these classes. Planned once a connection. */
export async function layDownTheLaws(owner: postgres.Sql): Promise<void> {
  const asked = Object.entries(laws).map(
    ([law, query]) => `select '${law}' where exists (${query.replaceAll('where C', 'where c.id = any (wanted)')})`,
  );
  await owner.unsafe(`
    create function laws_broken(wanted text[]) returns setof text language plpgsql security definer set search_path = pg_catalog, public as $$
    begin return query ${asked.join(' union all ')}; end $$;`);
}

/**
 * Has the database itself ask every law of a class at the commit of each transaction that touched one of its enrolments: one that
 * breaks a law cannot commit.
 */
export async function watchTheBooks(owner: postgres.Sql): Promise<void> {
  await owner.unsafe(`
    create function books_in_order() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
    declare broken text;
    begin
      select string_agg(law, '; ') into broken from laws_broken(array[new.class_id]) law;
      if broken is not null then raise exception 'books of class %: %', new.class_id, broken; end if;
      return null;
    end $$;
    create constraint trigger books_in_order after insert or update on enrolment
      deferrable initially deferred for each row execute function books_in_order();`);
}
