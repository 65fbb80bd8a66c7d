import type { Action, Engagement, HistoryRow } from '../../domain/action.js';
import { programmeYear } from '../../domain/convention/programme-year.js';
import type { Day, Instant } from '../../domain/days.js';
import type { Invitation } from '../../domain/engagements/invitations.js';
import { type Mobilised, mobilisedId } from '../../domain/engagements/tally.js';
import { registers } from '../../domain/registers/kinds.js';
import type { Reader } from '../../ports.js';
import type { Export, Link, Person, Records } from '../../records.js';
import { Refusal, type Services } from '../feature.js';
import { readActionsOf } from '../shared/records.js';

/** What somebody has noted for the convention or set up, beside what is in the history of the actions. */
export const notedKinds = [
  'entry',
  'event',
  'deadline',
  'amendment',
  'signature',
  'closing',
  'reopening',
  'import',
  'channel',
] as const;
export interface Noted {
  readonly what: (typeof notedKinds)[number];
  readonly at: Instant;
  /** What it is about, as somebody typed it, or a day. */
  readonly title?: string;
  readonly day?: Day;
  /** What they wrote. */
  readonly text?: string;
}

/** What is kept of a person, but for messages and reminders, which only their file lists. */
export interface Own {
  readonly person: Person;
  readonly engagements: readonly { readonly action: Action; readonly engagement: Engagement }[];
  readonly invitations: readonly { readonly invitation: Invitation; readonly action: Action | undefined }[];
  /** What they did, or others for them. */
  readonly moves: readonly HistoryRow[];
  readonly noted: readonly Noted[];
  readonly links: readonly Link[];
  readonly exports: readonly Export[];
  /** What the audit trail names them for. */
  readonly audit: readonly Records['audit'][];
  /** The programme years in whose figures they are. */
  readonly years: readonly (Mobilised & { readonly year: string })[];
}

/**
 * Reads what is kept of a person.
 * @throws Refusal if they are not known any more
 */
export async function readOwn(reader: Reader, id: string, { convention }: Services): Promise<Own> {
  const person = await reader.get('people', id);
  if (!person) throw new Refusal('refusal.outdated');
  const [mine, invited, byThem, noted, links, exports, audit] = await Promise.all([
    reader.list('engagements', 'byEmployee', id),
    reader.list('invitations', 'byEmployee', id),
    reader.list('history', 'byPerson', id),
    readNoted(reader, id),
    reader.list('links', 'byPerson', id),
    reader.list('exports', 'byPerson', id),
    reader.list('audit', 'byPerson', id),
  ]);
  const engagements = await readActionsOf(reader, mine);
  const invitations = await Promise.all(
    invited.map(async (invitation) => ({
      invitation,
      action: await reader.get('actions', invitation.actionId),
    })),
  );
  const yearIds = [...new Set(mine.map((e) => programmeYear(e.firstDay, convention).id))].sort();
  const counts = await Promise.all(yearIds.map((year) => reader.get('mobilised', mobilisedId(year, id))));
  const years = counts.flatMap((count, i) => (count ? { ...count, year: yearIds[i] ?? '' } : []));
  const moves = await withMovesOfOthers(reader, id, mine, byThem);
  return { person, engagements, invitations, moves, noted, links, exports, audit, years };
}

/** Adds what others did to their engagements, or for them; in order. */
async function withMovesOfOthers(
  reader: Reader,
  id: string,
  engagements: readonly Engagement[],
  byThem: readonly HistoryRow[],
): Promise<HistoryRow[]> {
  const rows = new Map(byThem.map((row) => [row.id, row]));
  const own = await Promise.all(engagements.map((e) => reader.list('history', 'byAction', e.actionId)));
  const ids = new Set(engagements.map((e) => e.id));
  for (const row of own.flat())
    if (row.by === id || row.onBehalfOf === id || ids.has(row.engagementId ?? '')) rows.set(row.id, row);
  return [...rows.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** Few records are of these kinds, however long a company keeps a convention. */
async function readNoted(reader: Reader, id: string): Promise<Noted[]> {
  const [entries, events, deadlines, amendments, terms, closings, imports, channels] = await Promise.all([
    Promise.all(
      registers.flatMap((register) =>
        (['waiting', 'done'] as const).map((state) =>
          reader.list('entries', 'byRegister', `${register}|${state}`),
        ),
      ),
    ),
    reader.list('events', 'byId', 'all'),
    reader.all('deadlines'),
    reader.all('amendments'),
    reader.get('terms', 'convention'),
    reader.all('closings'),
    reader.all('imports'),
    reader.all('channels'),
  ]);
  const noted: Noted[] = [
    ...entries
      .flat()
      .flatMap(({ title, history }) =>
        history.flatMap(({ by, at, text }) =>
          by === id ? { what: 'entry' as const, at, title, ...(text ? { text } : {}) } : [],
        ),
      ),
    ...events.flatMap(({ event, history }) =>
      history.flatMap(({ by, at }) => (by === id ? { what: 'event' as const, at, title: event.name } : [])),
    ),
    ...deadlines.flatMap(({ id: deadline, done }) =>
      done?.by === id
        ? { what: 'deadline' as const, at: done.at, day: deadline.slice(-10), text: done.evidence }
        : [],
    ),
    ...amendments.flatMap(({ subject, moved }) =>
      moved.by === id ? { what: 'amendment' as const, at: moved.at, title: subject } : [],
    ),
    ...[terms?.signature].flatMap((signature) =>
      signature?.by === id ? { what: 'signature' as const, at: signature.at, day: signature.signedOn } : [],
    ),
    ...closings.flatMap(({ by, at, year, reopened }) => [
      ...(by === id ? [{ what: 'closing' as const, at, title: year }] : []),
      ...(reopened?.by === id
        ? [{ what: 'reopening' as const, at: reopened.at, title: year, text: reopened.why }]
        : []),
    ]),
    ...imports.flatMap(({ by, at, fileName }) =>
      by === id ? { what: 'import' as const, at, title: fileName } : [],
    ),
    ...channels.flatMap(({ by, at }) => (by === id ? { what: 'channel' as const, at } : [])),
  ];
  return noted.sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** Whether something is still expected of somebody in an action: it is planned, or waits for a decision. */
export const isToCome = (action: Action, { state }: Engagement, today: Day): boolean =>
  action.state === 'open' &&
  action.lastDay >= today &&
  ['pending', 'sent-back', 'approved', 'waitlisted'].includes(state);
