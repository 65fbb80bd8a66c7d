import { type Actor, action, type Feature, Refusal, type Request, type Services } from '../feature.js';
import { mayReadRequests } from '../shared/coordination.js';
import { ulid } from '../shared/form.js';
import { pageInput } from '../shared/list.js';
import { readRequest } from '../shared/records.js';
import { toRoleRefusal } from '../shared/refusals.js';
import { storyCard } from './card.js';

/**
 * How somebody who may read the story of a request reads it: who may read requests, and who has or had a
 * part in it. Everybody can read a session, but not who left it and when.
 * @throws Refusal for anybody else
 */
async function requireReader(
  { action, engagements }: Request,
  actor: Actor,
  services: Services,
): Promise<{ back: string; all: boolean }> {
  const isEngaged = engagements.some((e) => e.employeeId === actor.id);
  const readsRequests = await mayReadRequests(actor, services);
  if (!isEngaged && !readsRequests) throw toRoleRefusal(actor, 'refusal.notYours');
  const all = readsRequests || action.origin === 'offer';
  if (action.origin === 'need') return { back: 'sessions.view', all };
  return { back: readsRequests ? 'approval.view' : 'mine.show', all };
}

/** The story of a request: who did what and when, in words, from its history. */
export const story: Feature = {
  name: 'story',
  audience: 'employee',
  scopes: [],
  commands: { fr: [], en: [] },
  readers: 'coordinators',
  actions: {
    view: action({
      byRole: true,
      reads: true,
      input: pageInput.partial().extend({ id: ulid }),
      run: async (actor, { id, page = 0 }, services) => {
        const request = await services.store.read((r) => readRequest(r, id));
        if (!request) throw new Refusal('refusal.outdated');
        const view = await requireReader(request, actor, services);
        return services.store.read((r) => storyCard(r, request, { ...view, viewer: actor, page }, services));
      },
    }),
  },
};
