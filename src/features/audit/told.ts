import type { HistoryRow } from '../../domain/action.js';
import type { AuditEntry, AuditKind } from '../../domain/audit/chain.js';
import { contradicts } from '../../domain/audit/record.js';
import { parseDeadlineId } from '../../domain/convention/deadlines.js';
import { yearOfId } from '../../domain/convention/programme-year.js';
import { entryStates } from '../../domain/registers/kinds.js';
import type { Reader } from '../../ports.js';
import type { Text } from '../../text/text.js';
import { escapeMarkdown } from '../../text/typeset.js';
import type { Services } from '../feature.js';
import { fileTexts, isMade } from '../files/make.js';
import { eyebrowOf, titleOf } from '../registers/words.js';
import { eyebrow, readNames } from '../shared/request-view.js';
import { yearTitle } from '../shared/year-title.js';
import { employeeOf } from '../story/card.js';
import { tellMove } from '../story/sentences.js';

/** What is told by a text of its own, `audit.told.<name>`; moves of requests are told as in their story. */
export const toldMoves = [
  'register',
  'deadlineDone',
  'deadlineUndone',
  'signature',
  'amendment-draft',
  'amendment-edit',
  'amendment-sign',
  'amendment-reopen',
  'amendment-drop',
  'amendment-resume',
  'event-add',
  'event-edit',
  'event-aside',
  'event-resume',
  'event-hold',
  'event-release',
  'event-send',
  'started-convention',
  'started-admins',
  'started-coordinators',
  'channel-chosen',
  'channel-moved',
  'channel-stopped',
  'closed',
  'reopened',
  'adding',
  'added',
  'dropped',
  'export',
  'erasure',
  'other',
] as const;

/** A row in words: what somebody did, and what it is about. */
interface Told {
  readonly what: string;
  readonly about: string;
  /** That the history says something else; empty if it does not. */
  readonly doubt: string;
}

/** What the sentences are made of, beside who did it. */
type Facts = Readonly<Record<string, string | number>>;

/**
 * The rows of the trail in words: for whoever may read of everybody in Markdown, in which all that people typed is escaped.
 * @param plainName what to call people in a plain text instead
 */
export async function tellEntries(
  reader: Reader,
  entries: readonly AuditEntry[],
  t: Text,
  services: Services,
  plainName?: (id: string) => string,
): Promise<Told[]> {
  const rows = await Promise.all(entries.map(({ row }) => row && reader.get('history', row)));
  const history = rows.map((row) => row || undefined);
  const people = [
    ...entries.map(({ by }) => by),
    ...history.flatMap((row) => (row ? [row.onBehalfOf, employeeOf(row)] : [])),
  ];
  const name = plainName ?? (await readNames(reader, people, t));
  const write = plainName ? (text: string) => text : escapeMarkdown;
  const nameHere = (id: string): string => write(name(id));
  return Promise.all(
    entries.map(async (entry, i): Promise<Told> => {
      const doubt = await tellDoubt(reader, entry, history[i], t);
      const action = await readAction(reader, entry);
      if (action) {
        const row = toRow(entry, history[i]);
        const what = tellMove(row, employeeOf(row) ?? row.by, nameHere, t);
        return { what, about: eyebrow(action, t), doubt };
      }
      const { facts, about } = await describe(reader, entry, { t, services, write });
      const what = t.at(`audit.told.${toToldMove(entry)}`, { who: nameHere(entry.by), ...facts });
      return { what, about, doubt };
    }),
  );
}

async function tellDoubt(
  reader: Reader,
  entry: AuditEntry,
  row: HistoryRow | undefined,
  t: Text,
): Promise<string> {
  if (entry.row === undefined) return '';
  if (!row) return t('audit.recordGone');
  // Of somebody who is being erased one of the two may have the random id already.
  const erasing = await Promise.all([row.by, entry.by].map((id) => reader.get('erasures', id)));
  return contradicts(
    row,
    entry,
    erasing.flatMap((erasure) => erasure ?? []),
  )
    ? t('audit.recordDiffers')
    : '';
}

const readAction = (reader: Reader, { kind, about }: AuditEntry) =>
  kind === 'request' || kind === 'correction' ? reader.get('actions', about) : undefined;

/** A move as its row of the trail says it. Only for whom it was is added from the history: the chain does not hold that. */
const toRow = (
  { id, about, what, from = '', to = '', by, at }: AuditEntry,
  { engagementId, onBehalfOf }: Partial<HistoryRow> = {},
): HistoryRow => ({
  id,
  actionId: about,
  move: what,
  from,
  to,
  by,
  at,
  ...(engagementId?.startsWith(`${about}:`) ? { engagementId } : {}),
  ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
});

/** The text of a row: of its kind, or of its move. */
export function toToldMove({ kind, what }: Pick<AuditEntry, 'kind' | 'what'>): (typeof toldMoves)[number] {
  if (kind === 'export' || kind === 'erasure') return kind;
  if (kind === 'register' && !what.startsWith('deadline')) return kind;
  return toldMoves.find((move) => move === what) ?? 'other';
}

interface Telling {
  readonly t: Text;
  readonly services: Services;
  /** Makes what people typed a part of the text. */
  readonly write: (typed: string) => string;
}

type Describe = (
  reader: Reader,
  entry: AuditEntry,
  telling: Telling,
) => Promise<{ readonly facts?: Facts; readonly about: string }>;

const nothing: Describe = async () => ({ about: '' });

/** What is known of what a row is about; little of what is no longer there. */
const describers: Readonly<Record<AuditKind, Describe>> = {
  request: nothing,
  correction: nothing,
  erasure: nothing,
  register: async (reader, { about, to = '' }, { t, write }) => {
    const deadline = parseDeadlineId(about);
    if (deadline) {
      const title = t.at(`deadlines.kind.${deadline.kind}.title`);
      return { about: `${title}, ${t.dates.long(deadline.day)}` };
    }
    const entry = await reader.get('entries', about);
    const title = entry ? write(titleOf(entry, t)) : '';
    const state = allStates.has(to) ? t.at(`registers.state.${to}`) : to;
    return { facts: { title, state }, about: entry ? eyebrowOf(entry, t) : '' };
  },
  setting: async (reader, { about, to = '', what }, { t, write }) => {
    if (what === 'signature') return { facts: { day: t.dates.long(to) }, about: '' };
    const amendment = await reader.get('amendments', about);
    if (amendment) return { facts: { number: String(amendment.number) }, about: write(amendment.subject) };
    const edited = await reader.get('events', about);
    return { about: edited ? write(edited.event.name) : '' };
  },
  role: async (_, { about, from = '', to = '' }, { t }) => ({
    facts: { channel: t(about === 'announcements' ? 'audit.announcements' : 'audit.coordinators'), from, to },
    about: '',
  }),
  closing: async (_, { about }, { t }) => ({
    facts: { year: yearTitle(yearOfId(about.slice(0, about.lastIndexOf(':'))), t) },
    about: '',
  }),
  import: async (reader, { about, to }, { t, write }) => {
    const found = await reader.get('imports', about);
    const engagements = t('audit.engagements', { count: Number(to) });
    return { facts: { engagements }, about: found ? write(found.fileName) : '' };
  },
  export: async (_, { about, what: file }, { t, services }) => {
    const [day = ''] = about.split('@');
    return {
      facts: { file: isMade(file, services) ? t.at(`${fileTexts(file)}.what`) : t('audit.file') },
      about: /^\d{4}-\d\d-\d\d$/.test(day) ? t('audit.yearFrom', { day: t.dates.short(day) }) : '',
    };
  },
};
const describe: Describe = (reader, entry, telling) => describers[entry.kind](reader, entry, telling);
const allStates: ReadonlySet<string> = new Set(Object.values(entryStates).flat());
