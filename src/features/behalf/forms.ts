import { z } from 'zod';
import type { Person } from '../../records.js';
import {
  type Actor,
  action,
  type Card,
  type Feature,
  type FeatureAction,
  type Services,
} from '../feature.js';
import { boundedId } from '../shared/bounded-text.js';
import { ulid } from '../shared/form.js';
import { engagementId } from '../shared/records.js';
import { actAs } from './act.js';
import { forWhom, menuCard } from './cards.js';
import { readColleague } from './people.js';
import { show } from './show.js';

const colleagueInput = z.looseObject({ colleague: boundedId(200) });

/** The form of an employee as a coordinator fills it in for them. */
function toTheirForm(card: Card, verbs: string, colleague: Person, services: Services): Card {
  const t = services.textIn(card.lang);
  const faults = card.data.faults as Record<string, { proposals: readonly { verb: string }[] }>;
  const withVerbs = Object.entries(faults).map(([field, fault]) => [
    field,
    {
      ...fault,
      proposals: fault.proposals.map((p) => ({ ...p, verb: `${verbs}.${p.verb.split('.')[1]}` })),
    },
  ]);
  return {
    ...card,
    data: {
      ...card.data,
      faults: Object.fromEntries(withVerbs),
      verbs,
      colleague: colleague.id,
      eyebrow: forWhom(colleague, t),
    },
  };
}

/** @throws Refusal for an offer of somebody else */
const showStored = (actor: Actor, colleague: Person, id: unknown, services: Services): Promise<Card> =>
  show(actor, engagementId(ulid.parse(id), colleague.id), services, true);

/** Whether this coordinator has sent this form before. */
async function wasSent(actor: Actor, data: Record<string, unknown>, { store }: Services) {
  const { formKey } = data;
  const sent = typeof formKey === 'string' ? await store.read((r) => r.get('history', formKey)) : undefined;
  return sent?.by === actor.id && sent.actionId === data.id;
}

/** A button of a form, for a colleague. */
const forColleague = (form: 'volunteer' | 'host', name: string, reads: boolean): FeatureAction =>
  action({
    who: 'coordinator',
    reads,
    input: colleagueInput,
    run: async (actor, data, services) => {
      const colleague = await readColleague(actor, data.colleague, services);
      if (name === 'cancel') return menuCard(actor, colleague, 0, services);
      if (!reads && (await wasSent(actor, data, services)))
        return showStored(actor, colleague, data.id, services);
      const card = await actAs(actor, colleague, `${form}.${name}`, data, services);
      return card.template === `${form}-form`
        ? toTheirForm(card, `${form}For`, colleague, services)
        : showStored(actor, colleague, data.id, services);
    },
  });

/** The form of an employee, for a colleague: what it shows and what it stores are its own buttons. */
const formFor = (
  form: 'volunteer' | 'host',
  shows: readonly string[],
  stores: readonly string[],
): Feature => ({
  name: `${form}For`,
  audience: 'coordinator',
  scopes: [],
  commands: { fr: [], en: [] },
  actions: Object.fromEntries([
    ...shows.map((name) => [name, forColleague(form, name, true)] as const),
    ...stores.map((name) => [name, forColleague(form, name, false)] as const),
  ]),
});

/** Offers that a coordinator enters for a colleague (articles 2 and 3). */
export const volunteerFor = formFor('volunteer', ['open', 'timing', 'cancel'], ['submit']);
export const hostFor = formFor('host', ['open', 'cancel'], ['submit', 'useDates', 'keepPossible']);
