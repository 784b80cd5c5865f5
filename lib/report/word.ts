import {
  AlignmentType,
  BorderStyle,
  Document,
  Header,
  LineRuleType,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
  type IParagraphOptions,
  type IRunOptions,
} from 'docx';
import type { OfficialPaper, PaperFigure, PaperSection } from './schema';

/** Millimetres in twentieths of a point, points in half points: what Word counts in. */
const mm = (length: number) => Math.round((length * 1440) / 25.4);
const pt = (size: number) => size * 2;
/** Margins of the decree: top and bottom 20–25 mm, left 30–35, right 15–20; A4. */
const page = { width: mm(210), height: mm(297), top: mm(20), bottom: mm(20), left: mm(30), right: mm(15) };
const textWidth = page.width - page.left - page.right;

const none = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const thin = { style: BorderStyle.SINGLE, size: 4, color: '000000' } as const;
const noBorders = { top: none, bottom: none, left: none, right: none };
const allBorders = { top: thin, bottom: thin, left: thin, right: thin };

type Line = Omit<IParagraphOptions, 'children'> & { run?: IRunOptions };

/** What may stand in XML at all: one of these two in somebody's words, and Word opens neither their report nor the one above. */
const inXml = (text: string) => text.replace(/[\ufffe\uffff]/g, '');

const line = (text: string, { run = {}, ...rest }: Line = {}) =>
  new Paragraph({ ...rest, children: [new TextRun({ text: inXml(text), size: pt(13), ...run })] });
const centred = (text: string, run: IRunOptions = {}, rest: Line = {}) =>
  line(text, { alignment: AlignmentType.CENTER, ...rest, run });

/** The rule under a line, a part of its width wide: an empty paragraph with a border, indented at both sides. */
const rule = (columnWidth: number, part: number) =>
  new Paragraph({
    border: { top: { style: BorderStyle.SINGLE, size: 6, color: '000000', space: 1 } },
    indent: { left: Math.round((columnWidth * (1 - part)) / 2), right: Math.round((columnWidth * (1 - part)) / 2) },
    spacing: { before: 20, after: 0, line: 120, lineRule: LineRuleType.EXACT },
    children: [],
  });

interface CellLook {
  width: number;
  borders?: typeof noBorders | typeof allBorders;
  margins?: { left: number; right: number };
}

const cell = (children: Paragraph[], { width, borders = noBorders, margins = { left: 0, right: 0 } }: CellLook) =>
  new TableCell({
    children,
    borders,
    width: { size: width, type: WidthType.DXA },
    verticalAlign: borders === allBorders ? VerticalAlign.CENTER : VerticalAlign.TOP,
    margins: { top: borders === allBorders ? 40 : 0, bottom: borders === allBorders ? 40 : 0, ...margins },
  });

const table = (widths: readonly number[], rows: TableRow[]) =>
  new Table({
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    columnWidths: [...widths],
    layout: TableLayoutType.FIXED,
    borders: { ...noBorders, insideHorizontal: none, insideVertical: none },
    rows,
  });

/** Agency and number on the left, the nation's title, place and date on the right. */
function head(paper: OfficialPaper): Table {
  const [left, right] = [Math.round(textWidth * 0.44), Math.round(textWidth * 0.56)];
  return table(
    [left, right],
    [
      new TableRow({
        children: [
          cell(
            [
              ...paper.agencyAbove.map((text) => centred(text, { size: pt(12) })),
              ...paper.agency.map((text) => centred(text, { size: pt(12), bold: true })),
              rule(left, 0.4),
              centred(paper.number, {}, { spacing: { before: 60 } }),
              ...(paper.draft ? [centred('DỰ THẢO', { bold: true })] : []),
            ],
            { width: left },
          ),
          cell(
            [
              centred(paper.nation, { size: pt(12), bold: true }),
              centred(paper.motto, { size: pt(13), bold: true }),
              rule(right, 0.62),
              centred(paper.placeAndDate, { italics: true }, { spacing: { before: 60 } }),
            ],
            { width: right },
          ),
        ],
      }),
    ],
  );
}

function figuresTable(figures: readonly PaperFigure[]): Table {
  const share = [0.07, 0.48, 0.25, 0.2].map((part) => Math.round(textWidth * part));
  const [number = 0, name = 0, value = 0, note = 0] = share;
  const margins = { left: 80, right: 80 };
  const box = (text: string, width: number, run: IRunOptions = {}, alignment: Line['alignment'] = AlignmentType.LEFT) =>
    cell([line(text, { alignment, run: { size: pt(12), ...run } })], { width, borders: allBorders, margins });
  const heading = (text: string, width: number) => box(text, width, { bold: true }, AlignmentType.CENTER);
  return table(share, [
    new TableRow({
      tableHeader: true,
      cantSplit: true,
      children: [
        heading('STT', number),
        heading('Chỉ số', name),
        heading('Kết quả', value),
        heading('Nguồn, ngày số liệu', note),
      ],
    }),
    ...figures.map(
      (figure) =>
        new TableRow({
          cantSplit: true,
          children: [
            box(String(figure.number), number, {}, AlignmentType.CENTER),
            box(figure.name, name),
            box(figure.value, value, {}, AlignmentType.RIGHT),
            box(figure.note, note),
          ],
        }),
    ),
  ]);
}

/** Body text: 14 point, the first line drawn in by 10 mm, both edges straight. */
const body = (text: string) =>
  line(text, {
    alignment: AlignmentType.JUSTIFIED,
    indent: { firstLine: mm(10) },
    spacing: { before: 60, after: 60, line: 276 },
    run: { size: pt(14) },
  });

function section({ heading, paragraphs, figures }: PaperSection): (Paragraph | Table)[] {
  return [
    line(heading, {
      keepNext: true,
      indent: { firstLine: mm(10) },
      spacing: { before: 120, after: 60 },
      run: { size: pt(14), bold: true },
    }),
    ...paragraphs.map(body),
    ...(figures ? [figuresTable(figures)] : []),
  ];
}

function foot(paper: OfficialPaper): Table {
  const [left, right] = [Math.round(textWidth * 0.5), Math.round(textWidth * 0.5)];
  const { forWhom, office, name } = paper.signer;
  return table(
    [left, right],
    [
      new TableRow({
        cantSplit: true,
        children: [
          cell(
            [
              line('Nơi nhận:', { run: { size: pt(12), bold: true, italics: true } }),
              ...paper.recipients.map((text) => line(`- ${text}`, { run: { size: pt(11) } })),
            ],
            { width: left },
          ),
          cell(
            [
              ...(forWhom === null ? [] : [centred(forWhom, { size: pt(14), bold: true })]),
              centred(office, { size: pt(14), bold: true }),
              ...Array.from({ length: 4 }, () => centred('', { size: pt(14) })),
              centred(name, { size: pt(14), bold: true }),
            ],
            { width: right },
          ),
        ],
      }),
    ],
  );
}

/** The number of the page, in the middle of the top margin, from the second page on: the first has none (appendix I, point 7). */
const pageNumber = () =>
  new Header({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [new TextRun({ children: [PageNumber.CURRENT], size: pt(13) })],
      }),
    ],
  });

/** The report as a Word file in the layout of Decree 30/2020/NĐ-CP: A4, Times New Roman, nothing in it that runs or reaches out. */
export async function writeWord(paper: OfficialPaper): Promise<Buffer> {
  const document = new Document({
    creator: 'Cầm Tay',
    title: inXml(`${paper.title} – ${paper.abstract.join(' ')}`),
    styles: {
      default: { document: { run: { font: 'Times New Roman', size: pt(14), language: { value: 'vi-VN' } } } },
    },
    sections: [
      {
        headers: { first: new Header({ children: [] }), default: pageNumber() },
        properties: {
          titlePage: true,
          page: {
            size: { width: page.width, height: page.height, orientation: PageOrientation.PORTRAIT },
            margin: {
              top: page.top,
              bottom: page.bottom,
              left: page.left,
              right: page.right,
              header: mm(10),
              footer: mm(10),
            },
          },
        },
        children: [
          head(paper),
          centred(paper.title, { size: pt(14), bold: true }, { spacing: { before: 280 } }),
          ...paper.abstract.map((text) => centred(text, { size: pt(14), bold: true })),
          rule(textWidth, 0.3),
          ...paper.sections.flatMap(section),
          line(paper.foot, { spacing: { before: 160, after: 160 }, run: { size: pt(11), italics: true } }),
          foot(paper),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}
