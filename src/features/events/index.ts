import { z } from 'zod';
import { readInForce } from '../convention/in-force.js';
import { type Actor, action, type Card, type Feature, type Services } from '../feature.js';
import { boundedId } from '../shared/bounded-text.js';
import { readSwitch } from '../shared/client-values.js';
import { ulid } from '../shared/form.js';
import { pageNumber } from '../shared/list.js';
import { campaignCard, campaignJob, proposedCard } from './campaign.js';
import { eventCard, moves } from './event-card.js';
import { openForm, submitForm } from './form.js';
import { listCard } from './list.js';
import { moveEvent } from './write.js';

const id = boundedId(200);
const page = pageNumber.default(0);

/** Makes a move, and shows the event as it is then, or why the move is not possible. */
async function makeMove(
  actor: Actor,
  input: { readonly id: string; readonly move: (typeof moves)[number] },
  services: Services,
): Promise<Card> {
  const because = await moveEvent(actor, input.id, input.move, services);
  const now = await services.store.read((reader) => readInForce(reader, services));
  if (because === undefined) return eventCard(actor, input.id, now, { note: 'done' });
  const t = services.textIn(actor.lang);
  return eventCard(actor, input.id, now, {
    fault: { text: t('events.refused'), why: t(`events.obstacle.${because}`) },
  });
}

/** The events of the ministry (article 4), and the campaigns that bring people to take part in them. */
export const events: Feature = {
  name: 'events',
  audience: 'employee',
  scopes: ['team'],
  commands: { fr: ['temps forts'], en: ['events'] },
  readers: 'coordinators',
  open: (actor, services) => listCard(actor, 0, services),
  actions: {
    open: action({
      byRole: true,
      reads: true,
      input: z.looseObject({ page }),
      run: (actor, input, services) => listCard(actor, input.page, services),
    }),
    view: action({
      byRole: true,
      reads: true,
      input: z.looseObject({ id }),
      run: (actor, input, services) => eventCard(actor, input.id, services),
    }),
    create: action({
      who: 'coordinator',
      reads: true,
      input: z.looseObject({}),
      run: (actor, _, services) => openForm(actor, undefined, services),
    }),
    edit: action({
      who: 'coordinator',
      reads: true,
      input: z.looseObject({ id }),
      run: (actor, input, services) => openForm(actor, input.id, services),
    }),
    save: action({
      who: 'coordinator',
      input: z.looseObject({
        id,
        formKey: ulid,
        seen: pageNumber,
        isNew: z.preprocess(readSwitch, z.boolean()),
      }),
      run: submitForm,
    }),
    move: action({
      who: 'coordinator',
      input: z.looseObject({ id, move: z.enum(moves) }),
      run: makeMove,
    }),
  },
  messages: { campaign: campaignCard, proposed: proposedCard },
  jobs: { campaigns: campaignJob },
};
