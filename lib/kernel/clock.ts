/** The portal's zone is Asia/Ho_Chi_Minh: dates people see and say are dates there. It has had no summer time since 1975; it is seven hours ahead of UTC all year. */
const zoneOffset = '+07:00';

/** The calendar day (`yyyy-mm-dd`) of a moment in the portal's zone. */
export function dayOf(moment: Date): string {
  return new Date(moment.getTime() + 7 * 3_600_000).toISOString().slice(0, 10);
}

/** The wall-clock time (`HH:MM`) of a moment in the portal's zone. */
export function timeOf(moment: Date): string {
  return new Date(moment.getTime() + 7 * 3_600_000).toISOString().slice(11, 16);
}

/** The moment a wall clock in the portal's zone shows that day and time. */
export function momentOf(day: string, time: string): Date {
  return new Date(`${day}T${time}:00${zoneOffset}`);
}

/** The day so many days later (or earlier). */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Day of the week, Monday 1 to Sunday 7 (ISO 8601). */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** How many days the second day is after the first; negative before it. */
export function daysBetween(first: string, second: string): number {
  return (Date.parse(second) - Date.parse(first)) / 86_400_000;
}
