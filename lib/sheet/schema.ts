/** A sheet larger than this is no list somebody keeps by hand; it is refused, in words, before it takes memory. */
export const sheetLimits = {
  /** Of the file as it is sent; the server takes no form larger than 2 MB. */
  bytes: 1_900_000,
  rows: 20_000,
  columns: 60,
  /** Letters of one cell, and of all together. */
  cell: 2000,
  text: 24_000_000,
  /** Of one part of an XLSX once it is unpacked. A list of 10 000 people is 8 MB. */
  unpacked: 48_000_000,
  /** Parts of an XLSX. */
  parts: 2000,
  /** Elements within each other in a part; real ones stay below twenty. */
  depth: 50,
  /** Letters of a number format, as Excel limits them. */
  format: 255,
} as const;

export const sheetFormats = ['xlsx', 'csv'] as const;
export type SheetFormat = (typeof sheetFormats)[number];

/** A row that has something in it, with the number it bears in a spreadsheet. Cells are tidied text; empty ones are ''. */
export interface SheetRow {
  readonly number: number;
  readonly cells: readonly string[];
  /** Columns that hold a formula, counted from 0: what they show may be something else tomorrow. */
  readonly formulas?: readonly number[];
}

/** A read sheet: rows in order, and which cells are merged. */
export interface Sheet {
  readonly format: SheetFormat;
  readonly rows: readonly SheetRow[];
  readonly merges: readonly { readonly ref: string; readonly lastRow: number }[];
}

/** One column of a sheet that is written. */
export interface SheetColumn {
  readonly header: string;
  /** In letters of the ordinary width. */
  readonly width?: number;
}

/** What is written: text is text for ever, a number stays a number. `marked`: columns of a row to be coloured, counted from 0. */
export interface SheetToWrite {
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly SheetRowToWrite[];
}
export interface SheetRowToWrite {
  readonly cells: readonly (string | number | null)[];
  readonly marked?: readonly number[];
}
