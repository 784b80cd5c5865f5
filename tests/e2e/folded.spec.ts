import type { Sql } from 'postgres';
import { newId, newSlipCode } from '../../lib/kernel/id';
import { expect, test } from '../support/browser';
import { serverDatabase } from '../support/server';
import { stateOf } from './visits';

let sql: Sql;
test.beforeAll(({ baseURL }) => {
  sql = serverDatabase(baseURL);
});
test.afterAll(() => sql.end());

test('without JavaScript, a folded form that was refused stands open, and says what is wrong', async ({
  browser,
  baseURL,
}) => {
  const [someone] = await sql<{ areaId: number; fullName: string }[]>`
    select area_id, full_name from person where merged_into is null and area_id in (select area_id from area_tree where ancestor_id = 18859)
    order by id limit 1`;
  const [request, serial] = [newId(), await certificateOf()];
  await sql`insert into visit_request (id, code, area_id, asked_by, full_name, needs, idempotency_key)
    values (${request}, ${newSlipCode()}, ${someone?.areaId ?? 0}, 'staff', ${someone?.fullName ?? ''}, '{phone}', ${newId()})`;
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await stateOf(baseURL ?? '', 'tochuc.dongthuan', sql),
  });
  const page = await context.newPage();
  const folded = (name: string) => page.locator('details', { has: page.getByText(name, { exact: true }) });
  const refused = async (name: string, button: string) => {
    await expect(folded(name), name).not.toHaveAttribute('open');
    await folded(name).locator('summary').click();
    await folded(name).getByRole('button', { name: button, exact: true }).click();
    await expect(folded(name).getByRole('alert'), name).toBeVisible();
  };

  // A request settled without a visit, and a person written down anew although somebody was found.
  await page.goto(`/manage/visits/requests/${request}`);
  await refused('Xong mà không cần đến nhà', 'Đóng lời nhờ');
  await page.getByRole('button', { name: 'Tìm người', exact: true }).click();
  await refused('Không ai trong số này, ghi người mới', 'Ghi vào sổ');
  expect(
    (await sql`select from visit_request where id = ${request} and closed_at is null and person_id is null`).count,
  ).toBe(1);

  await page.goto(`/manage/certificates/${serial}`);
  await refused('Thu hồi giấy này', 'Thu hồi');
  await context.close();
});

/** A certificate of the ward that holds. */
async function certificateOf(): Promise<string> {
  const [row] = await sql<{ serial: string }[]>`
    select serial from certificate where revoked_at is null and area_id in (select area_id from area_tree where ancestor_id = 18859) order by serial limit 1`;
  if (!row) throw new Error('the demo world holds no certificate');
  return row.serial;
}
