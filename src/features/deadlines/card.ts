import type { HistoryRow } from '../../domain/action.js';
import { previousWorkingDay } from '../../domain/calendar/working-days.js';
import { instantAt } from '../../domain/calendar/working-hours.js';
import { deadlineArticles, remindersOf } from '../../domain/convention/deadlines.js';
import type { Day } from '../../domain/days.js';
import type { Reader } from '../../ports.js';
import { dayAt, zone } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { capitaliseFirst, quote } from '../../text/typeset.js';
import { type Actor, type Card, Refusal, type Services } from '../feature.js';
import {
  deadlineTitle,
  describeDaysLeft,
  describeLastWorkingDay,
  type MarkedDeadline,
} from '../shared/deadlines.js';
import { type Faults, faultData } from '../shared/form.js';
import { readNames } from '../shared/request-view.js';
import { readCommittee } from './committee.js';
import { isMarkable, readDeadlines, stateOfDeadline } from './read.js';

/** A line: where to find it, rather than what it says. */
export const evidenceLength = 200;
/** The latest moves that the card tells. */
const maxMoves = 4;

export const markFields = ['evidence'] as const;
export type MarkField = (typeof markFields)[number];
interface FormState {
  readonly values?: Partial<Record<MarkField, string>>;
  readonly faults?: Faults<MarkField>;
}

/**
 * A deadline among those that are listed, by its id.
 * @throws Refusal if there is none: the date of signature has changed, or it has long passed
 */
export async function requireDeadline(
  reader: Reader,
  id: string,
  services: Services,
): Promise<MarkedDeadline> {
  const today = dayAt(services.clock.now());
  const found = (await readDeadlines(reader, today, services)).find((deadline) => deadline.id === id);
  if (!found) throw new Refusal('refusal.outdated');
  return found;
}

/** One deadline: its article, the days left, who marked it as done and what shows it. */
export async function deadlineCard(
  reader: Reader,
  actor: Actor,
  deadline: MarkedDeadline,
  services: Services,
  { values = {}, faults = {} }: FormState = {},
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const today = dayAt(services.clock.now());
  const { id, day, kind, done } = deadline;
  const history = (await reader.list('history', 'byAction', id)).slice(-maxMoves);
  const name = await readNames(reader, [done?.by, ...history.map(({ by }) => by)], t);
  const title = deadlineTitle(deadline, t);
  const heading = t('deadlines.titled', { title, left: describeDaysLeft(day, today, t) });
  const reminders = describeReminders(deadline, today, t, services);
  const toMark = isMarkable(deadline) && !done;
  const committee = kind === 'committee' ? await readCommittee(reader, day, today, t, services) : undefined;
  return {
    template: 'deadlines-deadline',
    lang: actor.lang,
    summary: heading,
    data: {
      id,
      formKey: services.ids.unguessable(),
      seen: done?.at ?? '',
      eyebrow: t('deadlines.oneEyebrow', { article: deadlineArticles[kind] }),
      heading,
      lead: [t(`deadlines.kind.${kind}.what`), describeLastWorkingDay(deadline, t, services)]
        .filter(Boolean)
        .join(' '),
      state: stateStrip(deadline, today, name, t),
      evidence: done ? quote(t.lang, done.evidence) : '',
      facts: [
        { title: t('deadlines.fact.day'), value: capitaliseFirst(t.dates.long(day)) },
        ...(committee?.facts ?? []),
        ...(reminders ? [{ title: t('deadlines.fact.reminders'), value: reminders }] : []),
      ],
      moves: history.map((row) => toldMove(row, name, t)),
      past: history.length > 1,
      toMark,
      done: done !== undefined,
      committee: committee !== undefined,
      mayClose: committee?.mayClose ?? false,
      view: { from: day },
      ask: t(`deadlines.ask.${kind === 'committee' ? 'committee' : 'renewal-notice'}`),
      values: { evidence: values.evidence ?? '' },
      limits: { evidence: evidenceLength },
      faults: faultData(markFields, faults),
    },
  };
}

function stateStrip(deadline: MarkedDeadline, today: Day, name: (id: string) => string, t: Text) {
  const state = stateOfDeadline(deadline, today);
  const mark = { late: 'warn', open: 'wait', coming: 'open', over: 'off', done: 'good' }[state];
  const { done } = deadline;
  const rest =
    done && state === 'done'
      ? t('deadlines.doneRest', { name: name(done.by), day: t.dates.long(dayAt(done.at)) })
      : t.at(`deadlines.rest.${state}`);
  return { mark, word: t(`deadlines.state.${state}`), rest };
}

/** The days on which the channel is still reminded; nothing if it is not any more. */
function describeReminders(
  deadline: MarkedDeadline,
  today: Day,
  t: Text,
  { convention, calendar, clock }: Services,
): string {
  if (deadline.done) return '';
  const { usual } = convention.messageHours;
  const days = remindersOf(deadline, convention)
    .map(({ day }) => previousWorkingDay(day, calendar))
    .filter((day) => day >= today && instantAt(day, usual, zone) > clock.now());
  return t.list([...new Set(days)].map((day) => t.dates.short(day)));
}

function toldMove({ move, by, at, why }: HistoryRow, name: (id: string) => string, t: Text) {
  const params = { name: capitaliseFirst(name(by)), day: t.dates.long(dayAt(at)) };
  return {
    what: move === 'deadlineDone' ? t('deadlines.move.done', params) : t('deadlines.move.undone', params),
    evidence: why ? ` ${quote(t.lang, why)}` : '',
  };
}
