import { setImmediate as nextTurn } from 'node:timers/promises';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { ProgrammeYear } from '../../domain/convention/programme-year.js';
import { type Closing, closingId, findHolding } from '../../domain/report/closing.js';
import type { Counted } from '../../domain/report/counted.js';
import { createReportCounter } from '../../domain/report/counter.js';
import type { YearReport } from '../../domain/report/figures.js';
import { toLine } from '../../domain/report/line.js';
import type { Reader, Store, Transaction } from '../../ports.js';
import type { ClosedLines } from '../../records.js';
import type { Services } from '../feature.js';

/** Lines kept in one record, and read in one go: a few milliseconds of work. */
const linesInPart = 500;
/** Versions whose figures are remembered. */
const maxVersions = 8;

/** Every version of a year, the first one first. */
export const readClosings = (reader: Reader, { id }: ProgrammeYear): Promise<readonly Closing[]> =>
  reader.list('closings', 'byYear', id);

/** The version of a year that holds now; nothing if it is not closed. */
export const readHolding = async (reader: Reader, year: ProgrammeYear): Promise<Closing | undefined> =>
  findHolding(await readClosings(reader, year));

const partId = (closing: string, part: number): string => `${closing}:${part}`;

/** A part of a version's lines, before it has its place in it. */
type Part = Omit<ClosedLines, 'id'>;
/** A line as it is written: people by their places in its part. */
type Written = Omit<Counted, 'employees'> & { readonly employees: readonly number[] };

/** Lines as they are stored, in parts; to be made before a transaction, in which nothing may wait for anything else. */
export async function compressLines(lines: readonly Counted[]): Promise<Part[]> {
  const parts: Part[] = [];
  for (let first = 0; first < lines.length; first += linesInPart) {
    const places = new Map<string, number>();
    const placeOf = (id: string): number => {
      const place = places.get(id) ?? places.size;
      places.set(id, place);
      return place;
    };
    const some = lines.slice(first, first + linesInPart).map((counted): Written => {
      const line = toLine(counted);
      return { ...line, employees: line.employees.map(placeOf) };
    });
    const compressed = await compress(JSON.stringify(some));
    parts.push({ lines: compressed.toString('base64'), people: [...places.keys()] });
  }
  return parts;
}

/** Writes a version of a year, with its lines. */
export async function storeClosing(
  tx: Transaction,
  closing: Omit<Closing, 'id' | 'parts'>,
  parts: readonly Part[],
): Promise<void> {
  const id = closingId(closing.year, closing.version);
  await tx.add('closings', { ...closing, id, parts: parts.length });
  for (const [n, part] of parts.entries()) await tx.add('closedlines', { ...part, id: partId(id, n) });
}

/** Shows every line of a version, and lets other turns go on meanwhile. */
export async function visitClosed(
  { store }: Pick<Services, 'store'>,
  { id, parts }: Closing,
  visit: (line: Counted) => void,
): Promise<void> {
  for (let part = 0; part < parts; part++) {
    const found = await store.read((reader) => reader.get('closedlines', partId(id, part)));
    if (!found) throw new Error(`part ${part} of the closed report ${id} is missing`);
    const { people } = found;
    const lines: Written[] = JSON.parse((await expand(Buffer.from(found.lines, 'base64'))).toString());
    for (const line of lines)
      visit({ ...line, employees: line.employees.flatMap((place) => people[place] ?? []) });
    await nextTurn();
  }
}

/** A part with what a function makes of its people and lines; the part itself if that is the same. */
export async function rewritePart(part: ClosedLines, rewrite: <T>(value: T) => T): Promise<ClosedLines> {
  const lines: Written[] = JSON.parse((await expand(Buffer.from(part.lines, 'base64'))).toString());
  const [people, rewritten] = [rewrite(part.people), rewrite(lines)];
  if (people === part.people && rewritten === lines) return part;
  if (rewritten === lines) return { ...part, people };
  return { ...part, people, lines: (await compress(JSON.stringify(rewritten))).toString('base64') };
}

/** The figures of the last versions asked for: a version never changes. */
const knownByStore = new WeakMap<Store, Map<string, Promise<YearReport>>>();

/** The report of a version, with its cuts, from its lines. */
export function readClosedReport(
  services: Services,
  year: ProgrammeYear,
  closing: Closing,
): Promise<YearReport> {
  const known = knownByStore.get(services.store) ?? new Map<string, Promise<YearReport>>();
  knownByStore.set(services.store, known);
  const id = `${closing.id} ${closing.at}`;
  const found = known.get(id);
  if (found) return found;
  const count = async (): Promise<YearReport> => {
    const counter = createReportCounter(
      year,
      closing.commitments.map(({ commitment }) => commitment),
    );
    await visitClosed(services, closing, counter.add);
    return counter.finish();
  };
  const report = count();
  if (known.size >= maxVersions) known.clear();
  known.set(id, report);
  report.catch(() => known.delete(id));
  return report;
}

const compress = (text: string): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    deflateRaw(text, (error, result) => (error ? reject(error) : resolve(result))),
  );
const expand = (bytes: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    inflateRaw(bytes, (error, result) => (error ? reject(error) : resolve(result))),
  );
