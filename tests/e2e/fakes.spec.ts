import { randomUUID } from 'node:crypto';
import { expect, test } from '../support/browser';
import { agedStamp, serverDatabase } from '../support/server';
import { actionNamed, contextFor, nameThings, post, type Fields } from './access/portal';
import { newClass } from './access/scenes';

/** A slice of what bench/fakes.ts does at full size: bots, people and a sheet of staff, all over HTTP and all at once. */
const unit = 18859;
const letters = (n: number) => [...String(n)].map((digit) => 'ABCDEGHIKL'[Number(digit)]).join('');

test('among fake sign-ups from a few addresses everybody real gets a place', async ({ baseURL: given, isMobile }) => {
  const baseURL = given ?? '';
  test.skip(isMobile, 'no browser is asked: once is enough');
  const sql = serverDatabase(baseURL);
  const own = await nameThings(sql, unit, 'deviceId');
  const { classId } = await newClass(sql, own, 80);
  const page = `/classes/${classId}`;
  const enrolHere = actionNamed('/classes/[id]#enrolHere');
  const statuses: number[] = [];
  const answers = (fullName: string): Fields => ({
    classId,
    formKey: randomUUID(),
    stamp: agedStamp(classId),
    people: 1,
    fullName,
    noPhone: 'on',
    phone: '',
    village: own.villageId,
    birthYear: 1954,
    consent: 'on',
    consentVersion: 1,
  });
  const bot = async (address: string, fakes: number) => {
    const context = await contextFor(baseURL, '', address);
    for (let n = 0; n < fakes; n += 1) {
      const fullName = `Nguyễn Giả ${letters(n)} ${letters(Number(address.split('.')[3]))}`;
      statuses.push((await post(context, page, enrolHere, { ...answers(fullName), step: 'confirm' })).status());
    }
    await context.dispose();
  };
  /** Page, form, the same in words, slip; what the slip says. */
  const person = async (address: string, n: number) => {
    const context = await contextFor(baseURL, '', address);
    const typed = answers(`Trần Thật ${letters(n)}`);
    const seen = [
      await context.get(page),
      await post(context, page, enrolHere, { ...typed, step: 'check' }),
      await post(context, page, enrolHere, { ...typed, step: 'confirm' }),
      await context.get('/my'),
    ];
    statuses.push(...seen.map((answer) => answer.status()));
    await context.dispose();
  };
  const organiser = await contextFor(baseURL, 'tochuc.dongthuan', '198.18.7.9');
  const sheet = async () => {
    const lines = Array.from({ length: 10 }, (_, n): Fields => {
      const row = n === 0 ? '' : n + 1;
      return { [`fullName${row}`]: `Lê Giấy ${letters(n)}`, [`noPhone${row}`]: 'on', [`areaId${row}`]: own.villageId };
    });
    const fields = { classId, formKey: randomUUID(), consent: 'on', consentVersion: 1, channel: 'paper' };
    const form = Object.assign({}, fields, ...lines);
    const enrolForThem = actionNamed('/manage/classes/[id]#enrolForThem');
    statuses.push((await post(organiser, `/manage/classes/${classId}/enrol`, enrolForThem, form)).status());
  };
  await Promise.all([
    bot('192.0.2.10', 20),
    bot('192.0.2.99', 20),
    bot('198.51.100.5', 20),
    ...Array.from({ length: 9 }, (_, n) => person(`100.64.${n}.7`, n)),
    sheet(),
  ]);
  // Somebody who sits among the bots is told whom to call; the organiser finds them by name and presses once.
  await person('192.0.2.200', 9);
  const real = () => sql<{ id: string; unconfirmed: boolean; status: string }[]>`
    select e.id, e.unconfirmed_until is not null as unconfirmed, e.status from enrolment e join person p on p.id = e.person_id
    where e.class_id = ${classId} and (p.name_folded like 'tran that %' or p.name_folded like 'le giay %')`;
  const doubted = (await real()).filter(({ unconfirmed }) => unconfirmed);
  expect(doubted).toHaveLength(1);
  const lookUp = `/manage/classes/${classId}/unconfirmed?q=${encodeURIComponent(`tran that ${letters(9)}`)}`;
  const found = await (await organiser.get(lookUp)).text();
  for (const { id } of doubted) {
    expect(found).toContain(id);
    const confirmForThem = actionNamed('/manage/classes/[id]#confirmForThem');
    statuses.push((await post(organiser, lookUp, confirmForThem, { classId, enrolmentId: id })).status());
  }
  const seated = (await real()).filter(({ status, unconfirmed }) => status === 'confirmed' && !unconfirmed);
  expect(seated).toHaveLength(20);
  expect(statuses.filter((status) => status >= 400)).toEqual([]);
  const [fakes] = await sql<{ seated: number }[]>`
    select count(*)::integer as seated from enrolment e where e.class_id = ${classId} and e.status = 'confirmed' and e.unconfirmed_until is not null`;
  expect(fakes?.seated).toBeLessThanOrEqual(40);
  await organiser.dispose();
  await sql.end();
});
