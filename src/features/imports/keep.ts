import type { ImportedAction } from '../../domain/imports/imported-action.js';
import type { Transaction } from '../../ports.js';
import type { Import, ImportPart } from '../../records.js';
import type { Services } from '../feature.js';
import type { CheckedFile } from './check-file.js';

/** Engagements of a part: written in one transaction, which others wait for. */
const engagementsPerPart = 100;
export const findingsPerPart = 200;
/** Parts kept in one transaction. */
const partsAtOnce = 5;

/** Who gives a file. */
export interface GivenFile {
  /** The same when the same message comes again. */
  readonly id: string;
  readonly name: string;
  readonly by: string;
}

/** Keeps what a file would add until a coordinator decides, or what is wrong with it. */
export async function keepChecked(
  { id, name, by }: GivenFile,
  checked: CheckedFile,
  { store, clock }: Services,
): Promise<Import> {
  const parts = toParts(id, checked);
  const { lines, actions, known, faults, notices, years } = checked;
  const received: Import = {
    id,
    fileName: name,
    by,
    at: clock.now(),
    state: 'receiving',
    lines,
    engagements: countPeople(actions),
    actions: actions.length,
    known,
    faults,
    notices,
    years,
    parts: parts.filter((part) => part.actions).length,
    written: 0,
  };
  /** Whether the same message has come again, and this is about it. */
  const isOurs = async (tx: Transaction) => ((await tx.get('imports', id)) ?? received).state === 'receiving';
  for (let first = 0; first <= parts.length; first += partsAtOnce)
    await store.transact(async (tx) => {
      if (!(await isOurs(tx))) return;
      await tx.put('imports', received);
      for (const part of parts.slice(first, first + partsAtOnce)) await tx.put('importparts', part);
    });
  const kept: Import = { ...received, state: faults > 0 ? 'faulty' : 'ready' };
  return store.transact(async (tx) => {
    if (await isOurs(tx)) await tx.put('imports', kept);
    return (await tx.get('imports', id)) ?? kept;
  });
}

export const countPeople = (actions: readonly Pick<ImportedAction, 'people'>[]): number =>
  actions.reduce((sum, { people }) => sum + people.length, 0);

/** The id of a part; they sort in their order. */
export const partId = (importId: string, what: 'a' | 'f', n: number): string =>
  `${importId}:${what}${String(n).padStart(4, '0')}`;

function toParts(importId: string, { actions, findings }: CheckedFile): ImportPart[] {
  const parts: ImportPart[] = [];
  let group: ImportedAction[] = [];
  let offset = 0;
  const end = () => {
    if (group.length > 0)
      parts.push({ id: partId(importId, 'a', parts.length), importId, offset, actions: group });
    offset += group.length;
    group = [];
  };
  for (const action of actions) {
    if (countPeople(group) + action.people.length > engagementsPerPart) end();
    group.push(action);
  }
  end();
  for (let first = 0; first < findings.length; first += findingsPerPart) {
    const id = partId(importId, 'f', first / findingsPerPart);
    parts.push({ id, importId, offset: 0, findings: findings.slice(first, first + findingsPerPart) });
  }
  return parts;
}
