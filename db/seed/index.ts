import { loadAreas } from './areas';
import { seedConnection } from './connection';
import { loadConsentTexts } from './consent';
import { loadCourses } from './courses';
import { loadSkills } from './skills';

/**
 * Brings the real reference data in: units, skills, consent words, the province's courses. Safe to run again, and from
 * several processes at once: what is there stays as it is. With `demo`, fills a database in which there are no classes,
 * people or accounts yet with the demo world, and says whether it did.
 */
export async function seed(url: string, _options: { demo: boolean }): Promise<{ demo: boolean }> {
  const sql = seedConnection(url);
  try {
    await sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(hashtext('camtay.seed')), set_config('role', 'camtay_system', true)`;
      await loadAreas(tx);
      await loadSkills(tx);
      await loadConsentTexts(tx);
      await loadCourses(tx);
    });
    return { demo: false };
  } finally {
    await sql.end();
  }
}
