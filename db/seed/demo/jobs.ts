import { addDays, momentOf } from '../../../lib/kernel/clock';
import type { Row } from '../connection';
import { idOf } from '../ids';
import { accountOf } from './accounts';
import type { Place } from './places';

/** A list as an organiser might have sent it: two rows that can be written, four cells to mend, somebody who may be there already. */
function list(village: string, known: string, day: string): string {
  const signed = day.split('-').toReversed().join('/');
  const heading = 'Họ và tên;Năm sinh;Giới tính;Điện thoại;Thôn, bản, tổ dân phố;Ngày ký đồng ý;Bản lời đồng ý';
  const rows = [
    `Trần Thị Mẫu Một (demo);1951;Nữ;;${village};${signed};1`,
    `Lê Văn Mẫu Hai (demo);19x6;Nam;;${village};${signed};1`,
    `Ngô Thị Mẫu Ba (demo);1949;Nữ;0912;Thôn Không Có;${signed};1`,
    `${known};;Nữ;;${village};${signed};1`,
    `Phạm Văn Mẫu Năm (demo);1960;Nam;;${village};;1`,
  ];
  return `\uFEFF${[heading, ...rows].join('\r\n')}\r\n`.replaceAll(' (demo)', '');
}

const cell = (row: number, at: string, column: string, reason: string, value: string, warning = false) => ({
  row,
  at,
  column,
  reason,
  value,
  warning,
});

/** What two organisers left to the portal: a list of residents that was looked at yesterday and waits to be mended or written. */
export function makeJobs(places: readonly Place[], today: string, rows: { job: Row[]; person: Row[] }): void {
  for (const place of places) {
    const account = accountOf('organiser', place.unit.id);
    const [village] = place.villages;
    const known = rows.person.find((row) => row.area_id === village?.id && row.merged_into === undefined);
    if (account === null || !village || !known) continue;
    const sent = momentOf(addDays(today, -1), '16:05');
    const name = String(known.full_name);
    const result = {
      kind: 'residents',
      rows: 5,
      good: 2,
      bad: 3,
      warned: 1,
      problems: 5,
      cells: [
        cell(3, 'B', 'birthYear', 'birthYearShape', '19x6'),
        cell(4, 'D', 'phone', 'phoneShape', '0912'),
        cell(4, 'E', 'village', 'placeUnknown', 'Thôn Không Có'),
        cell(5, 'A', 'fullName', 'likelyThere', name, true),
        cell(6, 'F', 'consentOn', 'consentDayMissing', ''),
      ],
    };
    rows.job.push({
      id: idOf(`demo/job/${place.unit.id}`),
      kind: 'import_check',
      account_id: account,
      area_id: place.unit.id,
      language: 'vi',
      input: JSON.stringify({ kind: 'residents' }),
      file: `\\x${Buffer.from(list(village.name, name, addDays(today, -7))).toString('hex')}`,
      file_name: 'danh sách tổ dân phố (demo).csv',
      state: 'done',
      progress: 5,
      total: 5,
      result: JSON.stringify(result),
      kept_until: momentOf(addDays(today, 2), '00:00'),
      created_at: sent,
      finished_at: new Date(sent.getTime() + 2000),
    });
  }
}
