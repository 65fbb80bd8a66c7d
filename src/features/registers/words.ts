import type { Day } from '../../domain/days.js';
import { daysLeft, dueDay, type Entry, findNote } from '../../domain/registers/entry.js';
import { type EntryState, entryShapes, type Party } from '../../domain/registers/kinds.js';
import { lacksAmendment } from '../../domain/registers/moves.js';
import { type EntryMove, notedMoves } from '../../domain/registers/table.js';
import type { Text } from '../../text/text.js';
import { escapeMarkdown, shorten } from '../../text/typeset.js';
import type { Services } from '../feature.js';

/** As long as a heading may be. */
const longestHeading = 60;

type Mark = 'good' | 'bad' | 'wait' | 'warn' | 'off';

const marks: Readonly<Record<EntryState, Mark>> = {
  planned: 'wait',
  held: 'wait',
  minuted: 'wait',
  validated: 'good',
  requested: 'wait',
  agreed: 'good',
  published: 'good',
  refused: 'bad',
  running: 'warn',
  remedied: 'good',
  lapsed: 'bad',
  listed: 'wait',
  asked: 'wait',
  cleared: 'good',
  'not-cleared': 'bad',
  'in-use': 'good',
  retired: 'off',
  notified: 'warn',
  effective: 'off',
  opened: 'wait',
  settled: 'good',
  failed: 'bad',
  abandoned: 'off',
};

export const markOf = ({ state }: Pick<Entry, 'state'>): Mark => marks[state];

/** What an entry is called: as it was typed, or by its kind and day. Not escaped. */
export function titleOf({ kind, title, day, due }: Entry, t: Text): string {
  const on = kind === 'committee' ? due : day;
  if (entryShapes[kind].title === 'required' || !on) return title || t.at(`registers.kind.${kind}`);
  return t.at(`registers.untitled.${kind}`, { day: t.dates.short(on) });
}

/** The title where it is a heading. */
export const headingOf = (entry: Entry, t: Text): string =>
  escapeMarkdown(shorten(titleOf(entry, t), longestHeading));

/** All of a title that its heading has shortened; nothing if that says it all. */
export function fullTitle(entry: Entry, t: Text): string {
  const title = titleOf(entry, t);
  return shorten(title, longestHeading) === title ? '' : escapeMarkdown(title);
}

export const eyebrowOf = ({ kind }: Pick<Entry, 'kind'>, t: Text): string =>
  t('registers.eyebrow', {
    kind: t.at(`registers.kind.${kind}`),
    article: String(entryShapes[kind].article),
  });

/** Not escaped. */
export const partyName = (party: Party, t: Text, { convention }: Pick<Services, 'convention'>): string =>
  party === 'company' ? convention.company : t('registers.ministry');

/** "dans 5 jours", "aujourd’hui", "depuis 2 jours" */
function distance(left: number, t: Text): string {
  if (left === 0) return t('registers.left.today');
  return left > 0 ? t('registers.left.ahead', { count: left }) : t('registers.left.past', { count: -left });
}

/** The day that an entry waits for, with the days that are left; nothing if it waits for none. */
export function dueLine(entry: Entry, today: Day, t: Text): string {
  const [due, left] = [dueDay(entry), daysLeft(entry, today)];
  if (due === undefined || left === undefined) return '';
  return t.at(`registers.due.${entry.kind}`, { day: t.dates.long(due), left: distance(left, t) });
}

/** Whether the day that an entry waits for has passed. */
export const isLate = (entry: Entry, today: Day): boolean => (daysLeft(entry, today) ?? 0) < 0;

/** The state in a word or two. */
export const stateWord = (entry: Entry, today: Day, t: Text): string =>
  entry.state === 'running' && isLate(entry, today)
    ? t('registers.state.running-over')
    : t.at(`registers.state.${entry.state}`);

/** What comes next, and by which rule. */
export function nextStep(entry: Entry, today: Day, t: Text): string {
  if (entry.state === 'running' && isLate(entry, today)) return t('registers.next.running-over');
  if (entry.state === 'notified' && (daysLeft(entry, today) ?? 1) <= 0)
    return t('registers.next.notified-over');
  if (entry.state === 'cleared' && lacksAmendment(entry)) return t('registers.next.cleared-amendment');
  return t.at(`registers.next.${entry.state}`);
}

interface Fact {
  readonly title: string;
  readonly value: string;
}

/** What is known of an entry. The values are Markdown, so what people typed is escaped. */
export function facts(entry: Entry, t: Text, services: Services): Fact[] {
  const { kind, title, party, day, collects } = entry;
  const due = dueDay(entry);
  const fact = (key: string, value: string | false | undefined): Fact[] =>
    value ? [{ title: t.at(`registers.fact.${key}`), value }] : [];
  return [
    ...fact(`title-${kind}`, entryShapes[kind].title === 'optional' && escapeMarkdown(title)),
    ...fact('party', party && escapeMarkdown(partyName(party, t, services))),
    ...fact(`day-${kind}`, day && t.dates.long(day)),
    ...fact(`due-${kind}`, due && t.dates.long(due)),
    ...fact('collects', collects !== undefined && t(`registers.collected.${collects ? 'yes' : 'no'}`)),
    ...notedMoves.flatMap((move) => fact(move, noted(entry, move, t))),
  ];
}

/** What a move noted, in short: its day, and by whom. */
function noted(entry: Entry, move: EntryMove, t: Text): string | undefined {
  const note = findNote(entry, move);
  return (
    note?.day &&
    [t.dates.long(note.day), note.office && escapeMarkdown(note.office)].filter(Boolean).join(', ')
  );
}
