import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closePool, openScoped } from '../../lib/access/scoped';
import { undoAssist } from '../../lib/desk/commands';
import { deskAddress } from '../../lib/desk/schema';
import { newId, newSlipCode } from '../../lib/kernel/id';
import { slipFromDesk, slipShown } from '../../lib/visit/atdesk';
import { askAtDesk, openVisitSlip } from '../../lib/visit/commands';
import { deskAskForm } from '../../lib/visit/schema';
import { as, log, typed } from '../desk/scene';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});
beforeEach(() => cast.owner`delete from slip_attempt`);

describe('the number of a slip asked for at a desk', () => {
  const asked = async () => {
    const assist = typed(cast.here, { outcome: 'home_visit' });
    await log(cast, assist, 'helper');
    const form = deskAskForm.parse({
      assistId: assist.formKey,
      fullName: 'Hồ Thị Bàn',
      area: String(cast.here.villageId),
      phone: '',
      phoneOf: 'self',
      born: '',
      needs: ['vneid'],
      times: '',
      words: '',
      consent: 'on',
      consentVersion: '2',
    });
    const done = await as(cast, 'helper', cast.here, (tx, caller) => askAtDesk(tx, form, caller));
    if (!('code' in done)) throw new Error(JSON.stringify(done));
    return { assistId: assist.formKey, code: done.code };
  };

  test('is read out by whoever asked, for half an hour; nobody else and no address has it', async () => {
    const { assistId, code } = await asked();
    const seen = (role: 'helper' | 'desk_officer' | 'organiser', place = cast.here) =>
      as(cast, role, place, (tx, caller) => slipFromDesk(tx, assistId, caller));
    expect(await seen('helper')).toBe(code);
    for (const role of ['desk_officer', 'organiser'] as const) expect(await seen(role), role).toBeNull();
    expect(await seen('helper', cast.there)).toBeNull();
    await cast.owner`update visit_request set created_at = now() - make_interval(mins => ${slipShown + 1}) where idempotency_key = ${assistId}`;
    expect(await seen('helper'), 'later').toBeNull();
    expect(deskAddress.parse({ done: 'asked', asked: assistId, slip: code })).not.toHaveProperty('slip');
  });

  test('is gone once what was logged is taken back', async () => {
    const { assistId } = await asked();
    await as(cast, 'helper', cast.here, (tx, caller) => undoAssist(tx, { assistId }, caller, new Date()));
    expect(await as(cast, 'helper', cast.here, (tx, caller) => slipFromDesk(tx, assistId, caller))).toBeNull();
  });
});

describe('a slip’s number, typed', () => {
  const open = (code: string, address: string) =>
    openScoped('read write', 'camtay_public', '', (tx) => openVisitSlip(tx, code, address));

  test('opens what it belongs to; wrong ones are counted, and then none is looked at from there', async () => {
    const code = newSlipCode();
    await cast.owner`insert into visit_request (id, code, area_id, asked_by, full_name, needs, consent_version, idempotency_key)
      values (${newId()}, ${code}, ${cast.here.villageId}, 'self', 'Ai Đó', '{phone}', 1, ${newId()})`;
    expect(await open(code, '203.0.113.9')).toEqual({ code });
    for (let at = 0; at < 30; at += 1)
      expect(await open('22222222', '203.0.113.9')).toMatchObject({ refused: 'visitCodeUnknown', kept: true });
    expect(await open(code, '203.0.113.9')).toEqual({ refused: 'tooManyTries', field: 'code' });
    expect(await open(code, '198.51.100.4')).toEqual({ code });
  });
});
