import { Readable } from 'node:stream';
import { Refusal } from '../feature.js';
import { cleanText } from '../shared/client-values.js';
import { requireUnzippedSize } from './unzipped-size.js';

/** A row of a table: its cells as texts, each on one line. */
export interface Row {
  /** As spreadsheets number them, from 1 on. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** What a workbook may be unpacked; twenty thousand full lines are a third of it. */
const maxUnzippedBytes = 60_000_000;
/** Rows with nothing in them, behind or between the others. */
const maxRows = 50_000;
/** A longer row is one whose quote is never closed. */
const maxRowLength = 100_000;
/** Bytes given to the parser at once, between which other turns go on. */
const chunkBytes = 1 << 16;

const startsWith = (bytes: Uint8Array, ...start: readonly number[]): boolean =>
  start.every((byte, i) => bytes[i] === byte);

/**
 * The rows of a CSV file or of the first sheet of an XLSX workbook, whichever it is, without empty ones.
 * @throws Refusal that says why, if it is something else
 */
export async function* readRows(bytes: Uint8Array): AsyncGenerator<Row> {
  // A workbook with a password is an old compound file too.
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) throw new Refusal('refusal.fileProtected');
  const rows = startsWith(bytes, 0x50, 0x4b) ? readWorkbook(bytes) : readCsv(bytes);
  for await (const { line, cells } of rows) {
    const texts = cells.map((cell) => cleanText(cell).replace(/\s+/g, ' ').trim());
    if (texts.every((text) => text === '')) continue;
    yield { line, cells: texts };
  }
}

async function* readWorkbook(bytes: Uint8Array): AsyncGenerator<Row> {
  await requireUnzippedSize(bytes, maxUnzippedBytes);
  // Loaded when it is first needed, which is seldom.
  const { streamXlsxRows } = await import('hucre/xlsx');
  try {
    for await (const { index, values } of streamXlsxRows(bytes, { maxRows }))
      yield { line: index + 1, cells: values.map(toText) };
  } catch {
    throw new Refusal('refusal.fileDamaged');
  }
}

/** A cell of a workbook as a text; a day as ISO, whatever its format. */
function toText(value: unknown): string {
  if (value instanceof Date) return Number.isNaN(+value) ? '' : value.toISOString().slice(0, 10);
  return value === null || value === undefined ? '' : String(value);
}

async function* readCsv(bytes: Uint8Array): AsyncGenerator<Row> {
  const text = decode(bytes);
  if (/^\s*[<{[%]/.test(text) || text.includes('\0')) throw new Refusal('refusal.fileType');
  const { parse } = await import('csv-parse');
  const parser = Readable.from(chunksOf(Buffer.from(text))).pipe(
    parse({
      delimiter: findDelimiter(text),
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: maxRowLength,
    }),
  );
  try {
    // A cell may have several lines, which a spreadsheet does not count.
    for await (const { record, info } of parser as AsyncIterable<Parsed>)
      yield { line: info.records + info.empty_lines, cells: record };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('refusal.fileDamaged');
  }
}

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly records: number; readonly empty_lines: number };
}

function* chunksOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

/** UTF-8 or what Windows saves, with or without a mark at the beginning. */
function decode(bytes: Uint8Array): string {
  const encodings = startsWith(bytes, 0xff, 0xfe) ? ['utf-16le'] : ['utf-8', 'windows-1252'];
  for (const encoding of encodings)
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {}
  throw new Refusal('refusal.fileEncoding');
}

/** What separates the cells of the first line: a semicolon in a French Excel, otherwise a comma or a tab. */
function findDelimiter(text: string): string {
  const [header = ''] = text.trimStart().split(/[\r\n]/, 1);
  const plain = header.replace(/"[^"]*"/g, '');
  const count = (delimiter: string) => plain.split(delimiter).length;
  return [';', '\t', ','].reduce((best, next) => (count(next) > count(best) ? next : best));
}
