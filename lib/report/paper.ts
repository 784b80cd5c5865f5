import { unitKinds } from '@/lib/area/schema';
import { formatDate, formatTime } from '@/lib/i18n/format';
import { speaker } from '@/lib/i18n/messages';
import { dayOf } from '@/lib/kernel/clock';
import { lastDayOf } from '@/lib/period/rules';
import { figureWords, periodWords, unsaidVi } from './rules';
import type { OfficialPaper, PaperFigure, PaperSection, ReportInFull } from './schema';

const nation = 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM';
const motto = 'Độc lập - Tự do - Hạnh phúc';
const front = 'ỦY BAN MTTQ VIỆT NAM';
const frontInText = 'Ủy ban MTTQ Việt Nam';

const lowerFirst = (text: string) => text.charAt(0).toLocaleLowerCase('vi') + text.slice(1);
const two = (value: string) => (Number(value) < 10 ? `0${Number(value)}` : String(Number(value)));

/** "ngày 06 tháng 11 năm 2026": days under 10 and the months 1 and 2 with a nought before them, as the decree has it. */
function officialDay(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `ngày ${two(date)} tháng ${Number(month) < 3 ? two(month) : Number(month)} năm ${year}`;
}

const isUnit = (kind: string | null) => unitKinds.some((known) => known === kind);

function agencies({ areaKind, fullNameVi, aboveKind, aboveNameVi }: ReportInFull) {
  const named = (name: string) => [front, name.toLocaleUpperCase('vi')];
  const agencyAbove = aboveNameVi === null ? ['MẶT TRẬN TỔ QUỐC VIỆT NAM'] : named(aboveNameVi);
  if (aboveKind !== null && !isUnit(areaKind) && areaKind !== 'province')
    return { agencyAbove, agency: ['BAN CÔNG TÁC MẶT TRẬN', fullNameVi.toLocaleUpperCase('vi')] };
  return { agencyAbove, agency: named(fullNameVi) };
}

/** Why some figures are not told; nothing where all are. */
const hiddenWhy = (report: ReportInFull) =>
  report.figures.some(({ hidden }) => hidden) ? ` ${speaker('vi', 'reports')('hiddenWhy')}` : '';

const lines = (text: string) => text.split('\n').filter((line) => line !== '');
const orNone = (text: string) => (text === '' ? ['Không có.'] : lines(text));

function belowSection({ areaKind, below }: ReportInFull): PaperSection[] {
  if (below.length === 0) return [];
  const who = areaKind === 'province' ? 'CÁC XÃ, PHƯỜNG, ĐẶC KHU' : 'CÁC THÔN, BẢN, TỔ DÂN PHỐ';
  return [
    {
      heading: `IV. Ý KIẾN CỦA ${who}`,
      paragraphs: below.flatMap(({ name, obstacles, proposals }, at) => [
        `${at + 1}. ${name}`,
        ...(obstacles === '' ? [] : [`Khó khăn, vướng mắc: ${lines(obstacles).join(' ')}`]),
        ...(proposals === '' ? [] : [`Đề xuất, kiến nghị: ${lines(proposals).join(' ')}`]),
      ]),
    },
  ];
}

function figuresOf(report: ReportInFull): PaperFigure[] {
  return report.figures.map((figure, at) => ({
    number: at + 1,
    code: figure.code,
    name: figure.name,
    value: figureWords('vi', figure, unsaidVi),
    note: [figure.source, figure.asOf ? formatDate('vi', figure.asOf) : null].filter((one) => one !== null).join(', '),
  }));
}

/** The paper of a report, from its view in Vietnamese. */
export function officialPaper(report: ReportInFull): OfficialPaper {
  const { period, frozenAt, nameVi, fullNameVi, areaKind, aboveNameVi, state } = report;
  const village = areaKind !== 'province' && !isUnit(areaKind);
  const draft = frozenAt === null;
  const figures = figuresOf(report);
  const [number, symbol] = [report.number === '' ? '……' : report.number, village ? 'BC-BCTMT' : 'BC-MTTQ'];
  const counted =
    frozenAt === null
      ? 'Số liệu tạm tính, chưa chốt.'
      : `Số liệu chốt lúc ${formatTime('vi', frozenAt)} ngày ${formatDate('vi', frozenAt)}.`;
  const above =
    aboveNameVi === null
      ? 'Ban Thường trực Ủy ban Trung ương MTTQ Việt Nam'
      : `${frontInText} ${lowerFirst(aboveNameVi)}`;
  return {
    ...agencies(report),
    nation,
    motto,
    number: `Số: ${number}/${symbol}`,
    placeAndDate: `${nameVi.replace(/ \(demo\)$/, '')}, ${frozenAt === null ? `ngày …… tháng …… năm ${period.to.slice(0, 4)}` : officialDay(dayOf(frozenAt))}`,
    draft,
    title: 'BÁO CÁO',
    abstract: [
      `Kết quả phong trào Bình dân học vụ số ${periodWords('vi', period)}`,
      `(Từ ngày ${formatDate('vi', period.from)} đến ngày ${formatDate('vi', lastDayOf(period))})`,
    ],
    sections: [
      {
        heading: 'I. KẾT QUẢ THỰC HIỆN',
        paragraphs: [
          `${village ? 'Ban công tác Mặt trận' : frontInText} ${lowerFirst(fullNameVi)} báo cáo kết quả phong trào Bình dân học vụ số ${periodWords('vi', period)} như sau:`,
          ...(figures.length === 0 ? ['Chưa có số liệu của kỳ này.'] : []),
        ],
        ...(figures.length > 0 && { figures }),
      },
      { heading: 'II. KHÓ KHĂN, VƯỚNG MẮC', paragraphs: orNone(report.obstacles) },
      { heading: 'III. ĐỀ XUẤT, KIẾN NGHỊ', paragraphs: orNone(report.proposals) },
      ...belowSection(report),
    ],
    recipients: [`${above} (để báo cáo);`, 'Lưu: VT.'],
    signer: village
      ? { forWhom: null, office: 'TRƯỞNG BAN', name: report.signedBy ?? '' }
      : { forWhom: 'TM. BAN THƯỜNG TRỰC', office: 'CHỦ TỊCH', name: report.signedBy ?? '' },
    foot: `${counted}${hiddenWhy(report)} Chưa có số liệu ghi “${unsaidVi.missing}”.${report.revision > 1 ? ` Bản sửa lần ${report.revision - 1}.` : ''}${state === 'submitted' ? ' Đã nộp, đang chờ cấp trên duyệt.' : ''}`,
  };
}
