/** A file that cannot be read as a sheet, or is no list; the reason is a key under `errors`. */
export class SheetRefused extends Error {
  constructor(readonly reason: string) {
    super(reason);
  }
}
