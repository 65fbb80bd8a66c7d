import { setImmediate as nextTurn } from 'node:timers/promises';
import { programmeYear } from '../../domain/convention/programme-year.js';
import type { Finding } from '../../domain/imports/finding.js';
import { type GroupedAction, groupLines, type KnownLine } from '../../domain/imports/group-lines.js';
import type { ImportedAction, ImportedPerson, PastLine } from '../../domain/imports/imported-action.js';
import { readLine } from '../../domain/imports/read-line.js';
import { Refusal, type Services } from '../feature.js';
import { Findings } from './findings.js';
import { type Header, readHeader, toCells } from './header.js';
import { maxLines } from './limits.js';
import { findEmployee } from './people.js';
import { readRows } from './read-rows.js';
import { findRecorded } from './recorded.js';
import { importContext } from './vocabulary.js';

/** Lines read, or looked up, before other turns go on. */
const atOnce = 50;
/** What a file would add, and what keeps it from being added. */
export interface CheckedFile {
  readonly lines: number;
  /** Empty if there is a fault. */
  readonly actions: readonly ImportedAction[];
  /** Lines that are there already. */
  readonly known: number;
  readonly findings: readonly Finding[];
  /** All of them, also those that are not told. */
  readonly faults: number;
  readonly notices: number;
  /** Engagements to be added by programme year. */
  readonly years: Readonly<Record<string, number>>;
}

/**
 * Checks a file of past engagements: every line by itself, then the lines with each other, then with what Passerelle
 * knows. Writes nothing, and lets other turns go on meanwhile.
 * @throws Refusal if it is no table, or too long
 */
export async function checkFile(bytes: Uint8Array, services: Services): Promise<CheckedFile> {
  const found = new Findings();
  const { lines, count } = await readLines(bytes, found, services);
  const known = await identify(lines, found, services);
  const { actions, findings } = groupLines(
    known,
    (text) => services.ids.derive(`import|${text}`),
    services.convention.maxSeats,
  );
  found.addOfFile(findings);
  const fresh = await leaveOutKnown(actions, found, services);
  found.leaveOut(fresh.known);
  const { faults, notices } = found;
  const added = faults > 0 ? [] : fresh.actions;
  return {
    lines: count,
    actions: added.map(({ lines: _, ...action }) => action),
    known: fresh.known.size,
    findings: found.list(),
    faults,
    notices,
    years: countByYear(added, services),
  };
}

/** The lines that break no rule by themselves, and how many there are in all. */
async function readLines(
  bytes: Uint8Array,
  found: Findings,
  services: Services,
): Promise<{ lines: PastLine[]; count: number }> {
  const context = importContext(services);
  const lines: PastLine[] = [];
  let header: Header | undefined;
  let count = 0;
  for await (const row of readRows(bytes)) {
    if (!header) {
      header = readHeader(row, services);
      found.add(header.faults);
      if (header.faults.length > 0) break;
      continue;
    }
    count++;
    if (count > maxLines) throw new Refusal('refusal.fileLines', { max: maxLines });
    const cells = toCells(row, header.columns);
    if (!cells) found.add([{ line: row.line, blocks: true, rule: 'outsideColumns' }]);
    else {
      const { read, findings } = readLine(row.line, cells, context);
      found.addOfFile(findings);
      if (read) lines.push(read);
    }
    if (count % atOnce === 0) await nextTurn();
  }
  if (count === 0 && found.faults === 0) throw new Refusal('refusal.fileEmpty');
  return { lines, count };
}

/** The lines with their employees; one whose employee could be several is a fault. */
async function identify(
  lines: readonly PastLine[],
  found: Findings,
  services: Services,
): Promise<KnownLine[]> {
  const people = new Map<string, ImportedPerson | { readonly namesakes: number }>();
  const names = [...new Set(lines.map(({ employee }) => employee))];
  for (const some of inGroups(names)) {
    await services.store.read((reader) =>
      Promise.all(some.map(async (name) => people.set(name, await findEmployee(reader, name, services)))),
    );
    await nextTurn();
  }
  return lines.flatMap((line) => {
    const person = people.get(line.employee) ?? { namesakes: 0 };
    if ('id' in person) return { ...line, person };
    const params = { count: person.namesakes };
    found.add([{ line: line.line, column: 'employee', blocks: true, rule: 'namesakes', params }]);
    return [];
  });
}

/** The actions that Passerelle does not have yet, and the lines of all others. */
async function leaveOutKnown(
  actions: readonly GroupedAction[],
  found: Findings,
  services: Services,
): Promise<{ actions: GroupedAction[]; known: ReadonlySet<number> }> {
  const fresh: GroupedAction[] = [];
  const known = new Set<number>();
  for (const some of inGroups(actions)) {
    const recorded = await services.store.read((reader) =>
      Promise.all(some.map((action) => findRecorded(reader, action))),
    );
    for (const [i, action] of some.entries()) {
      const result = recorded[i];
      if (!result) fresh.push(action);
      else {
        if (result.every(({ blocks }) => !blocks)) for (const line of action.lines) known.add(line);
        found.add(result);
      }
    }
    await nextTurn();
  }
  return { actions: fresh, known };
}

function countByYear(actions: readonly ImportedAction[], { convention }: Services): Record<string, number> {
  const years: Record<string, number> = {};
  for (const { firstDay, people } of actions) {
    const { id } = programmeYear(firstDay, convention);
    years[id] = (years[id] ?? 0) + people.length;
  }
  return years;
}

function* inGroups<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let first = 0; first < all.length; first += atOnce) yield all.slice(first, first + atOnce);
}
