import { z } from 'zod';
import { type Actor, action, type Card, type Feature, type Services } from '../feature.js';
import { boundedId } from '../shared/bounded-text.js';
import { readLine } from '../shared/client-values.js';
import { pageInput } from '../shared/list.js';
import { actAs } from './act.js';
import { chooseCard, menuCard, nameLength, sessionsCard, toldCard } from './cards.js';
import { findColleagues, readColleague } from './people.js';
import { show, splitId } from './show.js';

const idOfPerson = boundedId(200);
const colleagueInput = pageInput.partial().extend({ colleague: idOfPerson });
/** An engagement, or one that could be. */
const engagementInput = z.looseObject({ id: boundedId(300) });

/** Who was chosen in the list, or the only one with the name that was typed; otherwise the form asks again. */
async function choose(actor: Actor, data: Record<string, unknown>, services: Services): Promise<Card> {
  const typed = (readLine(data.name) ?? '').slice(0, nameLength);
  const chosen = readLine(data.person) ?? '';
  // A name that was typed is the later thought: the list is above it.
  if (typed) {
    const [found, another] = await services.store.read((r) => findColleagues(r, actor, typed));
    if (found && !another) return menuCard(actor, found, 0, services);
    const isOne = idOfPerson.safeParse(chosen).success;
    if (!isOne) return chooseCard(actor, services, typed);
  }
  if (!idOfPerson.safeParse(chosen).success) return chooseCard(actor, services, typed);
  return menuCard(actor, await readColleague(actor, chosen, services), 0, services);
}

/** A button of the employee that a coordinator uses for them. */
const doFor = (verb: 'sessions.join' | 'mine.withdrawConfirmed') =>
  action({
    who: 'coordinator',
    input: engagementInput,
    run: async (actor, { id }, services) => {
      const { actionId, employeeId } = splitId(id);
      const colleague = await readColleague(actor, employeeId, services);
      await actAs(actor, colleague, verb, { id: actionId }, services);
      return show(actor, id, services, true);
    },
  });

/** A coordinator acts for a colleague who has asked them to, by phone for example: an offer, a seat, a withdrawal. */
export const behalf: Feature = {
  name: 'behalf',
  audience: 'coordinator',
  scopes: [],
  commands: { fr: ['pour un collègue', 'pour une collègue'], en: ['for a colleague'] },
  open: (actor, services) => chooseCard(actor, services),
  actions: {
    open: action({
      who: 'coordinator',
      reads: true,
      input: z.looseObject({}),
      run: (actor, _, services) => chooseCard(actor, services),
    }),
    choose: action({ who: 'coordinator', reads: true, input: z.looseObject({}), run: choose }),
    menu: action({
      who: 'coordinator',
      reads: true,
      input: colleagueInput,
      run: async (actor, { colleague, page = 0 }, services) =>
        menuCard(actor, await readColleague(actor, colleague, services), page, services),
    }),
    sessions: action({
      who: 'coordinator',
      reads: true,
      input: colleagueInput,
      run: async (actor, { colleague, page = 0 }, services) =>
        sessionsCard(actor, await readColleague(actor, colleague, services), page, services),
    }),
    action: action({
      who: 'coordinator',
      reads: true,
      input: engagementInput,
      run: (actor, { id }, services) => show(actor, id, services),
    }),
    join: doFor('sessions.join'),
    withdraw: doFor('mine.withdrawConfirmed'),
  },
  messages: { told: toldCard },
};
