import type { Page } from '@playwright/test';
import type { Sql } from 'postgres';
import { newAddressId, newId, newSlipCode } from '../../lib/kernel/id';
import { expect, test } from '../support/browser';
import { printed } from '../support/paper';
import { serverDatabase } from '../support/server';
import { learner } from './learner';

/** What learners do with their card, with JavaScript off; and the card on paper. */
let sql: Sql;
test.beforeAll(({ baseURL }) => {
  sql = serverDatabase(baseURL);
});
test.afterAll(() => sql.end());

/** A turn of theirs in a class that begins in four days: asked, or waiting where another has the only seat. */
async function turn(personId: string, status: 'offered' | 'waitlisted'): Promise<string> {
  const [classId, enrolmentId] = [newAddressId(), newId()];
  const offered = status === 'offered';
  await sql`insert into class (id, area_id, course_id, venue_id, team_id, status, capacity, seats_confirmed, seats_offered, waiting, offer_hours, first_starts_at, last_ends_at)
    select ${classId}, area_id, course_id, venue_id, team_id, 'published', 1, ${offered ? 0 : 1}, ${offered ? 1 : 0}, ${offered ? 0 : 1}, 24,
      now() + interval '4 days', now() + interval '4 days 2 hours'
    from class where id = (select class_id from enrolment where person_id = ${personId} order by created_at limit 1)`;
  await sql`insert into enrolment (id, class_id, area_id, person_id, status, offer_by, offer_expires_at, code, channel, idempotency_key)
    select ${enrolmentId}, id, area_id, ${personId}, ${status}, ${offered ? 'slip' : null}, ${offered ? sql`now() + interval '20 hours'` : null},
      ${newSlipCode()}, 'web', ${newId()} from class where id = ${classId}`;
  await sql`insert into enrolment_event (enrolment_id, area_id, to_status, channel)
    select id, area_id, 'waitlisted', 'web' from enrolment where id = ${enrolmentId}`;
  if (offered)
    await sql`insert into enrolment_event (enrolment_id, area_id, from_status, to_status, channel)
      select id, area_id, 'waitlisted', 'offered', 'promotion' from enrolment where id = ${enrolmentId}`;
  return enrolmentId;
}

async function openCard(page: Page, code: string, birthYear = '1954') {
  await page.goto('/my');
  await page
    .getByLabel('Mã trên phiếu hoặc thẻ')
    .fill(`${code.slice(0, 3)} ${code.slice(3, 6).toLowerCase()} ${code.slice(6)}`);
  await page.getByRole('button', { name: 'Xem lớp của tôi' }).click();
  await page.getByLabel('Năm sinh').fill(birthYear);
  await page.getByRole('button', { name: 'Mở thẻ học' }).click();
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('open by code and year, excuse oneself, change the phone, take the data, withdraw', async ({
    page,
    isMobile,
  }) => {
    const name = isMobile ? 'Hồ Thị Thẻ Nhỏ' : 'Hồ Thị Thẻ Lớn';
    const me = await learner(sql, name);

    // A wrong year says nothing about the card, keeps what was typed, and stays on the page.
    await openCard(page, me.code, '1901');
    await expect(page.getByRole('alert')).toContainText('Chưa mở được thẻ');
    await expect(page.getByLabel('Năm sinh')).toHaveValue('1901');
    await page.getByLabel('Năm sinh').fill('1954');
    await page.getByRole('button', { name: 'Mở thẻ học' }).click();
    await expect(page).toHaveURL(/\/my\/card$/);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Chào bác ${name}`);

    await page.getByRole('link', { name: 'Xin nghỉ buổi này' }).first().click();
    await page.getByRole('button', { name: 'Vâng, tôi xin nghỉ buổi này' }).click();
    await expect(page.getByRole('status')).toContainText('Đã báo bác xin nghỉ buổi đó');
    await expect(page.getByText('Bác đã xin nghỉ buổi này')).toBeVisible();
    const [mark] = await sql<
      { state: string }[]
    >`select state from attendance where person_id = ${me.personId} and session_id = ${me.sessionId}`;
    expect(mark?.state).toBe('excused');

    await page.getByRole('link', { name: 'Đổi số điện thoại' }).click();
    await page.getByLabel('Số điện thoại mới').fill('0900 088');
    await page.getByRole('button', { name: 'Tiếp tục' }).click();
    await expect(page.getByRole('alert')).toContainText('Số điện thoại chưa đúng');
    await page.getByLabel('Số điện thoại mới').fill('0900 088 321');
    await page.getByRole('button', { name: 'Tiếp tục' }).click();
    await expect(page.getByText('0900 088 321')).toBeVisible();
    const phone = async () => {
      const [row] = await sql<{ phone: string }[]>`select phone from person_phone where person_id = ${me.personId}`;
      return row?.phone;
    };
    expect(await phone(), 'only confirmed it is changed').toBe('+84900088678');
    await page.getByRole('button', { name: 'Đúng rồi, đổi sang số này' }).click();
    await expect(page.getByRole('status')).toContainText('Đã đổi số điện thoại của bác');
    expect(await phone()).toBe('+84900088321');

    await page.getByRole('link', { name: 'Ai đã xem thông tin của tôi' }).click();
    await expect(page.getByText('Chưa có ai ngoài bác')).toBeVisible();
    await page.goto('/my/card/data');
    await expect(page.getByText('0900 088 321')).toBeVisible();
    const link = page.getByRole('link', { name: 'Tải về thành tệp' });
    const file = await page.context().request.get((await link.getAttribute('href')) ?? '');
    expect(file.headers()['content-disposition']).toContain('attachment');
    expect(await file.json()).toMatchObject({ format: 1, person: { fullName: name, phone: '+84900088321' } });

    await page.goto('/my/card');
    await page.getByRole('link', { name: 'Rút lại đồng ý' }).click();
    await page.getByRole('link', { name: 'Tôi vẫn muốn rút lại' }).click();
    await page.getByRole('button', { name: 'Rút lại và xóa thông tin của tôi' }).click();
    await expect(page.getByRole('alert')).toContainText('Bác đánh dấu vào ô này');
    await page.getByLabel('Tôi hiểu là không lấy lại được').check();
    await page.getByRole('button', { name: 'Rút lại và xóa thông tin của tôi' }).click();
    await expect(page.getByRole('status')).toContainText('Đã rút lại đồng ý');
    const [left] = await sql<{ status: string; fullName: string }[]>`
      select e.status, p.full_name from enrolment e join person p on p.id = e.person_id where e.id = ${me.enrolmentId}`;
    expect(left).toEqual({ status: 'cancelled', fullName: 'Người học đã rút đồng ý' });
    await page.goto('/my/card');
    await expect(page.getByLabel('Mã trên phiếu hoặc thẻ')).toBeVisible();
    await openCard(page, me.code);
    await expect(page.getByRole('alert')).toContainText('Chưa mở được thẻ');
  });

  test('an offered place is taken on the card, or given up, before all else; waiting says where one stands', async ({
    page,
  }) => {
    const me = await learner(sql, 'Hồ Thị Được Mời');
    const waits = [
      await turn(me.personId, 'offered'),
      await turn(me.personId, 'offered'),
      await turn(me.personId, 'waitlisted'),
    ];
    await openCard(page, me.code);
    await expect(page.getByRole('heading', { level: 2 }).first()).toContainText('Có chỗ cho bác');
    await expect(page.getByText('Xin bác trả lời trước').first()).toBeVisible();
    await expect(page.getByText('Lớp đang đủ người; bác đứng đầu danh sách chờ')).toBeVisible();
    await page.getByRole('button', { name: 'Tôi nhận chỗ' }).first().click();
    await expect(page.getByRole('status')).toContainText('Bác đã nhận chỗ');
    await page.getByRole('button', { name: 'Tôi nhường chỗ' }).click();
    await expect(page.getByRole('status')).toContainText('Bác đã nhường chỗ');
    await expect(page.getByText('Xin bác trả lời trước')).toHaveCount(0);
    const rows = await sql<
      { status: string }[]
    >`select status from enrolment where id in ${sql(waits)} order by status`;
    expect(rows.map(({ status }) => status)).toEqual(['confirmed', 'offer_declined', 'waitlisted']);
    // One that ran out while the page lay open: said in words, and the page shows the offer no more.
    const late = await turn(me.personId, 'offered');
    await page.goto('/my/card');
    await sql`update enrolment set offer_expires_at = now() - interval '1 minute' where id = ${late}`;
    await page.getByRole('button', { name: 'Tôi nhận chỗ' }).click();
    await expect(page.getByText('Đã quá giờ trả lời. Muốn học, bác ghi tên lại.')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Ghi tên lại' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Tôi nhận chỗ' })).toHaveCount(0);
  });

  test('a slip in hand leads to the card; leaving a class asks first; nothing of the card is ever in the address', async ({
    page,
  }) => {
    const me = await learner(sql, 'Hồ Thị Phiếu');
    const addresses: string[] = [];
    page.on('request', (request) => addresses.push(request.url()));
    await page.goto('/my');
    await page.getByLabel('Mã trên phiếu hoặc thẻ').fill(me.slip);
    await page.getByRole('button', { name: 'Xem lớp của tôi' }).click();
    await page.getByRole('link', { name: 'Mở thẻ học của bác' }).click();
    await page.getByLabel('Hoặc 3 số cuối của điện thoại').fill('0900 088 678');
    await page.getByRole('button', { name: 'Mở thẻ học' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Chào bác Hồ Thị Phiếu');
    await page.getByRole('link', { name: 'Thôi học lớp này' }).click();
    await expect(page.getByRole('heading', { name: 'Bác chắc chắn thôi học lớp này?' })).toBeVisible();
    await page.getByRole('button', { name: 'Vâng, tôi thôi học lớp này' }).click();
    await expect(page.getByRole('status')).toContainText('Bác đã thôi học lớp đó');
    const [row] = await sql<{ status: string }[]>`select status from enrolment where id = ${me.enrolmentId}`;
    expect(row?.status).toBe('cancelled');
    await page.getByRole('button', { name: 'Xong, đóng thẻ lại' }).click();
    await page.goto('/my/card');
    await expect(page.getByText('Bác là chủ phiếu này?')).toBeVisible();
    expect(addresses.length).toBeGreaterThan(5);
    for (const secret of [me.code, me.slip, me.personId, me.enrolmentId, me.sessionId, '1954', '678'])
      expect(addresses.filter((address) => address.toLowerCase().includes(secret.toLowerCase()))).toEqual([]);
  });

  test('a cookie that was made up, altered, out of time or of another kind opens nothing', async ({
    page,
    context,
    baseURL,
  }) => {
    const me = await learner(sql, 'Hồ Thị Bánh');
    await openCard(page, me.code);
    await expect(page).toHaveURL(/\/my\/card$/);
    const jar = await context.cookies(`${baseURL}/my`);
    const card = jar.find(({ name }) => name === 'camtay.card');
    if (!card) throw new Error('no card in hand');
    expect(card).toMatchObject({ httpOnly: true, path: '/my', sameSite: 'Lax' });
    expect(card.expires * 1000 - Date.now()).toBeLessThanOrEqual(30 * 60_000);
    expect((await context.cookies(`${baseURL}/`)).map(({ name }) => name)).not.toContain('camtay.card');
    const [code = '', until = '', sign = ''] = card.value.split('.');
    const other = await learner(sql, 'Hồ Thị Khác');
    await page.goto('/my');
    await page.getByLabel('Mã trên phiếu hoặc thẻ').fill(me.slip);
    await page.getByRole('button', { name: 'Xem lớp của tôi' }).click();
    const slip = (await context.cookies(`${baseURL}/my`)).find(({ name }) => name === 'camtay.slip');
    for (const value of [
      `${other.code}.${until}.${sign}`,
      `${code}.${Number(until) + 3600}.${sign}`,
      `${code}.${until}.`,
      `${code}.${until}`,
      code,
      slip?.value ?? '',
    ]) {
      await context.clearCookies();
      await context.addCookies([{ ...card, value }]);
      await page.goto('/my/card');
      await expect(page.getByLabel('Mã trên phiếu hoặc thẻ'), value).toBeVisible();
      expect((await page.context().request.get('/my/card/data.json')).status()).toBe(404);
    }
    await context.clearCookies();
    await context.addCookies([card]);
    await page.goto('/my/card');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Chào bác Hồ Thị Bánh');
    await sql`update card set ended_at = now(), ended_why = 'replaced' where code = ${me.code}`;
    await page.goto('/my/card');
    await expect(page.getByText('Không còn tìm thấy phiếu hoặc thẻ này')).toBeVisible();
  });
});

test('the card prints on one page of A4, every stamp filled, in text one can copy', async ({ page }) => {
  const me = await learner(sql, 'Nguyễn Thị Hoàng Phượng Đặng Thùy');
  await sql`insert into skill_observation (id, person_id, skill_code, level, source, area_id, observed_at)
    select gen_random_uuid(), ${me.personId}, code, 3, 'recheck', 18901, now() from skill`;
  const [{ count } = { count: 0 }] = await sql<{ count: number }[]>`select count(*)::int as count from skill`;
  await openCard(page, me.code);
  await page.getByRole('link', { name: 'In thẻ học' }).click();
  await expect(page).toHaveURL(/\/my\/card\/print$/);
  await expect(page.getByText('Nguyễn Thị Hoàng Phượng Đặng Thùy')).toBeVisible();
  const { sheets, text } = await printed(page);
  expect(sheets).toBe(1);
  expect(text).toContain('Nguyễn Thị Hoàng Phượng Đặng Thùy');
  expect(text.replace(/\s/g, '')).toContain(me.code);
  expect(text).toContain(`Đã tự làm được ${count} trong ${count} việc`);
  expect(text.match(/tự làm(?! được)/g)).toHaveLength(count);
  for (const words of [
    'Không để bị lừa',
    'Đăng nhập Cổng Dịch vụ công quốc gia bằng VNeID',
    'Nhận biết cuộc gọi/tin nhắn lừa đảo',
  ])
    expect(text).toContain(words);
  expect(text, 'no address carries the code').not.toMatch(new RegExp(`https?://\\S*${me.code}`));
});

test('staff print a card, and make another for one that was lost', async ({ page }) => {
  const me = await learner(sql, 'Hồ Thị Mất Thẻ');
  await page.goto(`/sign-in?next=/manage/people/${me.personId}`);
  await page.getByLabel('Tên đăng nhập hoặc số điện thoại').fill('tochuc.minhhoa');
  await page.getByLabel('Mật khẩu').fill('cam-tay-demo-2026');
  await page.getByRole('main').getByRole('button', { name: 'Đăng nhập' }).click();
  await page.getByText('Mất thẻ, làm thẻ mới').click();
  await page.getByRole('button', { name: 'Bỏ thẻ cũ, làm thẻ mới' }).click();
  await expect(page).toHaveURL(/\/card\?done=replaced$/);
  const [now] = await sql<
    { code: string }[]
  >`select code from card where person_id = ${me.personId} and ended_at is null`;
  expect(now?.code).not.toBe(me.code);
  const { sheets, text } = await printed(page);
  expect(sheets).toBe(1);
  expect(text.replace(/\s/g, '')).toContain(now?.code);
  expect(text).toContain('Hồ Thị Mất Thẻ');
});
