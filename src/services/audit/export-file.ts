/** The files of an export: lines in as many files as they need. */
import { stringify } from 'csv-stringify/sync';
import type { JsonValue } from '../../panels/panel.ts';
import { canonicalJson } from '../json.ts';

export type ExportFormat = 'csv' | 'jsonl';

export interface ExportFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/** What Discord takes of one file, and of one message, less a little for what stands around them. @see https://discord.com/developers/docs/reference#uploading-files */
export const EXPORT_LIMITS = { fileBytes: 10 * 1024 * 1024, totalBytes: 24 * 1024 * 1024 };

/** A row of a file, by column. In CSV, what is neither text nor a number stands as JSON. */
export type ExportRow = Readonly<Record<string, JsonValue>>;

/** Writes rows into files. All rows have the columns of the first. */
export class ExportFiles {
  readonly #format: ExportFormat;
  readonly #limits: typeof EXPORT_LIMITS;
  readonly #files: { lines: Buffer[]; sizeBytes: number }[] = [];
  #totalBytes = 0;
  rows = 0;

  constructor(format: ExportFormat, limits: typeof EXPORT_LIMITS) {
    this.#format = format;
    this.#limits = limits;
  }

  /** Returns false when no further row fits into one message. */
  add(row: ExportRow): boolean {
    const line = Buffer.from(this.#format === 'csv' ? csvLine(Object.values(row)) : `${canonicalJson(row)}\n`);
    let file = this.#files.at(-1);
    if (!file || file.sizeBytes + line.length > this.#limits.fileBytes) file = this.#begin(Object.keys(row));
    file.lines.push(line);
    file.sizeBytes += line.length;
    this.#totalBytes += line.length;
    this.rows += 1;
    return this.#totalBytes <= this.#limits.totalBytes;
  }

  /** @param name Without its ending; several files are numbered. */
  named(name: string): readonly ExportFile[] {
    return this.#files.map(({ lines }, index) => ({
      name: `${name}${this.#files.length > 1 ? `-${index + 1}` : ''}.${this.#format}`,
      content: Buffer.concat(lines),
    }));
  }

  #begin(columns: readonly string[]) {
    const header = this.#format === 'csv' ? [Buffer.from(csvLine(columns))] : [];
    const file = { lines: header, sizeBytes: header.reduce((sum, { length }) => sum + length, 0) };
    this.#totalBytes += file.sizeBytes;
    this.#files.push(file);
    return file;
  }
}

/** A cell that a spreadsheet would take for a formula gets an apostrophe before it. */
function csvLine(cells: readonly JsonValue[]): string {
  const texts = cells.map((cell) => (cell !== null && typeof cell === 'object' ? canonicalJson(cell) : cell));
  return stringify([texts], {
    escape_formulas: true,
    record_delimiter: '\r\n',
    quote_record_delimiter: true,
    cast: { boolean: String },
  });
}
