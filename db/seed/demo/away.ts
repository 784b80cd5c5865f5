import { addDays, momentOf } from '../../../lib/kernel/clock';
import type { Row } from '../connection';
import { idOf } from '../ids';
import { accountOf } from './accounts';
import type { Place } from './places';

interface AwayRows {
  person: Row[];
  consent: Row[];
  outside_reading: Row[];
  referral: Row[];
  referral_step: Row[];
}

const day = 86_400_000;

/** A referral with the consent behind it and its steps. */
function send(
  name: string,
  {
    from,
    to,
    person,
    state,
    sentAt,
    answer,
    takenBy = 'Đinh Thị Thảo',
    why = state === 'accepted' ? 'lives_there' : 'work',
  }: {
    from: Place;
    to: Place;
    person: Row;
    state: string;
    sentAt: Date;
    answer: string;
    takenBy?: string;
    why?: string;
  },
  rows: AwayRows,
): void {
  const [id, consentId] = [idOf(`demo/referral/${name}`), idOf(`demo/referral/${name}/consent`)];
  const by = accountOf('organiser', from.unit.id);
  const answeredAt = new Date(sentAt.getTime() + 2 * day);
  const common = { purpose: 'refer', text_version: 1, given: true, how: 'paper', representative: null };
  rows.consent.push({ id: consentId, person_id: person.id ?? null, ...common, taken_by: by, at: sentAt });
  rows.referral.push({
    id,
    person_id: person.id ?? null,
    from_area_id: from.unit.id,
    to_area_id: to.unit.id,
    why,
    asks: state === 'rejected' ? 'visit' : 'class',
    note: 'Về ở với con, quen học buổi tối',
    consent_id: consentId,
    share_phone: state !== 'rejected',
    state,
    state_at: state === 'open' ? sentAt : answeredAt,
    sent_at: sentAt,
    sent_by: by,
    expires_at: new Date(sentAt.getTime() + (state === 'accepted' ? 92 : 30) * day),
    taken_by: state === 'accepted' ? takenBy : null,
  });
  rows.referral_step.push({
    id: idOf(`demo/referral/${name}/1`),
    referral_id: id,
    to_state: 'open',
    at: sentAt,
    by,
    note: '',
  });
  if (state !== 'open')
    rows.referral_step.push({
      id: idOf(`demo/referral/${name}/2`),
      referral_id: id,
      to_state: state,
      at: answeredAt,
      by: accountOf('organiser', to.unit.id),
      note: answer,
    });
}

/** Between the two units shown in full: one waiting each way, two taken on and promised a class, one sent back, and one from a third; a record of each opened by the other. */
export function makeAway(places: readonly Place[], today: string, rows: AwayRows): void {
  const rich = places.filter((place) => place.rich);
  const third = places.find((place) => !place.rich);
  const at = (daysAgo: number, time: string) => momentOf(addDays(today, -daysAgo), time);
  const peopleOf = (place: Place) => {
    const villages = new Set<unknown>(place.villages.map(({ id }) => id));
    const agreed = new Set(rows.consent.filter(({ purpose }) => purpose === 'class').map(({ person_id }) => person_id));
    return rows.person
      .filter((row) => villages.has(row.area_id) && !row.merged_into && agreed.has(row.id ?? null))
      .toReversed();
  };
  for (const from of rich) {
    const to = rich.find((place) => place !== from);
    const [waits, settled, read, ...others] = peopleOf(from);
    if (!to || !third || !waits || !settled || !read) continue;
    send(`${from.unit.id}/open`, { from, to, person: waits, state: 'open', sentAt: at(3, '09:10'), answer: '' }, rows);
    const [state, answer] =
      from.unit.id === 18859
        ? ['accepted', 'Đinh Thị Thảo']
        : ['rejected', 'Tháng này chưa có người đến nhà, xin gửi lại sau Tết.'];
    send(`${from.unit.id}/settled`, { from, to, person: settled, state, sentAt: at(9, '14:30'), answer }, rows);
    const promised = others[1];
    if (state === 'rejected' && promised) {
      const taken = { answer: 'Xếp lớp tối thứ Năm.', takenBy: 'Hoàng Thị Hiền', why: 'work' };
      send(
        `${from.unit.id}/promised`,
        { from, to, person: promised, state: 'accepted', sentAt: at(6, '08:20'), ...taken },
        rows,
      );
    }
    const [stranger] = peopleOf(third);
    if (stranger)
      send(
        `${from.unit.id}/third`,
        { from: third, to: from, person: stranger, state: 'open', sentAt: at(1, '10:00'), answer: '' },
        rows,
      );
    const reader = accountOf(to.unit.id === 18901 ? 'desk_officer' : 'organiser', to.unit.id);
    [
      {
        person: read,
        opened: at(1, '08:40'),
        why: 'asks_help',
        words: 'Bác đang đợi ở quầy một cửa, nhờ cài lại VNeID',
      },
      {
        person: others[0] ?? read,
        opened: at(6, '15:05'),
        why: 'asks_class',
        words: 'Bác về ở với con, xin vào lớp tối thứ Ba',
      },
    ].forEach(({ person, opened, why, words }, index) =>
      rows.outside_reading.push({
        id: idOf(`demo/reading/${from.unit.id}/${index}`),
        person_id: person.id ?? null,
        account_id: reader,
        reader_area_id: to.unit.id,
        owner_area_id: person.area_id ?? null,
        why,
        words,
        opened_at: opened,
        until: new Date(opened.getTime() + 3 * 3_600_000),
      }),
    );
  }
}
