import { happenings, someMoment, uuid, type Dice, type World } from './world';

/** Whoever logs what was done. */
const accounts = (world: World) =>
  world.sql`
    insert into account (id, username, full_name, password_hash, area_id)
    values ('0ac00000-0000-4000-8000-000000000001', 'figures-1', 'Người trực', 'x', 44),
      ('0ac00000-0000-4000-8000-000000000002', 'figures-2', 'Người trực', 'x', 44) on conflict do nothing`;
const logger = (roll: Dice) =>
  roll.pick(['0ac00000-0000-4000-8000-000000000001', '0ac00000-0000-4000-8000-000000000002', null]);
const hour = 3_600_000;
const desk = (roll: Dice) => roll.upTo(6);

/** Help at desks. */
const helpHappenings: typeof happenings = {
  async assisted(world, roll) {
    await accounts(world);
    const [desk, area] = [uuid(roll), roll.pick(world.areas)];
    await world.sql`insert into desk (id, area_id, kind, name, address) values (${desk}, ${area}, 'mobile_point', 'Điểm thử', 'thử')`;
    for (let times = 1 + roll.upTo(4); times > 0; times -= 1)
      await world.sql`
        insert into desk_assist (id, desk_id, area_id, need_code, need_version, level, minutes, at, logged_by)
        select ${uuid(roll)}, ${desk}, ${area}, code, version, 1, ${1 + roll.upTo(20)}, ${someMoment(world, roll)}, ${logger(roll)} from desk_need order by code offset ${roll.upTo(6)} limit 1`;
  },
  assistTakenBack: (world, roll) => world.sql`
    update desk_assist set undone_at = ${roll.pick([null, world.now])} where id = (select id from desk_assist order by id offset ${roll.upTo(12)} limit 1)`,
  assistChanges: (world, roll) => world.sql`
    update desk_assist set minutes = ${1 + roll.upTo(20)}, logged_by = ${logger(roll)} where id = (select id from desk_assist order by id offset ${roll.upTo(12)} limit 1)`,
  /** Duty around some assist, of an account or of a member. */
  async onDuty(world, roll) {
    await accounts(world);
    const who = logger(roll);
    const member = roll.pick(world.members);
    await world.sql`
      insert into desk_shift (id, desk_id, area_id, account_id, member_id, who_id, starts_at, ends_at)
      select ${uuid(roll)}, e.desk_id, e.area_id, ${who}, ${who === null ? member : null}, ${who ?? member}, e.at - ${roll.upTo(4)} * interval '1 hour', e.at + ${1 + roll.upTo(4)} * interval '1 hour'
      from desk_assist e order by e.id offset ${roll.upTo(20)} limit 1`;
  },
  dutyCalledOff: (world, roll) => world.sql`
    update desk_shift set called_off_at = ${roll.pick([null, world.now])} where id = (select id from desk_shift order by id offset ${desk(roll)} limit 1)`,
  dutyMoves: (world, roll) => world.sql`
    update desk_shift set starts_at = starts_at + ${roll.upTo(5) - 2} * interval '30 minutes', ends_at = ends_at + interval '1 hour'
    where id = (select id from desk_shift order by id offset ${desk(roll)} limit 1)`,
  dutyRemoved: (world, roll) =>
    world.sql`delete from desk_shift where id = (select id from desk_shift order by id offset ${desk(roll)} limit 1)`,
  /** A round of two homes with one or two helpers. */
  async roundPlanned(world, roll) {
    const [id, area, at] = [uuid(roll), roll.pick(world.areas), someMoment(world, roll)];
    const starts = new Date(Math.floor(at.getTime() / hour) * hour);
    await world.sql.begin(async (tx) => {
      await tx`insert into visit_round (id, area_id, team_id, day, starts_at, ends_at)
        values (${id}, ${area}, ${roll.pick(world.teams)}, (${starts}::timestamptz at time zone 'Asia/Ho_Chi_Minh')::date, ${starts}, ${new Date(starts.getTime() + (1 + roll.upTo(4)) * hour)})`;
      for (const member of new Set([roll.pick(world.members), roll.pick(world.members)]))
        await tx`insert into visit_round_helper (id, round_id, area_id, member_id, who_id, starts_at, ends_at)
          select ${uuid(roll)}, r.id, r.area_id, ${member}, ${member}, r.starts_at, r.ends_at from visit_round r where r.id = ${id}`;
      for (const person of new Set([roll.pick(world.people), roll.pick(world.people)]))
        await tx`insert into visit (id, round_id, area_id, day, person_id, pin)
          select ${uuid(roll)}, r.id, r.area_id, r.day, ${person}, ${String(1000 + roll.upTo(9000))} from visit_round r where r.id = ${id}`;
    });
  },
  /** The newest by time, then by id, counts: some are recorded at one moment, some later of an earlier one. */
  visitRecorded: (world, roll) => world.sql`
    insert into visit_outcome (id, visit_id, area_id, outcome, at)
    select ${uuid(roll)}, v.id, v.area_id, ${roll.pick(['done', 'done', 'not_home', 'refused', 'moved'])}, (v.day + ${roll.upTo(3)}::int)::timestamptz
    from visit v order by v.id offset ${roll.upTo(14)} limit 1`,
  outcomeRemoved: (world, roll) =>
    world.sql`delete from visit_outcome where id = (select id from visit_outcome order by id offset ${roll.upTo(12)} limit 1)`,
  visitTakenOff: (world, roll) => world.sql`
    update visit set taken_off_at = ${world.now} where id = (select id from visit order by id offset ${roll.upTo(14)} limit 1)
      and not exists (select from visit_outcome o where o.visit_id = visit.id)`,
  roundCalledOff: (world, roll) => world.sql`
    update visit_round set called_off_at = ${world.now} where id = (select id from visit_round order by id offset ${roll.upTo(14)} limit 1)`,
  /** Homes gone to for tasks: alone or two of one home and day, where a round went too or not, in the time of something else or not. */
  async wentToAHome(world, roll) {
    await accounts(world);
    const [moment, area, home] = [someMoment(world, roll), roll.pick(world.areas), roll.pick(world.people.slice(0, 6))];
    for (let times = 1 + roll.upTo(2); times > 0; times -= 1)
      await world.sql`
        insert into door_visit (id, home, area_id, day, at, minutes, met, by, elsewhere)
        values (${uuid(roll)}, ${home}, ${area}, (${moment}::timestamptz at time zone 'Asia/Ho_Chi_Minh')::date, ${moment}, ${5 + roll.upTo(60)}, ${roll.pick([true, true, false])},
          ${roll.pick(['0ac00000-0000-4000-8000-000000000001', '0ac00000-0000-4000-8000-000000000002'])}, ${roll.pick([null, null, 'session', 'shift'])})
        on conflict (by, home, day) do update set minutes = greatest(door_visit.minutes, excluded.minutes), met = door_visit.met or excluded.met`;
  },
  /** A round went to that home that day, and whoever went for tasks may have been of it. */
  homeOfARound: (world, roll) => world.sql`
    update door_visit w set visit_id = v.id, round_helper_id = case when ${roll.pick([true, false])} then v.helper end
    from (select v.id, (select h.id from visit_round_helper h where h.round_id = v.round_id order by h.id limit 1) as helper
      from visit v order by v.id offset ${roll.upTo(14)} limit 1) v
    where w.id = (select id from door_visit order by id offset ${roll.upTo(14)} limit 1)`,
  doorVisitGoes: (world, roll) =>
    world.sql`delete from door_visit where id = (select id from door_visit order by id offset ${roll.upTo(14)} limit 1)`,
  /** The two records become one: their visits go over, and stay where they were. */
  visitsGoOver: (world, roll) => world.sql`
    update visit set person_id = ${roll.pick(world.people)} where id = (select id from visit order by id offset ${roll.upTo(14)} limit 1)`,
};
Object.assign(happenings, helpHappenings);
