import { decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import type { Sql } from 'postgres';
import { z } from 'zod';
import { expect, test } from '../support/browser';
import { newSerial } from '../support/cast';
import { printed } from '../support/paper';
import { serverDatabase } from '../support/server';
import { schemaProblems } from '../certificate/open-badge-schema';
import { nameThings } from './access/portal';
import { newClass, newPlace } from './access/scenes';
import { demoCard } from './visits';

let sql: Sql;
test.beforeAll(({ baseURL }) => {
  sql = serverDatabase(baseURL);
});
test.afterAll(() => sql.end());

interface Shown {
  serial: string;
  initials: string;
  fullName: string;
}

async function ofTheDemoCard(): Promise<Shown> {
  const [row] = await sql<Shown[]>`
    select c.serial, c.initials, p.full_name as "fullName" from certificate c join person p on p.id = c.person_id join card k on k.person_id = p.id
    where k.code = ${demoCard.code} and c.revoked_at is null limit 1`;
  if (!row) throw new Error('the holder of the demo card must hold a certificate');
  return row;
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('anybody types a serial: answered at the field, unknown, revoked, or real with the initials alone', async ({
    page,
  }) => {
    const { serial, initials, fullName } = await ofTheDemoCard();
    const type = async (typed: string) => {
      await page.goto('/certificates');
      await page.getByLabel('Số giấy chứng nhận').fill(typed);
      await page.getByRole('main').getByRole('button', { name: 'Kiểm tra' }).click();
    };
    await type('ABC');
    await expect(page.getByRole('alert')).toContainText('10 chữ và số');
    const last = serial.at(-1) === 'A' ? 'C' : 'A';
    await type(serial.slice(0, -1) + last);
    await expect(page.getByRole('alert')).toContainText('có một chữ gõ nhầm');
    await type(newSerial());
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Không có giấy chứng nhận nào mang số này');
    await type(` ${serial.slice(0, 5).toLowerCase()} - ${serial.slice(5)}`);
    await expect(page).toHaveURL(new RegExp(`/certificates/${serial}$`));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Giấy chứng nhận này là thật');
    await expect(page.getByRole('main')).toContainText(initials);
    await expect(page.getByRole('main')).not.toContainText(fullName);
    const [revoked] = await sql<
      { serial: string }[]
    >`select serial from certificate where revoked_code = 'wrong_person' limit 1`;
    await page.goto(`/certificates/${revoked?.serial}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Giấy chứng nhận này đã bị thu hồi');
  });

  test('the holder finds the way they went, prints the certificate on one page of A4, and takes the signed file along', async ({
    page,
    baseURL,
  }) => {
    const { serial, fullName } = await ofTheDemoCard();
    await page.goto('/my');
    await page.getByLabel('Mã trên phiếu').fill(demoCard.code);
    await page.getByRole('button', { name: 'Xem lớp của tôi' }).click();
    await page.getByLabel('Năm sinh').fill(String(demoCard.birthYear));
    await page.getByRole('button', { name: 'Mở thẻ học' }).click();
    await expect(page.getByRole('heading', { name: 'Đường học của bác' })).toBeVisible();
    await page.goto(`/my/card/certificates/${serial}`);
    const { sheets, text } = await printed(page);
    expect(sheets).toBe(1);
    for (const words of [fullName, 'Giấy chứng nhận', 'đã học xong khóa', 'Ký tên, đóng dấu'])
      expect(text).toContain(words);
    expect(text.replace(/\s/g, '')).toContain(serial);

    const file = await page.request.get(`/my/card/certificates/${serial}/badge.json`);
    expect(file.headers()['content-disposition']).toContain(`chung-nhan-${serial}.json`);
    const document: unknown = await file.json();
    expect(schemaProblems(document)).toEqual([]);
    const issuer = z
      .object({ id: z.string(), assertionMethod: z.array(z.string()) })
      .parse(await (await page.request.get('/.well-known/did.json')).json());
    const proof = z.object({ proof: z.array(z.object({ verificationMethod: z.string() })) }).parse(document).proof[0];
    expect(issuer.assertionMethod).toContain(proof?.verificationMethod);

    const jwt = await (await page.request.get(`/my/card/certificates/${serial}/badge.jwt`)).text();
    const { kid = '' } = decodeProtectedHeader(jwt);
    expect(kid.startsWith(baseURL ?? '-')).toBe(true);
    const key = await importJWK(
      z.looseObject({ kty: z.string() }).parse(await (await page.request.get(kid)).json()),
      'EdDSA',
    );
    const { payload } = await jwtVerify(jwt, key, { issuer: issuer.id });
    expect(payload.jti).toBe(`${baseURL}/certificates/${serial}`);
    const list = await page.request.get('/api/v1/certificates/status/0');
    expect(await list.json()).toMatchObject({
      issuer: issuer.id,
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    });
  });
});

test('many wrong serials from one network: the initials are asked for, and whoever has the paper gets through', async ({
  page,
}) => {
  const { serial, initials } = await ofTheDemoCard();
  await page.setExtraHTTPHeaders({ 'x-forwarded-for': '2001:db8:77:1::5' });
  await sql`insert into slip_attempt (address) select '2001:db8:77:1::' from generate_series(1, 30)`;
  await page.goto(`/certificates/${serial}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Xin gõ thêm chữ cái đầu của họ tên');
  await page.getByLabel('Chữ cái đầu').fill('X');
  await page.getByRole('main').getByRole('button', { name: 'Kiểm tra' }).click();
  await expect(page.getByRole('alert')).toContainText('Chưa đúng');
  await page.getByLabel('Chữ cái đầu').fill(initials.replaceAll('.', '').toLowerCase());
  await page.getByRole('main').getByRole('button', { name: 'Kiểm tra' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Giấy chứng nhận này là thật');
});

/** A class of its own in Minh Hóa that ended last week, with a register begun and somebody who came. */
async function aClassThatIsOver(): Promise<string> {
  const own = await nameThings(sql, 18901, 'deviceId');
  const made = await newClass(sql, own, 5);
  await newPlace(sql, own, made, 'confirmed');
  await sql`update class_session set starts_at = starts_at - interval '12 days', ends_at = ends_at - interval '12 days',
    status = case when status = 'published' then 'held' else status end,
    register_started_at = case when status = 'published' then now() - interval '8 days' end where class_id = ${made.classId}`;
  await sql`update class set first_starts_at = now() - interval '8 days', last_ends_at = now() - interval '6 days' where id = ${made.classId}`;
  return made.classId;
}

test('the organiser looks at the results, then closes the class', async ({ page }) => {
  const classId = await aClassThatIsOver();
  await page.goto(`/sign-in?next=/manage/classes/${classId}`);
  await page.getByLabel('Tên đăng nhập hoặc số điện thoại').fill('tochuc.minhhoa');
  await page.getByLabel('Mật khẩu').fill('cam-tay-demo-2026');
  await page.getByRole('main').getByRole('button', { name: 'Đăng nhập' }).click();
  await page.getByRole('link', { name: 'Xem kết quả, khép lớp' }).click();
  await page.getByRole('button', { name: 'Khép lớp' }).click();
  await expect(page).toHaveURL(/results\?done=closed$/);
  const [closed] = await sql<{ status: string; left: number }[]>`
    select c.status, (select count(*)::int from enrolment e where e.class_id = c.id and e.status = 'confirmed') as left from class c where c.id = ${classId}`;
  expect(closed).toEqual({ status: 'closed', left: 0 });
});
