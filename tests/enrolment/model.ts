import { mostOverbooked } from '@/lib/enrolment/rules';

/** How places should go, told without a database: one person, one class, one seat after the other. */

export type State =
  | 'waitlisted'
  | 'offered'
  | 'confirmed'
  | 'cancelled'
  | 'offer_declined'
  | 'offer_expired'
  | 'class_cancelled'
  | 'moved';

export interface ModelPlace {
  readonly nth: number;
  readonly klass: ModelClass;
  person: ModelPerson;
  status: State;
  reserved: boolean;
  /** The offer's time is over, and nobody has looked since. */
  lapsed: boolean;
}

export interface ModelPerson {
  readonly index: number;
  readonly over60: boolean;
  /** What became of them so far, and when. */
  past: { what: 'missed' | 'place'; at: number; list?: string }[];
  mergedInto: ModelPerson | null;
}

export interface ModelClass {
  readonly index: number;
  capacity: number;
  held: number;
  overbooked: number;
  keeps: number;
  released: boolean;
  offerHours: number;
  cancelled: boolean;
  hoursAhead: number;
}

export const isActive = ({ status }: ModelPlace) => ['waitlisted', 'offered', 'confirmed'].includes(status);
const isSeated = ({ status }: ModelPlace) => status === 'offered' || status === 'confirmed';

export class Model {
  readonly places: ModelPlace[] = [];
  private now = 0;
  constructor(
    readonly classes: readonly ModelClass[],
    readonly people: readonly ModelPerson[],
  ) {}

  who = (index: number): ModelPerson => {
    const person = this.people[index];
    if (!person) throw new Error('nobody');
    return person.mergedInto ?? person;
  };
  at = (index: number): ModelClass => {
    const klass = this.classes[index];
    if (!klass) throw new Error('no class');
    return klass;
  };
  of = (klass: ModelClass) => this.places.filter((place) => place.klass === klass);
  active = (person: ModelPerson, klass: ModelClass) =>
    this.of(klass).find((place) => place.person === person && isActive(place));

  inGroup = (klass: ModelClass, person: ModelPerson) => klass.keeps > 0 && person.over60;
  taken = (klass: ModelClass) => this.of(klass).filter(isSeated).length + klass.held;
  waiting = (klass: ModelClass) => this.of(klass).filter(({ status }) => status === 'waitlisted');
  /** Kept places still free. */
  kept(klass: ModelClass): number {
    if (klass.released || klass.keeps === 0 || klass.cancelled) return 0;
    const sitting = this.of(klass).filter((place) => isSeated(place) && place.reserved).length;
    return Math.max(0, Math.min(klass.keeps - sitting, klass.capacity + klass.overbooked - this.taken(klass)));
  }
  free = (klass: ModelClass) => klass.capacity + klass.overbooked - this.taken(klass) - this.kept(klass);

  private seat(place: ModelPlace, status: 'offered' | 'confirmed', reserved: boolean): void {
    place.status = status;
    place.reserved = reserved;
    place.lapsed = false;
    if (status === 'confirmed') place.person.past.push({ what: 'place', at: (this.now += 1) });
  }

  private before(one: ModelPlace, other: ModelPlace): number {
    const rank = ({ klass, person }: ModelPlace) => {
      const last = Math.max(-1, ...person.past.filter(({ what }) => what === 'place').map(({ at }) => at));
      const missed = person.past.filter(({ what, at }) => what === 'missed' && at > last).map(({ list }) => list);
      return (this.inGroup(klass, person) ? 2 : 0) + (new Set(missed).size >= 2 ? 1 : 0);
    };
    return rank(other) - rank(one) || one.nth - other.nth;
  }

  promote(klass: ModelClass, here: ModelPlace | null = null): void {
    for (const place of this.of(klass)) if (place.lapsed && place.status === 'offered') place.status = 'offer_expired';
    if (klass.cancelled) return;
    if (klass.keeps > 0 && klass.hoursAhead <= 48) klass.released = true;
    const keptNow = this.kept(klass);
    klass.overbooked = Math.min(klass.overbooked, Math.max(0, this.taken(klass) + keptNow - klass.capacity));
    // The order is that of the moment the seats are given, whoever gets one of them.
    const queue = this.waiting(klass).toSorted((one, other) => this.before(one, other));
    for (const next of queue) {
      const kept = this.kept(klass) > 0 && this.inGroup(klass, next.person);
      if (!kept && this.free(klass) <= 0) continue;
      const now = next === here || (klass.offerHours === 0 && klass.hoursAhead > 3);
      this.seat(next, now ? 'confirmed' : 'offered', kept);
    }
  }

  private come(person: ModelPerson, klass: ModelClass, beyond: boolean): ModelPlace {
    const place: ModelPlace = {
      nth: this.places.length,
      klass,
      person,
      status: 'waitlisted',
      reserved: false,
      lapsed: false,
    };
    const kept = this.kept(klass) > 0 && this.inGroup(klass, person);
    const open = this.free(klass) > 0 && this.waiting(klass).length === 0;
    if (!kept && !open && beyond) klass.overbooked += 1;
    this.places.push(place);
    if (kept || open || beyond) this.seat(place, 'confirmed', kept);
    return place;
  }

  enrol(index: number, at: number): string {
    const [person, klass] = [this.who(index), this.at(at)];
    if (klass.cancelled) return 'classCancelled';
    if (this.active(person, klass)) return 'alreadyEnrolled';
    const due = this.of(klass).some((place) => place.lapsed && place.status === 'offered');
    if (due || (this.kept(klass) > 0 && klass.hoursAhead <= 48)) this.promote(klass);
    const place = this.come(person, klass, false);
    if (place.status === 'waitlisted' && this.free(klass) > 0) this.promote(klass, place);
    return place.status;
  }

  cancel(place: ModelPlace): void {
    place.status = 'cancelled';
    this.promote(place.klass);
  }

  answer(place: ModelPlace, yes: boolean): void {
    if (place.status === 'offered' && !place.lapsed) {
      if (yes) this.seat(place, 'confirmed', place.reserved);
      else place.status = 'offer_declined';
    }
    this.promote(place.klass);
  }

  change(klass: ModelClass, { capacity, held, keeps }: { capacity: number; held: number; keeps: number }): string {
    const people = this.taken(klass) - klass.held;
    const bound = Math.min(klass.overbooked, mostOverbooked(capacity));
    if (people + held - capacity > bound) return 'belowTaken';
    const regrouped = keeps !== klass.keeps;
    Object.assign(klass, { capacity, held, keeps, overbooked: bound });
    if (regrouped) {
      klass.released = false;
      const group = this.of(klass).filter((place) => isSeated(place));
      for (const place of group) place.reserved = false;
      const sitting = group.filter(({ person }) => this.inGroup(klass, person));
      for (const place of sitting.slice(0, keeps)) place.reserved = true;
    }
    this.promote(klass);
    return 'done';
  }

  cancelClass(klass: ModelClass): void {
    for (const place of this.of(klass).filter(isActive)) {
      if (place.status === 'waitlisted')
        place.person.past.push({ what: 'missed', at: (this.now += 1), list: `class ${klass.index}` });
      place.status = 'class_cancelled';
    }
    Object.assign(klass, { cancelled: true, held: 0, overbooked: 0 });
  }

  overbook(place: ModelPlace): string {
    const { klass } = place;
    const undo = this.photograph();
    this.promote(klass, place);
    if (place.status === 'confirmed') return 'done';
    const no = place.status !== 'waitlisted' ? 'notWaiting' : klass.overbooked >= mostOverbooked(klass.capacity);
    if (no) {
      undo();
      return no === true ? 'overbookedFull' : no;
    }
    klass.overbooked += 1;
    this.seat(place, 'confirmed', false);
    return 'done';
  }

  move(place: ModelPlace, to: ModelClass, beyond: boolean): string {
    // A refusal undoes what came before it, as the door does.
    const undo = this.photograph();
    if (!to.cancelled) this.promote(to);
    const no = to.cancelled ? 'classOver' : this.active(place.person, to) ? 'alreadyEnrolled' : null;
    const kept = this.kept(to) > 0 && this.inGroup(to, place.person);
    const open = this.free(to) > 0 && this.waiting(to).length === 0;
    const full = beyond && !kept && !open && to.overbooked >= mostOverbooked(to.capacity);
    if (no || full) {
      undo();
      return no ?? 'overbookedFull';
    }
    place.status = 'moved';
    const arrived = this.come(place.person, to, beyond);
    for (const klass of this.classes) this.promote(klass, klass === to ? arrived : null);
    return 'done';
  }

  merge(goes: ModelPerson, stays: ModelPerson): void {
    const touched = this.classes.filter((klass) => this.active(goes, klass) || this.active(stays, klass));
    const order = ['confirmed', 'offered', 'waitlisted'];
    for (const klass of touched) {
      const [one, other] = [this.active(goes, klass), this.active(stays, klass)];
      if (!one || !other) continue;
      const goesFirst = order.indexOf(one.status) - order.indexOf(other.status) || one.nth - other.nth;
      (goesFirst < 0 ? other : one).status = 'cancelled';
    }
    for (const place of this.places) if (place.person === goes) place.person = stays;
    goes.mergedInto = stays;
    stays.past = [...goes.past, ...stays.past];
    for (const klass of touched) this.promote(klass);
  }

  private photograph(): () => void {
    const places = this.places.map((place) => ({ ...place }));
    const classes = this.classes.map((klass) => ({ ...klass }));
    const past = this.people.map((person) => [...person.past]);
    return () => {
      this.places.forEach((place, at) => Object.assign(place, places[at]));
      this.classes.forEach((klass, at) => Object.assign(klass, classes[at]));
      this.people.forEach((person, at) => (person.past = past[at] ?? []));
    };
  }
}
