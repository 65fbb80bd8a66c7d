import { checkActionMove } from '../../domain/engagements/action-moves.js';
import { sortWaitingList } from '../../domain/engagements/waiting-list.js';
import type { Reader } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { breakLongWords } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import { type Fault, remarkLength } from '../shared/form.js';
import type { Request } from '../shared/records.js';
import { describeInOneSentence, eyebrow, readNames } from '../shared/request-view.js';
import { confirmUntil, isToConfirm } from '../shared/seat-words.js';
import { seatsWord } from './row.js';

/** The most names of a list on a card; the others are counted. */
const maxNames = 30;

export type ManageNote = 'unchanged' | 'edited' | 'closed' | 'reopened' | 'cancelled' | undefined;

/**
 * A session as coordinators see it: who has a seat, who waits and in which order, who is yet to confirm, and what they
 * can do with it.
 * @param refused the reason of a cancellation that was not accepted, and why
 */
export async function manageCard(
  reader: Reader,
  request: Request,
  actor: Actor,
  services: Services,
  { note, refused }: { note?: ManageNote; refused?: { value: string; fault: Fault } } = {},
): Promise<Card> {
  const { action, engagements } = request;
  const t = services.textIn(actor.lang);
  const today = dayAt(services.clock.now());
  const seated = engagements
    .filter((e) => e.state === 'approved')
    .sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0));
  const waiting = sortWaitingList(engagements);
  const unsure = seated.filter((e) => isToConfirm(action, e, today));
  const shown = [...seated.slice(0, maxNames), ...waiting.slice(0, maxNames), ...unsure.slice(0, maxNames)];
  const name = await readNames(
    reader,
    shown.map((e) => e.employeeId),
    t,
  );
  const mover = { id: actor.id, coordinator: actor.coordinator };
  const may = (move: 'edit' | 'close' | 'reopen' | 'cancel') =>
    checkActionMove(move, { mover, action, today, text: '-' }).ok;
  const listed = (people: typeof seated, word: (who: string, i: number) => string) =>
    listAll(
      people.map((e) => breakLongWords(name(e.employeeId))),
      word,
      t,
    );
  const confirmBy = unsure[0]?.confirmBy;
  return {
    template: 'sessions-manage',
    lang: actor.lang,
    summary: t('sessions.manageHeading'),
    data: {
      id: action.id,
      eyebrow: eyebrow(action, t),
      heading: t('sessions.manageHeading'),
      lead: [note ? t(`sessions.manageNote.${note}`) : '', describeInOneSentence(action, t)]
        .filter(Boolean)
        .join(' '),
      state:
        action.state === 'open'
          ? seatsWord(request, today, t)
          : { mark: 'off', word: t.at(`state.${action.state}`), rest: '' },
      lists: [
        {
          title: t('sessions.seatedTitle', { count: seated.length, seats: action.seats }),
          names: listed(seated, (who) => who) || t('sessions.nobody'),
        },
        ...(confirmBy
          ? [
              {
                title: `${t('sessions.unsureTitle', { count: unsure.length })}${confirmUntil(confirmBy, today, t)}`,
                names: listed(unsure, (who) => who),
              },
            ]
          : []),
        ...(waiting.length > 0
          ? [
              {
                title: t('sessions.waitingTitle', { count: waiting.length }),
                names: listed(waiting, (who, i) => `${i + 1}. ${who}`),
              },
            ]
          : []),
      ],
      fault: { on: refused !== undefined, text: refused?.fault.text ?? '', why: refused?.fault.why ?? '' },
      reasonValue: refused?.value.slice(0, remarkLength) ?? '',
      remarkLength,
      can: {
        edit: may('edit'),
        close: may('close'),
        reopen: may('reopen'),
        cancel: may('cancel'),
      },
    },
  };
}

function listAll(names: readonly string[], word: (name: string, i: number) => string, t: Text): string {
  const more = names.length - maxNames;
  const shown = names.slice(0, maxNames).map(word).join(', ');
  return more > 0 ? `${shown} ${t('sessions.more', { count: more })}` : shown;
}
