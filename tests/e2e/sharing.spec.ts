import type { Sql } from 'postgres';
import { expect, test } from '../support/browser';
import { printed } from '../support/paper';
import { serverDatabase } from '../support/server';
import { type Named } from './access/matrix';
import { contextFor, nameThings } from './access/portal';
import { sound } from './access/posts';
import { stateOf } from './visits';

/** Telling others of a class: calendar, message, poster, loudspeaker, recordings; and what programs read. */
test.describe.configure({ timeout: 120_000 });

let sql: Sql;
let own: Named;
let shown: { title: string; venue: string; hotline: string; bring: string; team: string };

test.beforeAll(async ({ baseURL }) => {
  sql = serverDatabase(baseURL);
  own = await nameThings(sql, 18901, 'deviceId');
  const [row] = await sql<(typeof shown)[]>`
    select co.title_vi as title, v.name as venue, c.hotline, co.bring_vi as bring, te.name as team
    from class c join course co on co.id = c.course_id join venue v on v.id = c.venue_id join team te on te.id = c.team_id where c.id = ${own.classId}`;
  if (!row) throw new Error('no class to share');
  shown = row;
});
test.afterAll(() => sql.end());

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a class page holds the message, the ways out, what is to be heard, and data for search engines', async ({
    page,
    baseURL,
  }) => {
    await page.goto(`/classes/${own.classId}`);
    const address = `${baseURL}/classes/${own.classId}`;
    const message = await page.getByLabel('Lời nhắn gửi qua Zalo').inputValue();
    for (const said of [shown.title, shown.venue, shown.bring, shown.hotline, address]) expect(message).toContain(said);
    expect(message).toMatch(/Lúc: (Thứ|Chủ) .+, \d\d\/\d\d\/\d{4}, \d\d:\d\d – \d\d:\d\d/);
    await expect(page.getByRole('button', { name: 'Chép lời nhắn' })).toBeHidden();
    await expect(page.getByRole('link', { name: 'Thêm vào lịch điện thoại' })).toHaveAttribute('href', /\.ics$/);
    await expect(page.getByRole('link', { name: 'Tờ thông báo để in' })).toHaveAttribute('href', /\/poster$/);
    await expect(page.locator('audio[controls][preload=none]').first()).toHaveAttribute('src', /\/recordings\//);
    const data: unknown = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent()) ?? '');
    expect(data).toMatchObject({
      '@type': 'EducationEvent',
      name: shown.title,
      url: address,
      isAccessibleForFree: true,
      eventStatus: 'https://schema.org/EventScheduled',
      organizer: { name: shown.team },
      location: { name: shown.venue },
      offers: { price: 0 },
    });
  });
});

test('the message is copied by one press, and that is said', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`/en/classes/${own.classId}`);
  const message = await page.getByLabel('Message to send by Zalo').inputValue();
  await page.locator('button[data-copy]').click();
  await expect(page.locator('button[data-copy]')).toHaveText('Copied. Open Zalo and paste it there.');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(message);
});

test('the poster is one sheet of A4 whose Vietnamese can be searched', async ({ page, isMobile }) => {
  test.skip(isMobile === true, 'paper is the same everywhere');
  await page.goto(`/classes/${own.classId}/poster`);
  const { sheets, text } = await printed(page);
  expect(sheets).toBe(1);
  for (const said of ['Mời cô bác đến lớp', shown.title, shown.venue, 'Miễn phí', 'Quét mã để ghi tên', shown.hotline])
    expect(text).toContain(said.normalize('NFC'));
  expect(text.replaceAll(' ', '')).toContain(`/classes/${own.classId}`);
});

test('a poster with much to say is still one sheet, with its telephone on it', async ({ page, isMobile }) => {
  test.skip(isMobile === true, 'paper is the same everywhere');
  await page.setViewportSize({ width: 794, height: 1123 });
  await page.emulateMedia({ media: 'print' });
  await page.goto(`/classes/${own.classId}/poster`);
  await page.evaluate(() => {
    const long = (selector: string, words: string) => {
      const found = document.querySelector(selector);
      if (found) found.textContent = words;
    };
    document.querySelector('.poster')?.setAttribute('data-title', 'longest');
    document.querySelector('.poster')?.setAttribute('data-facts', 'long');
    long('.poster h1', 'Dùng điện thoại thông minh để làm thủ tục hành chính công trực tuyến và giữ an toàn trên mạng');
    long(
      '.poster dl > div:nth-child(2) dd',
      'Nhà sinh hoạt cộng đồng Thôn Mẫu 1, gần trường tiểu học, phía sau trạm y tế, đi qua cầu treo rồi rẽ phải khoảng hai trăm mét là tới, Xã Minh Hóa',
    );
  });
  const sheet = (await page.locator('.poster').boundingBox()) ?? { y: 0, height: 0 };
  const phone = (await page.locator('.poster a[href^="tel:"]').boundingBox()) ?? { y: 1e9, height: 0 };
  expect(phone.y + phone.height).toBeLessThanOrEqual(sheet.y + sheet.height);
  const { sheets, text } = await printed(page);
  expect(sheets).toBe(1);
  expect(text).toContain(shown.hotline);
});

test('a slip is one sheet, too', async ({ browser, baseURL, isMobile }) => {
  test.skip(isMobile === true, 'paper is the same everywhere');
  const context = await browser.newContext({ baseURL, storageState: await stateOf(baseURL ?? '', 'slip', sql) });
  const page = await context.newPage();
  await page.goto('/my');
  const name = await page.locator('section[aria-labelledby=slip] dd').first().innerText();
  const { sheets, text } = await printed(page);
  expect(sheets).toBe(1);
  expect(text).toContain(name.normalize('NFC'));
  expect(text).toContain('Mang theo');
  await context.close();
});

test('so is the slip that staff print', async ({ browser, baseURL, isMobile }) => {
  test.skip(isMobile === true, 'paper is the same everywhere');
  const context = await browser.newContext({
    baseURL,
    storageState: await stateOf(baseURL ?? '', 'tochuc.minhhoa', sql),
  });
  const page = await context.newPage();
  await page.goto(`/manage/classes/${own.placeClassId}/places/${own.enrolmentId}`);
  const [slip] = await sql<{ name: string; code: string }[]>`
    select p.full_name as name, e.code from enrolment e join person p on p.id = e.person_id where e.id = ${own.enrolmentId}`;
  const { sheets, text } = await printed(page);
  expect(sheets).toBe(1);
  expect(text).toContain(slip?.name.normalize('NFC'));
  expect(text.replaceAll(' ', '')).toContain(slip?.code);
  await context.close();
});

test('calendars say who they are, are packed small and are not sent twice', async ({ baseURL }) => {
  const visitor = await contextFor(baseURL ?? '', '');
  const first = await visitor.get(`/classes.ics?area=${own.unit}`, { headers: { 'accept-encoding': 'gzip' } });
  expect(first.status()).toBe(200);
  expect(first.headers()).toMatchObject({
    'content-type': 'text/calendar; charset=utf-8',
    'content-encoding': 'gzip',
    'cache-control': 'public, max-age=300',
  });
  expect(await first.text()).toContain(`/classes/${own.classId}\r\n`);
  const etag = first.headers().etag ?? '';
  const again = await visitor.get(`/classes.ics?area=${own.unit}`, { headers: { 'if-none-match': etag } });
  expect(again.status()).toBe(304);
  const english = await (await visitor.get(`/en/classes/${own.classId}.ics`)).text();
  expect(english).toContain('Taught by:');
  expect(english).toContain(`URL:${baseURL}/en/classes/${own.classId}`);
  await visitor.dispose();
});

const bad = [
  '',
  'x',
  '-1',
  '0',
  '99999',
  '9'.repeat(40),
  '%00',
  '%E2%82%AC',
  "'; drop table class; --",
  '1.5',
  'a'.repeat(5000),
];

test('what cannot be read in an address is answered in words, never by a failure', async ({ baseURL }) => {
  const visitor = await contextFor(baseURL ?? '', '');
  const wrong: string[] = [];
  const expectNo = async (address: string, words: RegExp) => {
    const answer = await visitor.get(address, { maxRedirects: 0 });
    const text = await answer.text();
    // An address too long for the portal, or with a NUL, is turned away before any page.
    if (![400, 404].includes(answer.status()) || !(words.test(text) || answer.status() === 400))
      wrong.push(`${address.slice(0, 80)}: ${answer.status()} ${text.slice(0, 80)}`);
  };
  for (const value of bad) {
    await expectNo(`/classes.ics?area=${value}`, /Không tìm thấy nơi này/);
    await expectNo(`/en/classes.ics?area=${value}`, /no such place/);
    if (value !== '') await expectNo(`/api/v1/classes?area=${value}`, /noSuchArea|chooseArea/);
    await expectNo(`/api/v1/classes?page=${value === '' ? 'x' : value.replace('99999', 'x')}`, /wrong/);
    if (value.length > 1 && !value.includes('%')) await expectNo(`/classes/${value}.ics`, /Không tìm thấy lớp này/);
    if (value !== '') await expectNo(`/classes/${own.classId}/recordings/${value}`, /Bản thu này không còn/);
  }
  await expectNo('/classes.ics', /Không tìm thấy nơi này/);
  await expectNo('/classes/zzzzzzzz.ics', /Không tìm thấy lớp này/);
  await expectNo(`/classes/${own.draftId}.ics`, /Không tìm thấy lớp này/);
  await expectNo(`/classes/zzzzzzzz/recordings/${own.recordingFile}`, /Bản thu này không còn/);
  await expectNo(`/classes/${own.classId}/recordings/${own.recordingFile.replace('wav', 'mp3')}`, /Bản thu/);
  expect(wrong).toEqual([]);
  await visitor.dispose();
});

test('programs read the classes of a place: what is public and nothing else', async ({ baseURL }) => {
  const visitor = await contextFor(baseURL ?? '', '');
  const answer = await visitor.get(`/api/v1/classes?area=${own.unit}`);
  const { classes, total } = (await answer.json()) as { total: number; classes: Record<string, unknown>[] };
  expect(total).toBe(classes.length);
  const one = classes.find(({ id }) => id === own.classId) ?? {};
  expect(one).toMatchObject({ title: shown.title, url: `${baseURL}/classes/${own.classId}`, free: true });
  expect(Object.keys(one).sort()).toEqual(
    'address bring calendar canDo free id nextEndsAt nextStartsAt place seatsLeft sessionsToCome stepFree summary taughtIn team title unit url venue waiting'.split(
      ' ',
    ),
  );
  await visitor.dispose();
});

test('an organiser sends a recording, people hear it, and it is taken away', async ({ browser, baseURL, isMobile }) => {
  test.skip(isMobile === true, 'the class is the same for both');
  const [row] = await sql<{ id: string }[]>`
    select c.id from class c where c.status = 'published' and c.last_ends_at > now() + interval '1 day' and c.id <> ${own.classId}
      and c.area_id in (select area_id from area_tree where ancestor_id = 18901) order by c.id desc limit 1`;
  const id = row?.id ?? '';
  const state = await contextFor(baseURL ?? '', 'tochuc.minhhoa').then((context) => context.storageState());
  const context = await browser.newContext({ baseURL, storageState: state });
  const page = await context.newPage();
  await page.goto(`/manage/classes/${id}`);

  const script = page.getByLabel('Lời đọc trên loa');
  expect(await script.inputValue()).toMatch(/^Loa, loa! .* giờ .*, ngày .*Xin mời cô bác!$/);
  expect(await script.inputValue()).not.toMatch(/\d/);

  const file = page.getByLabel('Tệp âm thanh');
  const send = page.getByRole('button', { name: 'Đưa bản thu lên' });
  await page.getByLabel('Bản thu bằng tiếng').selectOption('pako');
  await file.setInputFiles({ ...sound('long'), buffer: Buffer.alloc(3_000_000) });
  await expect(page.getByText('Tệp nặng hơn 1,5 MB').first()).toBeVisible();
  await send.click();
  await expect(page).toHaveURL(new RegExp(`/manage/classes/${id}$`));
  await file.setInputFiles({ ...sound('not'), buffer: Buffer.from('<html><script>alert(1)</script>') });
  await send.click();
  await expect(page.locator('#recording-error')).toContainText('không phải MP3');
  await file.setInputFiles(sound('pa ko'));
  await page.getByLabel('Bản thu bằng tiếng').selectOption('pako');
  await send.click();
  await expect(page.getByText('Đã đưa bản thu lên')).toBeVisible();
  await context.close();

  const visitor = await contextFor(baseURL ?? '', '');
  const shownNow = await (await visitor.get(`/classes/${id}`)).text();
  expect(shownNow).toContain('Nghe bằng tiếng Pa Kô');
  const [, address = ''] = /id="listen-pako".*?src="([^"]+)"/s.exec(shownNow) ?? [];
  const whole = await visitor.get(address);
  expect(await whole.body()).toEqual(sound('pa ko').buffer);
  expect(whole.headers()).toMatchObject({
    'content-type': 'audio/wav',
    'content-length': String(sound('pa ko').buffer.length),
    'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'public, max-age=31536000, immutable, no-transform',
  });
  const part = await visitor.get(address, { headers: { range: 'bytes=4-7' } });
  expect(part.status()).toBe(206);
  expect(part.headers()).toMatchObject({
    'content-range': `bytes 4-7/${sound('pa ko').buffer.length}`,
    'content-length': '4',
  });
  expect((await visitor.get(address, { headers: { range: 'bytes=9999-' } })).status()).toBe(416);

  // Without JavaScript, as a browser posts it.
  const plain = await browser.newContext({ baseURL, storageState: state, javaScriptEnabled: false });
  const staff = await plain.newPage();
  await staff.goto(`/manage/classes/${id}`);
  const pako = staff.locator('div:has(> div > #listen-pako)');
  await pako.getByRole('button', { name: 'Bỏ bản thu này' }).click();
  await expect(staff.getByText('Đã bỏ bản thu.')).toBeVisible();
  expect((await visitor.get(address)).status()).toBe(404);
  await plain.close();
  await visitor.dispose();
});
