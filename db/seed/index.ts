import { dayOf } from '../../lib/kernel/clock';
import { loadAreas } from './areas';
import { seedConnection, type SeedTx } from './connection';
import { loadConsentTexts } from './consent';
import { loadCourses } from './courses';
import { loadDeskNeeds } from './desk-needs';
import { loadWorld } from './demo/world';
import { loadHolidays } from './holidays';
import { loadIndicators, loadNationalTargets } from './indicators';
import { loadSkills } from './skills';
import { loadSteps } from './steps';

/**
 * Brings the real reference data in: units, skills, consent words, the province's courses and holidays, what people come to desks with,
 * steps before skills, indicators and national targets. Safe to run again, and from several processes at once: what is there stays as it
 * is. With `demo`, fills a database in which there are no classes,
 * people or accounts yet with the demo world, and says whether it did.
 */
export async function seed(url: string, { demo }: { demo: boolean }): Promise<{ demo: boolean }> {
  const sql = seedConnection(url);
  try {
    const loaded = await sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(hashtext('camtay.seed')), set_config('role', 'camtay_system', true)`;
      await loadAreas(tx);
      await loadSkills(tx);
      await loadConsentTexts(tx);
      await loadCourses(tx);
      await loadDeskNeeds(tx);
      await loadSteps(tx);
      await loadHolidays(tx);
      await loadIndicators(tx);
      await loadNationalTargets(tx);
      if (!demo || !(await isEmpty(tx))) return false;
      await loadWorld(tx, dayOf(new Date()));
      return true;
    });
    // As the owner, outside the transaction: the planner must know the new tables before the first page.
    if (loaded) await sql`analyze`;
    return { demo: loaded };
  } finally {
    await sql.end();
  }
}

/** Nobody works here yet: only such a database may get invented people. */
async function isEmpty(tx: SeedTx): Promise<boolean> {
  const [found] = await tx<{ any: boolean }[]>`
    select exists (select from class) or exists (select from person) or exists (select from account) as any`;
  return found?.any === false;
}
