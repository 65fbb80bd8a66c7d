import type { Closing } from '../../domain/report/closing.js';
import type { Actor, Card, Services } from '../feature.js';
import { type Faults, faultData, formHead, remarkLength } from '../shared/form.js';
import { FormReader } from '../shared/form-reader.js';

const fields = ['reason'] as const;

/** The form with which a coordinator reopens a year. */
export function reopenForm(
  actor: Actor,
  { id, version }: Closing,
  services: Services,
  { value = '', faults = {} }: { readonly value?: string; readonly faults?: Faults<'reason'> } = {},
): Card {
  const t = services.textIn(actor.lang);
  const head = formHead(t, faults, 'closing.reopen.heading', 'closing.reopen.lead');
  return {
    template: 'closing-reopen',
    lang: actor.lang,
    summary: head.heading,
    data: {
      id,
      eyebrow: t('closing.versionEyebrow', { n: String(version) }),
      ...head,
      values: { reason: value },
      faults: faultData(fields, faults),
      limits: { reason: remarkLength },
    },
  };
}

/** The reason as it was typed, or the form with what is wrong with it. */
export function readReason(
  actor: Actor,
  data: Record<string, unknown>,
  closing: Closing,
  services: Services,
): { readonly why: string } | { readonly form: Card } {
  const t = services.textIn(actor.lang);
  const reader = new FormReader(fields, data, actor, services);
  if (reader.isEmpty('reason'))
    reader.fail('reason', { text: t('closing.reopen.missing'), why: t('closing.reopen.missingWhy') });
  const why = reader.readText('reason', remarkLength);
  if (why && !reader.failed) return { why };
  return {
    form: reopenForm(actor, closing, services, { value: reader.values.reason, faults: reader.faults }),
  };
}
