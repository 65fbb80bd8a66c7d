import { checkOutcome, countSeatsTaken } from '../../domain/engagements/moves.js';
import type { Lang, Reader } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import { escapeMarkdown } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import { calendarLine } from '../shared/calendar-line.js';
import { readTeamsIds } from '../shared/people.js';
import type { Request } from '../shared/records.js';
import { describeWhen, eyebrow, readNames, remarkRun, rowTitle } from '../shared/request-view.js';
import { schoolNames } from '../shared/schools.js';

/** The most names on a card; then "and n others". */
const maxNames = 8;
/** The most people for whom Teams accepts views of their own. */
const maxViewers = 60;

/**
 * A session: its seats, when and where, who takes part, and the button that applies. In the channel, where everybody
 * sees the same card, the button takes a free seat or opens the reader's own view.
 */
export async function sessionCard(
  reader: Reader,
  { action, engagements }: Request,
  { viewer, note = 'same' }: { viewer?: Actor; note?: 'joined' | 'left' | 'full' | 'same' },
  lang: Lang,
  services: Services,
): Promise<Card> {
  const t = services.textIn(lang);
  const taken = engagements.filter((e) => e.state === 'approved' || e.state === 'attended');
  const free = Math.max(0, action.seats - countSeatsTaken(engagements));
  const ids = taken.map((e) => e.employeeId);
  const name = await readNames(reader, [action.createdBy, ...ids.slice(0, maxNames)], t);
  const own = viewer !== undefined && ids.includes(viewer.id);
  const others = ids.filter((id) => id !== viewer?.id);
  const shown = others.slice(0, maxNames).map((id) => escapeMarkdown(name(id)));
  const more = others.length - shown.length;
  const who = [
    ...shown,
    ...(more > 0 ? [t('sessions.more', { count: more })] : []),
    ...(own ? [t('sessions.you')] : []),
  ];
  const warning = calendarLine(action, t, services);
  const today = dayAt(services.clock.now());
  const open = action.state === 'open' && today < action.firstDay;
  const join = open && free > 0 && !own;
  const leave = open && own;
  // In the channel: whether anybody, at least a coordinator, may report the outcome.
  const mayAnswer = checkOutcome(viewer ?? { id: '', coordinator: true }, action, engagements, today).ok;
  const seatsLeft = t('sessions.seatsLeft', { count: free, seats: action.seats });
  const state = !open
    ? { mark: 'off', word: t(action.state === 'open' ? 'sessions.begun' : `state.${action.state}`), rest: '' }
    : own
      ? { mark: 'good', word: t('sessions.youTakePart'), rest: ` ${seatsLeft}` }
      : free > 0
        ? {
            mark: 'open',
            word: t('sessions.free', { count: free }),
            rest: t('sessions.ofSeats', { count: action.seats }),
          }
        : { mark: 'off', word: t('sessions.full'), rest: '' };
  return {
    template: 'sessions-card',
    lang,
    summary: `${rowTitle(action, t)}, ${describeWhen(action, t)} · ${state.word}`,
    data: {
      id: action.id,
      eyebrow: eyebrow(action, t),
      heading: t.at(`sessions.heading.${action.kind}`, {
        level: action.level ? t.at(`level.${action.level}`) : '',
      }),
      lead: note === 'full' ? t('sessions.fullNow') : note === 'left' ? t('sessions.leftNow') : '',
      state,
      facts: [
        { title: t('fact.when'), value: describeWhen(action, t) },
        { title: t('fact.where'), value: escapeMarkdown(schoolNames(action, services).join(', ')) },
        ...(warning ? [{ title: t('fact.calendar'), value: warning }] : []),
        { title: t('fact.who'), value: who.length > 0 ? who.join(', ') : t('sessions.nobody') },
      ],
      remark: remarkRun(action.remark, t),
      note: t('sessions.note', { name: escapeMarkdown(name(action.createdBy)) }),
      join,
      leave,
      answer: viewer !== undefined && mayAnswer,
      view: !viewer && ((open && taken.length > 0) || mayAnswer),
      story:
        viewer !== undefined && (viewer.coordinator || engagements.some((e) => e.employeeId === viewer.id)),
      others: viewer !== undefined && !join && !leave && !mayAnswer,
    },
    ...(!viewer && open
      ? {
          refresh: {
            verb: 'sessions.view',
            data: { id: action.id },
            userIds: await readTeamsIds(reader, ids.slice(0, maxViewers)),
          },
        }
      : {}),
  };
}
