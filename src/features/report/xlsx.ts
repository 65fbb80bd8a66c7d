import { createDeflateRaw } from 'node:zlib';
import { strFromU8, strToU8, unzipSync, Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import type { Cell, CellStyle, WriteSheet } from 'hucre/xlsx';
import { writeXlsx } from 'hucre/xlsx';
import { daysBetween } from '../../domain/days.js';
import type { CellValue } from './columns.js';

/** A sheet of a workbook. Its first row is a heading unless `cells` say otherwise. */
export type Sheet = WriteSheet;

/** A sheet with more rows than fit in memory at once: they are written behind those that it has, as they come. */
export interface LongSheet {
  readonly sheet: Sheet;
  readonly groups: AsyncIterable<readonly (readonly CellValue[])[]>;
}

export const dayFormat = 'dd/mm/yyyy';
export const numberFormat = '#,##0';
const font = { name: 'Calibri', size: 11 };

export const styled = (
  value: string | number | null,
  style: CellStyle,
): Partial<Cell> & Pick<Cell, 'value'> => ({
  value,
  style: { ...style, font: { ...font, ...style.font } },
});

/** The number by which Excel knows a day: since 30 December 1899. */
export const toSerial = (day: string): number => daysBetween('1899-12-30', day);

/**
 * Writes a workbook. The library lays out every sheet; the rows of the long one, whose last row is a sample with the
 * style of each column, are then put in the sample's place, so that a hundred thousand neither fill the memory nor hold
 * up other turns. Texts are never formulas: cells say that they are texts.
 */
export async function writeWorkbook(sheets: readonly Sheet[], long?: LongSheet): Promise<Uint8Array> {
  const all = long ? [...sheets, long.sheet] : sheets;
  const bytes = await writeXlsx({ sheets: [...all], defaultFont: font });
  if (!long) return bytes;
  const parts = unzipSync(bytes);
  const path = `xl/worksheets/sheet${all.length}.xml`;
  const { head, tail, styles, firstRow } = cutAtSample(strFromU8(parts[path] ?? new Uint8Array()));

  const chunks: Uint8Array[] = [];
  const done = new Promise<void>((resolve, reject) => {
    const zip = new Zip((error, chunk, final) => {
      if (error) return reject(error);
      chunks.push(chunk);
      if (final) resolve();
    });
    const writeParts = async (): Promise<void> => {
      for (const [name, content] of Object.entries(parts)) {
        if (name === path) continue;
        const part = new ZipDeflate(name);
        zip.add(part);
        part.push(content, true);
      }
      const part = new NativeDeflate(path);
      zip.add(part);
      part.push(strToU8(head));
      let row = firstRow;
      for await (const group of long.groups) {
        part.push(strToU8(group.map((cells) => rowXml(row++, cells, styles)).join('')));
        await part.drained();
      }
      part.push(strToU8(tail), true);
      zip.end();
    };
    writeParts().catch(reject);
  });
  await done;
  return Buffer.concat(chunks);
}

/** Compresses a part of an archive outside the main thread. */
class NativeDeflate extends ZipPassThrough {
  private readonly deflate = createDeflateRaw({ level: 4 });

  constructor(name: string) {
    super(name);
    this.compression = 8;
    this.deflate.on('data', (chunk: Buffer) => this.ondata(null, new Uint8Array(chunk), false));
    this.deflate.on('end', () => this.ondata(null, new Uint8Array(), true));
    this.deflate.on('error', (error) => this.ondata(error as never, new Uint8Array(), true));
  }

  protected override process(chunk: Uint8Array, final: boolean): void {
    this.deflate.write(chunk);
    if (final) this.deflate.end();
  }

  /** Resolves when little waits to be compressed. */
  async drained(): Promise<void> {
    if (this.deflate.writableNeedDrain)
      await new Promise<void>((resolve) => this.deflate.once('drain', () => resolve()));
  }
}

/** A sheet before and after its last row, with the styles of that row's cells and its number. */
function cutAtSample(xml: string) {
  const start = xml.lastIndexOf('<row ');
  const end = xml.indexOf('</sheetData>', start);
  const sample = xml.slice(start, end);
  const firstRow = Number(/<row r="(\d+)"/.exec(sample)?.[1]);
  const styles = [...sample.matchAll(/<c r="([A-Z]+)\d+"(?: t="\w+")?(?: s="(\d+)")?/g)].map(
    ([, column = '', style = '0']) => ({ column, style }),
  );
  if (!(firstRow > 0) || styles.length === 0)
    throw new Error('The long sheet of the workbook has no sample row.');
  // Readers need no dimension, and it would be the sample's.
  const head = xml.slice(0, start).replace(/<dimension [^>]*\/>/, '');
  return { head, tail: xml.slice(end), styles, firstRow };
}

function rowXml(
  row: number,
  cells: readonly CellValue[],
  styles: readonly { readonly column: string; readonly style: string }[],
): string {
  let xml = `<row r="${row}">`;
  for (const [i, value] of cells.entries()) {
    const { column, style } = styles[i] ?? { column: '', style: '0' };
    if (value === undefined || value === '') continue;
    const at = `<c r="${column}${row}" s="${style}"`;
    if (typeof value === 'number') xml += `${at}><v>${value}</v></c>`;
    else if (typeof value === 'object') xml += `${at}><v>${toSerial(value.day)}</v></c>`;
    else xml += `${at} t="inlineStr"><is><t xml:space="preserve">${escapeXml(value)}</t></is></c>`;
  }
  return `${xml}</row>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
/** Without the characters that XML 1.0 does not have. */
const escapeXml = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>]/g, (character) => entities[character] ?? '');
