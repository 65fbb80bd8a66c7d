import { checkAnswer, mayCorrectNumber } from '../../domain/engagements/outcome.js';
import type { Actor, Card, Services } from '../feature.js';
import { questionForm, readUnanswered } from './form.js';
import { drawResult } from './result.js';

/**
 * The form for another answer than the one that counts, or for another number, unless the coordinators have two answers
 * already.
 */
export async function startDiffering(actor: Actor, id: string, services: Services): Promise<Card> {
  const request = await readUnanswered(actor, id, services, checkAnswer);
  const { outcome, contradiction } = request.action;
  const mayCorrect = mayCorrectNumber(actor, request.action, request.engagements);
  if (outcome?.settled && !mayCorrect) return drawResult(actor, request, 'settled', services);
  if (contradiction) return drawResult(actor, request, 'waits', services);
  const ids = { id, formKey: services.ids.unguessable() };
  return services.store.read((r) => questionForm(r, request, actor, ids, actor.lang, services));
}
