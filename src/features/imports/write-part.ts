import type { HistoryRow } from '../../domain/action.js';
import type { ImportedAction, ImportedPerson } from '../../domain/imports/imported-action.js';
import { toStored } from '../../domain/imports/stored.js';
import type { Transaction } from '../../ports.js';
import type { Import, ImportPart, Person } from '../../records.js';
import type { Services } from '../feature.js';
import { indexPerson, indexSchools } from '../shared/search-words.js';
import { findNamesakes } from './people.js';

/**
 * Writes the records of a part, none of which exists for others before the import is complete. Those that came with
 * another import since the file was checked are left out; the part is kept as it was written.
 */
export async function writePart(
  tx: Transaction,
  { id: importId, firstNumber = 1, by, at, fileName }: Import,
  part: ImportPart,
  services: Services,
): Promise<void> {
  const { actions = [], offset } = part;
  const numbered = actions.map((action, i) => ({ action, number: firstNumber + offset + i }));
  const taken = await Promise.all(actions.map(({ id }) => tx.get('actions', id)));
  const fresh = numbered.filter((_, i) => !taken[i]);
  const people = await meetPeople(
    tx,
    fresh.flatMap(({ action }) => action.people),
    services,
  );
  const written: ImportedAction[] = fresh.map(({ action }) => ({
    ...action,
    // Two names may have turned out to be one person.
    people: [...new Set(action.people.map(({ id }) => people.get(id) ?? id))].map((id) => ({ id })),
  }));
  // Side by side, so that a database is asked once for all.
  await Promise.all(
    written.map(async (imported, i) => {
      const added = { number: fresh[i]?.number ?? 0, by, at, importId };
      const { action, engagements } = toStored(imported, added);
      const row: HistoryRow = {
        id: `import:${action.id}`,
        actionId: action.id,
        move: 'import',
        from: 'none',
        to: 'held',
        by,
        at,
        why: fileName,
        importId,
      };
      await Promise.all([
        tx.put('actions', action),
        ...engagements.map((engagement) => tx.put('engagements', engagement)),
        tx.put('history', row),
        indexSchools(tx, undefined, action),
      ]);
    }),
  );
  await tx.put('importparts', { ...part, actions: written });
}

/**
 * The ids of people by those of the file: of somebody who has become known since it was checked, their own. Whoever is
 * not known yet gets a record; once that is claimed, it is a job that moves what is under it.
 */
async function meetPeople(
  tx: Transaction,
  people: readonly ImportedPerson[],
  services: Services,
): Promise<ReadonlyMap<string, string>> {
  const unknown = new Map(
    people.flatMap(({ id, name }) => (name === undefined ? [] : [[id, name] as const])),
  );
  const found = new Map<string, string>();
  await Promise.all(
    [...unknown].map(async ([id, name]) => {
      const person = await tx.get('people', id);
      const [namesake, ...others] = person ? [] : await findNamesakes(tx, name);
      if (namesake && others.length === 0) found.set(id, namesake.id);
      else if (!person) await addPerson(tx, id, name, services);
    }),
  );
  return found;
}

/** A record of somebody of whom only a file has spoken: nothing can be sent to them. */
async function addPerson(tx: Transaction, id: string, name: string, { convention }: Services): Promise<void> {
  const lang = convention.channelLanguage;
  const person: Person = { id, teamsId: id, lang, ...(name ? { name } : {}) };
  await tx.put('people', person);
  await indexPerson(tx, undefined, person);
}
