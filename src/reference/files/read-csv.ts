import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
import { findPersonalColumns } from '../../domain/personal-data/index.js';
import { fold } from '../../domain/schools/words.js';

/** A row: the requested columns, trimmed, and the line of the file on which it ends. */
export type CsvRow<K extends string> = Readonly<Record<K, string>> & {
  readonly line: number;
  /** What is wrong with a row that has fewer or more cells than the header; missing cells are empty. */
  readonly misshapen?: string;
};

/** The columns to read, each with its possible names, regardless of case, accents and punctuation. */
export type Columns<K extends string> = Readonly<Record<K, readonly string[]>>;

export interface CsvOptions<K extends string = string> {
  /** Where the file comes from, for the error about another file. */
  readonly source: string;
  /** Columns that the file may lack; their cells are then empty. */
  readonly optional?: readonly NoInfer<K>[];
  /** Called with the optional columns that the file lacks, by their names there. */
  readonly onMissing?: (columns: readonly string[]) => void;
  /**
   * Columns of the official file with contact details of a school; like all others that are not requested, they are
   * never read.
   */
  readonly dropped?: readonly string[];
  /** Called now and then with the number of bytes read. */
  readonly onProgress?: (readBytes: number, bytes: number) => void;
}

/** Longer than any real row: an unclosed quote would swallow the rest of the file. */
const maxRowLength = 100_000;
/** The bytes in which to detect the encoding; an accent comes long before their end. */
const probeBytes = 1 << 20;

/**
 * Reads an official CSV file row by row: separated by semicolons, UTF-8 with or without BOM, or Windows-1252. The
 * parser skips columns that are not requested, so their content is never kept.
 * @throws Error if it is another file, or has a column of personal data (article 7), with what to do
 */
export async function* readCsv<K extends string>(
  file: string,
  columns: Columns<K>,
  { source, optional = [], onMissing, dropped = [], onProgress }: CsvOptions<K>,
): AsyncGenerator<CsvRow<K>> {
  const again = `Download ${source} again as CSV, and give that file as it is.`;
  const { encoding, bytes } = probeFile(file, again);
  const parser = parse({
    delimiter: ';',
    columns: (header: string[]) => {
      const { picked, missing } = pickColumns(header, columns, optional, file, again);
      if (missing.length > 0) onMissing?.(missing);
      refusePersonalColumns(header, [...Object.values<readonly string[]>(columns).flat(), ...dropped], file);
      return picked;
    },
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    trim: true,
    skip_empty_lines: true,
    max_record_size: maxRowLength,
  });
  // An error on either side destroys both, and is thrown by the loop.
  pipeline(Readable.from(decodeFile(file, encoding, bytes, onProgress)), parser, () => undefined);
  const empty = Object.fromEntries(Object.keys(columns).map((key) => [key, ''])) as Record<K, string>;
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed<K>>) {
      const cells = info.error?.record?.length;
      const row = { ...empty, ...record, line: info.lines };
      yield cells === undefined ? row : { ...row, misshapen: misshapen(cells, info.columns.length) };
    }
  } catch (error) {
    throw isCsvError(error) ? new Error(`${file}: ${error.message}. ${again}`) : error;
  }
}

/** A row from the parser; an error only if its number of cells differs from the header's. */
interface Parsed<K extends string> {
  readonly record: Record<K, string>;
  readonly info: {
    readonly lines: number;
    readonly columns: readonly unknown[];
    readonly error?: { readonly record?: readonly string[] };
  };
}

const misshapen = (cells: number, columns: number): string =>
  `it has ${cells} ${cells === 1 ? 'cell' : 'cells'}, and the header ${columns}`;

const isCsvError = (error: unknown): error is CsvError =>
  error instanceof Error && String((error as { code?: unknown }).code).startsWith('CSV_');

async function* decodeFile(
  file: string,
  encoding: string,
  bytes: number,
  onProgress: CsvOptions['onProgress'],
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let read = 0;
  try {
    for await (const chunk of createReadStream(file, {
      highWaterMark: 1 << 18,
    }) as AsyncIterable<Uint8Array>) {
      read += chunk.length;
      onProgress?.(read, bytes);
      const text = decoder.decode(chunk, { stream: true });
      // An empty chunk would end the stream.
      if (text) yield text;
    }
    decoder.decode();
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    throw new Error(`${file} is UTF-8 at first and something else after ${read} bytes. Save it as UTF-8.`);
  }
}

/** Detects the encoding from the start of a file, and refuses what is not CSV. */
function probeFile(file: string, again: string): { encoding: string; bytes: number } {
  const { size } = stat(file);
  const start = Buffer.alloc(Math.min(size, probeBytes));
  const fd = openSync(file, 'r');
  try {
    readSync(fd, start);
  } finally {
    closeSync(fd);
  }
  const text = start.toString('latin1').replace(/^ï»¿/, '').trimStart();
  if (text === '') throw new Error(`${file} is empty. ${again}`);
  if (text.startsWith('<')) throw new Error(`${file} is a web page, not a CSV file. ${again}`);
  if (text.startsWith('{') || text.startsWith('[')) throw new Error(`${file} is JSON, not CSV. ${again}`);
  if (text.startsWith('PK')) throw new Error(`${file} is an Excel or zip file, not CSV. ${again}`);
  return { encoding: isUtf8(start) ? 'utf-8' : 'windows-1252', bytes: size };
}

function stat(file: string) {
  try {
    return statSync(file);
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as Error).message}. Give the path of the CSV file.`);
  }
}

function isUtf8(start: Uint8Array): boolean {
  try {
    // The probe may end in the middle of a character, which "stream" allows.
    new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Refuses a file about people, even if it also has the requested columns. */
function refusePersonalColumns(header: readonly string[], expected: readonly string[], file: string): void {
  const personal = findPersonalColumns(header, expected).map(({ column }) => `"${column.slice(0, 40)}"`);
  if (personal.length === 0) return;
  throw new Error(
    `${file} is refused, nothing of it is read: its columns ${personal.slice(0, 10).join(', ')} hold personal data, ` +
      'which the convention forbids to collect here (article 7). Take these columns out of the file, or give another.',
  );
}

/** The key of each column of the file, or false if it is not read; and the optional columns that are missing. */
function pickColumns<K extends string>(
  header: readonly string[],
  columns: Columns<K>,
  optional: readonly K[],
  file: string,
  again: string,
): { picked: (K | false)[]; missing: string[] } {
  const wanted = Object.entries(columns) as [K, readonly string[]][];
  const names = header.map(fold);
  const places = wanted.map(([key, known]) => {
    const normalised = known.map(fold);
    return { key, name: known[0] ?? key, at: names.findIndex((name) => normalised.includes(name)) };
  });
  const missing = places.filter(({ at }) => at < 0);
  const needed = missing.filter(({ key }) => !optional.includes(key)).map(({ name }) => `"${name}"`);
  if (needed.length > 0) {
    const found = header.slice(0, 10).map((name) => `"${name.slice(0, 40)}"`);
    const hint = header.length === 1 ? ' Its columns must be separated by semicolons.' : '';
    throw new Error(
      `${file} has no column ${needed.join(', ')}; it starts with ${found.join(', ')}.${hint} ${again}`,
    );
  }
  return {
    picked: names.map((_, i) => places.find(({ at }) => at === i)?.key ?? false),
    missing: missing.map(({ name }) => name),
  };
}
