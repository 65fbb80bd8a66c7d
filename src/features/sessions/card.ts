import type { Engagement } from '../../domain/action.js';
import { isClosed } from '../../domain/engagements/moves.js';
import { checkOutcome, mayCorrectNumber } from '../../domain/engagements/outcome.js';
import { sortWaitingList } from '../../domain/engagements/waiting-list.js';
import type { Reader } from '../../ports.js';
import type { Lang } from '../../records.js';
import { dayAt } from '../../text/dates.js';
import type { Text, TextKey } from '../../text/text.js';
import { escapeMarkdown } from '../../text/typeset.js';
import { type Actor, type Card, maxViewers, type Services } from '../feature.js';
import { calendarLine } from '../shared/calendar-line.js';
import { hasTakenEntry } from '../shared/calendar-offer.js';
import { readCancellation } from '../shared/cancellation.js';
import { eventName } from '../shared/event-field.js';
import { describeNextStep } from '../shared/next-step.js';
import { readTeamsIds } from '../shared/people.js';
import type { Request } from '../shared/records.js';
import {
  decidedByText,
  describeWhen,
  eyebrow,
  readNames,
  remarkRun,
  rowTitle,
} from '../shared/request-view.js';
import { schoolNames } from '../shared/schools.js';
import { confirmNote, confirmUntil, isToConfirm, waitingWord } from '../shared/seat-words.js';
import { readOtherSessions } from './others.js';
import { countFreeSeats, seatsWord, sessionRow } from './row.js';
import type { SeatNote } from './seats.js';

/** The most names on a card; then "and n others". */
const maxNames = 8;
function stateOf(request: Request, own: Engagement | undefined, today: string, t: Text) {
  const { action } = request;
  if (action.state !== 'open' || today >= action.firstDay) {
    const word = t(action.state === 'open' ? 'sessions.begun' : `state.${action.state}`);
    return { mark: 'off', word, rest: '' } as const;
  }
  const seats = seatsWord(request, today, t);
  if (isToConfirm(action, own, today)) {
    const rest = confirmUntil(own?.confirmBy, today, t);
    return { mark: 'warn', word: t('sessions.toConfirm'), rest } as const;
  }
  if (own?.state === 'approved') {
    const left = t('sessions.seatsLeft', { count: countFreeSeats(request), seats: action.seats });
    return { mark: 'good', word: t('sessions.youTakePart'), rest: ` ${left}` } as const;
  }
  if (own?.state === 'waitlisted')
    return { mark: 'wait', word: waitingWord(request, own.employeeId, t) ?? '', rest: '' } as const;
  return seats;
}

const leads = {
  waiting: 'sessions.waitingNow',
  left: 'sessions.leftNow',
  leftLine: 'sessions.leftLineNow',
  confirmed: 'sessions.confirmedNow',
  changed: 'sessions.changedNow',
} as const satisfies Partial<Record<SeatNote, TextKey>>;

/**
 * A session: its seats, when and where, who takes part, and the button that applies. In the channel, where everybody
 * sees the same card, the button takes a free seat, or a place on the waiting list, or opens the reader's own view.
 */
export async function sessionCard(
  reader: Reader,
  request: Request,
  { viewer, note = 'same' }: { viewer?: Actor; note?: SeatNote },
  lang: Lang,
  services: Services,
): Promise<Card> {
  const { action, engagements } = request;
  const t = services.textIn(lang);
  const taken = engagements.filter((e) => e.state === 'approved' || e.state === 'attended');
  const ids = taken.map((e) => e.employeeId);
  const cancellation = action.state === 'cancelled' ? await readCancellation(reader, action.id) : undefined;
  const name = await readNames(
    reader,
    [action.createdBy, cancellation?.by, ...ids.slice(0, maxNames + 1)],
    t,
  );
  const own = viewer && engagements.find((e) => e.employeeId === viewer.id);
  const warning = calendarLine(action, t, services);
  const today = dayAt(services.clock.now());
  const open = action.state === 'open' && today < action.firstDay;
  const seated = own?.state === 'approved';
  const waits = own?.state === 'waitlisted';
  const free = countFreeSeats(request);
  const hasLeft = viewer !== undefined && (note === 'left' || note === 'leftLine');
  // Who has just left does not want to wait for a seat.
  const joins = open && !seated && !waits && !isClosed(action, today) && !(hasLeft && free === 0);
  // In the channel: whether anybody, at least a coordinator, may report the outcome.
  const mayAnswer = checkOutcome(viewer ?? { id: '', coordinator: true }, action, engagements, today).ok;
  const strip = stateOf(request, own, today, t);
  const state = cancellation ? { ...strip, rest: decidedByText(cancellation, name, t) } : strip;
  const confirm = open && isToConfirm(action, own, today);
  const leave = open && (seated || waits);
  const others = hasLeft ? await readOtherSessions(reader, action, viewer.id, today) : [];
  const lead = note === 'joined' || note === 'same' ? undefined : leads[note];
  const event = eventName(action, services);
  const next = own && own.state !== 'withdrawn' ? describeNextStep(action, own, 'employee', t, services) : '';
  const published = t(open ? 'sessions.note' : 'sessions.publishedBy', {
    name: escapeMarkdown(name(action.createdBy)),
  });
  return {
    template: 'sessions-card',
    lang,
    summary: `${rowTitle(action, t)}, ${describeWhen(action, t)} · ${state.word}`,
    data: {
      id: action.id,
      seen: action.revision ?? 0,
      eyebrow: eyebrow(action, t),
      heading: t.at(`sessions.heading.${action.kind}`, {
        level: action.level ? t.at(`level.${action.level}`) : '',
      }),
      lead: lead ? t(lead) : '',
      state,
      reason: remarkRun(cancellation?.why, t),
      facts: [
        { title: t('fact.when'), value: describeWhen(action, t) },
        { title: t('fact.where'), value: escapeMarkdown(schoolNames(action, services).join(', ')) },
        ...(warning ? [{ title: t('fact.calendar'), value: warning }] : []),
        ...(event ? [{ title: t('fact.event'), value: escapeMarkdown(event) }] : []),
        ...(open && action.closesOn
          ? [{ title: t('fact.closes'), value: t.dates.long(action.closesOn) }]
          : []),
        { title: t('fact.who'), value: listParticipants(ids, viewer?.id, name, t) },
      ],
      expected: remarkRun(action.expected, t),
      remark: remarkRun(action.remark, t),
      note:
        own && confirm
          ? confirmNote(action, own, t, services)
          : [next, waits ? '' : published].filter(Boolean).join(' '),
      join: joins,
      joinTitle: t(free > 0 ? 'sessions.join' : 'sessions.wait'),
      confirm,
      leave,
      leaveTitle: t(waits ? 'sessions.leaveLine' : confirm ? 'sessions.sayNo' : 'sessions.leave'),
      calendarTitle:
        note === 'confirmed' && viewer
          ? t(
              (await hasTakenEntry(reader, { actionId: action.id, employeeId: viewer.id }))
                ? 'reminders.calendar.replace'
                : 'reminders.calendar.add',
            )
          : '',
      answer: viewer !== undefined && mayAnswer,
      correctNumber: viewer !== undefined && mayCorrectNumber(viewer, action, engagements),
      view: !viewer && (open || mayAnswer),
      story:
        viewer !== undefined && (viewer.coordinator || engagements.some((e) => e.employeeId === viewer.id)),
      others: viewer !== undefined && !leave && !mayAnswer && !(joins && free > 0) && others.length === 0,
      manage: viewer?.coordinator === true && action.state === 'open',
      rows: others.map((other, i) => ({
        ...sessionRow(other, viewer?.id, today, t, services),
        group: i === 0 ? t('sessions.otherDates') : '',
        separated: i > 0,
      })),
      position: '',
    },
    ...(!viewer && open
      ? {
          refresh: {
            verb: 'sessions.view',
            data: { id: action.id },
            userIds: await readTeamsIds(
              reader,
              [...ids, ...sortWaitingList(engagements).map((e) => e.employeeId)].slice(0, maxViewers),
            ),
          },
        }
      : {}),
  };
}

/** The others by name, the reader last. */
function listParticipants(
  ids: readonly string[],
  viewerId: string | undefined,
  name: (id: string) => string,
  t: Text,
): string {
  const others = ids.filter((id) => id !== viewerId);
  const shown = others.slice(0, maxNames).map((id) => escapeMarkdown(name(id)));
  const more = others.length - shown.length;
  const who = [
    ...shown,
    ...(more > 0 ? [t('sessions.more', { count: more })] : []),
    ...(viewerId !== undefined && ids.includes(viewerId) ? [t('sessions.you')] : []),
  ];
  return who.length > 0 ? who.join(', ') : t('sessions.nobody');
}
