import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closePool, openScoped, type Caller, type ScopedTx } from '@/lib/access/scoped';
import { askForClass, settleDemand } from '@/lib/demand/commands';
import { demandLines, demandUnder, openDemand, openDemandCount } from '@/lib/demand/queries';
import { mostADay } from '@/lib/demand/rules';
import { askForm, type Ask } from '@/lib/demand/schema';
import { newId } from '@/lib/kernel/id';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
beforeEach(async () => {
  await cast.owner`delete from class_demand_contact`;
  await cast.owner`delete from class_demand`;
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const typed = (place: Place, more: Record<string, unknown> = {}) => ({
  area: String(place.villageId),
  skill: cast.skillCode,
  people: '2',
  consentVersion: '1',
  formKey: newId(),
  ...more,
});
const form = (place: Place, more: Record<string, unknown> = {}): Ask => askForm.parse(typed(place, more));
const send = (ask: Ask) => openScoped('read write', 'camtay_public', '', (tx) => askForClass(tx, ask));
const as = async <R>(
  role: 'organiser' | 'helper' | 'unit_leader',
  place: Place,
  work: (tx: ScopedTx, caller: Caller) => Promise<R>,
) =>
  openScoped('read write', 'camtay_app', await cast.token(role, place), async (tx) => {
    const [row] = await tx<{ caller: Caller }[]>`select caller()`;
    if (!row) throw new Error('nobody signed in');
    return work(tx, row.caller);
  });
const counts = async () => {
  const [row] = await cast.owner<{ asks: number; contacts: number }[]>`
    select (select count(*)::int from class_demand) as asks, (select count(*)::int from class_demand_contact) as contacts`;
  return row;
};

describe('asking for a class', () => {
  it('writes one ask however often the same form comes, also all at once, and two for two forms', async () => {
    const ask = form(cast.here, { fullName: 'Lê Thị Xin', phone: '0912 345 670', consent: 'on' });
    const answers = await Promise.all(Array.from({ length: 12 }, () => send(ask)));
    expect(answers.filter((one) => 'repeated' in one && !one.repeated)).toHaveLength(1);
    expect(await counts()).toEqual({ asks: 1, contacts: 1 });
    await send(form(cast.here));
    expect(await counts()).toEqual({ asks: 2, contacts: 1 });
  });

  it('needs a place and something to learn, and consent only for a name or a number', () => {
    const wrong = (more: Record<string, unknown>) => {
      const parsed = askForm.safeParse(typed(cast.here, more));
      return parsed.success ? null : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    };
    expect(wrong({})).toBeNull();
    expect(wrong({ skill: '' })).toEqual(['skill: sayWhatToLearn']);
    expect(wrong({ skill: '', wish: 'học đóng tiền điện' })).toBeNull();
    expect(wrong({ fullName: 'Lê Thị Xin' })).toEqual(['consent: askConsent']);
    expect(wrong({ phone: '0912345670' })).toEqual(['consent: askConsent']);
    expect(wrong({ phone: '12' })).toContain('phone: phoneShape');
    expect(wrong({ people: '0' })).toEqual(['people: peopleRange']);
    expect(wrong({ area: 'x' })).toEqual(['area: chooseArea']);
    expect(form(cast.here, { consent: 'on' }).contact).toBeNull();
  });

  it('refuses a place that is none, words that changed, and a skill that is none', async () => {
    expect(await send({ ...form(cast.here), area: 44 })).toMatchObject({ refused: 'chooseVillage' });
    expect(await send({ ...form(cast.here), area: 999 })).toMatchObject({ refused: 'chooseVillage' });
    expect(await send({ ...form(cast.here), skill: 'ZZ9' })).toMatchObject({ refused: 'wrong', field: 'skill' });
    const old = form(cast.here, { phone: '0912345670', consent: 'on', consentVersion: '7' });
    expect(await send(old)).toMatchObject({ refused: 'consentChanged' });
    expect(await counts()).toEqual({ asks: 0, contacts: 0 });
  });

  it('bounds a day by phone and by place, not by where from, and never the village next door', async () => {
    const byPhone = () => send(form(cast.here, { phone: '0912345671', consent: 'on' }));
    for (let n = 0; n < mostADay.phone; n += 1) expect(await byPhone()).toEqual({ repeated: false });
    expect(await byPhone()).toMatchObject({ refused: 'askTooMany' });
    for (let n = mostADay.phone; n < mostADay.place; n += 1)
      expect(await send(form(cast.here))).toEqual({ repeated: false });
    expect(await send(form(cast.here))).toMatchObject({ refused: 'askTooMany' });
    expect(await send(form(cast.there))).toEqual({ repeated: false });
    await cast.owner`update class_demand set created_at = now() - interval '25 hours'`;
    expect(await send(form(cast.here))).toEqual({ repeated: false });
  });
});

describe('answering', () => {
  it('shows groups to whoever reads classes there, names and numbers to whoever plans them, and nothing next door', async () => {
    await send(
      form(cast.here, { fullName: 'Lê Thị Xin', phone: '0912345670', consent: 'on', times: ['evening', 'weekend'] }),
    );
    await send(form(cast.here, { people: '3', times: 'evening' }));
    await send(form(cast.here, { skill: '', wish: 'đóng tiền điện' }));
    for (const role of ['organiser', 'helper', 'unit_leader'] as const) {
      const groups = await as(role, cast.here, (tx) => openDemand(tx, 'vi'));
      expect(groups.map(({ skillCode, asked, people, times }) => ({ skillCode, asked, people, times }))).toEqual([
        { skillCode: cast.skillCode, asked: 2, people: 5, times: ['evening', 'weekend'] },
        { skillCode: null, asked: 1, people: 2, times: [] },
      ]);
      const lines = await as(role, cast.here, (tx) => demandLines(tx, cast.here.villageId, cast.skillCode));
      expect(lines.map(({ phone }) => phone).filter(Boolean)).toEqual(role === 'organiser' ? ['+84912345670'] : []);
      expect(await as(role, cast.there, (tx) => openDemandCount(tx))).toBe(0);
      expect(await as(role, cast.there, (tx) => demandLines(tx, cast.here.villageId, cast.skillCode))).toEqual([]);
    }
  });

  it('is counted on dashboards by place, for leaders too, without a word of who or what; nothing of next door', async () => {
    await send(form(cast.here, { fullName: 'Lê Thị Xin', phone: '0912345670', consent: 'on', people: '4' }));
    await send(form(cast.here, { skill: '', wish: 'học gọi hình cho con' }));
    await send({ ...form(cast.here), area: cast.here.unitId });
    await send(form(cast.there, { people: '7' }));
    await cast.owner`update class_demand set outcome = 'referred', settled_at = now() where area_id = ${cast.here.unitId}`;
    const seen = await as('unit_leader', cast.here, (tx) => demandUnder(tx, cast.here.unitId));
    expect(seen).toMatchObject({ people: 6, places: 1, mayAnswer: false });
    expect(seen.below.map(({ id, people, places }) => [id, people, places])).toEqual([[cast.here.villageId, 6, 1]]);
    expect(JSON.stringify(seen)).not.toMatch(/Xin|345670|gọi hình/);
    expect(await as('organiser', cast.here, (tx) => demandUnder(tx, cast.here.unitId))).toMatchObject({
      mayAnswer: true,
    });
    expect(await as('unit_leader', cast.here, (tx) => demandUnder(tx, cast.there.unitId))).toEqual({
      people: 0,
      places: 0,
      mayAnswer: false,
      below: [],
    });
  });

  it('is done once, by whoever plans classes there, with a class of theirs; then who asked is forgotten', async () => {
    await send(form(cast.here, { fullName: 'Lê Thị Xin', consent: 'on' }));
    const rows = await cast.owner<{ id: string }[]>`select id from class_demand`;
    const ids = rows.map(({ id }) => id);
    const made = { ids, outcome: 'class_made', classId: cast.here.classId, note: '' } as const;
    const settle = (role: 'organiser' | 'helper', place: Place, what: Parameters<typeof settleDemand>[2]) =>
      as(role, place, (tx, caller) => settleDemand(tx, caller, what));
    expect(await settle('organiser', cast.there, { ...made, classId: cast.there.classId })).toMatchObject({
      refused: 'notFound',
    });
    expect(await settle('helper', cast.here, { ...made, outcome: 'referred', classId: null })).toMatchObject({
      refused: 'notFound',
    });
    for (const classId of [cast.there.classId, cast.here.draftId])
      expect(await settle('organiser', cast.here, { ...made, classId })).toMatchObject({ refused: 'chooseClass' });
    expect(await counts()).toEqual({ asks: 1, contacts: 1 });
    expect(await settle('organiser', cast.here, made)).toEqual({ settled: 1 });
    expect(await counts()).toEqual({ asks: 1, contacts: 0 });
    expect(await settle('organiser', cast.here, made)).toMatchObject({ refused: 'notFound' });
    expect(await as('organiser', cast.here, (tx) => openDemandCount(tx))).toBe(0);
  });
});
