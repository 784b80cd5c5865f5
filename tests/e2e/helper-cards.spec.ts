import type { Sql } from 'postgres';
import { encode } from 'uqr';
import { expect, test } from '../support/browser';
import { newSerial } from '../support/cast';
import { printed } from '../support/paper';
import { serverDatabase } from '../support/server';
import { contextFor, nameThings } from './access/portal';

let sql: Sql;
test.beforeAll(({ baseURL }) => {
  sql = serverDatabase(baseURL);
});
test.afterAll(() => sql.end());

interface Shown {
  code: string;
  fullName: string;
  phone: string;
  memberId: string;
}
const held = async (which: 'valid' | 'expired' | 'revoked'): Promise<Shown> => {
  const [row] = await sql<Shown[]>`
    select c.code, m.full_name as "fullName", m.phone, m.id as "memberId"
    from helper_card c join team_member m on m.id = c.member_id
    where m.phone is not null and case ${which} when 'valid' then c.revoked_at is null and m.left_on is null and c.valid_until >= current_date
      when 'expired' then c.revoked_at is null and m.left_on is null and c.valid_until < current_date else c.revoked_at is not null end
    order by c.code limit 1`;
  if (!row) throw new Error(`the demo world holds no card that is ${which}`);
  return row;
};

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('whoever somebody came to types the code: genuine, expired, revoked or nobody’s, and never a name', async ({
    page,
  }) => {
    const said = {
      valid: 'Thẻ thật, hôm nay còn hạn',
      expired: 'Thẻ đã hết hạn, chỉ dùng được đến hết ngày',
      revoked: 'Thẻ đã bị thu hồi',
    };
    for (const which of ['valid', 'expired', 'revoked'] as const) {
      const card = await held(which);
      await page.goto('/');
      await page.getByRole('main').getByRole('link', { name: 'Kiểm tra thẻ' }).click();
      await page.getByLabel('Mã trên thẻ').fill(` ${card.code.slice(0, 5).toLowerCase()} ${card.code.slice(5)}`);
      const [answer] = await Promise.all([
        page.waitForResponse((response) => new URL(response.url()).searchParams.has('code')),
        page.getByRole('main').getByRole('button', { name: 'Kiểm tra' }).click(),
      ]);
      await expect(page.locator(`[data-verdict=${which}]`)).toContainText(said[which]);
      const whole = `${JSON.stringify(answer.headers())} ${await answer.text()}`;
      for (const personal of [card.fullName, card.phone, card.memberId]) expect(whole).not.toContain(personal);
      expect(answer.headers()['cache-control']).toMatch(/no-store|private/);
    }
    await page.goto(`/helpers?code=${newSerial()}`);
    await expect(page.locator('[data-verdict=unknown]')).toContainText('Không có thẻ nào mang mã này');
    await page.goto('/helpers?code=ABC');
    await expect(page.getByRole('alert')).toContainText('10 chữ và số');
    await expect(page.getByLabel('Mã trên thẻ')).toHaveValue('ABC');
    await expect(page.locator('script[src]:not([src*="portal.js"])')).toHaveCount(0);
  });
});

test('an organiser gives a card out, prints it and revokes it, and the check follows', async ({
  browser,
  baseURL,
  page: visitor,
}) => {
  const address = baseURL ?? '';
  const named = await nameThings(sql, 18859, 'deviceId');
  const context = await browser.newContext({
    baseURL: address,
    storageState: await (await contextFor(address, 'tochuc.dongthuan')).storageState(),
  });
  const page = await context.newPage();
  const memberId = crypto.randomUUID();
  await sql`insert into team_member (id, team_id, area_id, full_name) select ${memberId}, id, area_id, 'Hồ Thị Cấp Thẻ' from team where id = ${named.teamId}`;
  await page.goto(`/manage/teams/${named.teamId}/members/${memberId}`);
  await page.getByText('Cấp thẻ', { exact: true }).first().click();
  await page.getByRole('button', { name: 'Cấp thẻ' }).click();
  await expect(page.getByRole('status')).toContainText('Đã cấp thẻ');
  const [card] = await sql<{ code: string }[]>`select code from helper_card where member_id = ${memberId}`;
  const code = card?.code ?? '';
  await page.getByRole('link', { name: 'In thẻ' }).click();
  await expect(page.locator('.helper-card-name')).toHaveText('Hồ Thị Cấp Thẻ');
  const dots = encode(`${address}/helpers?code=${code}`, { ecc: 'M', border: 4 }).data.flatMap((row, y) =>
    row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  await expect(page.locator('.helper-card-qr path').last()).toHaveAttribute('d', dots.join(''));
  const { sheets, text } = await printed(page);
  expect(sheets).toBe(1);
  expect(text.replaceAll(' ', '')).toContain(code);
  expect(text).toContain('Cán bộ không bao giờ hỏi mã OTP, mật khẩu');
  await visitor.goto(`/helpers?code=${code}`);
  await expect(visitor.locator('[data-verdict=valid]')).toBeVisible();
  await page.goBack();
  await page.getByText('Thu hồi thẻ', { exact: true }).first().click();
  await page.getByLabel('Mất thẻ').check();
  await page.getByRole('button', { name: 'Thu hồi thẻ' }).click();
  await expect(page.getByRole('status')).toContainText('Đã thu hồi thẻ');
  await visitor.reload();
  await expect(visitor.locator('[data-verdict=revoked]')).toBeVisible();
  await context.close();
});
