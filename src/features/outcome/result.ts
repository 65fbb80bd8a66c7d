import type { Meaning } from '../../domain/engagements/outcome.js';
import { escapeMarkdown } from '../../text/typeset.js';
import type { Actor, Card, Services } from '../feature.js';
import { authorCard } from '../shared/author-card.js';
import type { Request } from '../shared/records.js';
import { describeInOneSentence, eyebrow, readNames } from '../shared/request-view.js';
import { contradictionCard } from './contradiction-card.js';
import { findOwn } from './form.js';
import { describeAnswer, recordedAnswer } from './words.js';

/** `noted`: somebody had recorded the person's presence otherwise. `used`: the form had been sent with another answer. */
export type Result = Meaning | 'noted' | 'used';

/** What an answer after the first has changed, in words; nothing if it says the same. */
async function describeResult(
  { action }: Request,
  result: Result,
  actor: Actor,
  services: Services,
): Promise<string> {
  const t = services.textIn(actor.lang);
  const by = action.outcome?.by;
  const name = await services.store.read((r) => readNames(r, [by], t));
  const params = {
    name: by ? escapeMarkdown(name(by)) : '',
    said: describeAnswer(recordedAnswer(action), t),
  };
  // The same form received twice finds its own answer waiting.
  const own = action.contradiction?.by === actor.id;
  if (result === 'differs' || (result === 'waits' && own))
    return t(by === actor.id ? 'outcome.kept.differsFromOwn' : 'outcome.kept.differs', params);
  if (result === 'waits') return t('outcome.kept.waits');
  if (result === 'settled' || result === 'about' || result === 'corrected' || result === 'used')
    return t(`outcome.kept.${result}`, params);
  return result === 'noted' ? t('outcome.kept.noted') : '';
}

/** What the person sees next: their own engagement, or for a coordinator the action, which counts now. */
export async function drawResult(
  actor: Actor,
  request: Request,
  result: Result,
  services: Services,
): Promise<Card> {
  const { action } = request;
  const t = services.textIn(actor.lang);
  const kept = await describeResult(request, result, actor, services);
  if (findOwn(request, actor)) {
    const card = await services.store.read((r) => authorCard(r, request, actor.id, actor.lang, services));
    return kept ? { ...card, data: { ...card.data, note: kept } } : card;
  }
  if (action.contradiction)
    return services.store.read((r) => contradictionCard(r, action, actor.lang, services));
  const heading = t(action.state === 'held' ? 'outcome.held' : 'outcome.notHeld');
  return {
    template: 'outcome-done',
    lang: actor.lang,
    summary: heading,
    data: {
      eyebrow: eyebrow(action, t),
      heading,
      lead: describeInOneSentence(action, t),
      note:
        kept ||
        (action.state === 'held'
          ? t('outcome.counted', { count: action.outcome?.pupils ?? 0 })
          : t('outcome.notCounted')),
    },
  };
}
