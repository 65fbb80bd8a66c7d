import { z } from 'zod';
import { type Action, type Preparation, preparations } from '../../domain/action.js';
import { requireOwnPlacement } from '../agreements/own-placement.js';
import { requestCard } from '../approval/cards.js';
import { type Actor, action, type Card, type Feature, type Services } from '../feature.js';
import { authorCard } from '../shared/author-card.js';
import { ulid } from '../shared/form.js';
import { readRequest, writeMove } from '../shared/records.js';

/**
 * Ticks or unticks one point of a placement's preparation. The button says what is wanted, so that a second click
 * changes nothing.
 */
async function setDone(
  actor: Actor,
  id: string,
  item: Preparation,
  done: boolean,
  services: Services,
): Promise<Card> {
  const request = await services.store.transact(async (tx) => {
    const before = requireOwnPlacement(actor, await readRequest(tx, id));
    const { [item]: stamp, ...others } = before.action.preparation ?? {};
    if (done === (stamp !== undefined)) return before;
    const by = { by: actor.id, at: services.clock.now() };
    const changed: Action = { ...before.action, preparation: { ...others, ...(done ? { [item]: by } : {}) } };
    const [from, to] = done ? ['to-do', 'done'] : ['done', 'to-do'];
    const row = { id: services.ids.next(), move: `prepare-${item}`, from, to, by: actor.id };
    const after = { action: changed, engagements: before.engagements };
    await writeMove(tx, services, before, after, [row]);
    return after;
  });
  const own = request.engagements.some((e) => e.employeeId === actor.id);
  return services.store.read((r) =>
    own && actor.place.kind === 'personal'
      ? authorCard(r, request, actor.id, actor.lang, services)
      : requestCard(r, request, actor, services),
  );
}

/**
 * What a host prepares before pupils come: the school is told, a tutor named, the programme agreed (article 3). Ticked
 * on the cards of the placement by its host or a coordinator.
 */
export const preparation: Feature = {
  name: 'preparation',
  audience: 'employee',
  scopes: [],
  commands: { fr: [], en: [] },
  readers: 'coordinators',
  actions: {
    set: action({
      byRole: true,
      input: z.looseObject({ id: ulid, item: z.enum(preparations), done: z.enum(['yes', 'no']) }),
      run: (actor, { id, item, done }, services) => setDone(actor, id, item, done === 'yes', services),
    }),
  },
};
