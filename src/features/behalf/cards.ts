import { addDays } from '../../domain/days.js';
import { checkMove, countSeatsTaken, isClosed } from '../../domain/engagements/moves.js';
import { checkOutcome } from '../../domain/engagements/outcome.js';
import type { Reader } from '../../ports.js';
import type { Person } from '../../records.js';
import { dayAt } from '../../text/dates.js';
import type { Text } from '../../text/text.js';
import { capitaliseFirst, escapeMarkdown, removeMarkdown } from '../../text/typeset.js';
import type { Actor, Card, Request, Services } from '../feature.js';
import { sessionRow } from '../sessions/row.js';
import { type Faults, faultData } from '../shared/form.js';
import { paginate } from '../shared/list.js';
import { nameOf } from '../shared/people.js';
import { engagementId, readActionsOf, readRequests } from '../shared/records.js';
import {
  describeWhen,
  eyebrow,
  facts,
  fitHeading,
  readNames,
  rowTitle,
  stateStrip,
} from '../shared/request-view.js';
import { findColleagues, readRecentPeople } from './people.js';

/** Longer than any name. */
export const nameLength = 100;
/** With the three buttons, these are the six actions that a card may have. */
const engagementsPerPage = 3;

/** "Pour Inès Exemple" above a card. */
export const forWhom = (colleague: Person, t: Text): string =>
  t('behalf.eyebrow', { name: escapeMarkdown(nameOf(colleague, t)) });

/**
 * Asks for whom a coordinator acts: among those who did something lately, or those whose name was typed.
 * @param typed the name that was typed and is not that of one person, or not that of the one who was chosen
 */
export async function chooseCard(
  actor: Actor,
  services: Services,
  { typed, chosen }: { readonly typed?: string; readonly chosen?: Person } = {},
): Promise<Card> {
  const t = services.textIn(actor.lang);
  return services.store.read(async (reader): Promise<Card> => {
    const named = typed ? await findColleagues(reader, actor, typed) : [];
    const people = named.length > 0 ? named : await readRecentPeople(reader, actor, services);
    const nobody = { text: t(typed ? 'behalf.nobody' : 'behalf.chooseError'), why: t('behalf.nobodyWhy') };
    const faults: Faults<'name'> = chosen
      ? { name: { text: t('behalf.notTheSame') } }
      : typed === undefined || named.length > 0
        ? {}
        : { name: nobody };
    return {
      template: 'behalf-choose',
      lang: actor.lang,
      summary: t('behalf.heading'),
      data: {
        eyebrow: t('behalf.coordination'),
        heading: t('behalf.heading'),
        lead: named.length > 0 && !chosen ? t('behalf.several', { count: named.length }) : t('behalf.lead'),
        people: [...(chosen ? [chosen] : []), ...people].map((p) => ({
          title: removeMarkdown(nameOf(p, t)),
          value: p.id,
        })),
        faults: faultData(['name'], faults),
        name: chosen ? '' : (typed ?? ''),
        nameLength,
      },
    };
  });
}

/** What a coordinator can do for a colleague, and what the colleague has planned. */
export async function menuCard(
  actor: Actor,
  colleague: Person,
  page: number,
  services: Services,
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const today = dayAt(services.clock.now());
  return services.store.read(async (reader): Promise<Card> => {
    const all = await readActionsOf(reader, await reader.list('engagements', 'byEmployee', colleague.id));
    const open = all.filter(
      ({ action, engagement }) =>
        action.state === 'open' && !['declined', 'withdrawn'].includes(engagement.state),
    );
    const list = paginate(open, page, t, engagementsPerPage);
    const heading = fitHeading(nameOf(colleague, t), (name) => t('behalf.forHeading', { name }));
    return {
      template: 'behalf-menu',
      lang: actor.lang,
      summary: capitaliseFirst(t('behalf.forHeading', { name: nameOf(colleague, t) })),
      data: {
        colleague: colleague.id,
        eyebrow: t('behalf.coordination'),
        heading,
        lead: t(open.length > 0 ? 'behalf.planned' : 'behalf.nothing', { day: t.dates.long(today) }),
        rows: list.items.map(({ action, engagement }, i) => {
          const strip = stateStrip(action, engagement, () => '', t, 'coordinator');
          const [title, when] = [rowTitle(action, t), describeWhen(action, t)];
          const drawn = { verb: 'behalf.action', id: engagement.id, mark: strip.mark, group: '' };
          const spoken = `${title}, ${when}. ${strip.word}`;
          return { ...drawn, title, when, state: strip.word, spoken, separated: i > 0 };
        }),
        ...list.paging,
      },
    };
  });
}

/** The sessions to come, of which a coordinator takes a seat in for a colleague. */
export async function sessionsCard(
  actor: Actor,
  colleague: Person,
  page: number,
  services: Services,
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const today = dayAt(services.clock.now());
  return services.store.read(async (reader): Promise<Card> => {
    const coming = await reader.list('actions', 'byStateAndOrigin', 'open|need', { from: addDays(today, 1) });
    const open = coming.filter((action) => !isClosed(action, today));
    const list = paginate(open, page, t);
    const rows = (await readRequests(reader, list.items)).map((request, i) => ({
      ...sessionRow(request, undefined, today, t, services),
      verb: 'behalf.action',
      id: engagementId(request.action.id, colleague.id),
      group: '',
      separated: i > 0,
    }));
    const heading = t('sessions.listHeading', { count: open.length });
    return {
      template: 'behalf-sessions',
      lang: actor.lang,
      summary: heading,
      data: {
        colleague: colleague.id,
        eyebrow: forWhom(colleague, t),
        heading,
        lead: open.length === 0 ? t('behalf.noSession') : '',
        rows,
        ...list.paging,
      },
    };
  });
}

/**
 * One action of a colleague, or a session that they could join, with what a coordinator can do for them.
 * @param done whether something has just been done
 */
export async function actionCard(
  reader: Reader,
  actor: Actor,
  colleague: Person,
  { action, engagements }: Request,
  services: Services,
  done = false,
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const today = dayAt(services.clock.now());
  const engagement = engagements.find((e) => e.employeeId === colleague.id);
  const name = await readNames(reader, [engagement?.decision?.by], t);
  const mover = { id: actor.id, coordinator: true, onBehalf: true };
  const seated = countSeatsTaken(engagements);
  const waiting = engagements.filter((e) => e.state === 'waitlisted').length;
  const may = (move: 'join' | 'wait' | 'withdraw') =>
    checkMove(move, { mover, action, engagement, today, seated, waiting }).ok;
  const strip = engagement
    ? stateStrip(action, engagement, name, t, 'coordinator')
    : { mark: 'open', word: t('behalf.notYet'), rest: '' };
  const heading = done ? t('behalf.done') : capitaliseFirst(rowTitle(action, t));
  return {
    template: 'behalf-action',
    lang: actor.lang,
    summary: heading,
    data: {
      id: engagementId(action.id, colleague.id),
      actionId: action.id,
      colleague: colleague.id,
      eyebrow: `${forWhom(colleague, t)} · ${eyebrow(action, t)}`,
      heading,
      lead: done ? t('behalf.doneLead', { name: escapeMarkdown(nameOf(colleague, t)) }) : '',
      state: strip,
      facts: facts(action, t, services),
      join: action.origin === 'need' && (may('join') || may('wait')),
      joinTitle: t(may('join') ? 'behalf.join' : 'behalf.wait'),
      withdraw: engagement !== undefined && may('withdraw'),
      answer: engagement !== undefined && checkOutcome(actor, action, engagements, today).ok,
    },
  };
}
