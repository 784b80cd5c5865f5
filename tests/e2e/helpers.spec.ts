import type { Page } from '@playwright/test';
import type { Sql } from 'postgres';
import { expect, test } from '../support/browser';
import { serverDatabase } from '../support/server';
import { newHelper } from './new-helper';
import { newClass } from './scene';
import { stateOf } from './visits';

const unit = 18859;

/** A class of eight whose session is tomorrow; its team are two, one of whom signs in with an account of their own. */
async function furnish(sql: Sql) {
  const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'].map((one) => `Lê Thị ${one}`);
  const { classId } = await newClass(sql, unit, names);
  const [session] = await sql<{ id: string; teamId: string }[]>`
    select s.id, c.team_id from class_session s join class c on c.id = s.class_id where c.id = ${classId} and s.starts_at > now()`;
  const helper = await newHelper(sql, 'Trần Văn Giúp', { teamId: session?.teamId ?? '', phone: '+84900081234' });
  await sql`insert into team_member (team_id, area_id, full_name) values (${session?.teamId ?? ''}, ${unit}, 'Hồ Thị Sen')`;
  return { classId, sessionId: session?.id ?? '', helperId: helper.memberId, account: helper.username };
}

for (const javaScriptEnabled of [true, false])
  test(`an organiser asks with one press, the helper answers on their own phone, who cannot come frees the place (JavaScript ${javaScriptEnabled ? 'on' : 'off'})`, async ({
    browser,
    baseURL,
    viewport,
    isMobile,
    hasTouch,
  }) => {
    const sql = serverDatabase(baseURL);
    const { classId, sessionId, helperId, account } = await furnish(sql);
    const pageOf = async (name: string): Promise<Page> => {
      const storageState = await stateOf(baseURL ?? '', name, sql);
      const context = await browser.newContext({
        baseURL,
        viewport,
        isMobile,
        hasTouch,
        storageState,
        javaScriptEnabled,
      });
      return context.newPage();
    };
    const organiser = await pageOf('tochuc.dongthuan');
    await organiser.goto(`/manage/classes/${classId}/helpers?role=helps`);
    // Eight learners, one for four: two are wanted, and ticked already.
    await expect(organiser.getByText('Cần thêm 2 người kèm')).toBeVisible();
    const ticked = organiser.locator('input[name=members]:checked');
    await expect(ticked).toHaveCount(2);
    // Said nothing of their week: put forward with these words.
    await expect(
      organiser.locator('label').filter({ has: organiser.locator(`input[value="${helperId}"]`) }),
    ).toContainText(/Trần Văn Giúp.*cùng đội · không vướng việc nào giờ này/);
    await organiser.getByRole('button', { name: 'Nhờ những người đã chọn' }).click();
    await organiser.waitForURL(/asked=2/);
    await expect(organiser.getByText('Đã gửi 2 lời nhờ.')).toBeVisible();
    await expect(organiser.getByText('Cần thêm 2 người kèm')).toHaveCount(0);
    const own = await pageOf(account);
    await own.goto('/manage');
    const asked = own.locator('#asked');
    await expect(asked.getByText('Nhờ anh chị giúp')).toBeVisible();
    await asked.getByRole('button', { name: 'Nhận lời' }).click();
    await own.waitForURL(/done=saidYes/);
    await expect(own.getByText('Anh chị đã nhận lời. Cảm ơn anh chị!')).toBeVisible();
    await organiser.goto(`/manage/classes/${classId}/helpers?session=${sessionId}`);
    const row = organiser.locator('li').filter({ hasText: 'Trần Văn Giúp' }).last();
    await expect(row.getByText('Nhận lời', { exact: true })).toBeVisible();
    await own.goto('/manage');
    await asked.locator('summary').first().click();
    await asked.getByText('Không đi được, hoặc đổi ý').click();
    await asked.getByRole('textbox', { name: /Vì sao/ }).fill('Con ốm');
    await asked.getByRole('button', { name: 'Báo không đi được' }).click();
    await own.waitForURL(/done=saidNo/);
    await own.context().close();
    await organiser.goto(`/manage/classes/${classId}/helpers?session=${sessionId}&role=helps`);
    await expect(organiser.getByText('“Con ốm”')).toBeVisible();
    await expect(organiser.getByText('Cần thêm 1 người kèm')).toBeVisible();
    await expect(organiser.locator(`input[name=members][value="${helperId}"]`)).toHaveCount(0);
    await expect(organiser.locator('input[name=members]:checked')).toHaveCount(1);
    await organiser.context().close();
    await sql.end();
  });
