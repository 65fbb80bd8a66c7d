import { z } from 'zod';
import { maxInvited } from '../../domain/engagements/invitations.js';
import type { Reader } from '../../ports.js';
import { dayAt } from '../../text/dates.js';
import { type Actor, action, type Card, type Feature, Refusal, type Services } from '../feature.js';
import { readChoices, readWhole } from '../shared/client-values.js';
import { dayLimits, ulid } from '../shared/form.js';
import { FormReader } from '../shared/form-reader.js';
import { type Request, readRequest } from '../shared/records.js';
import { type Answered, accept, readOwnInvitation, refuse } from './answer.js';
import { invite } from './invite.js';
import { drawInvited, invitedCard } from './invited-card.js';
import { lapse, planLapses } from './lapse.js';
import { nextCard } from './next-card.js';
import { openCard } from './open-card.js';

const idInput = z.looseObject({ id: ulid });

async function readSession(reader: Reader, id: string): Promise<Request> {
  const request = await readRequest(reader, id);
  if (request?.action.origin !== 'need') throw new Refusal('refusal.outdated');
  return request;
}

/** Invites those who are ticked, or gives the choice back if there are none or too many. */
async function sendInvitations(
  actor: Actor,
  data: Record<string, unknown> & { id: string },
  services: Services,
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const chosen = readChoices(data.invited) ?? [];
  if (chosen.length === 0 || chosen.length > maxInvited) {
    const fault = { text: t('invitations.chooseError', { max: maxInvited }) };
    const refused = { value: chosen.slice(0, maxInvited).join(','), fault };
    return services.store.read(async (r) =>
      openCard(r, await readSession(r, data.id), actor, services, { refused }),
    );
  }
  const { request, invited, left } = await invite(actor, data.id, chosen, services);
  const said = [
    ...(invited > 0 ? [t('invitations.invitedNow', { count: invited })] : []),
    ...(left > 0 ? [t('invitations.leftOut', { count: left })] : []),
  ].join(' ');
  return services.store.read((r) => openCard(r, request, actor, services, { said }));
}

const drawAnswered = (
  actor: Actor,
  { request, invitation, note }: Answered,
  services: Services,
): Promise<Card> =>
  services.store.read((r) => invitedCard(r, request, invitation, actor.lang, services, { note }));

/** Records the day before which somebody does not want to be asked, or gives it back if it cannot be read. */
async function postpone(
  actor: Actor,
  data: Record<string, unknown> & { id: string },
  services: Services,
): Promise<Card> {
  const t = services.textIn(actor.lang);
  const form = new FormReader(['notBefore'], data, actor, services);
  const error = { text: t('invitations.notBeforeError') };
  const today = dayAt(services.clock.now());
  const notBefore = form.readOptionalDay('notBefore', error.text);
  if (notBefore !== undefined && (notBefore <= today || notBefore > dayLimits(today).max))
    form.fail('notBefore', error);
  if (notBefore !== undefined && !form.failed)
    return drawAnswered(actor, await refuse(actor, data.id, services, { notBefore }), services);
  const refused = { value: form.values.notBefore, fault: form.faults.notBefore ?? error };
  return services.store.read(async (r) => {
    const { request, invitation } = await readOwnInvitation(r, actor, data.id);
    return invitedCard(r, request, invitation, actor.lang, services, { refused });
  });
}

/**
 * Coordinators invite to a session those whose approved availability fits it. Each is asked once, can say when to be
 * asked again, and is left alone afterwards.
 */
export const invitations: Feature = {
  name: 'invitations',
  audience: 'coordinator',
  scopes: [],
  commands: { fr: [], en: [] },
  actions: {
    open: action({
      who: 'coordinator',
      reads: true,
      input: idInput,
      run: (actor, { id }, services) =>
        services.store.read(async (r) => openCard(r, await readSession(r, id), actor, services)),
    }),
    invite: action({ who: 'coordinator', input: idInput, run: sendInvitations }),
    accept: action({
      input: idInput.extend({ seen: z.preprocess(readWhole, z.int()) }),
      run: async (actor, { id, seen }, services) =>
        drawAnswered(actor, await accept(actor, id, seen, services), services),
    }),
    refuse: action({
      input: idInput,
      run: async (actor, { id }, services) =>
        drawAnswered(actor, await refuse(actor, id, services), services),
    }),
    postpone: action({ input: idInput, run: postpone }),
  },
  messages: { invited: drawInvited, next: nextCard },
  tasks: { lapse },
  plan: planLapses,
};
