import { type AuditEntry, eraseAuthor } from '../../domain/audit/chain.js';
import { createReplacer, type Replacer } from '../../domain/erasure/identity.js';
import type { ErasedPerson, ImportPart, RecordKind, Records } from '../../records.js';

/** Takes a person out of records. */
export interface Eraser {
  /** A record without them; the record itself if they are not in it; nothing if it is about them alone. */
  rewrite<K extends RecordKind>(kind: K, record: Records[K]): Records[K] | undefined;
  /** A value without them, wherever they are in it. */
  readonly replace: Replacer['replace'];
}

/** @param newId takes the place of their ids */
export function createEraser({ ids, name }: Pick<ErasedPerson, 'ids' | 'name'>, newId: string): Eraser {
  const byIds = createReplacer({ ids }, newId);
  const { replace } = createReplacer({ ids, ...(name ? { name } : {}) }, newId);
  const isTheirs = (id: string) => byIds.mentions(id);

  /** The records of some kinds that are about them alone, or were sent to them. */
  const isOwn: { readonly [K in RecordKind]?: (record: Records[K]) => boolean } = {
    people: ({ id }) => isTheirs(id),
    conversations: ({ id, memberId = '' }) => isTheirs(id) || isTheirs(memberId),
    posts: ({ conversationId }) => isTheirs(conversationId),
    outbox: ({ conversationId }) => isTheirs(conversationId),
    links: ({ personId }) => isTheirs(personId),
    words: ({ of, subject }) => of === 'person' && isTheirs(subject),
    mobilised: ({ id, attended, approved }) => isTheirs(id) && attended === 0 && approved === 0,
  };
  /** Names in these are those of others, who may have the same. */
  const namesOthers: ReadonlySet<RecordKind> = new Set(['people', 'words']);

  return {
    replace,
    rewrite(kind, record) {
      if (isOwn[kind]?.(record)) return undefined;
      if (kind === 'importparts')
        return replace(withoutNames(record as ImportPart, isTheirs)) as typeof record;
      if (kind === 'audit') return withoutAuthor(record as AuditEntry, isTheirs, newId) as typeof record;
      return (namesOthers.has(kind) ? byIds : { replace }).replace(record);
    },
  };
}

/** Nothing else in a row of the audit trail names anybody, and its hash must go on fitting. */
const withoutAuthor = (row: AuditEntry, isTheirs: (id: string) => boolean, newId: string): AuditEntry =>
  isTheirs(row.by) ? eraseAuthor(row, newId) : row;

/** A waiting part of a file that names them names nobody any more: who has a name there would be created. */
function withoutNames(part: ImportPart, isTheirs: (id: string) => boolean): ImportPart {
  if (!part.actions?.some(({ people }) => people.some(({ id, name }) => name !== undefined && isTheirs(id))))
    return part;
  const actions = part.actions.map((action) => ({
    ...action,
    people: action.people.map(({ id, name }) => (name === undefined || isTheirs(id) ? { id } : { id, name })),
  }));
  return { ...part, actions };
}
