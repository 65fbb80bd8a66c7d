import { areasOf } from '../../domain/convention/regional.js';
import { addDays, type Day } from '../../domain/days.js';
import type { MutableMessage, Person } from '../../records.js';
import type { Text } from '../../text/text.js';
import type { Services } from '../feature.js';
import { dayLimits } from '../shared/form.js';
import type { FormReader } from '../shared/form-reader.js';
import { isMuted } from '../shared/people.js';

/** The kinds of messages that people may mute, in the order of the form. */
export const mutable = ['reminders', 'invitations', 'regional'] as const satisfies readonly MutableMessage[];
export const muteChoices = ['on', 'until', 'always'] as const;

export const muteFields = [
  'reminders',
  'remindersUntil',
  'invitations',
  'invitationsUntil',
  'regional',
  'regionalUntil',
] as const;
export type MuteField = (typeof muteFields)[number];
type Mutes = NonNullable<Person['muted']>;

/** Whether somebody is named for an académie or a région académique, and so gets its card each month. */
export const isNamed = (personId: string, { convention }: Pick<Services, 'convention'>): boolean =>
  areasOf(personId, convention.regionalCoordinators).length > 0;

/** From when messages can be received again: a day after today. */
export const untilLimits = (today: Day) => ({ min: addDays(today, 1), max: dayLimits(today).max });

/** What the inputs show of a person's choices; one that has ended is not shown any more. */
export function showMutes(person: Person | undefined, today: Day): Record<MuteField, string> {
  const show = (kind: MutableMessage): [string, string] => {
    const until = person?.muted?.[kind];
    if (!isMuted(person, kind, today) || until === undefined) return ['on', ''];
    return until === 'always' ? ['always', ''] : ['until', until];
  };
  const [reminders, remindersUntil] = show('reminders');
  const [invitations, invitationsUntil] = show('invitations');
  const [regional, regionalUntil] = show('regional');
  return { reminders, remindersUntil, invitations, invitationsUntil, regional, regionalUntil };
}

/**
 * What somebody receives from now on, in words.
 * @param named for an académie or a région: nobody else gets the card of each month
 */
export const describeMutes = (values: Record<MuteField, string>, named: boolean, t: Text): string =>
  mutable
    .filter((kind) => kind !== 'regional' || named)
    .map((kind) => {
      const choice = values[kind];
      const until = values[`${kind}Until`];
      return t.at(`preferences.now.${kind}.${choice}`, { day: until && t.dates.long(until) });
    })
    .join(' ');

/** Reads the choices. A form of an earlier version does not ask: what it leaves out stays as it is. */
export function readMutes(
  form: FormReader<MuteField>,
  data: Record<string, unknown>,
  before: Mutes,
  today: Day,
  t: Text,
): Mutes {
  const read = (kind: MutableMessage): Mutes => {
    if (!(kind in data)) return kind in before ? { [kind]: before[kind] } : {};
    const choice = form.readOneOf(kind, muteChoices, t('preferences.muteError'));
    const field = `${kind}Until` as const;
    // The form shows the day that holds until now, and not every client can empty a date.
    if (choice !== 'until' && !form.isEmpty(field) && form.values[field] !== before[kind])
      form.fail(kind, { text: t('preferences.dayUnused') });
    if (choice === 'always') return { [kind]: choice };
    if (choice !== 'until') return {};
    const text = t('preferences.untilError');
    if (form.isEmpty(field)) form.fail(field, { text });
    const until = form.readDays(field, field, today)?.firstDay;
    if (until === today) form.fail(field, { text });
    return until ? { [kind]: until } : {};
  };
  return { ...read('reminders'), ...read('invitations'), ...read('regional') };
}
