import type { Card, Refusal, Services } from '../features/feature.js';
import { CommitUnknown, StoreUnavailable } from '../ports.js';
import type { Lang } from '../records.js';

/** The texts of a refusal or an error: what happened, why, and what to do. */
export function refusalTexts(
  { key, params }: Refusal,
  lang: Lang,
  { textIn }: Pick<Services, 'textIn'>,
): { heading: string; why: string } {
  const t = textIn(lang);
  return { heading: t.at(`${key}.heading`, params), why: t.at(`${key}.why`, params) };
}

/** The same as a card. */
export function refusalCard(refusal: Refusal, lang: Lang, services: Pick<Services, 'textIn'>): Card {
  const texts = refusalTexts(refusal, lang, services);
  return { template: 'refusal', lang, summary: texts.heading, data: texts };
}

/** The refusal that tells of an unexpected error: whether something was changed is the first thing to know. */
export function failureKey(error: unknown): string {
  if (error instanceof CommitUnknown) return 'refusal.commitUnknown';
  return error instanceof StoreUnavailable ? 'refusal.store' : 'refusal.failure';
}
