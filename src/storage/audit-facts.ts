import type { HistoryRow } from '../domain/action.js';
import type { AuditFact, AuditKind } from '../domain/audit/chain.js';
import type { EventRecord } from '../domain/calendar/ministry-events.js';
import { startSettings, type Terms } from '../domain/convention/terms.js';
import { passerelle } from '../domain/engagements/moves.js';
import type { Entry } from '../domain/registers/entry.js';
import type { Closing } from '../domain/report/closing.js';
import type { Channel, Erasure, Export, Import, RecordKind, Records } from '../records.js';

/** What employees do about their own engagements: their offers, seats and answers are no decisions. */
const ownMoves: ReadonlySet<string> = new Set([
  'offer',
  'correct',
  'join',
  'wait',
  'withdraw',
  'confirm',
  'proposeDay',
  'attend',
  'miss',
  'accept',
  'refuse',
  'postpone',
]);
const isOwn = ({ move, actionId, engagementId, by, onBehalfOf }: HistoryRow): boolean =>
  ownMoves.has(move) && !onBehalfOf && engagementId === `${actionId}:${by}`;

/** A list of what is prepared decides nothing. */
const isPreparation = ({ move }: HistoryRow): boolean => move.startsWith('prepare-');

const kindsOfMoves: Readonly<Record<string, AuditKind>> = {
  correctNumber: 'correction',
  correctPlaces: 'correction',
  correctHeld: 'correction',
  correctNotHeld: 'correction',
  retract: 'correction',
  settle: 'correction',
  signature: 'setting',
  deadlineDone: 'register',
  deadlineUndone: 'register',
};
const kindOfMove = (move: string): AuditKind =>
  kindsOfMoves[move] ?? (move.startsWith('amendment-') ? 'setting' : 'request');

/** An id that names nobody: those of our own making do not. */
const namesNobody = (id: string): boolean => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(id);

function ofHistory(row: HistoryRow): AuditFact[] {
  if (row.importId || row.by === passerelle.id || isOwn(row) || isPreparation(row)) return [];
  const { id, actionId, move, from, to, by } = row;
  const told = namesNobody(id) ? { row: id } : {};
  return [{ kind: kindOfMove(move), what: move, about: actionId, ...told, from, to, by }];
}

const ofEntry = (before: Entry | undefined, { id, history }: Entry): AuditFact[] =>
  history
    .slice(before?.history.length ?? 0)
    .map(({ move, from, to, by }) => ({ kind: 'register', what: move, about: id, from, to, by }));

const ofEvent = (before: EventRecord | undefined, { id, history }: EventRecord): AuditFact[] =>
  history
    .slice(before?.history.length ?? 0)
    .map(({ did, by }) => ({ kind: 'setting', what: `event-${did}`, about: id, by }));

const ofChannel = (before: Channel | undefined, { id, conversationId, by }: Channel): AuditFact[] =>
  before?.conversationId === conversationId
    ? []
    : [{ kind: 'role', what: before ? 'channel-moved' : 'channel-chosen', about: id, by }];

/** Who has changed the settings of the process is not known. */
function ofTerms(before: Terms | undefined, { startedWith }: Terms): AuditFact[] {
  const known = before?.startedWith;
  if (!known || !startedWith) return [];
  return startSettings.flatMap((name) =>
    known[name].hash === startedWith[name].hash
      ? []
      : {
          kind: name === 'convention' ? 'setting' : 'role',
          what: `started-${name}`,
          about: 'convention',
          from: String(known[name].size),
          to: String(startedWith[name].size),
          by: passerelle.id,
        },
  );
}

const ofClosing = (before: Closing | undefined, { id, by, reopened }: Closing): AuditFact[] => [
  ...(before ? [] : [{ kind: 'closing', what: 'closed', about: id, by } as const]),
  ...(reopened && !before?.reopened
    ? [{ kind: 'closing', what: 'reopened', about: id, by: reopened.by } as const]
    : []),
];

const toldImports: ReadonlySet<Import['state']> = new Set(['adding', 'added', 'dropped']);
const ofImport = (before: Import | undefined, { id, state, engagements, by }: Import): AuditFact[] =>
  state !== before?.state && toldImports.has(state)
    ? [{ kind: 'import', what: state, about: id, to: String(engagements), by }]
    : [];

const ofExport = ({ file, about, personId }: Export): AuditFact[] => [
  { kind: 'export', what: file, about, by: personId },
];

const ofErasure = ({ id, person }: Erasure): AuditFact[] =>
  person ? [{ kind: 'erasure', what: 'begun', about: id, by: person.id }] : [];

type Rules = {
  readonly [K in RecordKind]?: (after: Records[K], before: Records[K] | undefined) => AuditFact[];
};

/** What a record says that is added. */
const whenAdded: Rules = {
  history: ofHistory,
  entries: (after) => ofEntry(undefined, after),
  events: (after) => ofEvent(undefined, after),
  channels: (after) => ofChannel(undefined, after),
  closings: (after) => ofClosing(undefined, after),
  imports: (after) => ofImport(undefined, after),
  exports: ofExport,
  erasures: ofErasure,
};

/**
 * What a record says that takes the place of another. Rows that are never changed are not here: who is erased is taken
 * out of them.
 */
const whenPut: Rules = {
  entries: (after, before) => ofEntry(before, after),
  events: (after, before) => ofEvent(before, after),
  channels: (after, before) => ofChannel(before, after),
  closings: (after, before) => ofClosing(before, after),
  terms: (after, before) => ofTerms(before, after),
  imports: (after, before) => ofImport(before, after),
};

/** What is stored with a record that is removed: who stops a channel is noted in it before. */
const whenRemoved: Rules = {
  channels: ({ id, by }) => [{ kind: 'role', what: 'channel-stopped', about: id, by }],
};

const rules = { add: whenAdded, put: whenPut, remove: whenRemoved };
export type Write = keyof typeof rules;

/** Whether writes of this kind are noted in the audit trail. */
export const isNoted = (write: Write, kind: RecordKind): boolean => rules[write][kind] !== undefined;

/**
 * What a write says for the audit trail: decisions on requests and corrections, registers, settings, channels, years
 * closed and reopened, imports, exports and erasures.
 * @param after what is written; of a removal, what is removed
 * @param before what was stored
 */
export const factsOf = <K extends RecordKind>(
  write: Write,
  kind: K,
  after: Records[K],
  before: Records[K] | undefined,
): AuditFact[] =>
  (rules[write][kind] as ((after: Records[K], before: Records[K] | undefined) => AuditFact[]) | undefined)?.(
    after,
    before,
  ) ?? [];
