import type { Sql } from 'postgres';
import { expect, test } from '../support/browser';
import { agedStamp, serverDatabase } from '../support/server';
import { password } from './access/portal';

/** Everything a resident does, and the way in for staff, with JavaScript off. */
test.use({ javaScriptEnabled: false });

let sql: Sql;
test.beforeAll(({ baseURL }) => {
  sql = serverDatabase(baseURL);
});
test.afterAll(() => sql.end());

test('find a class, enrol, look at the slip, cancel', async ({ page, isMobile }) => {
  await page.goto('/');
  await page.locator('#area').selectOption({ label: 'Xã Minh Hóa' });
  await page.getByRole('main').getByRole('button', { name: 'Tìm lớp' }).click();
  await expect(page).toHaveURL(/\/classes\?.*area=18901/);
  await page
    .getByRole('article')
    .filter({ hasText: /Còn \d+ chỗ/ })
    .getByRole('link', { name: /^Xem lớp và ghi tên/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/classes\/[a-z2-9]{8}/);
  const classId = new URL(page.url()).pathname.split('/').at(-1) ?? '';

  // The key the page came with: known to whoever asked for it within the same second.
  const key = page.locator('input[name=formKey]');
  const shared = await key.inputValue();

  // Refused: says what is wrong, keeps what was typed.
  const name = isMobile ? 'Bà Không Máy' : 'Ông Không Máy';
  await page.getByLabel('Họ và tên người học').fill(name);
  const send = page.getByRole('main').getByRole('button', { name: 'Xem lại rồi ghi tên' });
  const confirm = page.getByRole('button', { name: 'Đúng rồi, ghi tên' });
  await send.click();
  await expect(page.getByRole('alert')).toContainText('Xin chọn thôn, tổ dân phố nơi người học ở.');
  await expect(page.getByLabel('Họ và tên người học')).toHaveValue(name);
  await expect(page.locator('#village')).toHaveAttribute('aria-invalid', 'true');

  await page.getByLabel('Người học không có điện thoại').check();
  await page.locator('#village').selectOption({ index: 1 });
  await page.getByLabel(/đồng ý cho lớp giữ thông tin/).check();
  // Quicker than anybody types: kindly asked to send again, nothing lost.
  const stamp = page.locator('input[name=stamp]');
  const rendered = (ago: number) =>
    stamp.evaluate((input, made) => input.setAttribute('value', made), agedStamp(classId, ago));
  await rendered(0);
  await send.click();
  await expect(page.getByRole('alert')).toContainText('Những gì bác điền vẫn còn đây');
  await expect(page.getByLabel('Họ và tên người học')).toHaveValue(name);
  await rendered(60);
  await send.click();

  // Everything in words; corrected, then sent.
  await expect(page.getByRole('heading', { name: 'Bác xem lại đã đúng chưa' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText(name);
  await expect(page.getByRole('main')).toContainText('Không có điện thoại');
  await page.getByRole('button', { name: 'Sửa lại' }).click();
  await expect(page.getByLabel('Họ và tên người học')).toHaveValue(name);
  await page.getByLabel('Năm sinh').fill('1951');
  await send.click();
  await expect(page.getByRole('main')).toContainText('1951');
  expect(await key.inputValue(), 'it is sent with a key nobody else was shown').not.toBe(shared);
  await confirm.click();
  await expect(page).toHaveURL(/\/my$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Đã có chỗ cho bác');
  const code = (await page.locator('section[aria-labelledby=slip] p.font-bold').first().innerText()).replace(/\s/g, '');

  // Reloading does not send again.
  const enrolled = async () => {
    const [row] = await sql<{ count: number }[]>`
      select count(*)::int as count from enrolment e join person p on p.id = e.person_id where e.class_id = ${classId} and p.full_name = ${name}`;
    return row?.count;
  };
  expect(await enrolled()).toBe(1);
  await page.reload();
  await expect(page.getByText(name)).toBeVisible();
  expect(await enrolled()).toBe(1);

  // Put away, found again by its code, cancelled after being asked.
  await page.getByRole('button', { name: 'Xong, đóng phiếu lại' }).click();
  await page.goto('/my');
  await page.getByLabel('Mã trên phiếu').fill(` ${code.slice(0, 4).toLowerCase()} ${code.slice(4)}`);
  await page.getByRole('button', { name: 'Xem lớp của tôi' }).click();
  await page.getByRole('link', { name: 'Tôi không học lớp này nữa' }).click();
  await page.getByRole('button', { name: 'Vâng, tôi thôi học lớp này' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Bác đã thôi học lớp này');
  const [left] = await sql<{ status: string }[]>`select status from enrolment where code = ${code}`;
  expect(left?.status).toBe('cancelled');
});

/** Somebody who waits in a class to come is offered one seat more. */
async function offerSomebody(): Promise<string> {
  const [waiting] = await sql<{ id: string; code: string; classId: string }[]>`
    select e.id, e.code, c.id as "classId" from enrolment e join class c on c.id = e.class_id
    where e.status = 'waitlisted' and c.status = 'published' and c.first_starts_at > now() + interval '4 hours'
    order by e.queued_at, e.id limit 1`;
  if (!waiting) throw new Error('nobody waits in the demo world');
  const { id, code, classId } = waiting;
  await sql.begin(async (tx) => {
    await tx`update class set capacity = capacity + 1, seats_offered = seats_offered + 1, waiting = waiting - 1 where id = ${classId}`;
    await tx`update enrolment set status = 'offered', offer_by = 'slip', offer_expires_at = now() + interval '3 hours' where id = ${id}`;
    await tx`insert into enrolment_event (enrolment_id, area_id, from_status, to_status, channel)
      select id, area_id, 'waitlisted', 'offered', 'promotion' from enrolment where id = ${id}`;
  });
  return code;
}

test('an offered place is taken, or given up, with one press', async ({ page }) => {
  for (const [button, heading, status] of [
    ['Tôi nhận chỗ', 'Đã có chỗ cho bác', 'confirmed'],
    ['Tôi nhường chỗ', 'Chỗ này đã chuyển cho người khác', 'offer_declined'],
  ] as const) {
    const code = await offerSomebody();
    await page.goto('/my');
    await page.getByLabel('Mã trên phiếu').fill(code);
    await page.getByRole('button', { name: 'Xem lớp của tôi' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Bác có chỗ rồi, xin trả lời trước \d\d:\d\d /);
    await page.getByRole('button', { name: button }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
    const [row] = await sql<{ status: string }[]>`select status from enrolment where code = ${code}`;
    expect(row?.status).toBe(status);
    await page.getByRole('button', { name: 'Xong, đóng phiếu lại' }).click();
  }
});

test('sign three up together with one form, and answer a few questions more', async ({ page, isMobile }) => {
  await page.goto('/classes?area=18901&open=1');
  await page
    .getByRole('article')
    .getByRole('link', { name: /^Xem lớp và ghi tên/ })
    .last()
    .click();
  const classId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const names = isMobile ? ['Bà Cả', 'Bà Hai', 'Bà Ba'] : ['Ông Cả', 'Ông Hai', 'Ông Ba'];
  const add = page.getByRole('button', { name: 'Thêm một người nữa' });
  await page.locator('#fullName').fill(names[0] ?? '');
  await page.locator('#noPhone').check();
  await page.locator('#village').selectOption({ index: 1 });
  for (const row of [2, 3, 4]) {
    await add.click();
    await expect(page.locator('#fullName')).toHaveValue(names[0] ?? '');
    if (row > 3) continue;
    await page.locator(`#fullName${row}`).fill(names[row - 1] ?? '');
    await page.locator(`#noPhone${row}`).check();
  }
  await page.getByLabel(/đồng ý cho lớp giữ thông tin/).check();
  await page
    .locator('input[name=stamp]')
    .evaluate((input, aged) => input.setAttribute('value', aged), agedStamp(classId));
  await page.getByRole('button', { name: /^Xem lại rồi/ }).click();
  for (const name of names) await expect(page.getByRole('main')).toContainText(name);
  await expect(page.getByRole('main')).toContainText('Học cùng nhau');
  await page.getByRole('button', { name: /^Đúng rồi/ }).click();
  await expect(page).toHaveURL(/\/my\/all$/);
  for (const name of names) await expect(page.getByRole('listitem').filter({ hasText: name })).toBeVisible();

  await page.goto('/my');
  await page.getByRole('link', { name: /^Trả lời thêm vài câu/ }).click();
  await page.getByLabel('Không', { exact: true }).first().check();
  await page.getByLabel(/đồng ý để các câu trả lời/).check();
  await page.getByRole('button', { name: 'Gửi câu trả lời' }).click();
  await expect(page.getByText('Đã ghi câu trả lời')).toBeVisible();
  await page.getByRole('button', { name: 'Rút lại và xóa câu trả lời' }).click();
  await expect(page.getByText('Đã xóa các câu trả lời')).toBeVisible();
});

test('a wrong code says so and keeps what was typed', async ({ page }) => {
  await page.goto('/my');
  await page.getByLabel('Mã trên phiếu').fill('ACDE 23');
  await page.getByRole('button', { name: 'Xem lớp của tôi' }).click();
  await expect(page.getByRole('alert')).toContainText('Mã có 8 chữ và số');
  await expect(page.getByLabel('Mã trên phiếu')).toHaveValue('ACDE 23');
});

test('filters narrow and can be taken off', async ({ page }) => {
  await page.goto('/classes');
  await page.getByLabel('Gõ nơi ở hoặc việc muốn học').fill('vneid');
  await page.getByRole('main').getByRole('button', { name: 'Tìm lớp' }).click();
  await expect(page).toHaveURL(/q=vneid/);
  for (const title of await page.getByRole('article').getByRole('heading').allInnerTexts()) expect(title).not.toBe('');
  await page.getByRole('link', { name: /vneid/ }).first().click();
  await expect(page).not.toHaveURL(/q=vneid/);
});

test('the language changes and stays', async ({ page }) => {
  await page.goto('/classes?open=1');
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page).toHaveURL(/\/en\/classes/);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.getByRole('link', { name: 'My class' }).first().click();
  await expect(page).toHaveURL(/\/en\/my$/);
  await page.getByRole('button').last().click();
  await expect(page).toHaveURL(/\/en\/my$/);
  await expect(page.getByRole('alert')).toBeVisible();
});

test('staff can sign in, look around and sign out', async ({ page }) => {
  await page.goto('/manage/classes');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.getByLabel('Tên đăng nhập hoặc số điện thoại').fill('tochuc.minhhoa');
  await page.getByLabel('Mật khẩu').fill(password);
  await page.getByRole('main').getByRole('button', { name: 'Đăng nhập' }).click();
  await expect(page).toHaveURL(/\/manage\/classes$/);
  await expect(page.getByRole('table').first()).toBeVisible();
  await page.getByRole('button', { name: 'Đăng xuất' }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
});

test.describe('an address nobody knows', () => {
  test.use({ expectedErrors: /404/ });
  for (const [address, words, way] of [
    ['/khong-co', 'Không tìm thấy trang này', 'Xem các lớp đang mở'],
    ['/en/khong-co', 'This page was not found', null],
    ['/classes/aaaaaaaa', 'Không tìm thấy trang này', 'Xem các lớp đang mở'],
  ] as const)
    test(`is explained at ${address}`, async ({ page }) => {
      const answer = await page.goto(address);
      expect(answer?.status()).toBe(404);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      if (way) {
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(words);
        await page.getByRole('link', { name: way }).click();
        await expect(page).toHaveURL(/\/classes$/);
      } else await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    });
});
